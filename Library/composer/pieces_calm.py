"""Q4, pleasant and quiet: a lullaby, bossa nova, a waltz, bright ambient, a porch song, lo-fi."""

from patterns import arpeggio, bass, comp, drums, echo, hit, last_chord, pad, second, swell, tune
from song import Song


def small_moon_lullaby():
    s = Song("Small Moon Lullaby", "F", "major", 86, seed=41, beats=3, strong=(0,), rubato=0.02, master="warm", room=0.55, reverb=0.45,
             album="Letters Kept in a Drawer", genre="Lullaby", mood="peaceful", valence=0.5, arousal=-0.75,
             about="A music box and a harp; the strings come in like a blanket.")
    box = s.part("music box", lead=True, volume=86, pan=66, reverb=60)
    harp = s.part("harp", volume=92, pan=48, reverb=55, loose=0.008)
    strings = s.part("slow strings", volume=66, reverb=70)
    celesta = s.part("celesta", volume=83, pan=84, reverb=60)

    intro = s.section("F | F", level=0.85)
    a = s.section("F | Bb/F | C7/G | F | Dm | Bb | C7 | F", level=0.9)
    b = s.section("Bb | F/A | Gm7 | C7", level=0.97)
    close = s.section("Dm | Bb | C7 | F | F", level=0.95, to=0.7)
    s.ritard(9, 0.6)

    for part in (intro, a, b, close.bars(0, 4)):
        arpeggio(harp, part, "b12321" if part is not b else "b13121", voices=4, low=53, high=72, velocity=54, bass=41)
    tune(box, a, "3:2 5:1 | 4:1 6 4 | 5:1.5 4:.5 2:1 | 3:2 r:1 | 1':2 6:1 | 6:1.5 5:.5 4:1 | 5:1 4 2 | 1:2 r:1", octave=5, velocity=72)
    tune(box, b, "6:1.5 1':.5 6:1 | 5:2 3:1 | 4:1.5 6:.5 4:1 | 5:2 r:1", octave=5, velocity=76)
    pad(strings, a.bars(4, 8), voices=3, low=57, high=74, velocity=52)
    pad(strings, b, voices=3, low=57, high=74, velocity=56)
    pad(strings, close, voices=3, low=57, high=74, velocity=52)
    swell(strings, a.bars(4, 8), 50, 95)
    swell(strings, close, 95, 40)
    tune(box, close, "1':2 6:1 | 6:1.5 5:.5 4:1 | 5:1 7 2' | 1':3 | r:3", octave=5, velocity=70)
    tune(celesta, b, "r:1 4:1 1' | r:1 1':1 5 | r:1 2:1 6 | r:1 7:1 2'", octave=5, velocity=48)
    last_chord([(harp, 4, 53, 77), (celesta, 3, 72, 89)], close.bars(4, 5), 46, roll=0.25)
    harp.note(close.bars(4, 5).start, 3, 41, 48)
    return s


