"""Augmentation of a whole batch at once, in torch, where the images lie: fast enough to run between two steps.

What is imitated is the way from a face to the network: the listener turns the head a little,
Haar's box is a tenth too large or lies beside the face, the room is dark, the camera soft.
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F


@dataclass
class Strength:
    rotation: float = 10.0  # degrees either way
    scale: float = 0.12  # the box is so much too large or too small
    shift: float = 0.08  # of the width
    gamma: float = 0.3  # exponent e^-g ... e^g
    gain: float = 0.15  # contrast about the image's mean
    offset: float = 0.08  # brightness
    soft: float = 0.25  # share of images that are blurred or were once smaller
    noise: float = 0.01  # of full scale
    erase: float = 0.0  # share of images with a gray box on them


LIGHT = Strength()
MEDIUM = Strength(rotation=12, scale=0.15, shift=0.09, gamma=0.4, gain=0.25, offset=0.1, erase=0.15)
STRONG = Strength(rotation=14, scale=0.16, shift=0.1, gamma=0.4, gain=0.25, offset=0.1, soft=0.3,
                  noise=0.02, erase=0.25)
NONE = Strength(rotation=0, scale=0, shift=0, gamma=0, gain=0, offset=0, soft=0, noise=0)
STRENGTHS = {"none": NONE, "light": LIGHT, "medium": MEDIUM, "strong": STRONG}


def augment(images, strength, generator=None, size=48):
    """uint8 N x 48 x 48 -> float N x 1 x size x size in 0...1, each image changed in its own way
    and at least mirrored or not."""
    x = images.unsqueeze(1).float().div_(255)
    x = move(x, strength, generator, size)
    x = soften(x, strength, generator)
    x = light(x, strength, generator)
    if strength.erase:
        x = erase(x, strength, generator)
    return x.clamp_(0, 1)


def plain(images):
    """uint8 N x 48 x 48 -> float N x 1 x 48 x 48 in 0...1, as the player does it."""
    return images.unsqueeze(1).float().div_(255)


def on_host(generator):
    """For what decides on shapes: asked of a GPU, the processor would wait for all it has to do.
    There it is PyTorch's own generator on the processor, which `torch.manual_seed` sets."""
    return generator if generator is None or generator.device.type == "cpu" else None


def uniform(shape, x, generator):
    """Numbers in 0...1 where `x` lies."""
    return torch.rand(shape, generator=generator, device=x.device)


def spread(shape, amount, x, generator):
    """Numbers, uniform in -amount...amount, where `x` lies."""
    return (uniform(shape, x, generator) * 2 - 1) * amount


def move(x, strength, generator, size):
    """Mirror, turn, scale and shift, to a picture of `size`, in one resampling."""
    n = len(x)
    angle = spread(n, strength.rotation * torch.pi / 180, x, generator)
    zoom = torch.exp(spread(n, strength.scale, x, generator))
    stretch = torch.exp(spread(n, strength.scale / 3, x, generator))
    mirror = torch.where(uniform(n, x, generator) < 0.5, -1.0, 1.0)
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    across, down = (spread(n, 2 * strength.shift, x, generator) for _ in range(2))
    rows = (torch.stack((cos * mirror * stretch, -sin, across), 1), torch.stack((sin * mirror, cos / stretch, down), 1))
    grid = F.affine_grid(torch.stack(rows, 1), [n, 1, size, size], align_corners=False)
    return F.grid_sample(x, grid, padding_mode="border", align_corners=False)


def soften(x, strength, generator):
    """Some images lose detail: a blur, or the size that a distant face has."""
    # Always as many: a GPU seeks the fastest way anew for each number of pictures.
    some = round(len(x) * strength.soft / 2)
    if not some:
        return x
    order, host = torch.randperm(len(x), generator=generator, device=x.device), on_host(generator)
    blurred, small = order[:some], order[some : 2 * some]
    sigma = 0.5 + 0.8 * float(torch.rand(1, generator=host))
    line = torch.exp(-torch.arange(-3.0, 4.0, device=x.device) ** 2 / (2 * sigma**2))
    line = line / line.sum()
    soft = F.pad(x[blurred], (3, 3, 3, 3), mode="replicate")
    x[blurred] = F.conv2d(F.conv2d(soft, line.view(1, 1, 1, 7)), line.view(1, 1, 7, 1))
    whole = x.shape[-1]
    size = int(torch.randint(whole * 5 // 12, whole * 5 // 6, (1,), generator=host))
    once = F.interpolate(x[small], size=size, mode="bilinear", antialias=True, align_corners=False)
    x[small] = F.interpolate(once, size=whole, mode="bilinear", align_corners=False)
    return x


def light(x, strength, generator):
    """Gamma, contrast, brightness, a light from one side, noise."""
    n = (len(x), 1, 1, 1)
    x = x.clamp(1e-4, 1).pow(torch.exp(spread(n, strength.gamma, x, generator)))
    mean = x.mean((2, 3), keepdim=True)
    x = (x - mean) * torch.exp(spread(n, strength.gain, x, generator)) + mean
    x = x + spread(n, strength.offset, x, generator)
    side = torch.linspace(-1, 1, x.shape[-1], device=x.device)
    slope = spread(n, strength.offset, x, generator) * side.view(1, 1, 1, -1)
    slope = slope + spread(n, strength.offset, x, generator) * side.view(1, 1, -1, 1)
    return x + slope + strength.noise * torch.randn(x.shape, generator=generator, device=x.device)


def erase(x, strength, generator):
    """A hand, a cup, hair: a box of one gray over part of the face."""
    n, whole = len(x), x.shape[-1]
    size = whole * (0.125 + 0.25 * uniform((2, n, 1), x, generator))
    start = uniform((2, n, 1), x, generator) * (whole - size)
    place = torch.arange(float(whole), device=x.device).view(1, 1, whole)
    inside = (place >= start) & (place < start + size)
    box = inside[0].unsqueeze(2) & inside[1].unsqueeze(1)
    box &= (uniform(n, x, generator) < strength.erase).view(n, 1, 1)
    gray = uniform((n, 1, 1, 1), x, generator)
    return torch.where(box.unsqueeze(1), gray, x)


def mixup(x, wanted, alpha, generator=None):
    """Each image with a little of another one, and its target likewise (Zhang et al. 2018).

    One share for the batch, Beta(alpha, alpha), the larger part kept; alpha 0 changes nothing.
    """
    if alpha <= 0:
        return x, wanted
    seed = int(torch.randint(1 << 30, (1,), generator=on_host(generator)))
    share = float(np.random.default_rng(seed).beta(alpha, alpha))
    share = max(share, 1 - share)
    other = torch.randperm(len(x), generator=generator, device=x.device)
    return x * share + x[other] * (1 - share), wanted * share + wanted[other] * (1 - share)
