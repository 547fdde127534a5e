"""What players do over chords: pads, comping, strums, arpeggios, bass lines, walking, drums, tunes and second voices."""

import math
from dataclasses import replace

from midi import DRUMS
from theory import in_scale, voicings

DRUM_LEVEL = {"kick": 100, "snare": 94, "snare2": 94, "clap": 88, "rim": 74, "hat": 66, "pedal": 56, "open": 70, "ride": 68,
              "bell": 72, "crash": 92, "china": 90, "tambourine": 62, "shaker": 54, "cabasa": 54, "triangle": 55,
              "claves": 62, "conga1": 70, "conga2": 72, "tom1": 94, "tom2": 96, "tom3": 98, "tom4": 100}
ACCENT = {"X": 1.14, "x": 1.0, "o": 0.66}


def hits(section, steps, grid):
    """A step pattern, repeated to the end: `x` plays, `X` louder, `o` softer, `-` holds on, `.` is silent."""
    steps = steps.replace(" ", "").replace("|", "")
    total = round((section.end - section.start) / grid)
    for n in range(total):
        mark = steps[n % len(steps)]
        if mark in ".-":
            continue
        held = 1
        while n + held < total and steps[(n + held) % len(steps)] == "-":
            held += 1
        yield section.start + n * grid, mark, held * grid


def _voiced(part, section, voices, low, high, fifths=False):
    spans = section.spans
    if fifths:
        spans = [replace(s, chord=replace(s.chord, pcs=(s.chord.root, (s.chord.root + 7) % 12))) for s in spans]
    result = voicings(spans, voices, low, high, part.voicing if part.voicing and len(part.voicing) == voices else None)
    part.voicing = result[-1]
    return result


def pad(part, section, voices=4, low=52, high=76, velocity=62, over=0.0):
    """Held chords. Notes common to two chords are not struck again."""
    held = {}
    for span, pitches in zip(section.spans, _voiced(part, section, voices, low, high)):
        for pitch in list(held):
            if pitch not in pitches:
                start = held.pop(pitch)
                part.note(start, span.start - start + over, pitch, velocity)
        for pitch in pitches:
            held.setdefault(pitch, span.start)
    for pitch, start in held.items():
        part.note(start, section.end - start + over, pitch, velocity)


def comp(part, section, steps, grid=0.5, voices=3, low=55, high=76, velocity=70, gate=0.92, roll=0.0, fifths=False):
    """Chords struck in a rhythm; `roll` spreads them upwards, `fifths` leaves the thirds out, as loud guitars do."""
    chosen = _voiced(part, section, voices, low, high, fifths)
    for position, mark, length in hits(section, steps, grid):
        index = section.at(position)
        length = min(length, section.spans[index].end - position)
        for n, pitch in enumerate(chosen[index]):
            part.note(position + n * roll, length * gate - n * roll, pitch, velocity * ACCENT[mark] + (2 if n == voices - 1 else -2))


def strum(part, section, steps, grid=0.5, voices=5, low=45, high=69, velocity=70, spread=0.03):
    """Guitar: `D` and `d` down (loud, soft), `u` up over the high strings; strings ring to the next stroke."""
    chosen = _voiced(part, section, voices, low, high)
    marks = steps.replace(" ", "").replace("|", "")
    strokes = [(section.start + n * grid, marks[n % len(marks)]) for n in range(round((section.end - section.start) / grid))
               if marks[n % len(marks)] in "Ddu"]
    for n, (position, mark) in enumerate(strokes):
        index = section.at(position)
        until = min(strokes[n + 1][0] if n + 1 < len(strokes) else section.end, section.spans[index].end)
        strings = chosen[index] if mark != "u" else tuple(reversed(chosen[index][-3:]))
        force = {"D": 1.1, "d": 0.92, "u": 0.78}[mark]
        for k, pitch in enumerate(strings):
            part.note(position + k * spread, until - position - k * spread, pitch, velocity * force - k)


