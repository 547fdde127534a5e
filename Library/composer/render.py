"""Renders every piece: notes, MIDI, fluidsynth, a touch of mastering, -18 LUFS, Opus with tags, tracks.csv.

    python3 render.py [TITLE...]        (a pair without a gap is always made again) needs fluidsynth, ffmpeg, opusenc and FluidR3_GM.sf2 (Debian: fluid-soundfont-gm)
"""

import array
import csv
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import wave
import zlib
from pathlib import Path

import midi
from pieces import YEAR, songs

LIBRARY = Path(__file__).resolve().parent.parent
SOUNDFONT = os.environ.get("EMUS_SOUNDFONT", "/usr/share/sounds/sf2/FluidR3_GM.sf2")
LOUDNESS, PEAK, RATE, BITRATE = -18.0, -1.6, 48000, 78
R128_REFERENCE = -23.0                   # what the gain in an Opus header is relative to
LICENCE = "CC0-1.0"
FIELDS = ["file", "title", "artist", "album", "album_artist", "genre", "year", "track", "duration", "mood", "bpm", "valence", "arousal", "licence"]

# Mastering: a piece that is to excite is brighter and its loud moments are held closer to the others.
MASTER = {
    "loud": "highpass=f=32,acompressor=threshold=-22dB:ratio=3.5:attack=6:release=110:knee=6,treble=g=3:f=5500,equalizer=f=280:t=q:w=1:g=-1.5",
    "bright": "highpass=f=32,acompressor=threshold=-20dB:ratio=2.2:attack=10:release=140:knee=6,treble=g=2.5:f=6000,equalizer=f=300:t=q:w=1:g=-1.5",
    "natural": "highpass=f=30,acompressor=threshold=-16dB:ratio=1.6:attack=20:release=200:knee=8",
    "warm": "highpass=f=28,treble=g=-2.5:f=5000",
    "lofi": "highpass=f=45,acompressor=threshold=-20dB:ratio=2:attack=15:release=160:knee=8,lowpass=f=7500:p=1,treble=g=-3:f=4000",
}


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr[-800:]}")
    return done.stderr + done.stdout


def loudness(path):
    """Integrated loudness (LUFS), loudness range (LU) and true peak (dBTP)."""
    report = run("ffmpeg", "-hide_banner", "-nostats", "-i", path, "-af", "ebur128=peak=true", "-f", "null", "-").rpartition("Summary:")[2]
    value = lambda name: float(re.search(name + r":\s+(-?[\d.]+|-inf)", report).group(1))
    return value("I"), value("LRA"), value("Peak")


def synthesise(events, end, song, folder):
    mid, raw = folder / "piece.mid", folder / "raw.wav"
    midi.write(mid, events, end)
    run("fluidsynth", "-ni", "-g", 0.35, "-r", RATE, "-O", "float", "-T", "wav", "-F", raw,
        "-o", f"synth.reverb.room-size={song.room}", "-o", f"synth.reverb.level={song.reverb}", "-o", "synth.reverb.damp=0.3",
        "-o", "synth.reverb.width=0.8", "-o", "synth.polyphony=512", SOUNDFONT, mid)
    return raw


def master(raw, song, folder, fade_from=None, end=None):
    """To about the right loudness, through the piece's filters, then exactly; peaks are limited only where they must be."""
    out = folder / "master.wav"
    measured = loudness(raw)[0]
    filters = f"volume={LOUDNESS - measured:.3f}dB,{MASTER[song.master]}"
    if fade_from is not None:
        filters += f",afade=t=out:st={fade_from:.3f}:d={end - fade_from:.3f}:curve=qsin,atrim=end={end:.3f}"
    run("ffmpeg", "-y", "-v", "error", "-i", raw, "-af", filters, "-c:a", "pcm_f32le", out)
    return out


def level(source, target):
    """Gain to the loudness, with a limiter where the true peak would pass the ceiling."""
    extra = 0.0
    for _ in range(4):
        measured = loudness(source)
        gain = LOUDNESS - measured[0] + extra
        filters = f"volume={gain:.3f}dB"
        if measured[2] + gain > PEAK:
            ceiling = 10 ** ((PEAK - 0.6) / 20)
            filters += f",aresample=192000,alimiter=limit={ceiling:.5f}:attack=3:release=60:level=0,aresample={RATE}"
        run("ffmpeg", "-y", "-v", "error", "-i", source, "-af", filters, "-c:a", "pcm_f32le", target)
        after = loudness(target)
        if abs(after[0] - LOUDNESS) < 0.15:
            break
        extra += LOUDNESS - after[0]
    return after


