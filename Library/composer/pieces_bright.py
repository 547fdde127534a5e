"""Q1, pleasant and lively: pop, rock, chiptune, a jig, swing, house."""

from patterns import arpeggio, bass, comp, drums, echo, hit, last_chord, pad, second, strum, swell, tune, walk
from song import Song

TOMS = (2, {"snare": "x.xx....", "tom1": "....xx..", "tom3": "......xX", "kick": "x...x..."})
SNARES = (1, {"snare": "xxxX", "kick": "x..."})


def open_all_the_windows():
    s = Song("Open All the Windows", "D", "major", 122, seed=11, master="bright", room=0.35, reverb=0.4,
             album="Saturday Engines", genre="Pop", mood="happy", valence=0.8, arousal=0.5,
             about="Guitars, piano and a whistled tune over a half-open cadence that the chorus closes.")
    lead = s.part("whistle", lead=True, volume=81, reverb=55)
    bells = s.part("glockenspiel", volume=99, pan=80, reverb=60)
    piano = s.part("bright piano", volume=111, pan=52)
    guitar = s.part("steel guitar", volume=94, pan=86)
    clean = s.part("clean guitar", volume=76, pan=38, chorus=30)
    low = s.part("finger bass", volume=104, reverb=15)
    strings = s.part("strings", volume=70, reverb=60)
    kit = s.kit("standard", volume=112)

    intro = s.section("D | G/D", level=0.85, to=0.95)
    verse = s.section("D | A/C# | Bm7 | G | D | A/C# | G | A", level=0.92)
    chorus = s.section("G | A | D/F# | Bm7 | G | A | Bm7 | A", level=1.05)
    close = s.section("G | A | D | D", level=1.06, to=0.95)
    s.ritard(4, 0.8)

    beat = {"kick": "x.....x.x.......", "snare": "....x.......x..o", "hat": "x.o.x.o.x.o.x.o."}
    big = {"kick": "x..x..x.x.....x.", "snare": "....X.......X...", "open": "..x...x...x...x.", "tambourine": "o.x.o.x.o.x.o.x."}
    for part in (intro, verse, chorus, close.bars(0, 2)):
        strum(guitar, part, "D.dudu.u" if part is not intro else "D...d.du", velocity=66)
    comp(piano, intro, "x-.x-.x-", velocity=62)
    tune(bells, intro, "5:.5 3 1 3 5:1 1' | 6:.5 4 1 4 6:1 5", octave=5, velocity=70)
    comp(piano, verse, "x-.x-.x-", velocity=62)
    comp(clean, verse.bars(4, 8), ".x.x.x.x", low=60, high=80, velocity=54, gate=0.5)
    bass(low, verse, "R--RR-5a")
    drums(kit, verse.bars(0, 4), beat, crash=True)
    drums(kit, verse.bars(4, 8), beat, fill=SNARES)
    tune(lead, verse, "3:.5 3 5 3:1 2:.5 1 2 | 2:1.5 7,:.5 5,:1 r:.5 2:.5 | 3:.5 3 5 3:1 5:.5 6 5 | 4:1.5 3:.5 1:1 r:1 |"
         "3:.5 3 5 3:1 2:.5 1 2 | 2:1.5 3:.5 2:1 7, | 1:.5 2 4 6:1 5:.5 4 1 | 2:1 3:.5 4 5:1 r:1", octave=5, velocity=84)
    chorus_text = ("6:1.5 5:.5 6:1 1':1 | 7:1.5 6:.5 5:2 | 5:1.5 4:.5 3:1 5:1 | 6:1.5 5:.5 3:1 r:1 |"
                   "6:1.5 5:.5 6:1 1':1 | 2':1.5 1':.5 7:1 5:1 | 1':1.5 7:.5 6:1 5:1 | 5:1 6:.5 7 2':2")
    tune(lead, chorus, chorus_text, octave=4, velocity=92)
    second(clean, chorus, chorus_text, octave=4, velocity=70)
    tune(bells, chorus.bars(4, 8), chorus_text.split("|", 4)[4], octave=5, velocity=66)
    comp(piano, chorus, "X-x-x-x-", velocity=66)
    pad(strings, chorus, voices=3, low=60, high=81, velocity=66)
    bass(low, chorus, "R-RR8-5a")
    drums(kit, chorus.bars(0, 4), big, crash=True)
    drums(kit, chorus.bars(4, 8), big, fill=TOMS, crash=True)
    tune(lead, close, "6:1 5:.5 4 1':2 | 7:1 6:.5 7 2':2 | 1':1 5:.5 3 5:1 3 | 1':4", octave=4, velocity=94)
    comp(piano, close.bars(0, 3), "X-x-x-x-", velocity=66)
    pad(strings, close, voices=3, low=60, high=81, velocity=66)
    bass(low, close.bars(0, 3), "R-RR8-5a")
    drums(kit, close.bars(0, 3), big, fill=TOMS, crash=True)
    strum(guitar, close.bars(2, 3), "D.dudu.u", velocity=66)
    end = close.bars(3, 4)
    hit(kit, end.start, ("crash", "kick"))
    last_chord([(piano, 4, 50, 76), (guitar, 5, 45, 69), (clean, 3, 55, 76)], end, 74)
    bass(low, end, "R-------")
    tune(bells, end, "1:.5 3 5 1':2.5", octave=5, velocity=62)
    return s


