"""Draw a run's loss and accuracy.   python curves.py --run runs/first --out ../curves.png"""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", required=True, type=Path)
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()

    record = json.loads((args.run / "history.json").read_text())
    history = record["history"]
    epochs = [row["epoch"] for row in history]
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.4))
    for axis, name in zip(axes, ("loss", "accuracy")):
        axis.plot(epochs, [row[name] for row in history], label="training, augmented")
        axis.plot(epochs, [row["public_" + name] for row in history], label="PublicTest, averaged weights")
        axis.axvline(record["best"]["epoch"] + 1, color="0.6", linestyle=":", label="chosen epoch")
        axis.set_xlabel("epoch")
        axis.set_title(name)
        axis.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(args.out, dpi=90, metadata={"Software": None})


if __name__ == "__main__":
    main()
