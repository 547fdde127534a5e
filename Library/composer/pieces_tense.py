"""Q2, unpleasant and lively: a chase, techno, metal, a toccata, drum and bass, a tango."""

from patterns import arpeggio, bass, comp, drums, echo, hit, last_chord, pad, second, swell, tune
from song import Song

ROLL = (2, {"snare": "xxxxxxXX", "tom3": "..x..x.x", "kick": "x...x..."})
TOMS = (4, {"tom1": "x.xx............", "tom2": "....x.xx........", "tom3": "........x.xx....", "tom4": "............xxXX", "kick": "x...x...x...x..."})


def nine_black_cars():
    s = Song("Nine Black Cars", "D", "minor", 150, seed=21, master="loud", room=0.7, reverb=0.5,
             album="The Winter Harbour", genre="Cinematic", mood="tense", valence=-0.55, arousal=0.8,
             about="A chase: a string ostinato in threes and twos, low brass, drums, a Neapolitan cadence.")
    brass = s.part("horn", lead=True, volume=95, pan=50, reverb=55)
    bones = s.part("trombone", volume=82, pan=84, reverb=50)
    ostinato = s.part("strings", volume=104, pan=40, reverb=40)
    pluck = s.part("pizzicato", volume=94, pan=86, reverb=45)
    high = s.part("tremolo strings", volume=70, pan=60, reverb=60)
    low = s.part("contrabass", volume=119, reverb=40)
    timpani = s.part("timpani", volume=119, reverb=55)
    taiko = s.part("taiko", volume=112, reverb=50)
    kit = s.kit("orchestra", volume=77, reverb=55)

    intro = s.section("Dm | Dm", level=0.8, to=0.9)
    a = s.section("Dm | Dm | Bb | A | Dm | Dm/F | Gm | A", level=0.92)
    b = s.section("Gm | Eb | A7 | Dm | Gm | Eb | A7sus4 | A7", level=1.0, to=1.1)
    close = s.section("Dm | Bb | Eb A | Dm", level=1.1)
    s.ritard(6, 0.72)

    for part in (intro, a, b, close.bars(0, 3)):
        arpeggio(ostinato, part, "20120120" if part is not b else "30230131", grid=0.5, voices=4, low=55, high=76, velocity=76, ring=False)
        arpeggio(pluck, part, "2.1.2.1.0.2.1.0." if part is intro else "2012012020120123", grid=0.25 if part is not intro else 0.5,
                 voices=4, low=57, high=77, velocity=68, ring=False)
    for part in (a, b, close.bars(0, 3)):
        bass(low, part, "R-.R-.RR", low=31, high=45, velocity=92, gate=0.75)
    for part in (a.bars(0, 8), b):
        for n in range(8):
            at = part.start + 4 * n
            root = part.spans[part.at(at)].chord.bass
            timpani.note(at, 1.2, 38 + (root - 38) % 12 if (root - 38) % 12 < 10 else 36 + (root - 36) % 12, 84)
            for step, force in ((0, 96), (1.5, 78), (3, 86), (3.5, 70)) if part is a.bars(0, 8) or n % 2 == 0 else ((0, 96), (0.75, 70), (1.5, 84), (2.25, 72), (3, 90)):
                taiko.note(at + step, 0.5, 45 if step else 41, force)
    drums(kit, b, {"snare": "o.oxo.oxo.oxo.xx", "kick": "x.....x.....x..."}, fill=ROLL, crash=True)
    drums(kit, close.bars(0, 3), {"snare": "o.oxo.oxo.oxo.xx", "kick": "x.....x.....x..."}, crash=True)
    tune(brass, a, "1:3 2:.5 3 | 5:3 r:1 | 6:3 5:.5 3 | 2:2 #7,:2 | 1:3 2:.5 3 | 5:2 1':2 | 1':1.5 7:.5 6:1 4 | 5:3 r:1", octave=4, velocity=92)
    text = "1':1.5 7:.5 6:1 4 | 6:2 4:1 b2 | 5:1.5 4:.5 2:1 #7, | 1:2 5:2 | 1':1.5 7:.5 6:1 1' | b2':2 6:1 4 | 5:2 2':2 | #7:2 5:1 2'"
    tune(brass, b, text, octave=4, velocity=98)
    second(bones, b, text, octave=4, velocity=90, nearest=5, furthest=12)
    pad(high, a.bars(4, 8), voices=3, low=67, high=86, velocity=60)
    pad(high, b, voices=3, low=67, high=86, velocity=72)
    swell(high, b, 75, 120)
    tune(brass, close, "1':4 | 3':2 1':2 | b2':2 #7:2 | 1':4", octave=4, velocity=104)
    second(bones, close, "1':4 | 3':2 1':2 | b2':2 #7:2 | 1':4", octave=4, velocity=92, nearest=5, furthest=12)
    pad(high, close, voices=3, low=67, high=86, velocity=78)
    end = close.bars(3, 4)
    last_chord([(ostinato, 4, 50, 74)], end, 88, roll=0)
    bass(low, end, "R-------", low=31, high=45, velocity=100)
    timpani.note(end.start, 4, 38, 110)
    taiko.note(end.start, 2, 41, 110)
    hit(kit, end.start, ("crash", "kick"))
    return s


