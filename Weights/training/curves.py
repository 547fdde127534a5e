"""Draw the loss and accuracy of runs, a row each.

    python curves.py --run "ours=runs/first" --run "the paper's=runs/paper" --out ../curves.png
"""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def draw(axes, title, record):
    """Loss on the left, accuracy on the right."""
    history = record["history"]
    epochs = [row["epoch"] for row in history]
    for axis, name in zip(axes, ("loss", "accuracy")):
        axis.plot(epochs, [row[name] for row in history], label="training, augmented")
        axis.plot(epochs, [row["public_" + name] for row in history], label="PublicTest")
        axis.axvline(record["best"]["epoch"] + 1, color="0.6", linestyle=":", label="chosen epoch")
        axis.set_xlabel("epoch")
        axis.set_title(f"{title}: {name}")
        axis.legend(fontsize=8)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", required=True, action="append", metavar="TITLE=FOLDER")
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()

    figure, rows = plt.subplots(len(args.run), 2, figsize=(9, 3.4 * len(args.run)), squeeze=False)
    for axes, pair in zip(rows, args.run):
        title, _, folder = pair.partition("=")
        draw(axes, title, json.loads((Path(folder) / "history.json").read_text()))
    figure.tight_layout()
    figure.savefig(args.out, dpi=90, metadata={"Software": None})


if __name__ == "__main__":
    main()
