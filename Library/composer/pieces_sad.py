"""Q3, unpleasant and quiet: a nocturne, a lament, a late ballad, dark ambient, a folk song, trip-hop."""

from patterns import arpeggio, bass, comp, drums, echo, hit, last_chord, pad, second, swell, tune, walk
from song import Song


def letters_in_a_drawer():
    s = Song("Letters in a Drawer", "C#", "minor", 69, seed=31, rubato=0.05, master="warm", room=0.55, reverb=0.45,
             album="Letters Kept in a Drawer", genre="Classical", mood="sad", valence=-0.6, arousal=-0.6,
             about="A nocturne for piano over falling fifths; the coda looks up once and lets go.")
    right = s.part("piano", lead=True, volume=98, pan=70, reverb=60, loose=0.010)
    left = s.part("piano", volume=95, pan=52, reverb=60, loose=0.010)

    intro = s.section("C#m", level=0.85)
    a = s.section("C#m | F#m7 | B7 | Emaj7 | Amaj7 | D#m7b5 | G#7sus4 G#7 | C#m", level=0.9, to=0.98)
    close = s.section("A | F#m G#7 | C#m", level=1.0, to=0.7)
    s.ritard(7, 0.6)

    arpeggio(left, intro, "b0121012", voices=3, low=49, high=66, velocity=50, bass=37)
    arpeggio(left, a.bars(0, 4), "b0121012", voices=3, low=49, high=68, velocity=50, bass=35)
    arpeggio(left, a.bars(4, 8), "b0121012", voices=3, low=49, high=68, velocity=54, bass=35)
    arpeggio(left, close.bars(0, 2), "b0120121", voices=3, low=49, high=68, velocity=52, bass=35)
    tune(right, a, "5:1.5 3:.5 5:1 1' | 1':1.5 7:.5 6:2 | 4:1.5 2:.5 4:1 7 | 7:1.5 6:.5 5:2 | 3:1.5 1:.5 3:1 6 | 6:1.5 5:.5 4:2 |"
         "4:1 1:1 2:1 #7,:1 | 1:3 r:1", octave=4, velocity=74, gate=1.0)
    tune(right, close, "3':1.5 1':.5 6:2 | 4:1 6 5 #7 | 1':4", octave=4, velocity=72, gate=1.0)
    end = close.bars(2, 3)
    last_chord([(left, 3, 49, 68)], end, 50, roll=0.15)
    left.note(end.start, 4, 37, 52)
    return s


def winter_harbour():
    s = Song("Winter Harbour", "D", "minor", 66, seed=32, rubato=0.03, master="warm", room=0.75, reverb=0.55,
             album="The Winter Harbour", genre="Cinematic", mood="mournful", valence=-0.65, arousal=-0.45,
             about="A lament: oboe first, then cello beneath it, over strings that hardly move.")
    oboe = s.part("oboe", lead=True, volume=84, pan=72, reverb=65, loose=0.012)
    cello = s.part("cello", volume=92, pan=48, reverb=60, loose=0.012)
    strings = s.part("slow strings", volume=97, reverb=70, loose=0.012)
    low = s.part("contrabass", volume=94, reverb=60)
    harp = s.part("harp", volume=107, pan=36, reverb=65)

    intro = s.section("Dm", level=0.8)
    a = s.section("Dm | Gm/D | A7/C# | Dm | Bb | F/A | Gm | A7sus4 A7", level=0.88, to=1.0)
    close = s.section("Dm Bb | Gm A7 | Dm", level=1.0, to=0.7)
    s.ritard(6, 0.65)

    for part in (intro, a, close):
        pad(strings, part, voices=4, low=53, high=74, velocity=60, over=0.05)
    swell(strings, intro, 86, 98)
    swell(strings, a.bars(0, 4), 90, 112, 92)
    swell(strings, a.bars(4, 8), 92, 118, 100)
    swell(strings, close, 104, 48)
    bass(low, a, "R-------", low=33, high=46, velocity=64, gate=1.0)
    bass(low, close, "R---", grid=1, low=33, high=46, velocity=62, gate=1.0)
    tune(oboe, a, "5:2 3:1 2:.5 3 | 4:3 r:1 | 5:1.5 4:.5 2:2 | 3:3 r:1 | 6:1.5 5:.5 3:1 1 | 5:1.5 4:.5 3:2 | 4:1 6 1':1 6 | 2':1 1' #7:2",
         octave=4, velocity=74, gate=1.0)
    tune(cello, a.bars(4, 8), "3:2 1:2 | 1:2 5:1 4 | 6:2 4:2 | 5:2 #7,:1 2", octave=3, velocity=70, gate=1.0)
    for part in (a.bars(4, 8), close.bars(0, 2)):
        arpeggio(harp, part, "0.1.2.1.", voices=3, low=57, high=76, velocity=52)
    tune(oboe, close, "1':2 3':1 1' | 6:2 5:1 #7,:1 | 1:4", octave=4, velocity=72, gate=1.0)
    tune(cello, close, "5:2 6:2 | 4:2 #7,:1 2:1 | 1:4", octave=3, velocity=68, gate=1.0)
    last_chord([(harp, 4, 50, 74)], close.bars(2, 3), 48, roll=0.2)
    return s