def burnt_circuit():
    s = Song("Burnt Circuit", "F#", "minor", 136, seed=22, master="loud", room=0.4, reverb=0.4,
             album="Low Orbit Library", genre="Techno", mood="aggressive", valence=-0.5, arousal=0.75,
             about="Phrygian techno: sixteenth-note bass, a stuttering saw in groups of three, a siren-like middle.")
    lead = s.part("saw", lead=True, volume=59, reverb=40, loose=0.001)
    delay = s.part("saw", volume=77, pan=104, reverb=60, loose=0.001)
    low = s.part("synth bass", volume=126, reverb=5, loose=0.001)
    sub = s.part("synth bass 2", volume=112, reverb=5, loose=0.001)
    sweep = s.part("sweep pad", volume=55, reverb=60)
    stab = s.part("synth brass", volume=64, pan=36, reverb=40, loose=0.001)
    kit = s.kit("electronic", volume=127, loose=0.001)

    intro = s.section("F#m | F#m", level=0.85, to=0.95)
    a = s.section("F#m | F#m | G | F#m | F#m | D | G | C#7", level=0.98)
    b = s.section("Bm | G | F#m | F#m | Bm | G | C#7 | C#7", level=1.06)
    close = s.section("F#m | F#m | G | F#m", level=1.04)

    beat = {"kick": "X...X...X...X...", "clap": "....x.......x...", "open": "..x...x...x...x.", "hat": "xoxoxoxoxoxoxoxo"}
    drums(kit, intro, {"kick": "X...X...X...X...", "hat": "..x...x...x...x."}, fill=(1, {"clap": "x.xx"}))
    drums(kit, a.bars(0, 4), beat, crash=True)
    drums(kit, a.bars(4, 8), beat, fill=ROLL)
    drums(kit, b.bars(0, 4), beat | {"snare": "....X.......X..x"}, crash=True, fill=(1, {"snare": "xxxx"}))
    drums(kit, b.bars(4, 8), beat | {"snare": "....X.......X..x"}, fill=ROLL)
    drums(kit, close.bars(0, 3), beat, crash=True, fill=ROLL)
    for part in (intro, a, b, close.bars(0, 3)):
        bass(low, part, ".RRR.RR8.RRR.R8R", grid=0.25, low=30, high=42, velocity=92, gate=0.7)
        bass(sub, part, "R...R...R...R...", grid=0.25, low=30, high=42, velocity=84)
    swell(sweep, intro, 50, 110)
    pad(sweep, intro, voices=3, low=54, high=74, velocity=70)
    pad(sweep, b, voices=3, low=54, high=74, velocity=66)
    comp(stab, a, "......x.........", grid=0.25, voices=3, low=54, high=73, velocity=74, gate=0.8)
    comp(stab, b, "X.....x...x.....", grid=0.25, voices=3, low=54, high=73, velocity=78, gate=0.8)
    riff = "1:.75 1:.75 3:.5 1:.75 1:.75 b2:.5"
    tune(lead, a, f"{riff} | 1:.75 1:.75 5:.5 3:1 r:1 | b2:.75 b2:.75 4:.5 b2:.75 6,:.75 b2:.5 | 1:2 r:2 |"
         f"{riff} | 6:.75 6:.75 5:.5 3:1 1 | b2':.75 6:.75 4:.5 6:.75 4 b2:.5 | 2:.75 4 5:.5 #7:1 r:1", octave=4, velocity=88, gate=0.7)
    echo(lead, delay, a, delay=0.75, decay=0.5, times=2)
    tune(lead, b, "4':1.5 3':.5 1':1 6 | b2':1.5 1':.5 6:1 4 | 5:1.5 3:.5 1:2 | 5:.75 3 1:.5 r:2 |"
         "4':1.5 3':.5 1':1 6 | b2':1.5 4':.5 b2':1 6 | 5:1 2' 4' 2' | #7:2 5:2", octave=4, velocity=94)
    echo(lead, delay, b, delay=0.5, decay=0.45, times=2)
    tune(lead, close, f"{riff} | 1:.75 1:.75 5:.5 3:1 r:1 | b2:.75 b2:.75 4:.5 b2':.75 6:.75 4:.5 | 1:4", octave=4, velocity=94, gate=0.75)
    end = close.bars(3, 4)
    last_chord([(sweep, 3, 54, 74), (stab, 3, 54, 73)], end, 80, roll=0)
    bass(sub, end, "R-------", low=30, high=42, velocity=92)
    hit(kit, end.start, ("crash", "kick"))
    return s


