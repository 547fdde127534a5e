"""Measure emotion.onnx as the player runs it: with OpenCV's DNN module, on one thread.

    python report.py --weights .. --data fer2013.csv [--crops NAME=FILE.npz] [--whole NAME=FOLDER] [--kept NAME=SOURCE]

Needs numpy and cv2 only, so that Debian's python3-opencv (4.6) can run it. `--crops` takes an
archive with `images` and `labels` (0-6); `--whole` a folder of photographs with a labels.csv of
file and emotion (or condition), whose faces one Haar cascade finds first: `emus evaluate faces`
measures with the player's whole search; `--kept` the fifth of a source of `train.py --extra` that it never learns from.
"""

import argparse
import hashlib
import json
import time
from pathlib import Path

import cv2
import numpy as np

import data
from forward import forward
from metrics import calibration_error, confusion, error_by_chance, macro_f1, softmax

CROP = 0.95  # of the box, as EmotionClassifier.swift has it
CASCADE = "/usr/share/opencv4/haarcascades/haarcascade_frontalface_alt.xml"
NAMES = {name: index for index, name in enumerate(data.CLASSES)}
NAMES.update({"surprised": NAMES["surprise"], "normal": NAMES["neutral"]})


def compare_speed(net, path, rounds=300):
    """Both networks in turn, on one thread: medians of processor time, and their ratio."""
    peer, times = cv2.dnn.readNetFromONNX(path), {"ours": [], "theirs": []}
    pictures = {"ours": np.random.rand(1, 1, 48, 48), "theirs": np.random.rand(1, 1, 64, 64)}
    for round in range(rounds):
        for name, reader in (("ours", net), ("theirs", peer)):
            started = time.thread_time()
            reader.setInput(pictures[name].astype(np.float32))
            reader.forward()
            if round >= 20:
                times[name].append((time.thread_time() - started) * 1e3)
    ours, theirs = (float(np.median(times[name])) for name in ("ours", "theirs"))
    print(f"beside {Path(path).name}: {ours:.2f} ms against {theirs:.2f} ms, {ours / theirs:.2f} times\n")


def crops(file):
    archive = np.load(file)
    return [data.resized(image) for image in archive["images"]], archive["labels"].astype(int), 0


def kept(source):
    images, labels = data.read_extra(source).measured()
    return images, labels, 0