def saturday_engine():
    s = Song("Saturday Engine", "A", "major", 142, seed=12, master="loud", room=0.3, reverb=0.35,
             album="Saturday Engines", genre="Rock", mood="energetic", valence=0.65, arousal=0.85,
             about="A mixolydian riff on two guitars, organ behind it, and a chorus that climbs.")
    lead = s.part("overdriven guitar", lead=True, volume=86, reverb=45)
    left = s.part("overdriven guitar", volume=74, pan=24, reverb=25)
    right = s.part("distortion guitar", volume=61, pan=104, reverb=25)
    organ = s.part("rock organ", volume=83, pan=70)
    low = s.part("pick bass", volume=106, reverb=10)
    kit = s.kit("power", volume=95)

    intro = s.section("A5 | A5 | D5 | A5", level=0.92, to=1.0)
    verse = s.section("A5 | G | D | A5 | A5 | G | D | E", level=1.0)
    chorus = s.section("D | A | E | F#m | D | A | E | E", level=1.06)
    close = s.section("D | G | A5 | A5", level=1.06)
    s.ritard(4, 0.88)

    drive = {"kick": "x.....x.x.x.....", "snare": "....X.......X...", "hat": "X.x.X.x.X.x.X.x."}
    open_ = {"kick": "x...x.x.x...x...", "snare": "....X.......X..o", "open": "x...x...x...x...", "ride": "..x...x...x...x."}
    riff = "X-xx.x-X|-x-x.xx-"
    for part in (left, right):
        comp(part, intro, riff, voices=3, low=45, high=69, velocity=104, gate=0.85)
        comp(part, verse, "X-xxx-xx", voices=3, low=45, high=67, velocity=80, gate=0.75, fifths=True)
        comp(part, chorus, "X---x-x-", voices=3, low=45, high=69, velocity=86, fifths=True)
        comp(part, close.bars(0, 2), "X---x-x-", voices=3, low=45, high=69, velocity=88, fifths=True)
    bass(low, intro.bars(0, 2), "R---R---")
    bass(low, intro.bars(2, 4), "RRRRRR5a")
    for part in (verse, chorus, close.bars(0, 3)):
        bass(low, part, "RRRRRR5a" if part is verse else "R-RR8-5a", velocity=94)
    drums(kit, intro.bars(0, 2), {"hat": "X...X...X...X...", "kick": "x...x...x...x..."})
    drums(kit, intro.bars(2, 4), drive, fill=TOMS)
    drums(kit, verse.bars(0, 4), drive, crash=True, fill=SNARES)
    drums(kit, verse.bars(4, 8), drive, fill=TOMS)
    drums(kit, chorus.bars(0, 4), open_, crash=True, fill=SNARES)
    drums(kit, chorus.bars(4, 8), open_, crash=True, fill=TOMS)
    drums(kit, close.bars(0, 3), open_, crash=True, fill=(4, {"snare": "x.xxx.xxxxxxXXXX", "kick": "x...x...x...x..."}))
    tune(lead, verse, "1:.5 2 3 5:1 3:.5 5 6 | 4:1 2:.5 b7,:1 r:.5 b7,:.5 1 | 4:.5 5 6:1 4:.5 2 1 2 | 3:1.5 2:.5 1:1 r:1 |"
         "1:.5 2 3 5:1 3:.5 5 6 | 4:1 2:.5 b7,:1 r:.5 2 4 | 6:.5 5 4:1 6:.5 5 4 2 | 7,:1 2:1 5:1.5 r:.5", octave=4, velocity=88)
    text = ("6:1 6:.5 5:1 4:.5 5 6 | 5:2 3:1 1:1 | 7,:1 7,:.5 1:1 2:.5 3 2 | 1:1.5 2:.5 3:1 r | 6:1 6:.5 5:1 4:.5 5 6 |"
            "1':2 5:1 3 | 2:1.5 3:.5 5:1 7:1 | 2':1 7:.5 5 7:1 r")
    tune(lead, chorus, text, octave=4, velocity=94)
    comp(organ, verse.bars(4, 8), "x-------", low=57, high=76, velocity=58)
    pad(organ, chorus, voices=3, low=57, high=78, velocity=64)
    pad(organ, close, voices=3, low=57, high=78, velocity=66)
    tune(lead, close, "1':1.5 6:.5 4:1 6 | 2':1.5 b7:.5 4:1 2' | 1':1 5:.5 3 5:.5 3 1:1 | 1':4", octave=4, velocity=96)
    comp(left, close.bars(2, 3), riff[:8], voices=3, low=45, high=69, velocity=86, gate=0.85)
    comp(right, close.bars(2, 3), riff[:8], voices=3, low=45, high=69, velocity=86, gate=0.85)
    end = close.bars(3, 4)
    last_chord([(left, 3, 45, 69), (right, 3, 45, 69)], end, 92, roll=0.02)
    bass(low, end, "R-------", velocity=96)
    hit(kit, end.start, ("crash", "kick", "china"))
    return s


