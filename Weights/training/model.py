"""The network: convolution, ReLU, max pooling, repeated; flatten, dense, dropout, seven logits."""

from torch import nn


class EmotionNet(nn.Module):
    """1 x 48 x 48 in 0...1 -> 7 logits in the order of data.CLASSES.

    A stage is `depth` 3x3 convolutions of one width, each with batch norm (folded into the
    convolution at export) and ReLU, and a max pooling that halves the picture: 48, 24, 12, 6, 3.
    """

    def __init__(self, widths=(16, 32, 64, 128), depths=(2, 2, 2, 2), dense=256, dropout=0.25):
        super().__init__()
        self.shape = {"widths": list(widths), "depths": list(depths), "dense": dense, "dropout": dropout}
        layers, channels = [], 1
        for width, depth in zip(widths, depths, strict=True):
            for _ in range(depth):
                layers += [nn.Conv2d(channels, width, 3, padding=1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
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


def count(net):
    """Parameters, and multiply-adds of one face in millions."""
    side, macs = 48, 0
    for layer in net.features:
        if isinstance(layer, nn.Conv2d):
            macs += layer.weight.numel() * side * side
        elif isinstance(layer, nn.MaxPool2d):
            side //= 2
    macs += sum(layer.weight.numel() for layer in net.head if isinstance(layer, nn.Linear))
    return sum(p.numel() for p in net.parameters()), macs / 1e6
