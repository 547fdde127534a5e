"""A song: sections of harmony on a timeline of beats, parts that play over them, and how they become events."""

import bisect
import math
import random

from midi import KITS, PROGRAMS
from theory import in_scale, melody, pitch_class, progression

GRID = 16      # the tempo is integrated in sixteenths of a beat


class Part:
    def __init__(self, song, sound, volume=96, pan=64, reverb=45, chorus=0, loose=0.006, lead=False, drums=False):
        self.song, self.sound, self.lead, self.drums = song, sound, lead, drums
        self.program = (KITS if drums else PROGRAMS)[sound]
        self.volume, self.pan, self.reverb, self.chorus, self.loose = volume, pan, reverb, chorus, loose
        self.notes = []            # [start, length, pitch, velocity] in beats
        self.expression = []       # (beat, value) of controller 11
        self.voicing = None        # where the hands are, for voice leading across sections
        self.bass = None

    def note(self, start, length, pitch, velocity):
        self.notes.append([start, length, pitch, velocity])


class Section:
    """Some bars of chords. Everything that plays is given the section it plays in."""

    def __init__(self, song, spans):
        self.song, self.spans = song, spans
        self.start, self.end = spans[0].start, spans[-1].end

    def at(self, beat):
        starts = [s.start for s in self.spans]
        return max(0, bisect.bisect_right(starts, beat + 1e-6) - 1)

    def bars(self, first, last):
        low, high = (self.start + n * self.song.beats for n in (first, last))
        return Section(self.song, [s for s in self.spans if low - 1e-6 <= s.start < high - 1e-6])


class Song:
    def __init__(self, title, key, mode, bpm, seed, beats=4, strong=(0, 2), swing=None, rubato=0.0,
                 room=0.5, reverb=0.5, master="", **tags):
        self.title, self.key, self.mode, self.bpm, self.beats, self.strong = title, key, mode, bpm, beats, strong
        self.swing, self.rubato, self.room, self.reverb, self.master = swing, rubato, room, reverb, master
        self.tags = tags
        self.random = random.Random(seed)
        self.parts, self.sections, self.levels, self.slowings = [], [], [], []
        self.length = 0.0

    # Writing

    def part(self, sound, **options):
        self.parts.append(Part(self, sound, **options))
        return self.parts[-1]

    def kit(self, sound, **options):
        return self.part(sound, drums=True, **({"loose": 0.003, "reverb": 30, "volume": 100} | options))

    def section(self, chords, level=1.0, to=None):
        """Adds bars at the end. Level is how strongly everyone plays, moving to `to` by the end."""
        section = Section(self, progression(chords, self.beats, self.length))
        self.levels += [(section.start, level), (section.end - 1e-3, level if to is None else to)]
        self.length = section.end
        self.sections.append(section)
        return section

    def ritard(self, beats, factor):
        """The last `beats` slow down to `factor` of the tempo."""
        self.slowings.append((self.length - beats, self.length, factor))

    def tonic(self, octave):
        return 12 * (octave + 1) + pitch_class(self.key)

    def line(self, section, text, octave):
        return melody(text, self.tonic(octave), self.mode, self.beats, section.start)

    def scale_step(self, pitch, direction):
        pitch += direction
        while not in_scale(pitch, self.tonic(0), self.mode):
            pitch += direction
        return pitch

    def chord_at(self, beat):
        for section in reversed(self.sections):
            if beat >= section.start - 1e-6:
                return section.spans[section.at(beat)].chord
        return self.sections[0].spans[0].chord

    def is_strong(self, beat):
        return any(abs(beat % self.beats - s) < 1e-6 for s in self.strong)

    # Becoming sound

    def level(self, beat):
        before = (0.0, 1.0)
        for point in self.levels:
            if point[0] > beat:
                share = (beat - before[0]) / max(1e-9, point[0] - before[0])
                return before[1] + share * (point[1] - before[1])
            before = point
        return before[1]

    def clock(self):
        """Beats to seconds: tempo, slowings and the breathing of phrases of four bars, integrated."""
        times, phrase = [0.0], 4 * self.beats
        for step in range(int((self.length + 4 * self.beats) * GRID)):
            beat = step / GRID
            tempo = self.bpm * (1 + self.rubato * math.sin(2 * math.pi * (beat / phrase - 0.05)))
            for start, end, factor in self.slowings:
                if beat >= start:
                    tempo *= 1 + (factor - 1) * min(1.0, (beat - start) / (end - start))
            times.append(times[-1] + 60 / tempo / GRID)

        def seconds(beat):
            if self.swing:
                unit, share = self.swing
                whole, inside = divmod(beat, unit)
                inside /= unit
                inside = inside / 0.5 * share if inside < 0.5 else share + (inside - 0.5) / 0.5 * (1 - share)
                beat = (whole + inside) * unit
            index = min(int(beat * GRID), len(times) - 2)
            return times[index] + (beat * GRID - index) * (times[index + 1] - times[index])
        return seconds

    def events(self, channel=0, offset=0.05):
        """MIDI events, the channel after the last used, and the second at which the last note is let go."""
        seconds, events, last = self.clock(), [], 0.0
        for part in self.parts:
            if part.drums:
                here = 9
            else:
                here = channel
                channel += 2 if channel == 8 else 1
            if here > 15:
                raise ValueError("too many parts")
            for controller, value in ((7, part.volume), (10, part.pan), (91, part.reverb), (93, part.chorus), (11, 112)):
                events.append((max(0.0, offset - 0.04), 0, bytes((0xB0 | here, controller, value))))
            events.append((max(0.0, offset - 0.03), 0, bytes((0xC0 | here, part.program))))
            for beat, value in part.expression:
                events.append((offset + seconds(beat), 1, bytes((0xB0 | here, 11, max(1, min(127, round(value)))))))
            sounding = {}
            for start, length, pitch, velocity in sorted(part.notes):
                shift = max(-2 * part.loose, min(2 * part.loose, self.random.gauss(0, part.loose)))
                on = max(0.01, offset + seconds(start) + shift)
                off = max(on + 0.03, offset + seconds(start + length) + shift * 0.5)
                loud = velocity * self.level(start) + self.random.gauss(0, 3)
                entry = [on, off, max(1, min(127, round(loud)))]
                if pitch in sounding and sounding[pitch][-1][1] > on - 0.005:
                    sounding[pitch][-1][1] = max(sounding[pitch][-1][0] + 0.01, on - 0.006)
                sounding.setdefault(pitch, []).append(entry)
            for pitch, entries in sounding.items():
                for on, off, loud in entries:
                    events.append((on, 3, bytes((0x90 | here, pitch, loud))))
                    events.append((off, 2, bytes((0x80 | here, pitch, 0))))
                    last = max(last, off)
        return events, channel, last
