"""How loud each part stands in the mix: renders the parts alone and compares their loudness (LU against the whole).

    python3 balance.py [TITLE...]
"""

import sys
import tempfile
from pathlib import Path

from pieces import PIECES
from render import loudness, synthesise


def main():
    with tempfile.TemporaryDirectory() as name:
        for make in PIECES:
            song = make()
            if sys.argv[1:] and song.title not in sys.argv[1:]:
                continue
            parts = song.parts
            events, _, last = song.events()
            whole = loudness(synthesise(events, last + 3, song, Path(name)))[0]
            print(song.title, flush=True)
            for part in parts:
                song.parts = [part]
                events, _, _ = song.events()
                alone = loudness(synthesise(events, last + 3, song, Path(name)))[0]
                print(f"    {alone - whole:6.1f} LU  {part.sound}{' (lead)' if part.lead else ''}", flush=True)


if __name__ == "__main__":
    main()
