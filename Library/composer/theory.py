"""Notes, scales, chords, voice leading and the little notations the pieces are written in."""

import itertools
import re
from dataclasses import dataclass

PITCH_CLASS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
QUALITIES = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "dim": (0, 3, 6), "aug": (0, 4, 8),
    "sus2": (0, 2, 7), "sus4": (0, 5, 7), "add9": (0, 4, 7, 2), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9),
    "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "7sus4": (0, 5, 7, 10),
    "dim7": (0, 3, 6, 9), "m7b5": (0, 3, 6, 10), "7b9": (0, 4, 7, 10, 1),
    "9": (0, 4, 7, 10, 2), "maj9": (0, 4, 7, 11, 2), "m9": (0, 3, 7, 10, 2),
}


def pitch_class(name):
    return (PITCH_CLASS[name[0]] + name.count("#") - name[1:].count("b")) % 12


@dataclass(frozen=True)
class Chord:
    name: str
    root: int
    pcs: tuple
    bass: int


def chord(symbol):
    """`Bm7`, `A/C#`, `Dm7b5` ... as root, pitch classes (root first) and bass."""
    head, _, bass = symbol.partition("/")
    root_name, quality = re.fullmatch(r"([A-G][#b]?)(.*)", head).groups()
    root = pitch_class(root_name)
    pcs = tuple((root + step) % 12 for step in QUALITIES[quality])
    return Chord(symbol, root, pcs, pitch_class(bass) if bass else root)


@dataclass(frozen=True)
class Span:
    """One chord and the beats it lasts."""
    start: float
    length: float
    chord: Chord

    @property
    def end(self):
        return self.start + self.length


def progression(text, beats, start):
    """`D | A/C# | Bm7 G | C:3 D:1`: bars; the chords of a bar share it evenly unless told otherwise."""
    spans, position = [], start
    for bar in text.split("|"):
        symbols = bar.split()
        bar_start = position
        for symbol in symbols:
            name, _, length = symbol.partition(":")
            length = float(length) if length else beats / len(symbols)
            spans.append(Span(position, length, chord(name)))
            position += length
        if abs(position - bar_start - beats) > 1e-6:
            raise ValueError(f"bar {bar!r} is {position - bar_start} beats, not {beats}")
    return spans


def degree(token, tonic, mode):
    """`3`, `#7,`, `b2'` in the scale of the key: a MIDI pitch. A comma is an octave down, a tick one up."""
    accidental, number, octaves = re.fullmatch(r"([b#]?)([1-7])([',]*)", token).groups()
    shift = {"b": -1, "#": 1, "": 0}[accidental] + 12 * (octaves.count("'") - octaves.count(","))
    return tonic + SCALES[mode][int(number) - 1] + shift


def melody(text, tonic, mode, beats, start):
    """`5:1.5 3:.5 r:1 -:1 |`: degrees with sticky lengths in beats, `r` a rest, `-` a tie."""
    notes, position, length = [], start, 1.0
    for number, bar in enumerate(text.split("|")):
        bar_start = position
        for item in bar.split():
            token, _, given = item.partition(":")
            length = float(given) if given else length
            if token == "-":
                notes[-1][1] += length
            elif token != "r":
                notes.append([position, length, degree(token, tonic, mode)])
            position += length
        if abs(position - bar_start - beats) > 1e-6:
            raise ValueError(f"melody bar {number + 1} {bar!r} is {position - bar_start} beats, not {beats}")
    return notes


def in_scale(pitch, tonic, mode):
    return (pitch - tonic) % 12 in SCALES[mode]


def reduce_chord(pcs, voices):
    """The pitch classes that matter most when a chord has more notes than voices: the fifth goes first, then the root."""
    pcs = list(pcs)
    if len(pcs) > voices and (pcs[2] - pcs[0]) % 12 == 7:
        pcs.pop(2)
    while len(pcs) > voices:
        pcs.pop(0)
    return pcs


def voicing_cost(pitches, before, centre):
    cost = abs(sum(pitches) / len(pitches) - centre) * 0.7
    for low, high in zip(pitches, pitches[1:]):
        gap = high - low
        if gap == 1:
            cost += 6
        if (low < 48 and gap < 7) or (low < 55 and gap < 3):
            cost += 8
        if gap > 9 and low > 52:
            cost += 2
    if before and len(before) == len(pitches):
        moves = [b - a for a, b in zip(before, pitches)]
        cost += sum(abs(m) for m in moves) + 1.5 * max(abs(m) for m in moves)
        for i, j in itertools.combinations(range(len(pitches)), 2):
            if moves[i] and moves[i] == moves[j] and (before[j] - before[i]) % 12 in (0, 7):
                cost += 2.5
    return cost


def voicings(spans, voices, low, high, before=None):
    """Voices each chord so that the hands move as little as they can from the one before."""
    result = []
    for span in spans:
        wanted = set(reduce_chord(span.chord.pcs, voices))
        candidates = [p for p in range(low, high + 1) if p % 12 in wanted]
        choices = [c for c in itertools.combinations(candidates, voices)
                   if {p % 12 for p in c} == wanted and c[-1] - c[0] <= 20]
        before = min(choices, key=lambda c: voicing_cost(c, before, (low + high) / 2))
        result.append(before)
    return result
