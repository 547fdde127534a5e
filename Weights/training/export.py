"""Turn the best checkpoint of a run into emotion.onnx and its sidecar emotion.json.

    python export.py --run runs/first --data fer2013.csv --out ..

The file holds convolutions of eight bits (batch norm folded), in the form that OpenCV 4.6 can
read: opset 11, Gemm with transB=1, no Identity nodes. It takes pixels / 255 and gives logits; the
player divides them by the sidecar's temperature before the softmax, which is fitted on what the
file itself says. What stood in the folder is replaced when all of that is done.
"""

import argparse
import copy
import hashlib
import json
import os
import tempfile
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

import data
import refit
from forward import forward
from metrics import calibration_error, fit_temperature, softmax
from model import Residual, load, restore
from quantise import evenly, quantise
from train import logits_of

# What OpenCV 4.6 is known to read.
NODES = {"Add", "Conv", "Relu", "MaxPool", "AveragePool", "GlobalAveragePool", "Flatten", "Gemm",
         "QLinearConv", "QuantizeLinear", "DequantizeLinear"}  # fmt: skip


def fold(net):
    """The same function without batch norm and dropout."""
    net = copy.deepcopy(net).eval()
    layers = []
    for layer in net.features:
        if isinstance(layer, nn.BatchNorm2d):
            layers[-1] = fuse_conv_bn_eval(layers[-1], layer)
        else:
            layers.append(layer)
        if isinstance(layer, Residual):
            layer.first, layer.first_norm = fuse_conv_bn_eval(layer.first, layer.first_norm), nn.Identity()
            layer.second, layer.second_norm = fuse_conv_bn_eval(layer.second, layer.second_norm), nn.Identity()
    net.features = nn.Sequential(*layers)
    net.head = nn.Sequential(*(layer for layer in net.head if not isinstance(layer, nn.Dropout)))
    return net.to(memory_format=torch.contiguous_format)


def name_embedding(graph):
    """The layer before the last one gets the name by which the player asks for its values."""
    last = graph.graph.node[-1]
    if last.op_type != "Gemm":
        raise SystemExit(f"the network ends with {last.op_type}, not with its logits")
    old = last.input[0]
    for node in graph.graph.node:
        if old in node.output:
            node.name = "embedding"
        for names in (node.input, node.output):
            for place, name in enumerate(names):
                if name == old:
                    names[place] = "embedding"


def write_onnx(net, path):
    torch.onnx.export(
        fold(net), torch.rand(1, 1, 48, 48), str(path), opset_version=11, dynamo=False,
        input_names=["face"], output_names=["logits"],
    )
    graph = onnx.load(str(path))
    name_embedding(graph)
    onnx.save(graph, str(path))
    check(path)


def check(path):
    """Refuses a file that is not valid, or that OpenCV 4.6 may not read."""
    graph = onnx.load(str(path))
    onnx.checker.check_model(graph)
    strange = {node.op_type for node in graph.graph.node} - NODES
    if strange:
        raise SystemExit(f"{path}: nodes OpenCV 4.6 may not read: {sorted(strange)}")


def refitted(net, public, logits, weight):
    """Changes the last layer of `net` and gives what it says of PublicTest then."""
    wanted = refit.both(public, weight)
    shown = {"as learnt": logits, "last layer refitted, on the other folds": refit.held_out(logits, wanted)}
    refit.put_into(net.head[-1], *refit.fit(logits, wanted))
    logits = logits_of(net, torch.from_numpy(public.images)).numpy().astype(np.float64)
    for name, said in {**shown, "last layer refitted": logits}.items():
        label, majority = data.agreement(said.argmax(1), public)
        print(f"{name}: label {label:.4f}, majority " + (f"{majority:.4f}" if majority is not None else "unknown, no votes"))
    return logits


def sidecar_of(path, public, others):
    """The sidecar of the file at `path`: its checksum, its temperature, and what it was measured to say."""
    reader = cv2.dnn.readNetFromONNX(str(path))
    logits, _ = forward(reader, public.images)
    temperature = fit_temperature(logits, public.labels, *((forward(reader, images)[0], labels) for images, labels in others))
    accuracy = float((logits.argmax(1) == public.labels).mean())
    for name, value in (("as is", 1.0), ("fitted", temperature)):
        error = calibration_error(softmax(logits / value), public.labels)
        print(f"temperature {value:.3f} ({name}): ECE {error:.4f}")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"PublicTest {accuracy:.4f} as written; {path.stat().st_size} bytes, sha256 {sha256}")
    return {
        "file": path.name,
        "sha256": sha256,
        "classes": list(data.CLASSES),
        "input": [1, 1, 48, 48],
        "temperature": round(temperature, 4),
        "public_test_accuracy": round(accuracy, 4),
    }


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", required=True, type=Path)
    parser.add_argument("--data", required=True, help="for the temperature, fitted on PublicTest")
    parser.add_argument("--refit", type=float, metavar="WEIGHT",
                        help="fit the last layer once more on PublicTest: WEIGHT of the label, the rest of the taggers' "
                             "majority (without votes the label alone)")
    parser.add_argument("--also", action="append", default=[], metavar="SOURCE",
                        help="a source of train.py --extra whose kept fifth, at most 40 of a class, has its say in the temperature")
    parser.add_argument("--out", required=True, type=Path, help="folder for emotion.onnx and emotion.json")
    args = parser.parse_args(words)

    cv2.setNumThreads(1)
    net = restore(load(args.run))
    faces = data.load(args.data)
    public, training = faces.public_test(), faces.training()
    if not len(public) or not len(training):
        raise SystemExit(f"{args.data}: needs images of Training, for the ranges, and of PublicTest, for the temperature")
    others = [data.read_extra(source).measured_evenly() for source in args.also]
    logits = logits_of(net, torch.from_numpy(public.images)).numpy().astype(np.float64)
    if args.refit is not None:
        logits = refitted(net, public, logits, args.refit)
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=args.out) as folder:
        path = Path(folder) / "emotion.onnx"
        write_onnx(net, path)
        quantise(path, evenly(training.images))
        check(path)
        sidecar = sidecar_of(path, public, others)
        (Path(folder) / "emotion.json").write_text(json.dumps(sidecar, indent=2) + "\n")
        for name in ("emotion.onnx", "emotion.json"):
            os.replace(Path(folder) / name, args.out / name)
    np.save(args.run / "public-logits.npy", logits)


if __name__ == "__main__":
    main()