def arpeggio(part, section, order, grid=0.5, voices=4, low=52, high=76, velocity=64, ring=True, bass=None):
    """Broken chords. `order` numbers the voices from below, restarting with each chord; `b` is the bass, `.` a rest."""
    chosen = _voiced(part, section, voices, low, high)
    for span, pitches in zip(section.spans, chosen):
        for n in range(round(span.length / grid)):
            mark = order[n % len(order)]
            position = span.start + n * grid
            if mark == ".":
                continue
            if mark == "b":
                low_pitch = bass + (span.chord.bass - bass) % 12
                part.note(position, span.end - position, low_pitch, velocity + 4)
                continue
            length = span.end - position if ring else grid * 0.9
            part.note(position, length, pitches[int(mark) % voices], velocity + (5 if n == 0 else 0) + 2 * math.sin(n * 1.3))


def _bass_pitch(part, pitch_class, low, high):
    options = [p for p in range(low, high + 1) if p % 12 == pitch_class]
    aim = part.bass if part.bass is not None else low + 5
    part.bass = min(options, key=lambda p: (abs(p - aim) + 0.2 * abs(p - (low + high) / 2), p))
    return part.bass


def bass(part, section, steps, grid=0.5, low=30, high=45, velocity=88, gate=0.9):
    """`R` root, `r` softer, `5` fifth, `3` third, `8` octave, `a` a step into the next chord, `-` holds, `.` rests."""
    roots = [_bass_pitch(part, s.chord.bass, low, high) for s in section.spans]
    following = section.song.chord_at(section.end).bass
    for position, mark, length in hits(section, steps, grid):
        index = section.at(position)
        span, root = section.spans[index], roots[index]
        length = min(length, span.end - position)
        pitch, force = root, velocity
        if mark == "r":
            force *= 0.85
        elif mark == "8":
            pitch, force = root + 12, velocity * 0.94
        elif mark in "53":
            tone = span.chord.pcs[min(2, len(span.chord.pcs) - 1) if mark == "5" else 1]
            pitch = root + (tone - root) % 12
            pitch -= 12 if pitch > high + 4 else 0
        elif mark == "a":
            target = roots[index + 1] if index + 1 < len(roots) else root + (following - root + 6) % 12 - 6
            pitch = section.song.scale_step(target, -1 if target >= root else 1)
            force *= 0.9
        part.note(position, length * gate, pitch, force)


def walk(part, section, low=30, high=48, velocity=86):
    """A walking bass: root, chord tones on the way, a semitone or a step into the next root."""
    roots = [_bass_pitch(part, s.chord.bass, low, high) for s in section.spans]
    for n, span in enumerate(section.spans):
        target = roots[n + 1] if n + 1 < len(roots) else roots[n]
        tones = sorted({p for p in range(low, high + 1) if p % 12 in span.chord.pcs[:4]})
        steps, pitch = round(span.length), roots[n]
        rising = target >= roots[n]
        for step in range(steps):
            if step and step == steps - 1:
                pitch = target - 1 if rising else target + 1
            elif step:
                nearer = [t for t in tones if (t > pitch if rising else t < pitch)] or [t for t in tones if t != pitch]
                pitch = min(nearer, key=lambda t: abs(t - pitch))
            part.note(span.start + step, 0.92, pitch, velocity + (4 if step % 2 else 0))


def drums(part, section, steps, grid=0.25, fill=None, crash=False, velocity=1.0):
    """Step patterns by drum. `fill` is (beats, patterns) in place of the end; `crash` marks the beginning."""
    fill_start = section.end - fill[0] if fill else section.end
    for name, pattern in steps.items():
        for position, mark, _ in hits(section, pattern, grid):
            if position < fill_start - 1e-6:
                part.note(position, 0.2, DRUMS[name], DRUM_LEVEL[name] * ACCENT[mark] * velocity)
    if fill:
        count = round(fill[0] / grid)
        for name, pattern in fill[1].items():
            pattern = pattern.replace(" ", "")
            for n in range(min(count, len(pattern))):
                if pattern[n] != ".":
                    rise = 0.82 + 0.2 * n / count
                    part.note(fill_start + n * grid, 0.2, DRUMS[name], DRUM_LEVEL[name] * ACCENT[pattern[n]] * rise * velocity)
    if crash:
        part.note(section.start, 2, DRUMS["crash"], 92 * velocity)