def whole(folder):
    """Haar finds the largest face of each labelled picture."""
    haar = cv2.CascadeClassifier(CASCADE)
    if haar.empty():
        raise SystemExit(f"{CASCADE}: no cascade; Debian's opencv-data has it")
    images, labels, missed = [], [], 0
    for row in data.table(Path(folder) / "labels.csv"):
        name = row.get("emotion") or row.get("condition")
        if name not in NAMES:
            continue
        gray = cv2.imread(str(Path(folder) / row["file"]), 0)
        shrink = min(1.0, 640 / max(gray.shape))
        gray = cv2.resize(gray, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        boxes = haar.detectMultiScale(gray, 1.1, 3, minSize=(40, 40))
        if len(boxes) == 0:
            missed += 1
            continue
        x, y, w, h = max(boxes, key=lambda box: box[2])
        side = round(w * CROP)
        # Its centre is told in pixels' centres, half a pixel from the box's edges.
        images.append(data.resized(cv2.getRectSubPix(gray, (side, side), (x + (w - 1) / 2, y + (h - 1) / 2))))
        labels.append(NAMES[name])
    return images, np.array(labels), missed


def moved(image, zoom=1.0, across=0.0, angle=0.0):
    matrix = cv2.getRotationMatrix2D((23.5, 23.5), angle, zoom)
    matrix[0, 2] += 48 * across
    return cv2.warpAffine(image, matrix, (48, 48), borderMode=cv2.BORDER_REPLICATE)


def gamma(image, exponent):
    return (255 * (image / 255.0) ** exponent).round().astype(np.uint8)


# What a camera and a Haar box do to a face, each alone.
STRESS = {
    "a third of the light": lambda image: image // 3,
    "gamma 2": lambda image: gamma(image, 2.0),
    "gamma 0.5": lambda image: gamma(image, 0.5),
    "light from one side": lambda image: (image * np.linspace(0.3, 1, 48)).astype(np.uint8),
    "histogram equalised": cv2.equalizeHist,
    "blurred, sigma 1.5": lambda image: cv2.GaussianBlur(image, (0, 0), 1.5),
    "24 pixels wide once": lambda image: cv2.resize(cv2.resize(image, (24, 24), interpolation=cv2.INTER_AREA), (48, 48)),
    "box a fifth too large": lambda image: moved(image, zoom=1 / 1.2),
    "box a fifth too small": lambda image: moved(image, zoom=1.2),
    "box a tenth to the side": lambda image: moved(image, across=0.1),
    "head turned by 15 degrees": lambda image: moved(image, angle=15),
}


def describe(title, logits, labels, temperature):
    """One row; the second figure lets the network choose only among the classes that occur."""
    present = np.unique(labels)
    table = confusion(logits.argmax(1), labels)
    among = float((present[logits[:, present].argmax(1)] == labels).mean())
    probabilities = softmax(logits / temperature)
    error, chance = calibration_error(probabilities, labels), error_by_chance(probabilities)
    right = float(np.mean(logits.argmax(1) == labels))
    recall = np.diag(table)[present] / table.sum(1)[present]
    print(f"| {title} | {len(labels)} | {100 * right:.1f} | {100 * among:.1f} | {100 * recall.mean():.1f} "
          f"| {macro_f1(table):.3f} | {error:.3f} | {chance:.3f} | {probabilities.max(1).mean() - right:+.3f} |")
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", required=True, type=Path, help="folder of emotion.onnx and emotion.json")
    parser.add_argument("--data", required=True)
    parser.add_argument("--compare", help="logits of PyTorch on PublicTest, as export.py leaves them in the run")
    parser.add_argument("--against", metavar="FILE.onnx", help="a network of 64x64 pixels, as of peer.py, to be timed in turn")
    parser.add_argument("--stress", action="store_true", help="PublicTest again: dark, blurred, beside the box")
    parser.add_argument("--crops", action="append", default=[], metavar="NAME=FILE.npz")
    parser.add_argument("--whole", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--kept", action="append", default=[], metavar="NAME=SOURCE")
    args = parser.parse_args()

    cv2.setNumThreads(1)
    if not (args.weights / "emotion.json").is_file():
        raise SystemExit(f"{args.weights / 'emotion.json'}: no such file")
    sidecar = json.loads((args.weights / "emotion.json").read_text())
    path = args.weights / sidecar["file"]
    if hashlib.sha256(path.read_bytes()).hexdigest() != sidecar["sha256"]:
        raise SystemExit(f"{path}: not the file that emotion.json speaks of")
    net, temperature = cv2.dnn.readNetFromONNX(str(path)), sidecar["temperature"]
    forward(net, np.zeros((20, 48, 48), np.uint8))

    faces = data.load(args.data)
    public = faces.public_test()
    logits, times = forward(net, public.images)
    print(f"OpenCV {cv2.__version__}, one thread: median {np.median(times):.2f} ms a face, "
          f"99 of 100 under {np.percentile(times, 99):.2f} ms; temperature {temperature}\n")
    if args.against:
        compare_speed(net, args.against)
    if args.compare:
        before = np.load(args.compare)
        print(f"from PyTorch's logits these differ by {np.abs(logits - before).mean():.1e}, at most {np.abs(logits - before).max():.1e}; "
              f"{100 * np.mean(logits.argmax(1) != before.argmax(1)):.2f} % of the faces are read otherwise\n")
    print("| set | n | accuracy % | among its classes % | mean recall % | macro F1 | ECE | ECE by chance | surer than right |\n"
          "|---|---|---|---|---|---|---|---|---|")
    table = describe("PublicTest", logits, public.labels, temperature)
    clean = public.usable & ~public.twin
    describe("PublicTest without twins and non-faces", logits[clean], public.labels[clean], temperature)
    agreed, majority = data.majority(public.votes)
    if agreed.any():
        describe("PublicTest, FER+ majority", logits[agreed], majority[agreed], temperature)
    mirrored, _ = forward(net, public.images, mirror=True)
    describe("PublicTest, mean with the mirror image", mirrored, public.labels, temperature)
    for reader, pairs in ((crops, args.crops), (whole, args.whole), (kept, args.kept)):
        for name, _, source in (pair.partition("=") for pair in pairs):
            images, labels, missed = reader(source)
            other, _ = forward(net, images)
            describe(name + (f" ({missed} faces not found)" if missed else ""), other, labels, temperature)

    if args.stress:
        print("\n| PublicTest, changed | accuracy % |\n|---|---|")
    for name, change in STRESS.items() if args.stress else ():
        other, _ = forward(net, map(change, public.images))
        print(f"| {name} | {100 * np.mean(other.argmax(1) == public.labels):.1f} |")

    raw = calibration_error(softmax(logits), public.labels)
    print(f"\nECE on PublicTest: {raw:.3f} as is, "
          f"{calibration_error(softmax(logits / temperature), public.labels):.3f} with the temperature\n")
    print("| label \\ said | " + " | ".join(data.CLASSES) + " | recall % |\n|" + "---|" * 9)
    for name, row in zip(data.CLASSES, table):
        print(f"| {name} | " + " | ".join(map(str, row)) + f" | {100 * row[NAMES[name]] / row.sum():.1f} |")


if __name__ == "__main__":
    main()