def last_bus_home():
    s = Song("Last Bus Home", "C", "minor", 74, seed=33, swing=(1, 0.62), master="warm", room=0.5, reverb=0.45,
             album="Quarter to Four", genre="Jazz", mood="lonely", valence=-0.45, arousal=-0.5,
             about="A ballad for muted trumpet, electric piano and brushes, after the last guests have gone.")
    horn = s.part("muted trumpet", lead=True, volume=92, pan=60, reverb=60, loose=0.014)
    keys = s.part("electric piano", volume=74, pan=74, chorus=20, loose=0.010)
    low = s.part("double bass", volume=89, reverb=20, loose=0.008)
    kit = s.kit("brush", volume=107, loose=0.006)

    intro = s.section("Cm9", level=0.85)
    a = s.section("Cm9 | Fm9 | Dm7b5 | G7 | Cm9 | Abmaj7 | Dm7b5 G7 | Cm9", level=0.9, to=1.0)
    close = s.section("Fm9 | Abmaj7 G7 | Cm9", level=0.95, to=0.75)
    s.ritard(5, 0.7)

    for part in (intro, a, close.bars(0, 2)):
        comp(keys, part, "x----x--|x---.x--" if part is a else "x-------", voices=4, low=51, high=70, velocity=54, roll=0.02)
    bass(low, intro, "R-----5-", low=31, high=45, velocity=74)
    bass(low, a.bars(0, 4), "R---5-Ra", low=31, high=45, velocity=76)
    walk(low, a.bars(4, 8), low=31, high=46, velocity=74)
    bass(low, close.bars(0, 2), "R---5-Ra", low=31, high=45, velocity=72)
    brush = {"snare": "o.x.o.x.", "pedal": "..x...x.", "ride": "o..oo..o"}
    drums(kit, a, brush, grid=0.5, velocity=1.0, fill=(1, {"snare": "xx"}))
    drums(kit, close.bars(0, 2), brush, grid=0.5, velocity=0.95)
    tune(horn, a, "r:.5 5 1' 2' 3':1.5 2':.5 | 1':1.5 6:.5 5:1 r | r:.5 4 6 1' 2':1 1':.5 6 | 5:1.5 4:.5 2:1 r |"
         "r:.5 5 1' 2' 5':1.5 3':.5 | 3':1 1':.5 6 5:1 3 | 4:1 6:.5 1' #7:1 2' | 1':3 r:1", octave=4, velocity=72)
    tune(horn, close, "r:.5 1' 6 5 4:1 3 | 3:1 1 2:1 5 | 1:4", octave=4, velocity=68)
    end = close.bars(2, 3)
    last_chord([(keys, 4, 51, 70)], end, 50, roll=0.12)
    bass(low, end, "R-------", low=31, high=45, velocity=66)
    hit(kit, end.start, ("crash",), 0.35)
    return s


