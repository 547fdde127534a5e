"""The networks: our residual ones, and the plain one of the EMUS paper as their reference.

All take 1 x 48 x 48 in 0...1 and give 7 logits in the order of data.CLASSES. Batch norm is
folded into the convolutions at export (export.py), so the player's file has none.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def convolution(channels, width):
    return [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]


class Halving(nn.Module):
    """What went into a block that halves the picture: the mean of two by two, in more channels."""

    def __init__(self, channels, width):
        super().__init__()
        # Five pixels become three, as in the convolution beside it; of 48 none are ever odd.
        self.shrink = nn.AvgPool2d(2, ceil_mode=True)
        self.widen = nn.Conv2d(channels, width, 1, bias=False)
        nn.init.dirac_(self.widen.weight)

    def forward(self, x):
        return self.widen(self.shrink(x))


class Residual(nn.Module):
    """Two 3x3 convolutions whose result is added to what went in (He et al. 2016); one that
    halves the picture gives more channels."""

    def __init__(self, channels, width, halves=False):
        super().__init__()
        self.first = nn.Conv2d(channels, width, 3, 2 if halves else 1, padding=1, bias=False)
        self.first_norm = nn.BatchNorm2d(width)
        self.second = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(width)
        self.beside = Halving(channels, width) if halves else nn.Identity()

    def forward(self, x):
        inner = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.beside(x) + self.second_norm(self.second(inner)))


class ResidualNet(nn.Module):
    """A stage is one convolution to its width and `blocks` residual blocks; max pooling
    between stages halves the picture: 48, 24, 12, 6, 3. The mean over the picture at the end
    makes it indifferent to the picture's size, so that it can learn on small ones first.
    """

    kind = "residual"

    def __init__(self, widths=(16, 40, 80, 160, 320), blocks=(0, 0, 1, 1, 0), dropout=0.25):
        super().__init__()
        self.shape = {"widths": list(widths), "blocks": list(blocks), "dropout": dropout}
        layers, channels = [], 1
        for stage, (width, number) in enumerate(zip(widths, blocks, strict=True)):
            if stage:
                layers.append(nn.MaxPool2d(2))
            layers += convolution(channels, width) + [Residual(width, width) for _ in range(number)]
            channels = width
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(dropout), nn.Linear(channels, 7))

    def forward(self, x):
        return self.head(self.features(x))


class PlainNet(nn.Module):
    """The paper's: convolution, ReLU, max pooling, repeated; flatten, dense, dropout, seven logits.
    The batch norm after each convolution is ours.

    A stage is `depth` 3x3 convolutions of one width and a max pooling; 48 pixels in, no other size.
    """

    kind = "plain"

    def __init__(self, widths=(16, 32, 64, 128), depths=(2, 2, 2, 2), dense=256, dropout=0.25):
        super().__init__()
        self.shape = {"widths": list(widths), "depths": list(depths), "dense": dense, "dropout": dropout}
        layers, channels = [], 1
        for width, depth in zip(widths, depths, strict=True):
            for _ in range(depth):
                layers += convolution(channels, width)
                channels = width
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        side = 48 >> len(widths)
        self.head = nn.Sequential(
            nn.Flatten(),
            nn.Linear(channels * side * side, dense),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(dense, 7),
        )

    def forward(self, x):
        return self.head(self.features(x))


class RecogniserNet(nn.Module):
    """dlib's face recogniser for pictures of 48 pixels: a stage is `blocks` residual blocks, before
    which all but the first have one more that halves the picture. dlib begins with a 7x7
    convolution in steps of two; this one of 5x5 in steps of one says of a picture what that would
    say of one doubled to 96 pixels. Halving, dlib pads nothing and looks a pixel further down and
    right than this. What the net begins with is recogniser.py's business.
    """

    kind = "recogniser"

    def __init__(self, widths=(32, 64, 128, 256), blocks=(2, 2, 2, 0), dropout=0.25):
        super().__init__()
        self.shape = {"widths": list(widths), "blocks": list(blocks), "dropout": dropout}
        channels = widths[0]
        stem = nn.Conv2d(1, channels, 5, padding=2, bias=False)
        layers = [stem, nn.BatchNorm2d(channels), nn.ReLU(), nn.MaxPool2d(3, 2, padding=1)]
        for stage, (width, number) in enumerate(zip(widths, blocks, strict=True)):
            if stage:
                layers.append(Residual(channels, width, halves=True))
            layers += [Residual(width, width) for _ in range(number)]
            channels = width
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(dropout), nn.Linear(channels, 7))

    def forward(self, x):
        return self.head(self.features(x))


KINDS = {net.kind: net for net in (ResidualNet, PlainNet, RecogniserNet)}


def checkpoint(source):
    """The file of a run's best weights; a file stands for itself."""
    return Path(source) / "best.pt" if Path(source).is_dir() else Path(source)


def load(source):
    """The checkpoint of a run, or of one of its files, for `restore`."""
    file = checkpoint(source)
    if not file.is_file():
        raise SystemExit(f"{file}: no such file; a run has it after its first epoch")
    return torch.load(file, weights_only=False)


def restore(state):
    """The network of a checkpoint: its kind, its shape, its weights."""
    net = KINDS[state["kind"]](**state["shape"])
    net.load_state_dict(state["weights"])
    return net.eval()


def adopt(net, trained):
    """Gives `net` what `trained` has learnt, a network of the same widths and no more blocks (a
    recogniser: of as many). The blocks that only `net` has follow the others of their stage and
    add nothing at first, so that both say the same."""
    if net.kind != trained.kind or net.shape["widths"] != trained.shape["widths"]:
        raise SystemExit(f"{trained.kind} {trained.shape} cannot become {net.kind} {net.shape}")
    if net.kind == "recogniser" and net.shape["blocks"] != trained.shape["blocks"]:
        raise SystemExit(f"a recogniser of {trained.shape['blocks']} blocks cannot become one of {net.shape['blocks']}")
    if net.kind == "residual" and any(a > b for a, b in zip(trained.shape["blocks"], net.shape["blocks"])):
        raise SystemExit(f"the network to begin with has more blocks: {trained.shape['blocks']}, not {net.shape['blocks']}")
    old = list(trained.features)
    for layer in net.features:
        if isinstance(layer, Residual) and not (old and isinstance(old[0], Residual)):
            nn.init.zeros_(layer.second_norm.weight)
        else:
            layer.load_state_dict(old.pop(0).state_dict())
    net.head.load_state_dict(trained.head.state_dict())


@torch.no_grad()
def count(net, side=48):
    """Parameters, and multiply-adds of one face in millions."""
    learning = net.training
    with FlopCounterMode(display=False) as counter:
        net.eval()(torch.zeros(1, 1, side, side))
    net.train(learning)
    return sum(p.numel() for p in net.parameters()), counter.get_total_flops() / 2e6
