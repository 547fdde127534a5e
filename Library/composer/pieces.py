"""All pieces, and the albums they are on."""

import pieces_bright
import pieces_calm
import pieces_sad
import pieces_tense

PIECES = pieces_bright.PIECES + pieces_tense.PIECES + pieces_sad.PIECES + pieces_calm.PIECES

YEAR = 2026
ALBUMS = {
    "Saturday Engines": {"artist": "The Velvet Abacus", "order": ["Open All the Windows", "Saturday Engine", "Concrete Teeth"]},
    "Quarter to Four": {"artist": "Bluestocking Five", "order": [
        "Copper Street Parade", "Lemon Shade Bossa", "Red Tango", "Honey Static", "Last Bus Home"]},
    "Letters Kept in a Drawer": {"artist": "Petra Quillfeather", "order": [
        "Sunday Waltz for Nobody", "The Clock Has No Hands", "Letters in a Drawer", "Small Moon Lullaby"]},
    "The Winter Harbour": {"artist": "Saltmarsh Players", "order": [
        "Jig for a Borrowed Fiddle", "Nine Black Cars", "Porch Light", "The Rain Remembers", "Winter Harbour"]},
    "Low Orbit Library": {"artist": "Null Meridian", "order": [
        "Mirrorball Weather", "Coin Garden", "Siren Room", "Burnt Circuit", "Slow Tide", "Drift Above the Orchard", "Empty Station"]},
}


def songs():
    """Every song, album by album: (album, artist, track number, song)."""
    made = {song.title: song for song in (make() for make in PIECES)}
    for album, about in ALBUMS.items():
        for number, title in enumerate(about["order"], 1):
            if made[title].tags["album"] != album:
                raise ValueError(f"{title} says it is on {made[title].tags['album']}")
            yield album, about["artist"], number, made[title]