def empty_station():
    s = Song("Empty Station", "A", "minor", 66, seed=34, master="warm", room=0.85, reverb=0.6,
             album="Low Orbit Library", genre="Ambient", mood="melancholic", valence=-0.5, arousal=-0.75,
             about="Goes on from the last note of the piece before it without a gap: the same open fifth, turned minor.")
    bell = s.part("electric piano", lead=True, volume=79, pan=70, reverb=90, chorus=30, loose=0.012)
    drone = s.part("bowed pad", volume=76, reverb=80)
    choir = s.part("choir", volume=83, pan=54, reverb=90)
    low = s.part("contrabass", volume=83, reverb=70)
    cello = s.part("cello", volume=62, pan=46, reverb=80)

    intro = s.section("A5", level=0.85)
    a = s.section("Am | F/A | Dm/A | Am | Fmaj7 | Dm | Em | Em", level=0.9, to=1.0)
    close = s.section("F | Am", level=0.9, to=0.65)
    s.ritard(4, 0.8)

    low.note(intro.start + 2, 2, 33, 44)          # the fifth of the piece before still sounds over this bar
    swell(drone, a, 72, 100, 84)
    swell(drone, close, 84, 30)
    for part in (a, close):
        pad(drone, part, voices=3, low=52, high=71, velocity=56, over=0.1)
    pad(choir, a.bars(2, 8), voices=3, low=57, high=76, velocity=54, over=0.1)
    swell(choir, a.bars(2, 8), 40, 96, 70)
    pad(choir, close, voices=3, low=57, high=76, velocity=50)
    bass(low, a, "R-------", low=33, high=45, velocity=58, gate=1.0)
    bass(low, close, "R-------", low=33, high=45, velocity=54, gate=1.0)
    tune(bell, a, "5:2 r:1 3 | 1':3 r:1 | 6:2 4:1 r | 5:2 3:1 r | 1':1.5 7:.5 5:2 | 6:1.5 4:.5 1:2 | 7:2 5:1 2 | 5:3 r:1", octave=4, velocity=66, gate=1.0)
    tune(cello, a.bars(4, 8), "3:3 1:1 | 4:3 1:1 | 2:4 | 5:2 2:2", octave=3, velocity=62, gate=1.0)
    tune(bell, close, "1':2 6:2 | 5:4", octave=4, velocity=60, gate=1.0)
    return s


def the_rain_remembers():
    s = Song("The Rain Remembers", "E", "minor", 90, seed=35, beats=3, strong=(0,), rubato=0.03, master="natural", room=0.5, reverb=0.45,
             album="The Winter Harbour", genre="Folk", mood="wistful", valence=-0.4, arousal=-0.35,
             about="A slow waltz song for clarinet and picked guitar; a viola joins the second strain.")
    voice = s.part("clarinet", lead=True, volume=76, pan=58, reverb=55, loose=0.012)
    guitar = s.part("nylon guitar", volume=107, pan=74, reverb=45, loose=0.008)
    viola = s.part("viola", volume=85, pan=40, reverb=60, loose=0.012)
    low = s.part("double bass", volume=102, reverb=30)

    intro = s.section("Em | Em", level=0.85)
    a = s.section("Em | Am | Em | B7 | C | Am | B7 | Em", level=0.9)
    b = s.section("G | D | Am | Em | C | Am | B7 | B7", level=0.97, to=1.05)
    close = s.section("Em | Am | Em", level=0.95, to=0.75)
    s.ritard(5, 0.65)

    for part in (intro, a, close.bars(0, 2)):
        arpeggio(guitar, part, "b12321", voices=4, low=50, high=69, velocity=62, bass=40)
    arpeggio(guitar, b, "b13231", voices=4, low=50, high=71, velocity=66, bass=40)
    bass(low, a.bars(4, 8), "R-5", grid=1, low=33, high=47, velocity=62)
    bass(low, b, "R-5", grid=1, low=33, high=47, velocity=66)
    tune(voice, a, "5:2 3:1 | 4:1.5 5:.5 6:1 | 5:2 3:1 | 2:2 r:1 | 3:2 1:1 | 4:1.5 3:.5 1:1 | 2:1.5 1:.5 #7,:1 | 1:2 r:1", octave=4, velocity=72)
    text = "7:1.5 5:.5 7:1 | 2':2 7:1 | 1':1.5 7:.5 6:1 | 5:2 r:1 | 6:1.5 5:.5 3:1 | 4:1.5 3:.5 1:1 | 2:1 4 5 | #7:2 r:1"
    tune(voice, b, text, octave=4, velocity=78)
    second(viola, b, text, octave=4, velocity=64)
    tune(voice, close, "1':1.5 5:.5 3:1 | 4:1 3 1 | 1:3", octave=4, velocity=70)
    last_chord([(guitar, 5, 40, 69)], close.bars(2, 3), 58, roll=0.12)
    bass(low, close.bars(2, 3), "R--", grid=1, low=33, high=47, velocity=60)
    return s


