"""The networks: our residual one, and the plain one of the EMUS paper as its reference.

Both take 1 x 48 x 48 in 0...1 and give 7 logits in the order of data.CLASSES. Batch norm is
folded into the convolutions at export (export.py), so the player's file has none.
"""

import torch.nn.functional as F
from torch import nn


def convolution(channels, width):
    return [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]


class Residual(nn.Module):
    """Two 3x3 convolutions whose result is added to what went in (He et al. 2016)."""

    def __init__(self, width):
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.first_norm = nn.BatchNorm2d(width)
        self.second = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.second_norm = nn.BatchNorm2d(width)

    def forward(self, x):
        inner = F.relu(self.first_norm(self.first(x)))
        return F.relu(x + self.second_norm(self.second(inner)))


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
            layers += convolution(channels, width) + [Residual(width) for _ in range(number)]
            channels = width
        self.features = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(dropout), nn.Linear(channels, 7))

    def forward(self, x):
        return self.head(self.features(x))


class PlainNet(nn.Module):
    """The paper's: convolution, ReLU, max pooling, repeated; flatten, dense, dropout, seven logits.

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


KINDS = {net.kind: net for net in (ResidualNet, PlainNet)}


def restore(state):
    """The network of a checkpoint: its kind, its shape, its weights."""
    net = KINDS[state["kind"]](**state["shape"])
    net.load_state_dict(state["weights"])
    return net.eval()


def adopt(net, trained):
    """Gives `net` what `trained` has learnt, a network of the same widths and no more blocks. The
    blocks that only `net` has follow the others of their stage and add nothing at first, so that
    both say the same."""
    if net.kind != trained.kind or net.shape["widths"] != trained.shape["widths"]:
        raise SystemExit(f"{trained.kind} {trained.shape} cannot become {net.kind} {net.shape}")
    if net.kind == "residual" and any(a > b for a, b in zip(trained.shape["blocks"], net.shape["blocks"])):
        raise SystemExit(f"the network to begin with has more blocks: {trained.shape['blocks']}, not {net.shape['blocks']}")
    old = list(trained.features)
    for layer in net.features:
        if isinstance(layer, Residual) and not (old and isinstance(old[0], Residual)):
            nn.init.zeros_(layer.second_norm.weight)
        else:
            layer.load_state_dict(old.pop(0).state_dict())
    net.head.load_state_dict(trained.head.state_dict())


def count(net, side=48):
    """Parameters, and multiply-adds of one face in millions."""
    macs = 0
    for layer in net.modules():
        if isinstance(layer, nn.Conv2d):
            macs += layer.weight.numel() * side * side
        elif isinstance(layer, nn.MaxPool2d):
            side //= 2
        elif isinstance(layer, nn.Linear):
            macs += layer.weight.numel()
    return sum(p.numel() for p in net.parameters()), macs / 1e6