def lemon_shade_bossa():
    s = Song("Lemon Shade Bossa", "G", "major", 124, seed=42, master="natural", room=0.4, reverb=0.35,
             album="Quarter to Four", genre="Bossa Nova", mood="relaxed", valence=0.6, arousal=-0.2,
             about="Nylon guitar, flute and a small kit; the fourth chord turns minor for a moment, as it should.")
    flute = s.part("flute", lead=True, volume=84, pan=58, reverb=50, loose=0.010)
    guitar = s.part("nylon guitar", volume=100, pan=78, reverb=30, loose=0.006)
    keys = s.part("electric piano", volume=70, pan=40, chorus=20)
    low = s.part("double bass", volume=92, reverb=15)
    kit = s.kit("brush", volume=88)

    intro = s.section("Gmaj7 | Am7 D7", level=0.88)
    a = s.section("Gmaj7 | Gmaj7 | Am7 | D7 | Gmaj7 | Em7 | Am7 | D7", level=0.92)
    b = s.section("Cmaj7 | Cm6 | Bm7 | E7b9 | Am7 | D7 | Gmaj7 | E7b9", level=0.97)
    close = s.section("Am7 D7 | Gmaj7 | G6", level=0.95, to=0.8)
    s.ritard(6, 0.75)

    batida = "x-.x-.x-|.x-.x-x-"
    for part in (intro, a, b, close.bars(0, 1)):
        comp(guitar, part, batida, voices=4, low=52, high=71, velocity=62, gate=0.8, roll=0.012)
        bass(low, part, "R--R5--5" if part not in (intro, close) else "R-----5-", velocity=74, gate=0.85)
        drums(kit, part, {"rim": "x..x..x...x..x..", "hat": "o.o.o.o.o.o.o.o.", "shaker": "oxoooxoooxoooxoo", "kick": "x..xo..xo..xo..x"}
              if part is not intro else {"shaker": "oxoooxoooxoooxoo"}, grid=0.25 if part is intro else 0.5, velocity=0.9)
    tune(flute, a, "5:1.5 7:1 5:1.5 | 3:1.5 2:.5 3:1 r | 4:1.5 6:1 4:1.5 | 2:1.5 1:.5 2:1 r | 5:1.5 7:1 2':1.5 | 1':1.5 7:.5 5:1 3 |"
         "4:1.5 3:.5 1:1 2 | 4:1 5:.5 7:1.5 r:1", octave=4, velocity=74)
    tune(flute, b, "6:1.5 5:.5 3:1 6 | b6:1.5 5:.5 4:1 1 | 5:1.5 3:.5 7:1 5 | 5:1 3:.5 #1:1.5 r:1 | 4:1.5 3:.5 1':1 6 | 5:1.5 4:.5 2:1 7, |"
         "1:3 r:1 | 3:1.5 5:.5 #1':1 3'", octave=4, velocity=78)
    pad(keys, b, voices=4, low=55, high=74, velocity=50)
    tune(flute, close, "1':1 6:.5 4 7:1 5 | 3:3 2:1 | 3:4", octave=4, velocity=74)
    comp(guitar, close.bars(1, 2), "x-.x-.x-", voices=4, low=52, high=71, velocity=60, gate=0.8)
    bass(low, close.bars(1, 2), "R--R5---", velocity=72)
    end = close.bars(2, 3)
    last_chord([(guitar, 4, 52, 71), (keys, 4, 55, 74)], end, 56, roll=0.12)
    bass(low, end, "R-------", velocity=70)
    hit(kit, end.start, ("crash",), 0.4)
    return s


def sunday_waltz_for_nobody():
    s = Song("Sunday Waltz for Nobody", "Eb", "major", 108, seed=43, beats=3, strong=(0,), rubato=0.035, master="natural", room=0.5, reverb=0.4,
             album="Letters Kept in a Drawer", genre="Classical", mood="tender", valence=0.6, arousal=-0.3,
             about="A parlour waltz for piano, with a borrowed minor chord before the end and strings for company.")
    right = s.part("piano", lead=True, volume=98, pan=70, reverb=50, loose=0.008)
    left = s.part("piano", volume=93, pan=54, reverb=50, loose=0.008)
    strings = s.part("slow strings", volume=65, reverb=65)

    intro = s.section("Eb | Bb7", level=0.88)
    a = s.section("Eb | Gm | Ab | Bb7 | Cm | Fm7 | Bb7 | Eb", level=0.92)
    b = s.section("Ab | Bb7 | Gm7 | Cm7 | Fm7 | Bb7 | Eb | Eb7", level=0.98)
    close = s.section("Ab | Abm | Eb/Bb | Bb7 | Eb | Eb", level=0.98, to=0.75)
    s.ritard(8, 0.6)

    for part in (intro, a, b, close.bars(0, 4)):
        bass(left, part, "R--", grid=1, low=36, high=50, velocity=64, gate=1.0)
        comp(left, part, ".xx", grid=1, voices=3, low=55, high=69, velocity=52, gate=0.85)
    tune(right, intro, "5:1 1' 3' | 2':2 r:1", octave=5, velocity=66)
    tune(right, a, "5:1 1' 3' | 7:2 5:1 | 6:1 1' 4' | 2':2 r:1 | 1':1 3' 5' | 4':1.5 3':.5 1':1 | 2':1 7 5 | 1':2 r:1", octave=4, velocity=78, gate=1.0)
    text = "6:1.5 5:.5 6:1 | 5:1.5 4:.5 5:1 | 7:2 5:1 | 3':2 1':1 | 6:1.5 1':.5 4':1 | 4':1.5 2':.5 7:1 | 1':2 5:1 | b7:2 5:1"
    tune(right, b, text, octave=4, velocity=80, gate=1.0)
    second(right, b.bars(0, 6), "|".join(text.split("|")[:6]), octave=4, velocity=58)
    pad(strings, b, voices=3, low=58, high=75, velocity=54)
    pad(strings, close, voices=3, low=58, high=75, velocity=52)
    swell(strings, b, 45, 92)
    swell(strings, close, 92, 45)
    tune(right, close, "6:1 1' 4' | b6:1 1' 4' | 3':2 1':1 | 2':2 7:1 | 1':3 | r:1 5':1 1''", octave=4, velocity=78, gate=1.0)
    end = close.bars(4, 6)
    last_chord([(left, 3, 51, 68)], end, 54, roll=0.1)
    left.note(end.start, 6, 39, 58)
    return s