def coin_garden():
    s = Song("Coin Garden", "C", "major", 150, seed=13, master="bright", room=0.2, reverb=0.25,
             album="Low Orbit Library", genre="Chiptune", mood="playful", valence=0.75, arousal=0.65,
             about="Square waves, a sixteenth-note arpeggiator and a descending ground, as from a small handheld game.")
    lead = s.part("square", lead=True, volume=71, reverb=25, loose=0.001)
    reply = s.part("square", volume=65, pan=96, reverb=30, loose=0.001)
    chip = s.part("saw", volume=63, pan=30, reverb=20, loose=0.001)
    low = s.part("synth bass 2", volume=97, reverb=5, loose=0.001)
    kit = s.kit("electronic", volume=105, loose=0.001)

    intro = s.section("C | G", level=0.9)
    a = s.section("C | G/B | Am | Em | F | C/E | F | G", level=0.95)
    b = s.section("Am | F | C | G | Am | F | D7 | G", level=1.0)
    close = s.section("F | G | Em Am | F G | C | C", level=1.05)
    s.ritard(4, 0.85)

    for part in (intro, a, b, close.bars(0, 5)):
        arpeggio(chip, part, "0123210321", grid=0.25, voices=4, low=60, high=84, velocity=62, ring=False)
    bass(low, intro, "R-------", low=33, high=47)
    bass(low, a, "R.8.R.8a", low=33, high=47, gate=0.7)
    bass(low, b, "RR8RRR8a", low=33, high=47, gate=0.7)
    bass(low, close.bars(0, 5), "RR8RRR8a", low=33, high=47, gate=0.7)
    beat = {"kick": "x...x...x...x...", "snare": "....x.......x...", "hat": "..x...x...x...xx"}
    drums(kit, intro, {"hat": "x.o.x.o.x.o.x.o."}, fill=SNARES)
    drums(kit, a.bars(0, 4), beat)
    drums(kit, a.bars(4, 8), beat, fill=SNARES)
    drums(kit, b.bars(0, 4), beat | {"hat": "x.xxx.xxx.xxx.xx"}, crash=True)
    drums(kit, b.bars(4, 8), beat | {"hat": "x.xxx.xxx.xxx.xx"}, fill=TOMS)
    drums(kit, close.bars(0, 5), beat, crash=True, fill=TOMS)
    tune(lead, intro, "r:2 5:.5 6 7 1' | 2':.5 7 5 7 2':1 r", octave=5, velocity=78)
    tune(lead, a, "1:.5 3 5 3 1':1 5 | 7:.5 5 2 5 7:1 r:.5 5 | 6:.5 1' 3' 1' 6:1 3 | 5:.5 7 3' 7 5:1 r:.5 5 |"
         "6:.5 5 4 6 1':1 6 | 5:.5 4 3 5 1':1 5 | 4:.5 5 6 1' 6:.5 5 4 6 | 5:1 2:.5 5 7:1 2'", octave=5, velocity=84, gate=0.8)
    text = ("3':1.5 2':.5 1':1 6:1 | 1':1.5 7:.5 6:1 4 | 5:.5 6 5 3 5:1 1' | 7:1.5 6:.5 5:1 r | 3':1.5 2':.5 1':1 6 |"
            "4':1.5 3':.5 1':1 6 | #4:.5 6 1' 6 2':1 1' | 7:.5 2' 5' 2' 7:1 5:1")
    tune(lead, b, text, octave=5, velocity=88, gate=0.85)
    second(reply, b, text, octave=5, velocity=72)
    echo(lead, reply, a, delay=0.75, decay=0.5, times=1)
    tune(lead, close, "1':.5 6 4 6 1':1 6 | 2':.5 7 5 7 2':1 7 | 3':.5 7 5 7 3':.5 1' 6 1' | 4':.5 1' 6 1' 2':.5 7 5 7 |"
         "1':.5 5 3 5 1':.5 3' 5' 3' | 1'':2 r:2", octave=5, velocity=90, gate=0.8)
    end = close.bars(5, 6)
    last_chord([(chip, 4, 60, 84)], end, 66, roll=0.12)
    bass(low, end, "R-------", low=33, high=47)
    hit(kit, end.start, ("crash", "kick"))
    return s