def concrete_teeth():
    s = Song("Concrete Teeth", "E", "minor", 168, seed=23, master="loud", room=0.3, reverb=0.3,
             album="Saturday Engines", genre="Metal", mood="angry", valence=-0.65, arousal=0.95,
             about="Palm-muted fifths a semitone apart, double kick, and a lead that ends every phrase on the wrong foot.")
    lead = s.part("distortion guitar", lead=True, volume=85, reverb=45)
    left = s.part("distortion guitar", volume=76, pan=16, reverb=15)
    right = s.part("overdriven guitar", volume=81, pan=112, reverb=15)
    low = s.part("pick bass", volume=119, reverb=5)
    choir = s.part("choir", volume=82, reverb=60)
    kit = s.kit("power", volume=97)

    intro = s.section("E5 | F5", level=1.0)
    a = s.section("E5 | F5 | E5 | G5 F5 | E5 | F5 | A#5 | B5", level=1.0)
    b = s.section("Em | C | Am | B7 | Em | C | F | B7", level=1.05)
    riff = s.section("E5 | F5 | E5 | G5 F5", level=1.06)
    close = s.section("E5 F5 | E5", level=1.08)
    s.ritard(6, 0.8)

    gallop = {"kick": "x.xxx.xxx.xxx.xx", "snare": "....X.......X...", "hat": "X...X...X...X..."}
    blast = {"kick": "xxxxxxxxxxxxxxxx", "snare": "....X.......X...", "crash": "x.......x.......", "ride": "x...x...x...x..."}
    half = {"kick": "x.xx..x.x.x.....", "snare": "........X.......", "china": "x...x...x...x..."}
    for part in (left, right):
        for where in (intro, a, riff):
            comp(part, where, "X.xxX.xxX.xxX-x-", grid=0.25, voices=3, low=40, high=60, velocity=88, gate=0.7)
        comp(part, b, "X---x-x-", voices=3, low=40, high=62, velocity=90, fifths=True)
        comp(part, close.bars(0, 1), "X-xxX-xx", voices=3, low=40, high=60, velocity=94, gate=0.8)
    for where in (intro, a, riff):
        bass(low, where, "R.rrR.rrR.rrR-r-", grid=0.25, low=28, high=40, velocity=94, gate=0.75)
    bass(low, b, "RrRrRrRa", low=28, high=40, velocity=96)
    bass(low, close.bars(0, 1), "R-rrR-rr", low=28, high=40, velocity=96)
    drums(kit, intro, {"hat": "X...X...X...X...", "kick": "x.xxx.xxx.xxx.xx"}, fill=TOMS)
    drums(kit, a.bars(0, 4), gallop, crash=True, fill=ROLL)
    drums(kit, a.bars(4, 8), gallop, crash=True, fill=TOMS)
    drums(kit, b.bars(0, 4), blast, fill=ROLL)
    drums(kit, b.bars(4, 8), blast, fill=TOMS)
    drums(kit, riff, half, crash=True, fill=ROLL)
    drums(kit, close.bars(0, 1), gallop, crash=True, fill=ROLL)
    tune(lead, a, "1':1 7:.5 5:1 3:.5 5:1 | 6:1.5 4:.5 b2:2 | 1':1 7:.5 5:1 3:.5 1:1 | 7:1 3:1 4:1 b2:1 |"
         "1':1 7:.5 5:1 3:.5 5:1 | 6:1.5 b2':.5 4':2 | b2':2 b5:2 | 5:1 2':1 5:2", octave=4, velocity=92)
    text = ("5':2 3':1 1' | 1':1.5 3':.5 6:2 | 4':1.5 3':.5 1':1 6 | #7:1.5 1':.5 2':2 | 5':2 3':1 5' | 6':1.5 5':.5 3':2 |"
            "4':1.5 3':.5 b2':1 6 | 5:1 #7 2' 4'")
    tune(lead, b, text, octave=4, velocity=98)
    pad(choir, b, voices=3, low=55, high=76, velocity=76)
    tune(lead, riff, "5':.5 4' 3' 1' 5':.5 4' 3' 1' | 4':.5 b2' 6 b2' 4':1 b2' | 5':.5 4' 3' 1' 5':.5 4' 3' 1' | 3':1 7 b2':1 4'", octave=4, velocity=96)
    tune(lead, close, "1':2 b2':2 | 1':4", octave=4, velocity=100)
    end = close.bars(1, 2)
    last_chord([(left, 3, 40, 60), (right, 3, 40, 60)], end, 100, roll=0)
    bass(low, end, "R-------", low=28, high=40, velocity=100)
    hit(kit, end.start, ("crash", "kick", "china"))
    return s


