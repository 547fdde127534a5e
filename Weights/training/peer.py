"""The architecture of mini_XCEPTION (Arriaga et al. 2017), the best known small network for FER2013,
to be timed beside ours: its weights here are random, its speed is the real one.

    python peer.py mini_xception.onnx && python3 report.py ... --against mini_xception.onnx
"""

import sys

import torch
from torch import nn


class Separable(nn.Sequential):
    def __init__(self, channels, width):
        super().__init__(
            nn.Conv2d(channels, channels, 3, padding=1, groups=channels, bias=False),
            nn.Conv2d(channels, width, 1, bias=False),
            nn.BatchNorm2d(width),
        )


class Module(nn.Module):
    """Two separable convolutions and a pooling, added to a strided 1x1 convolution of the input."""

    def __init__(self, channels, width):
        super().__init__()
        self.short = nn.Sequential(nn.Conv2d(channels, width, 1, stride=2, bias=False), nn.BatchNorm2d(width))
        self.long = nn.Sequential(
            Separable(channels, width), nn.ReLU(), Separable(width, width), nn.MaxPool2d(3, stride=2, padding=1)
        )

    def forward(self, x):
        return self.short(x) + self.long(x)


class MiniXception(nn.Sequential):
    """1 x 64 x 64 -> 7 logits."""

    def __init__(self):
        start = [nn.Conv2d(1, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU()]
        start += [nn.Conv2d(8, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU()]
        widths = (8, 16, 32, 64, 128)
        modules = [Module(a, b) for a, b in zip(widths, widths[1:])]
        super().__init__(*start, *modules, nn.Conv2d(128, 7, 3, padding=1), nn.AdaptiveAvgPool2d(1), nn.Flatten())


def main():
    torch.manual_seed(1)
    net = MiniXception()
    # Batch norms that have seen something differ from each other, as trained ones do.
    for _ in range(3):
        net(torch.rand(8, 1, 64, 64))
    parameters = sum(p.numel() for p in net.parameters())
    torch.onnx.export(
        net.eval(), torch.rand(1, 1, 64, 64), sys.argv[1], opset_version=11, dynamo=False,
        input_names=["face"], output_names=["logits"],
    )
    print(f"{sys.argv[1]}: {parameters} parameters")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main()