def jig_for_a_borrowed_fiddle():
    s = Song("Jig for a Borrowed Fiddle", "G", "major", 336, seed=14, beats=6, strong=(0, 3), master="natural", room=0.4, reverb=0.4,
             album="The Winter Harbour", genre="Folk", mood="joyful", valence=0.8, arousal=0.6, bpm_shown=112,
             about="A jig of two strains: fiddle alone, then with whistle, squeeze-box, guitar and a frame drum.")
    fiddle = s.part("fiddle", lead=True, volume=116, pan=56, reverb=45, loose=0.008)
    pipe = s.part("recorder", volume=60, pan=84, loose=0.008)
    box = s.part("accordion", volume=88, pan=40, reverb=40)
    guitar = s.part("steel guitar", volume=89, pan=76)
    low = s.part("double bass", volume=88, reverb=20)
    drum = s.kit("standard", volume=102, reverb=40)

    intro = s.section("G | C | G | D", level=0.85, to=0.95)
    strain = "G | G | C | D | G | G | C D | G"
    turn = "Em | C | G | D | Em | C | D | G"
    a1, a2 = s.section(strain, level=0.9), s.section(strain, level=0.98)
    b1, b2 = s.section(turn, level=1.0), s.section(turn, level=1.08)
    close = s.section("C D | G | G", level=1.05)
    s.ritard(9, 0.75)

    a_text = ("1:1 2 3 5 3 1 | 3:1 5 6 5:2 3:1 | 6:1 5 6 1' 6 4 | 5:1 3 2 2:2 r:1 |"
              "1:1 2 3 5 3 1 | 3:1 5 6 5:2 1':1 | 1':1 6 4 5 7 2' | 1':2 7:1 1':3")
    b_text = ("3':1 2' 1' 6:2 1':1 | 4:1 6 1' 6:2 4:1 | 3:1 5 1' 5:2 3:1 | 2:1 5 7 5:2 2:1 |"
              "3':1 2' 1' 6 1' 3' | 4':1 3' 1' 1' 6 4 | 5:1 7 2' 7 5 2 | 1:2 5:1 1':3")
    for part, text in ((a1, a_text), (a2, a_text), (b1, b_text), (b2, b_text)):
        tune(fiddle, part, text, octave=4, velocity=86, gate=0.88)
    tune(pipe, a2, a_text, octave=5, velocity=74, gate=0.85)
    second(pipe, b1, b_text, octave=4, velocity=70)
    tune(pipe, b2, b_text, octave=4, velocity=88, gate=0.85)
    for part in (intro, a1, a2, b1, b2):
        strum(guitar, part, "D.ud.u" if part is not intro else "D..d.u", grid=1, velocity=66, spread=0.07)
    tune(fiddle, intro.bars(3, 4), "r:3 5,:1 6, 7,", octave=4, velocity=76)
    comp(box, a2, "..x..x", grid=1, low=60, high=76, velocity=62, gate=0.7)
    pad(box, b1, voices=3, low=55, high=74, velocity=60)
    comp(box, b2, "x.xx.x", grid=1, low=60, high=76, velocity=66, gate=0.7)
    for part in (a2, b1, b2):
        bass(low, part, "R-.5-.", grid=1, gate=0.85)
    frame = {"tom4": "x..o..x..o.o", "shaker": "o.oo.oo.oo.o"}
    drums(drum, a2, frame, grid=1, velocity=0.75)
    drums(drum, b1, frame, grid=1, velocity=0.8, fill=(3, {"tom4": "xxx"}))
    drums(drum, b2, frame | {"tambourine": "x..x..x..x.x"}, grid=1, velocity=0.85, fill=(3, {"tom4": "xxX", "tambourine": "xxx"}))
    tune(fiddle, close, "6:1 1' 4' 2' 7 5 | 1':3 5:1 3 5 | 1':6", octave=4, velocity=90)
    tune(pipe, close, "6:1 1' 4' 2' 7 5 | 1':3 5:1 3 5 | 1':6", octave=4, velocity=86)
    strum(guitar, close.bars(0, 2), "D.ud.u", grid=1, velocity=70, spread=0.07)
    bass(low, close.bars(0, 2), "R-.R-.", grid=1)
    end = close.bars(2, 3)
    last_chord([(guitar, 5, 43, 69), (box, 3, 55, 74)], end, 72, roll=0.1)
    bass(low, end, "R-----", grid=1)
    hit(drum, end.start, ("tom4", "tambourine"), 0.9)
    return s