def the_clock_has_no_hands():
    s = Song("The Clock Has No Hands", "C", "minor", 318, seed=24, beats=6, strong=(0, 3), rubato=0.01, master="natural", room=0.5, reverb=0.4,
             album="Letters Kept in a Drawer", genre="Classical", mood="anxious", valence=-0.5, arousal=0.45, bpm_shown=106,
             about="A toccata for piano in six-eight that never rests; strings enter for its second half.")
    right = s.part("piano", lead=True, volume=104, pan=70, loose=0.004)
    inner = s.part("piano", volume=97, pan=60, loose=0.004)
    left = s.part("piano", volume=98, pan=50, loose=0.004)
    strings = s.part("tremolo strings", volume=60, reverb=65)
    low = s.part("contrabass", volume=69, reverb=50)

    intro = s.section("Cm | Cm", level=0.75, to=0.85)
    strain = "Cm | Cm | Fm/C | G/B | Cm | Ab | Dm7b5 | G7"
    a1 = s.section(strain, level=0.85, to=0.95)
    b = s.section("Fm | Db | G7/B | Cm | Fm | Db | G7 | G7", level=0.95, to=1.08)
    a2 = s.section(strain, level=1.02, to=1.1)
    close = s.section("Fm | Cm/G | Ab | Fm | Cm | Ab | Db G7 | Cm", level=1.12)
    s.ritard(9, 0.6)

    for part in (intro, a1, b, a2, close.bars(0, 7)):
        arpeggio(inner, part, "012312" if part is not b else "021032", grid=1, voices=4, low=55, high=74, velocity=70, ring=False)
        bass(left, part, "R..R.." if part in (intro, a1) else "R.8R.5", grid=1, low=34, high=48, velocity=80, gate=0.9)
    a_text = "5:3 6:2 5:1 | 3:5 r:1 | 6:3 4:2 5:1 | 5:3 2 | 3:3 5 | 1':3 6 | 6:3 4 | 5:2 4:1 2:3"
    tune(right, a1, a_text, octave=5, velocity=88)
    tune(right, b, "1':3 7:2 6:1 | b2':3 6 | 5:3 2:2 4:1 | 3:5 r:1 | 1':3 6:2 1':1 | b2':3 4' | 2':3 #7:2 5:1 | 2':4 #7:2", octave=4, velocity=92)
    tune(right, a2, "5:2 6:1 5:1 4 3 | 3:1 5 1' 5:2 r:1 | 6:2 5:1 4:2 6:1 | 5:2 4:1 2:2 5:1 | 3:2 4:1 5:2 1':1 | 1':2 7:1 6:2 5:1 | 6:2 5:1 4:2 6:1 | 5:1 4 2 #7:2 2':1",
         octave=5, velocity=94)
    pad(strings, b, voices=3, low=58, high=79, velocity=58)
    swell(strings, b, 50, 100)
    pad(strings, a2, voices=3, low=58, high=79, velocity=66)
    for part in (a2, close.bars(0, 7)):
        bass(low, part, "R-----", grid=1, low=31, high=44, velocity=80)
    pad(strings, close.bars(0, 7), voices=3, low=60, high=81, velocity=74)
    tune(right, close, "1':3 4' | 3':3 1' | 1':3 3' | 4':3 1' | 5':3 3':3 | 6':3 3' | b2':3 #7 | 1':6", octave=4, velocity=98)
    end = close.bars(7, 8)
    last_chord([(inner, 4, 55, 75), (left, 2, 36, 48)], end, 88, roll=0.08)
    pad(strings, end, voices=3, low=58, high=79, velocity=70)
    bass(low, end, "R-----", grid=1, low=31, high=44, velocity=84)
    return s