def drift_above_the_orchard():
    s = Song("Drift Above the Orchard", "A", "major", 68, seed=44, master="warm", room=0.85, reverb=0.6,
             album="Low Orbit Library", genre="Ambient", mood="calm", valence=0.45, arousal=-0.65, gapless=True,
             about="Warm pads and a harp that thin out to an open fifth, which the next piece takes up without a gap.")
    harp = s.part("harp", lead=True, volume=108, pan=72, reverb=85, loose=0.012)
    pads = s.part("warm pad", volume=75, reverb=75)
    drone = s.part("bowed pad", volume=76, reverb=80)
    high = s.part("celesta", volume=74, pan=92, reverb=90, loose=0.012)
    low = s.part("contrabass", volume=74, reverb=60)

    a = s.section("Aadd9 | F#m7 | Dmaj7 | Esus4 E | Aadd9 | C#m7 | Dmaj7 | Bm7 Esus4 | Aadd9", level=0.9, to=1.0)
    out = s.section("A5", level=0.8)

    pad(pads, a, voices=4, low=53, high=73, velocity=58, over=0.1)
    swell(pads, a.bars(0, 5), 64, 108, 88)
    swell(pads, a.bars(5, 9), 88, 106, 20)
    # Held for a bar and a half past the end: into the piece that follows, which does not strike it again.
    drone.note(0, out.end + 6, 57, 66)
    drone.note(a.bars(8, 9).start, 14, 64, 66)
    swell(drone, a.bars(0, 8), 40, 60)
    swell(drone, a.bars(8, 9), 60, 60)
    swell(drone, out, 60, 66)
    drone.expression += [(out.end + n / 4, 66 - 2.4 * (n - 8)) for n in range(8, 24)]
    bass(low, a, "R-------", low=33, high=45, velocity=54, gate=1.0)
    arpeggio(high, a.bars(2, 8), "..2...1..0...2..", grid=0.5, voices=3, low=76, high=93, velocity=40)
    tune(harp, a, "5:2 3':1 2' | 1':3 r:1 | 6:2 1':1 3' | 2':2 7:2 | 5:2 3':1 5' | 5':2 3':2 | 3':1.5 2':.5 1':2 | 6:2 5:2 | 3:4", octave=4, velocity=70, gate=1.0)
    arpeggio(harp, a.bars(0, 8), "0...1...", voices=2, low=57, high=68, velocity=46)
    return s


def porch_light():
    s = Song("Porch Light", "D", "major", 86, seed=45, rubato=0.015, master="natural", room=0.4, reverb=0.35,
             album="The Winter Harbour", genre="Folk", mood="content", valence=0.65, arousal=-0.4,
             about="Finger-picked guitar and recorder on a warm evening, a second guitar and bass in the second strain.")
    lead = s.part("recorder", lead=True, volume=77, pan=58, reverb=50, loose=0.010)
    guitar = s.part("steel guitar", volume=105, pan=80, reverb=35, loose=0.007)
    other = s.part("nylon guitar", volume=106, pan=42, reverb=40, loose=0.008)
    low = s.part("double bass", volume=92, reverb=20)

    intro = s.section("D", level=0.88)
    a = s.section("D | G/D | D/F# | A | Bm | G | D/A A7 | D", level=0.92, to=0.98)
    b = s.section("G | D/F# | Em7 A7 | D", level=1.0)
    close = s.section("D", level=0.85)
    s.ritard(7, 0.65)

    for part in (intro, a, b):
        arpeggio(guitar, part, "b2132123", voices=4, low=50, high=69, velocity=62, bass=38)
    tune(lead, a, "3:1.5 2:.5 1:1 3 | 4:1.5 3:.5 1:2 | 5:1.5 6:.5 5:1 3 | 2:3 r:1 | 3:1 6 1' 6 | 6:1.5 5:.5 4:2 | 3:1 5 4:1 2 | 1:3 r:1",
         octave=5, velocity=72)
    tune(other, a.bars(3, 4), "2:1 r:1 5:.5 6 7 2'", octave=4, velocity=62)
    bass(low, a.bars(4, 8), "R--R5---", velocity=68)
    bass(low, b, "R--R5---", velocity=70)
    text = "1':1.5 7:.5 6:1 4 | 5:1.5 4:.5 3:2 | 2:1 4 5:1 7, | 1:4"
    tune(lead, b, text, octave=5, velocity=76)
    second(other, b, text, octave=5, velocity=64)
    second(other, a.bars(4, 8), "3:1 6 1' 6 | 6:1.5 5:.5 4:2 | 3:1 5 4:1 2 | 1:3 r:1", octave=5, velocity=58)
    last_chord([(guitar, 5, 45, 69)], close, 58, roll=0.12)
    guitar.note(close.start, 4, 38, 62)
    bass(low, close, "R-------", velocity=66)
    tune(other, close, "1:.5 3 5 1':2.5", octave=4, velocity=56)
    return s