def copper_street_parade():
    s = Song("Copper Street Parade", "F", "major", 184, seed=15, swing=(1, 0.64), master="bright", room=0.45, reverb=0.4,
             album="Quarter to Four", genre="Swing", mood="joyful", valence=0.75, arousal=0.6,
             about="Small-band swing: trumpet with tenor a sixth below, walking bass, riffing brass in the bridge.")
    lead = s.part("trumpet", lead=True, volume=96, pan=54, loose=0.008)
    tenor = s.part("tenor sax", volume=74, pan=80, loose=0.009)
    brass = s.part("brass", volume=81, pan=40)
    piano = s.part("piano", volume=106, pan=76)
    low = s.part("double bass", volume=83, reverb=15)
    kit = s.kit("jazz", volume=97)

    intro = s.section("F6 | D7 | Gm7 | C7", level=0.9)
    strain = "F6 | D7 | Gm7 | C7 | F6 | D7 | Gm7 C7 | F6"
    a1 = s.section(strain, level=0.95)
    bridge = s.section("Bb6 | Bdim7 | F6/C | D7 | G7 | G7 | C7 | C7", level=1.0, to=1.05)
    a2 = s.section(strain, level=1.06)
    close = s.section("Gm7 | C7 | F6 | F6", level=1.06)

    ride = {"ride": "x.xxx.xx", "pedal": "..x...x.", "kick": "o.......", "rim": "......o."}
    shout = {"ride": "X.xxX.xx", "pedal": "..x...x.", "kick": "x...o...", "snare": "..x...x."}
    fill = (2, {"snare": "x.xX", "tom1": ".x..", "kick": "x..x"})
    for part in (intro, a1, bridge, a2, close.bars(0, 2)):
        walk(low, part)
        drums(kit, part, shout if part in (a2, close) else ride, grid=0.5, fill=fill, crash=part is a2)
    for part in (intro, a1, a2):
        comp(piano, part, ".x..x...|x....x..", voices=4, low=53, high=74, velocity=62, gate=0.5)
    comp(piano, bridge, "x---..x.", voices=4, low=53, high=74, velocity=62)
    comp(brass, intro, "X.......|...x-...", voices=4, low=58, high=77, velocity=78, gate=0.6)
    comp(brass, bridge, "...x.x..|...x-...", voices=4, low=58, high=77, velocity=76, gate=0.6)
    comp(brass, a2, "......xX|........", voices=4, low=58, high=77, velocity=74, gate=0.5)
    text = ("5:.5 6 1' 6:1 5:.5 3:1 | 3:.5 5 6 5:1 3:.5 #1:1 | 2:.5 4 6 1':1 6:.5 4:1 | 2':1 7:.5 5:1.5 r:1 |"
            "5:.5 6 1' 6:1 5:.5 3:1 | 3:.5 5 6 #1':1 6:.5 5:1 | 1':1 6:.5 4 2:.5 4 5 7 | 1':1.5 5:.5 1':1 r")
    for part in (a1, a2):
        tune(lead, part, text, octave=4, velocity=88, gate=0.85)
    second(tenor, a2, text, octave=4, velocity=80, nearest=5, furthest=9)
    tune(tenor, bridge, "6:2 4:1 6 | #4:2 6:1 1' | 1':2 6:1 5 | #1':2 6:1 5 | 6:1 #4:.5 6:1 1':1 r:.5 | 1':1 6:.5 #4:1 r:.5 2:1 |"
         "4:.5 5 7 2':1 7:.5 5:1 | 4':1 2':.5 7:1 r:1.5", octave=4, velocity=84)
    tune(lead, close, "4':1 2':.5 1':1 6:.5 4:1 | 5:.5 7 2' 4':1 2':.5 7:1 | 1':1 5:.5 6:1 1':.5 3':1 | 1':.5 r:3.5", octave=4, velocity=92)
    comp(piano, close.bars(0, 2), ".x..x...", voices=4, low=53, high=74, velocity=66, gate=0.5)
    finish = close.bars(2, 3)
    comp(brass, finish, "X..x....", voices=4, low=58, high=77, velocity=84, gate=0.6)
    comp(piano, finish, "X..x....", voices=4, low=53, high=74, velocity=72, gate=0.6)
    bass(low, finish, "R-5-3-5-")
    drums(kit, finish, {"snare": "X..x..xx", "kick": "x..x...."}, grid=0.5)
    end = close.bars(3, 4)
    comp(brass, end, "X.......", voices=4, low=58, high=79, velocity=92, gate=0.9)
    comp(piano, end, "X.......", voices=4, low=53, high=76, velocity=80)
    bass(low, end, "R.......", velocity=96)
    hit(kit, end.start, ("crash", "kick", "snare"))
    return s


