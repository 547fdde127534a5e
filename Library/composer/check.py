"""Checks the finished library, file by file, as it would be heard. Exit status 1 if anything is amiss.

    python3 check.py                    needs ffmpeg and ffprobe
"""

import array
import csv
import json
import math
import subprocess
import sys

import lint
from pieces import songs
from render import FIELDS, LIBRARY, LICENCE, LOUDNESS, R128_REFERENCE, loudness

TAGS = ["TITLE", "ARTIST", "ALBUM", "ALBUMARTIST", "GENRE", "DATE", "TRACKNUMBER", "MOOD", "BPM", "LICENSE", "COMMENT", "R128_TRACK_GAIN", "R128_ALBUM_GAIN"]
TAG_OF = {"title": "TITLE", "artist": "ARTIST", "album": "ALBUM", "album_artist": "ALBUMARTIST", "genre": "GENRE", "year": "DATE",
          "track": "TRACKNUMBER", "mood": "MOOD", "bpm": "BPM", "licence": "LICENSE"}
QUADRANTS = {(True, True): "Q1", (False, True): "Q2", (False, False): "Q3", (True, False): "Q4"}
RATE = 48000


def samples(path):
    done = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-ac", "2", "-ar", str(RATE), "-f", "f32le", "-"], capture_output=True, check=True)
    return array.array("f", done.stdout)


def decibels(block):
    return 10 * math.log10(1e-12 + sum(x * x for x in block) / max(1, len(block)))


def probe(path):
    done = subprocess.run(["ffprobe", "-v", "error", "-show_entries", "format=duration:stream_tags:stream=codec_name", "-of", "json", path],
                          capture_output=True, check=True)
    report = json.loads(done.stdout)
    tags = {k.upper().replace("ALBUM_ARTIST", "ALBUMARTIST"): v for k, v in report["streams"][0].get("tags", {}).items()}
    return float(report["format"]["duration"]), report["streams"][0]["codec_name"], {("TRACKNUMBER" if k == "TRACK" else k): v for k, v in tags.items()}


def main():
    problems = []
    with open(LIBRARY / "tracks.csv", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    if reader.fieldnames != FIELDS:
        problems.append(f"columns are {reader.fieldnames}")
    files = sorted(str(p.relative_to(LIBRARY)) for p in (LIBRARY / "music").rglob("*.opus"))
    if files != sorted(r["file"] for r in rows):
        problems.append(f"files and tracks.csv differ: {set(files) ^ {r['file'] for r in rows}}")
    if {r["title"] for r in rows} != {song.title for *_, song in songs()}:
        problems.append("tracks.csv and the pieces differ")

    gapless = {song.title for *_, song in songs() if song.tags.get("gapless")}
    counts, size, before = {}, 0, None
    print(f"{'file':54}{'s':>7}{'LUFS':>7}{'LRA':>6}{'dBTP':>6}{'lead-in':>8}{'tail dB':>8}{'kbit/s':>7}")
    for row in rows:
        path, title = LIBRARY / row["file"], row["title"]
        amiss = lambda text: problems.append(f"{title}: {text}")
        duration, codec, tags = probe(path)
        integrated, spread, peak = loudness(path)
        data = samples(path)
        loud = next((n for n, x in enumerate(data) if abs(x) > 10 ** (-50 / 20)), len(data))
        lead_in, tail = loud / 2 / RATE, decibels(data[-2 * RATE // 20:])
        bytes_ = path.stat().st_size
        size += bytes_
        print(f"{row['file']:54}{duration:7.2f}{integrated:7.1f}{spread:6.1f}{peak:6.1f}{lead_in:8.2f}{tail:8.0f}{bytes_ * 8 / duration / 1000:7.0f}")
        if codec != "opus":
            amiss(f"codec {codec}")
        if not 30 <= duration <= 60:
            amiss(f"lasts {duration} s")
        if abs(integrated - LOUDNESS) > 1:
            amiss(f"loudness {integrated} LUFS")
        if peak > -1:
            amiss(f"true peak {peak} dBTP")
        if lead_in > 0.3:
            amiss(f"{lead_in:.2f} s of silence before it begins")
        if tail > -50 and title not in gapless:
            amiss(f"ends at {tail:.0f} dB: cut off")
        if before:
            # What a player hears across the join: no step larger than the music makes anyway, no hole.
            step = max(abs(data[c] - before[-2 + c]) for c in (0, 1))
            usual = max(abs(before[n] - before[n - 2]) for n in range(len(before) - RATE // 5, len(before)))
            levels = decibels(before[-2 * RATE:]), decibels(data[:2 * RATE])        # a second each: the pad pulses
            print(f"{'    join: step, largest usual step, levels each side':54}{step:7.4f}{usual:7.4f}{levels[0]:7.1f}{levels[1]:7.1f}")
            if step > 3 * usual + 1e-3 or abs(levels[0] - levels[1]) > 3:
                amiss("the join with the piece before it can be heard")
        before = data if title in gapless else None
        missing = [t for t in TAGS if not tags.get(t)]
        if missing:
            amiss(f"no tags {missing}")
        for field, tag in TAG_OF.items():
            if tags.get(tag) != row[field]:
                amiss(f"tag {tag} is {tags.get(tag)!r}, tracks.csv says {row[field]!r}")
        if abs(int(tags.get("R128_TRACK_GAIN", 0)) / 256 - (R128_REFERENCE - integrated)) > 0.5:
            amiss("R128_TRACK_GAIN is not the loudness")
        if abs(float(row["duration"]) - duration) > 0.02 or row["licence"] != LICENCE:
            amiss("duration or licence in tracks.csv")
        valence, arousal = float(row["valence"]), float(row["arousal"])
        if not (0.2 <= abs(valence) <= 1 and 0.15 <= abs(arousal) <= 1):
            amiss(f"valence {valence}, arousal {arousal}")
        quadrant = QUADRANTS[valence > 0, arousal > 0]
        counts[quadrant] = counts.get(quadrant, 0) + 1
    if len(rows) < 24 or len(counts) < 4 or min(counts.values()) < 6:
        problems.append(f"pieces by quadrant: {counts}")
    if size > 12_000_000:
        problems.append(f"{size} bytes of audio")
    print(f"{len(rows)} pieces {dict(sorted(counts.items()))}, {size / 1e6:.2f} MB, {sum(float(r['duration']) for r in rows) / 60:.1f} min")
    if lint.main():
        problems.append("too many wrong notes")
    for problem in problems:
        print("AMISS " + problem)
    print("all well" if not problems else f"{len(problems)} amiss")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