def honey_static():
    s = Song("Honey Static", "Bb", "major", 82, seed=46, swing=(0.5, 0.58), master="lofi", room=0.5, reverb=0.45,
             album="Quarter to Four", genre="Lo-Fi", mood="mellow", valence=0.4, arousal=-0.35,
             about="Lo-fi: vibraphone over electric piano ninths, a lazy beat, the top of the tape worn off.")
    vibes = s.part("vibraphone", lead=True, volume=127, pan=56, reverb=55, loose=0.014)
    keys = s.part("electric piano", volume=67, pan=70, chorus=40, loose=0.010)
    guitar = s.part("jazz guitar", volume=81, pan=36, reverb=40, loose=0.012)
    low = s.part("finger bass", volume=94, reverb=10, loose=0.008)
    kit = s.kit("room", volume=107, loose=0.007)

    intro = s.section("Bbmaj9", level=0.85)
    a = s.section("Bbmaj9 | Gm9 | Cm9 | F9 | Ebmaj7 | Dm7 | Cm9 | F7sus4", level=0.93)
    b = s.section("Bbmaj9 | Gm9 | Ebmaj7 | F7sus4", level=0.98)
    close = s.section("Bbmaj9", level=0.85)
    s.ritard(5, 0.75)

    for part in (intro, a, b):
        comp(keys, part, "x---.x-.|x--x-.x-", voices=4, low=53, high=72, velocity=58, roll=0.02)
    bass(low, a, "R--.R-5a", low=30, high=44, velocity=78)
    bass(low, b, "R-.R8-5a", low=30, high=44, velocity=80)
    beat = {"kick": "x......x.xx.....", "snare": "....x.......x..o", "hat": "x.x.x.xox.x.x.xo"}
    drums(kit, intro, {"hat": "x.x.x.xox.x.x.xo"}, velocity=0.6)
    drums(kit, a.bars(0, 4), beat, velocity=0.68)
    drums(kit, a.bars(4, 8), beat, velocity=0.7, fill=(1, {"snare": "x.ox", "kick": "x..."}))
    drums(kit, b, beat | {"shaker": "o.oxo.oxo.oxo.ox"}, velocity=0.7, fill=(1, {"rim": "x.xx", "kick": "x.x."}))
    tune(vibes, a, "r:.5 3 5 7 5:1 3 | 3:1.5 1:.5 5:1 r | r:.5 2 4 6 4:1 3 | 2:1.5 7,:.5 5:1 r | r:.5 1 4 6 1':1 6 | 5:1.5 3:.5 2:1 r |"
         "r:.5 2 4 6 3':1 2' | 1':1.5 6:.5 5:2", octave=4, velocity=84)
    text = "r:.5 3 5 7 2':1 7 | 3':1.5 1':.5 5:1 r | r:.5 1 4 6 3':1 1' | 2':1.5 1':.5 5:2"
    tune(vibes, b, text, octave=4, velocity=88)
    second(guitar, b, text, octave=4, velocity=60)
    tune(vibes, close, "3:.5 5 7 2':2.5", octave=4, velocity=66, gate=1.2)
    last_chord([(keys, 4, 53, 72), (guitar, 3, 57, 74)], close, 56, roll=0.1)
    bass(low, close, "R-------", low=30, high=44, velocity=72)
    hit(kit, close.start, ("kick",), 0.6)
    return s


PIECES = [small_moon_lullaby, lemon_shade_bossa, sunday_waltz_for_nobody, drift_above_the_orchard, porch_light, honey_static]