def hit(part, beat, names, velocity=1.0):
    for name in names:
        part.note(beat, 0.5, DRUMS[name], DRUM_LEVEL[name] * velocity)


def tune(part, section, text, octave=4, velocity=86, gate=0.95, vary=False):
    """A melody, sung: accents on the beat, a little louder towards the height of a phrase and of the line.

    `vary` fills falling and rising thirds with the note between, and turns on long notes that repeat."""
    song = section.song
    notes = song.line(section, text, octave)
    if vary:
        varied = []
        for note, after in zip(notes, notes[1:] + [None]):
            varied.append(note)
            joined = after and abs(note[0] + note[1] - after[0]) < 1e-6 and note[1] >= 1
            gap = after[2] - note[2] if joined else 0
            if abs(gap) in (3, 4) or (joined and gap == 0):
                between = song.scale_step(note[2], 1 if gap >= 0 else -1)
                note[1] -= 0.5
                varied.append([note[0] + note[1], 0.5, between])
        notes = varied
    middle = sum(n[2] for n in notes) / len(notes)
    phrase = 4 * song.beats
    for start, length, pitch in notes:
        force = velocity + 0.5 * (pitch - middle) + 5 * math.sin(math.pi * ((start - section.start) % phrase) / phrase)
        force += 5 if song.is_strong(start) else 0 if start % 1 == 0 else -4
        part.note(start, length * gate, pitch, force)
    return notes


def second(part, section, text, octave=4, velocity=74, gate=0.95, nearest=3, furthest=9):
    """A second voice under a melody: thirds and sixths, tones of the chord where it counts."""
    song = section.song
    for start, length, pitch in song.line(section, text, octave):
        chord = section.spans[section.at(start)].chord
        below = [pitch - n for n in range(nearest, furthest + 1)]
        tones = [p for p in below if p % 12 in chord.pcs]
        scale = [p for p in below if in_scale(p, song.tonic(0), song.mode)]
        choice = tones if (song.is_strong(start) or length >= 1) and tones else scale
        part.note(start, length * gate, choice[0], velocity)


def echo(source, target, section, delay, decay=0.5, times=2):
    """Repeats of what `source` plays in the section, softer each time, where they still belong to the chord."""
    for start, length, pitch, velocity in list(source.notes):
        if section.start - 1e-6 <= start < section.end - 1e-6:
            for n in range(1, times + 1):
                if start + n * delay < section.end - 1e-6 and pitch % 12 in section.song.chord_at(start + n * delay).pcs:
                    target.note(start + n * delay, min(length, delay, 0.75), pitch, velocity * decay ** n)


def swell(part, section, low, high, back=None):
    """Controller 11 from low to high over the section (and back, if told)."""
    steps = max(8, int((section.end - section.start) * 2))
    for n in range(steps + 1):
        share = n / steps
        if back is None:
            value = low + (high - low) * share
        else:
            value = low + (high - low) * share * 2 if share < 0.5 else high + (back - high) * (share - 0.5) * 2
        part.expression.append((section.start + share * (section.end - section.start) - 1e-4 * (n == steps), value))


def last_chord(parts, section, velocity=74, roll=0.04):
    """A closing chord, rolled, over the section: (part, voices, low, high) each."""
    for part, voices, low, high in parts:
        for n, pitch in enumerate(_voiced(part, section, voices, low, high)[0]):
            part.note(section.start + n * roll, section.end - section.start - n * roll, pitch, velocity)
