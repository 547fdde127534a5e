"""Writes standard MIDI files. Times are in seconds; tempo changes are worked out before this."""

import struct

TICKS_PER_SECOND = 1920      # 960 ticks a quarter at 120 beats a minute

PROGRAMS = {
    "piano": 0, "bright piano": 1, "electric piano": 4, "celesta": 8, "glockenspiel": 9, "music box": 10,
    "vibraphone": 11, "marimba": 12, "tubular bells": 14, "organ": 16, "rock organ": 18, "accordion": 21,
    "nylon guitar": 24, "steel guitar": 25, "jazz guitar": 26, "clean guitar": 27, "muted guitar": 28,
    "overdriven guitar": 29, "distortion guitar": 30, "double bass": 32, "finger bass": 33, "pick bass": 34,
    "synth bass": 38, "synth bass 2": 39, "violin": 40, "viola": 41, "cello": 42, "contrabass": 43,
    "tremolo strings": 44, "pizzicato": 45, "harp": 46, "timpani": 47, "strings": 48, "slow strings": 49,
    "synth strings": 50, "choir": 52, "voice": 53, "trumpet": 56, "trombone": 57, "muted trumpet": 59,
    "horn": 60, "brass": 61, "synth brass": 62, "alto sax": 65, "tenor sax": 66, "oboe": 68, "clarinet": 71,
    "flute": 73, "recorder": 74, "whistle": 78, "ocarina": 79, "square": 80, "saw": 81, "warm pad": 89,
    "poly synth": 90, "bowed pad": 92, "halo pad": 94, "sweep pad": 95, "fiddle": 110, "taiko": 116,
}
KITS = {"standard": 0, "room": 8, "power": 16, "electronic": 24, "808": 25, "jazz": 32, "brush": 40, "orchestra": 48}
DRUMS = {
    "kick": 36, "snare": 38, "rim": 37, "clap": 39, "snare2": 40, "hat": 42, "pedal": 44, "open": 46,
    "ride": 51, "bell": 53, "crash": 49, "china": 52, "tom1": 50, "tom2": 47, "tom3": 43, "tom4": 41,
    "tambourine": 54, "shaker": 70, "cabasa": 69, "claves": 75, "conga1": 63, "conga2": 64, "triangle": 81,
}


def _variable(number):
    out = [number & 0x7F]
    while number := number >> 7:
        out.append((number & 0x7F) | 0x80)
    return bytes(reversed(out))


def write(path, events, end):
    """events: (seconds, order, bytes); `end` leaves room for what still rings."""
    body, before = bytearray(b"\x00\xff\x51\x03" + (500000).to_bytes(3, "big")), 0
    for seconds, _, data in sorted(events):
        tick = round(seconds * TICKS_PER_SECOND)
        body += _variable(tick - before) + data
        before = tick
    body += _variable(max(0, round(end * TICKS_PER_SECOND) - before)) + bytes((0xB0, 7, 100))
    body += b"\x00\xff\x2f\x00"
    with open(path, "wb") as file:
        file.write(b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS_PER_SECOND // 2))
        file.write(b"MTrk" + struct.pack(">I", len(body)) + body)