def slug(text):
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def encode(source, row, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    gain = round((R128_REFERENCE - loudness(source)[0]) * 256)
    comments = {"ALBUMARTIST": row["album_artist"], "MOOD": row["mood"], "BPM": row["bpm"], "LICENSE": LICENCE,
                "COMMENT": "Composed by a program for EMUS. Public domain (CC0-1.0).", "R128_TRACK_GAIN": gain,
                "R128_ALBUM_GAIN": round((R128_REFERENCE - LOUDNESS) * 256)}     # all pieces are equally loud
    arguments = [a for name, value in comments.items() for a in ("--comment", f"{name}={value}")]
    run("opusenc", "--quiet", "--bitrate", BITRATE, "--vbr", "--music", "--serial", zlib.crc32(row["title"].encode()) & 0x7FFFFFFF,
        "--title", row["title"], "--artist", row["artist"], "--album", row["album"], "--genre", row["genre"], "--date", row["year"],
        "--tracknumber", row["track"], *arguments, source, target)


def silence_end(path, floor=-62.0):
    """The second after which nothing rises over `floor` dB of the loudest moment."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-ac", "1", "-ar", "2000", "-f", "f32le", "-"], capture_output=True).stdout
    samples = array.array("f", raw)
    limit = max(map(abs, samples)) * 10 ** (floor / 20)
    last = max(n for n, s in enumerate(samples) if abs(s) > limit)
    return last / 2000


def split_gapless(source, at, first, second, ramp=3.0):
    """Cuts one recording in two at a sample, and brings both halves to the loudness with a gain that glides before the cut."""
    with tempfile.TemporaryDirectory() as name:
        halves = []
        for part in (f"atrim=end={at:.6f}", f"atrim=start={at:.6f},asetpts=PTS-STARTPTS"):
            half = Path(name) / "half.wav"
            run("ffmpeg", "-y", "-v", "error", "-i", source, "-af", part, "-c:a", "pcm_f32le", half)
            halves.append(10 ** ((LOUDNESS - loudness(half)[0]) / 20))
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", source, "-f", "f32le", "-ar", str(RATE), "-ac", "2", "-"], capture_output=True).stdout
    samples, cut, glide = array.array("f", raw), round(at * RATE), round(ramp * RATE)
    for frame in range(len(samples) // 2):
        share = min(1.0, max(0.0, (frame - cut + glide) / glide))
        gain = halves[0] + (halves[1] - halves[0]) * (0.5 - 0.5 * math.cos(math.pi * share))
        samples[2 * frame] *= gain
        samples[2 * frame + 1] *= gain
    for path, block in ((first, samples[:2 * cut]), (second, samples[2 * cut:])):
        save(path, block)


def save(path, samples):
    """24-bit: the cut has no dither to differ in, and what follows reads it as it is."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(3)
        file.setframerate(RATE)
        scale = 2 ** 23 - 1
        file.writeframes(b"".join(max(-scale, min(scale, round(s * scale))).to_bytes(3, "little", signed=True) for s in samples))


def record(song, folder, following=None):
    """One finished recording; with `following`, of both pieces as one, and the second at which the second begins."""
    events, channel, last = song.events()
    cut = None
    if following:
        cut = 0.05 + song.clock()(song.length)
        more, _, last = following.events(channel, offset=cut)
        events += more
    raw = synthesise(events, last + 5.0, song, folder)
    end = min(silence_end(raw) + 0.2, last + 4.5)
    return master(raw, song, folder, fade_from=min(end - 0.8, max(last, end - 2.5)), end=end), cut


def main():
    only = set(sys.argv[1:])
    work = Path(tempfile.mkdtemp(prefix="emus-tunes-"))
    made, listed = [], list(songs())
    held = None
    for index, (album, artist, number, song) in enumerate(listed):
        folder = work / slug(song.title)
        folder.mkdir()
        wav = folder / "final.wav"
        if song.tags.get("gapless"):
            following = listed[index + 1][3]
            whole, cut = record(song, folder, following)
            held = folder / "second.wav"
            split_gapless(whole, cut, wav, held)
        elif held:
            wav, held = held, None
        else:
            if only and song.title not in only:
                made.append((song, None))
                continue
            source, _ = record(song, folder)
            level(source, wav)
        made.append((song, wav))
        print(f"{song.title}: {loudness(wav)}", flush=True)

    rows = []
    for (album, artist, number, song), (_, wav) in zip(listed, made):
        target = LIBRARY / "music" / slug(album) / f"{number:02}-{slug(song.title)}.opus"
        row = {"file": str(target.relative_to(LIBRARY)), "title": song.title, "artist": artist, "album": album, "album_artist": artist,
               "genre": song.tags["genre"], "year": YEAR, "track": number, "mood": song.tags["mood"],
               "bpm": song.tags.get("bpm_shown", song.bpm), "valence": song.tags["valence"], "arousal": song.tags["arousal"], "licence": LICENCE}
        if wav:
            encode(wav, row, target)
        report = json.loads(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "json", target))
        row["duration"] = f"{float(report['format']['duration']):.2f}"
        rows.append(row)
    with open(LIBRARY / "tracks.csv", "w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    if "EMUS_KEEP" in os.environ:
        print(f"recordings kept in {work}")
    else:
        for path in sorted(work.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        work.rmdir()


if __name__ == "__main__":
    main()