def mirrorball_weather():
    s = Song("Mirrorball Weather", "G", "major", 124, seed=16, master="loud", room=0.5, reverb=0.45,
             album="Low Orbit Library", genre="House", mood="euphoric", valence=0.7, arousal=0.75,
             about="House: filtered pads open over a four-to-the-floor kick, octave bass, strings on top.")
    lead = s.part("poly synth", lead=True, volume=84, reverb=55, loose=0.002)
    delay = s.part("poly synth", volume=75, pan=100, reverb=70, loose=0.002)
    strings = s.part("synth strings", volume=52, reverb=60)
    stabs = s.part("bright piano", volume=121, pan=50, reverb=35, loose=0.002)
    low = s.part("synth bass", volume=104, reverb=5, loose=0.002)
    warm = s.part("warm pad", volume=107, reverb=60)
    kit = s.kit("electronic", volume=117, loose=0.001)

    loop = "Cmaj7 | D | Bm7 | Em7 | Cmaj7 | D | G | G/B"
    intro = s.section("Cmaj7 | D | G | G/B", level=0.8, to=0.95)
    a = s.section(loop, level=0.97)
    b = s.section(loop, level=1.05)
    close = s.section("Cmaj7 | D | G", level=1.05, to=0.95)
    s.ritard(4, 0.9)

    kick = {"kick": "X...X...X...X..."}
    full = kick | {"clap": "....x.......x...", "open": "..x...x...x...x.", "hat": "x.o.x.o.x.o.x.oo", "shaker": "o.oxo.oxo.oxo.ox"}
    build = (4, {"snare": "x...x...x.x.xxxx", "kick": "x...x...x...x..."})
    swell(warm, intro, 50, 115)
    pad(warm, intro, voices=4, low=52, high=74, velocity=66)
    pad(warm, a, voices=4, low=52, high=74, velocity=60)
    drums(kit, intro.bars(0, 2), kick, velocity=0.85)
    drums(kit, intro.bars(2, 4), kick | {"hat": "..x...x...x...x."}, fill=build)
    for part in (a.bars(0, 4), a.bars(4, 8)):
        drums(kit, part, full, fill=SNARES if part.start > a.start else None, crash=part.start == a.start)
    drums(kit, b.bars(0, 4), full, crash=True, fill=SNARES)
    drums(kit, b.bars(4, 8), full, crash=True, fill=build)
    drums(kit, close.bars(0, 2), full, crash=True)
    for part in (a, b, close.bars(0, 2)):
        bass(low, part, ".R.8.R.8" if part is a else "R.8RR.8a", low=31, high=43, gate=0.7, velocity=94)
        comp(stabs, part, "x..x..x.|.x..x-x.", voices=4, low=55, high=76, velocity=84, gate=0.6)
    hook = "6:.5 6 r 5 6:1 1':1 | 7:.5 7 r 6 7:1 2' | 2':.5 2' r 7 5:1 7 | 5:1.5 3:.5 6:1 r |"
    tune(lead, a, hook + "6:.5 6 r 5 6:1 1':1 | 7:.5 7 r 6 7:1 2' | 1':.5 1' r 7 1':1 3' | 3':1.5 2':.5 1':1 r", octave=4, velocity=84, gate=0.8)
    echo(lead, delay, a, delay=0.75, decay=0.55, times=2)
    tune(lead, b, "3':2 1':1 6 | 2':2 7:1 5 | 2':1.5 3':.5 5':1 2'| 3':2 1':2 | 3':2 1':1 6 | 2':2 7:1 2' | 1':1.5 2':.5 3':2 | 5':2 3':2",
         octave=4, velocity=92)
    pad(strings, b, voices=3, low=60, high=81, velocity=70)
    tune(delay, b, hook + hook.rstrip("|").replace("2':.5 2' r 7 5:1 7", "1':.5 1' r 7 1':1 3'").replace("5:1.5 3:.5 6:1 r", "3':1.5 2':.5 1':1 r"),
         octave=4, velocity=62, gate=0.7)
    tune(lead, close, "6:.5 6 r 5 6:1 1' | 7:.5 7 r 6 7:1 2' | 1':4", octave=4, velocity=90)
    pad(strings, close, voices=3, low=60, high=81, velocity=66)
    end = close.bars(2, 3)
    last_chord([(stabs, 4, 55, 76), (warm, 4, 52, 74)], end, 72)
    bass(low, end, "R-------", low=31, high=43)
    hit(kit, end.start, ("crash", "kick"))
    return s


PIECES = [open_all_the_windows, saturday_engine, coin_garden, jig_for_a_borrowed_fiddle, copper_street_parade, mirrorball_weather]