def slow_tide():
    s = Song("Slow Tide", "G", "minor", 82, seed=36, swing=(0.5, 0.56), master="lofi", room=0.6, reverb=0.5,
             album="Low Orbit Library", genre="Trip-Hop", mood="brooding", valence=-0.4, arousal=-0.25,
             about="Ninth chords, a heavy slow beat and a jazz guitar that answers itself.")
    lead = s.part("jazz guitar", lead=True, volume=93, pan=56, reverb=60, loose=0.012)
    delay = s.part("jazz guitar", volume=117, pan=104, reverb=80, loose=0.012)
    keys = s.part("electric piano", volume=84, pan=46, chorus=40)
    cloud = s.part("bowed pad", volume=61, reverb=80)
    low = s.part("finger bass", volume=110, reverb=10)
    kit = s.kit("808", volume=91)

    intro = s.section("Gm9 | Ebmaj7", level=0.85)
    a = s.section("Gm9 | Ebmaj7 | Cm9 | Dm7 | Gm9 | Ebmaj7 | Am7b5 | D7", level=0.92)
    b = s.section("Cm9 | Gm/Bb | Ebmaj7 | D7", level=1.0)
    close = s.section("Gm9", level=0.85)
    s.ritard(5, 0.75)

    for part in (intro, a, b):
        comp(keys, part, "x-----.x|-----x--" if part is not b else "x---x-x-", voices=4, low=53, high=72, velocity=56, roll=0.015)
        pad(cloud, part, voices=3, low=58, high=77, velocity=50)
    bass(low, a, "R--.R.5a", low=29, high=43, velocity=80)
    bass(low, b, "R-.R8-5a", low=29, high=43, velocity=82)
    beat = {"kick": "x......x..x.....", "rim": "....x.......x...", "hat": "x.o.x.oox.o.x.o."}
    drums(kit, intro.bars(1, 2), {"hat": "x.o.x.oox.o.x.o."}, velocity=0.7)
    drums(kit, a.bars(0, 4), beat, velocity=0.75)
    drums(kit, a.bars(4, 8), beat | {"shaker": "o.oxo.oxo.oxo.ox"}, velocity=0.78, fill=(1, {"rim": "x.xx", "kick": "x..."}))
    drums(kit, b, beat | {"snare": "....o.......o..o"}, velocity=0.8, fill=(1, {"rim": "xxxx", "tom3": "..xx"}))
    tune(lead, a, "r:1 5:.5 7 5:1 3 | 3:1.5 1:.5 3:1 r | r:1 1:.5 3 4:1 3 | 2:1.5 7,:.5 5,:1 r | r:1 5:.5 7 1':1 7 | 5:1.5 3:.5 6:1 5 |"
         "4:1.5 3:.5 2:1 1 | 2:2 #7,:1 r", octave=4, velocity=74)
    echo(lead, delay, a, delay=1.5, decay=0.6, times=1)
    tune(lead, b, "3:1 1:.5 3 5:1 4 | 3:1.5 2:.5 1:1 r | 3:1 1:.5 3 6:1 5 | 4:1.5 2:.5 #7,:2", octave=4, velocity=78)
    tune(lead, close, "1:4", octave=4, velocity=72)
    last_chord([(keys, 4, 53, 72), (cloud, 3, 58, 77)], close, 54, roll=0.1)
    bass(low, close, "R-------", low=29, high=43, velocity=74)
    hit(kit, close.start, ("kick",), 0.7)
    return s


PIECES = [letters_in_a_drawer, winter_harbour, last_bus_home, empty_station, the_rain_remembers, slow_tide]