def siren_room():
    s = Song("Siren Room", "B", "minor", 172, seed=25, master="loud", room=0.4, reverb=0.4,
             album="Low Orbit Library", genre="Drum and Bass", mood="anxious", valence=-0.45, arousal=0.85,
             about="A broken beat at 172 under a slow, sliding alarm; the middle leans on the flattened second.")
    lead = s.part("square", lead=True, volume=68, reverb=55, loose=0.002)
    delay = s.part("square", volume=74, pan=100, reverb=70, loose=0.002)
    low = s.part("synth bass 2", volume=104, reverb=5, loose=0.002)
    reese = s.part("saw", volume=55, pan=58, reverb=10, chorus=60, loose=0.002)
    cloud = s.part("halo pad", volume=78, reverb=70)
    bell = s.part("tubular bells", volume=124, pan=36, reverb=75)
    kit = s.kit("room", volume=118, loose=0.002)

    intro = s.section("Bm | Bm | G | F#7", level=0.85, to=0.95)
    a = s.section("Bm | Bm | G | G | Em | Em | F#7 | F#7", level=0.98)
    b = s.section("Bm | Bm | C | C | Em | Em | F#7 | F#7", level=1.06)
    close = s.section("Bm | Bm | C | C | F#7 | F#7 | Bm | Bm", level=1.08, to=1.0)

    break_ = {"kick": "x.........x.....x.x.......x.....", "snare": "....X..o.o..X..o....X..o.o..X.oo", "hat": "x.x.x.x.x.x.x.x."}
    hard = {"kick": "x.x.......x.....x.x.......x..x..", "snare": "....X..o.o..X..o....X..o.o..Xxoo", "ride": "x.x.x.x.x.x.x.x.", "hat": "..o...o...o...oo"}
    drums(kit, intro, {"hat": "x.x.x.x.x.x.x.x."}, fill=ROLL)
    drums(kit, a.bars(0, 4), break_, crash=True)
    drums(kit, a.bars(4, 8), break_, fill=ROLL)
    drums(kit, b.bars(0, 4), hard, crash=True, fill=(1, {"snare": "xxXX"}))
    drums(kit, b.bars(4, 8), hard, crash=True, fill=TOMS)
    drums(kit, close.bars(0, 6), hard, crash=True, fill=TOMS)
    for part in (a, b, close.bars(0, 6)):
        bass(low, part, "R--.R.-.|..R-R.5a", low=28, high=40, velocity=96)
        bass(reese, part, "R-------", low=40, high=52, velocity=78, gate=1.0)
    for part in (intro, a, b, close):
        pad(cloud, part, voices=3, low=57, high=78, velocity=64)
    swell(cloud, intro, 92, 116)
    tune(bell, intro, "1:4 | 5:4 | 3:4 | #7,:4", octave=4, velocity=96)
    bass(low, intro, "R-------", low=28, high=40, velocity=84)
    tune(lead, a, "5:3 6:1 | 5:2 3:2 | 6:3 5:1 | 3:2 1:2 | 4:3 5:1| 6:2 1':2 | #7:3 1':1 | 2':2 #7:1 5", octave=4, velocity=84)
    echo(lead, delay, a, delay=0.75, decay=0.55, times=2)
    text = ("1':1 1':.5 7:1 5:.5 3:1 | 5:2 1:2 | b2':1 b2':.5 1':1 6:.5 4:1 | 6:2 b2:2 | 4':1 4':.5 3':1 1':.5 6:1 |"
            "1':2 4:2 | 5:1.5 #7:.5 2':1 #7 | 4':2 2':1 #7")
    tune(lead, b, text, octave=4, velocity=90)
    echo(lead, delay, b, delay=0.5, decay=0.45, times=2)
    tune(bell, b, "1:4 | r:4 | b2:4 | r:4 | 4:4 | r:4 | 5:4 | r:4", octave=5, velocity=84)
    tune(lead, close, "1':1 1':.5 7:1 5:.5 3:1 | 5:2 1':2 | b2':1 b2':.5 1':1 6:.5 4:1 | b2':2 4':2 | 4':1 2':1 #7:1 5 | 2':2 #7:2 | 1':4 | r:4",
         octave=4, velocity=92)
    end = close.bars(6, 8)
    bass(low, end, "R---------------", low=28, high=40, velocity=92)
    bass(reese, end.bars(0, 1), "R-------", low=40, high=52, velocity=70)
    tune(bell, end, "1:4 | -:4", octave=4, velocity=74)
    hit(kit, end.start, ("crash", "kick", "snare"))
    swell(cloud, end, 110, 30)
    return s


