"""What each ingredient of the recipe brings: small networks that differ in one thing each.

    python ablate.py --data fer2013.csv --extra ckplus48.npz --extra lfw --runs runs/ablation [--teacher runs/mine] [--seeds 2]

Every run is a call of train.py, so that a run that was stopped goes on and a finished one is
not repeated. Measured are the averaged weights of the last epoch, of which nothing was chosen;
with several seeds the mean, and half of the distance between the best and the worst.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np
import torch

import data
from metrics import calibration_error, fit_temperature, log_loss, softmax
from model import ResidualNet
from train import logits_of

WIDTHS, BLOCKS = (8, 24, 64, 96, 128), (0, 0, 1, 1, 0)
RECIPE = {
    "stages": ("32x9", "48x3"), "cooldown": "0.4", "rate": "0.004", "fer": "0.6", "mixup": "0.2", "strength": "light",
    "dropout": "0.25", "average": "0.99", "precision": "bfloat16", "part": "0.4",
}  # fmt: skip
WITHOUT_OTHERS = "no other sets"
VARIANTS = {
    "the recipe, small": {},
    "Adam in place of Muon": {"optimiser": "adam", "rate": "0.002"},
    "only the FER2013 label": {"fer": "1"},
    "only the FER+ votes": {"fer": "0"},
    "no mixup": {"mixup": "0"},
    "no augmentation but the mirror": {"strength": "none"},
    "augmentation medium": {"strength": "medium"},
    "no dropout": {"dropout": "0"},
    "no moving average": {"average": "0"},
    "classes as they come": {"balance": "0"},
    "pictures of 48 only, as long": {"stages": ("48x7",)},
    WITHOUT_OTHERS: {},
}
TEACHER = "half of the target from the large network"


def options(changes):
    """The words for train.py of a recipe with some changes."""
    words = ["--widths", *map(str, WIDTHS), "--depths", *map(str, BLOCKS), "--patience", "1000"]
    for key, value in (RECIPE | changes).items():
        words += [f"--{key}", *([value] if isinstance(value, str) else value)]
    return words


def train(args, name, changes, seed):
    """The folder of the finished run."""
    run = args.runs / f"{name.replace(' ', '-').replace(',', '')}-{seed}"
    words = options(changes) + ["--seed", str(seed), "--threads", args.threads]
    if name == TEACHER:
        words += ["--teacher", str(args.teacher)]
    for extra in [] if name == WITHOUT_OTHERS else args.extra:
        words += ["--extra", extra]
    here = Path(__file__).parent
    subprocess.run([sys.executable, str(here / "train.py"), "--data", args.data, "--run", str(run), *words],
                   check=True, stdout=subprocess.DEVNULL)  # fmt: skip
    return run


def measure(run, faces, others):
    """Accuracy on PublicTest, on what most FER+ taggers say, on the other sets; log loss and ECE."""
    state = torch.load(run / "last.pt", weights_only=False)
    net = ResidualNet(WIDTHS, BLOCKS)
    net.load_state_dict(state["average"])
    logits = logits_of(net, torch.from_numpy(faces.images)).numpy().astype(np.float64)
    agreed, majority = data.majority(faces.votes)
    temperature = fit_temperature(logits, faces.labels)
    figures = {
        "PublicTest": accuracy(logits, faces.labels),
        "log loss": log_loss(logits / temperature, faces.labels),
        "ECE": calibration_error(softmax(logits / temperature), faces.labels),
    }
    figures["FER+"] = accuracy(logits[agreed], majority[agreed]) if agreed.any() else float("nan")
    for source, (images, labels) in others.items():
        said = logits_of(net, torch.from_numpy(images)).numpy()
        figures[Path(source).stem] = accuracy(said, labels)
    return figures


def accuracy(logits, labels):
    return 100 * float((logits.argmax(1) == labels).mean())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    parser.add_argument("--extra", action="append", default=[])
    parser.add_argument("--runs", required=True, type=Path)
    parser.add_argument("--teacher", type=Path, help="run whose network one of the small ones imitates")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--threads", default="2")
    args = parser.parse_args()

    faces = data.load(args.data).public_test()
    others = {source: data.read_extra(source).measured() for source in args.extra}
    variants = VARIANTS | ({TEACHER: {}} if args.teacher else {})
    columns = ["PublicTest", "log loss", "ECE", "FER+", *(Path(source).stem for source in others)]
    print("| variant | " + " | ".join(columns) + " |\n|---" + "|---" * len(columns) + "|", flush=True)
    for name, changes in variants.items():
        runs = [measure(train(args, name, changes, seed), faces, others) for seed in range(1, args.seeds + 1)]
        print(f"| {name} | " + " | ".join(show(key, [run[key] for run in runs]) for key in columns) + " |", flush=True)


def show(key, values):
    digits = 3 if key in ("log loss", "ECE") else 1
    text = f"{np.mean(values):.{digits}f}"
    if len(values) > 1:
        text += f" ± {(max(values) - min(values)) / 2:.{digits}f}"
    return text


if __name__ == "__main__":
    main()
