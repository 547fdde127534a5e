"""Looks at the notes as written, before any sound: what would sound wrong, and how lively each piece is."""

import sys

from pieces import PIECES


def overlaps(note, beat):
    return note[0] - 1e-3 <= beat < note[0] + note[1] - 0.12


def measure(song):
    """Figures of one piece. A strong note is one of the lead on a strong beat, half a beat long or more."""
    strong = outside = clashes = mud = 0
    sounding = [(part, note) for part in song.parts if not part.drums and part.sound != "taiko" for note in part.notes]
    found = []
    for part in song.parts:
        if not part.lead:
            continue
        for note in part.notes:
            start, length, pitch, _ = note
            if not song.is_strong(start) or length < 0.45:
                continue
            strong += 1
            chord = song.chord_at(start)
            power = len(chord.pcs) == 2 and (pitch - chord.root) % 12 in (3, 4)     # a fifth takes either third
            if pitch % 12 not in chord.pcs and not power:
                outside += 1
                found.append(f"outside {chord.name} at bar {start / song.beats + 1:.2f}: {pitch}")
            for other, against in sounding:
                if other is not part and overlaps(against, start) and abs(against[2] - pitch) in (1, 13):
                    if not {against[2] % 12, pitch % 12} <= set(chord.pcs):
                        clashes += 1
                        found.append(f"clash with {other.sound} at bar {start / song.beats + 1:.2f}: {pitch} {against[2]}")
    for step in range(int(song.length * 2)):
        here = sorted({n[2] for _, n in sounding if overlaps(n, step / 2)})
        mud += any(b - a < 5 and a < 46 for a, b in zip(here, here[1:]))
    events, _, last = song.events()
    pitched = [n for _, n in sounding]
    starts = {round(n[0] * 8) for part in song.parts for n in part.notes}
    pairs = len(sounding) and sum(n[3] * song.level(n[0]) for n in pitched) / len(pitched)
    return {"seconds": last, "strong": strong, "outside": outside, "clashes": clashes, "mud": mud / (song.length * 2),
            "notes_per_second": sum(len(p.notes) for p in song.parts) / last, "onsets_per_second": len(starts) / last,
            "velocity": pairs, "lead_range": [f(n[2] for p in song.parts if p.lead for n in p.notes) for f in (min, max)], "found": found}


def main():
    total = bad = 0
    print(f"{'piece':28}{'s':>6}{'strong':>7}{'out':>4}{'clash':>6}{'mud':>6}{'notes/s':>8}{'onsets/s':>9}{'vel':>5}  lead     quadrant")
    for make in PIECES:
        song = make()
        m = measure(song)
        v, a = song.tags["valence"], song.tags["arousal"]
        quadrant = {(True, True): "Q1", (False, True): "Q2", (False, False): "Q3", (True, False): "Q4"}[v > 0, a > 0]
        print(f"{song.title:28}{m['seconds']:6.1f}{m['strong']:7}{m['outside']:4}{m['clashes']:6}{m['mud']:6.2f}{m['notes_per_second']:8.1f}"
              f"{m['onsets_per_second']:9.1f}{m['velocity']:5.0f}  {m['lead_range'][0]}-{m['lead_range'][1]}    {quadrant}")
        if "-v" in sys.argv:
            for line in m["found"]:
                print("    " + line)
        total, bad = total + m["strong"], bad + m["outside"] + m["clashes"]
    print(f"{bad} of {total} strong notes of a lead outside their chord or a semitone from another voice")
    return 1 if bad > 0.02 * total else 0


if __name__ == "__main__":
    sys.exit(main())