def red_tango():
    s = Song("Red Tango", "A", "minor", 132, seed=26, master="bright", room=0.45, reverb=0.4,
             album="Quarter to Four", genre="Tango", mood="passionate", valence=-0.3, arousal=0.5,
             about="Squeeze-box and violin argue in A minor over piano and bass, and stop on the traditional two chords.")
    box = s.part("accordion", lead=True, volume=103, pan=52, reverb=40)
    violin = s.part("violin", volume=79, pan=84, reverb=50)
    strings = s.part("strings", volume=67, pan=44, reverb=50)
    piano = s.part("piano", volume=92, pan=68)
    low = s.part("double bass", volume=84, reverb=20)
    kit = s.kit("brush", volume=83)

    intro = s.section("Am | E7", level=0.95)
    a = s.section("Am | Am | E7 | E7 | Dm | Am | B7 | E7", level=0.97)
    b = s.section("Am | A7 | Dm | Dm | Bm7b5 E7 | Am | F E7 | Am", level=1.06)
    close = s.section("Dm | Am | E7 | Am", level=1.06)
    s.ritard(5, 0.75)

    march, habanera = "X.x.x.x.", "X..xX.x."
    comp(piano, intro, march, voices=4, low=52, high=72, velocity=76, gate=0.5)
    tune(violin, intro, "1':.5 7 6 5 #4:.5 5 3:1 | 2':.5 1' 7 6 5:1 #7", octave=4, velocity=84)
    comp(piano, a, march, voices=4, low=52, high=72, velocity=70, gate=0.5)
    comp(piano, b, habanera, voices=4, low=52, high=74, velocity=76, gate=0.5)
    for part, steps in ((intro, "R.R.R.R."), (a, "R.5.R.5a"), (b, "R..RR.5a"), (close.bars(0, 3), "R..RR.5a")):
        bass(low, part, steps, gate=0.75, velocity=92)
    drums(kit, a.bars(4, 8), {"snare": "X...o...x...o.oo"}, velocity=0.9)
    drums(kit, b, {"snare": "X..oo.o.x..oo.oo", "kick": "x.....x.x......."}, velocity=0.95, fill=(2, {"snare": "oxoxxxXX"}))
    drums(kit, close.bars(0, 3), {"snare": "X..oo.o.x..oo.oo", "kick": "x.....x.x......."}, velocity=0.95)
    tune(box, a, "5:1.5 #4:.5 5:1 3 | 1':1.5 7:.5 5:1 3 | 4:1.5 3:.5 2:1 #7, | 2:2 r:1 2:.5 3 | 4:1.5 3:.5 4:1 6 | 5:1.5 #4:.5 5:1 1' |"
         "1':.5 7 #6:1 #4:1 2 | 5:1 #7:.5 2' 5:1 r", octave=4, velocity=88, gate=0.85)
    pad(strings, a.bars(4, 8), voices=3, low=57, high=76, velocity=62)
    text = ("3':1.5 2':.5 1':1 5 | #3':1.5 2':.5 1':1 5 | 4':1.5 3':.5 1':1 6 | 4:1 6:.5 1' 4':1 r | 4':1 2' #7 2' | 1':1.5 #7:.5 1':1 3' |"
            "1':1 6 5 #7 | 1':2 r:2")
    tune(violin, b, text, octave=4, velocity=94)
    second(box, b, text, octave=4, velocity=78)
    pad(strings, b, voices=3, low=55, high=74, velocity=66)
    tail = "6:1.5 5:.5 4:1 6 | 5:1.5 3:.5 1:1 3 | 2:.5 4 5 #7 2':1 4' | 1':.5 r:.5 5:.5 r:.5 1:.5 r:1.5"
    tune(box, close, tail, octave=4, velocity=92)
    tune(violin, close, tail, octave=4, velocity=94)
    comp(piano, close.bars(0, 3), habanera, voices=4, low=52, high=74, velocity=78, gate=0.5)
    pad(strings, close.bars(0, 3), voices=3, low=55, high=74, velocity=66)
    end = close.bars(3, 4)
    comp(piano, end, "X...X...", voices=4, low=52, high=74, velocity=92, gate=0.9)
    bass(low, end, "R.5.R...", velocity=100)
    hit(kit, end.start, ("snare", "kick"))
    hit(kit, end.start + 2, ("snare", "kick"))
    return s


PIECES = [nine_black_cars, burnt_circuit, concrete_teeth, the_clock_has_no_hands, siren_room, red_tango]
