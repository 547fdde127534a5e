"""The mean of networks that come from one, as epochs of a run do, and batch norm measured anew.

    python settle.py --of runs/one/epoch-*.pt --data fer2013.csv --run runs/mean

While a network learns, its batch norms gather means and variances of pictures that are mixed,
blurred and lit from the side. The player's are not: measured on pictures as they are, the same
weights may agree better with the labels. One of them does that alone; with `--images 0` batch norm
stays as it was learnt.
"""

import argparse
from pathlib import Path

import torch
from torch import nn

import data
from augment import plain
from model import checkpoint, load, restore
from train import judge, save


def mean(states):
    """The checkpoint whose weights are the mean of the others' (Wortsman et al. 2022)."""
    if any(layers_of(state) != layers_of(states[0]) for state in states):
        raise SystemExit("networks of different shapes have no mean")
    weights = {}
    for name, first in states[0]["weights"].items():
        all_of_it = torch.stack([state["weights"][name] for state in states])
        weights[name] = all_of_it.double().mean(0).to(first.dtype) if first.dtype.is_floating_point else first
    return {"kind": states[0]["kind"], "shape": states[0]["shape"], "weights": weights}


def layers_of(state):
    """Whatever tells the layers of a checkpoint's network: dropout has no weights."""
    return state["kind"], {name: value for name, value in state["shape"].items() if name != "dropout"}


@torch.no_grad()
def measure_norms(net, images, generator, batch=256):
    """Every batch norm's mean and variance, over uint8 N x 48 x 48 of which half are mirrored."""
    norms = [layer for layer in net.modules() if isinstance(layer, nn.BatchNorm2d)]
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # the mean over all batches
        norm.train()
    # A smaller last batch would weigh as much as the others.
    number = max(len(images) // batch * batch, min(len(images), batch))
    for part in images[torch.randperm(len(images), generator=generator)[:number]].split(batch):
        mirrored = torch.rand(len(part), generator=generator) < 0.5
        part = torch.where(mirrored.view(-1, 1, 1), part.flip(2), part)
        net(plain(part).contiguous(memory_format=torch.channels_last))
    return net.eval()


def main(words=None):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--of", required=True, nargs="+", type=Path, help="runs, or files of checkpoints")
    parser.add_argument("--data", required=True)
    parser.add_argument("--run", required=True, type=Path, help="folder for the new best.pt")
    parser.add_argument("--images", type=int, default=8192, help="of Training, to measure batch norm on; 0 leaves it as it is")
    args = parser.parse_args(words)

    if any((args.run / "best.pt").resolve() == checkpoint(source).resolve() for source in args.of):
        raise SystemExit(f"{args.run} would be overwritten: choose another --run")
    state = mean([load(source) for source in args.of])
    net = restore(state).to(memory_format=torch.channels_last)
    faces = data.load(args.data)
    if not len(faces.public_test()):
        raise SystemExit(f"{args.data}: no images of PublicTest to measure on")
    if args.images:
        generator = torch.Generator().manual_seed(1)
        training = torch.from_numpy(faces.training().images)
        chosen = torch.randperm(len(training), generator=generator)[: args.images]
        measure_norms(net, training[chosen], generator)
    judged = judge(net, faces.public_test())
    args.run.mkdir(parents=True, exist_ok=True)
    save({**state, "weights": net.state_dict()}, args.run / "best.pt")
    print("  ".join(f"{key} {value:.4g}" for key, value in judged.items()))


if __name__ == "__main__":
    main()
