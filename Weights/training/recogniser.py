"""A network that begins with what dlib's face recogniser has learnt of faces.

Three million faces taught that network (Davis King, CC0) to tell people apart. Its file lies inside
the package face-recognition-models on PyPI and is read here without dlib. Where an emotion begins
is what it knows of eyes and mouths.
"""

import hashlib
import re
from pathlib import Path

import numpy as np
import torch

FILE = "dlib_face_recognition_resnet_model_v1.dat"
SIZE, SHA256 = 22_466_066, "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30"

# Blocks of each of dlib's stages, without the one that halves. A fifth stage, of one that halves
# 256 channels once more, has no place at 48 pixels.
WHOLE = (3, 3, 2, 2)


def read_dlib(file):
    """The layers of dlib's file; of no other one."""
    try:
        known = Path(file).stat().st_size == SIZE
        raw = Path(file).read_bytes() if known else b""
    except OSError as error:
        raise SystemExit(f"{file}: {error.strerror}") from None
    if hashlib.sha256(raw).hexdigest() != SHA256:
        raise SystemExit(f"{file}: not {FILE} of the package face-recognition-models")
    return layers_of(raw)


def layers_of(raw):
    """The convolutions of dlib's file, from the first to the last: weights (width x channels x
    side x side), bias, and the factor and offset of the affine layer behind.

    Such a layer is its name, the number 2, four sizes (a count of bytes and the bytes, each) of
    which only the first is not 1, and so many float32: dlib's serialize() of a tensor.
    """
    found, at = [], 0
    while header := re.compile(rb"(con_4|affine_)\x01\x02([\x01-\x04])").search(raw, at):
        start = header.end() + header[2][0]
        size = int.from_bytes(raw[header.end() : start], "little")
        values = np.frombuffer(raw, "<f4", size, start + 6)
        found.append(torch.from_numpy(values.copy()))
        at = start + 6 + 4 * size
    layers, channels = [], 3
    for filters, affine in zip(found[::2], found[1::2], strict=True):
        width = len(affine) // 2
        side = 3 if layers else 7
        weight = filters[:-width].view(width, channels, side, side)
        layers.append((weight, filters[-width:], affine[:width], affine[width:]))
        channels = width
    return layers


def for_gray(weight, bias):
    """dlib's first convolution, of (red - 122.782) / 256 and so on, for gray 0...1 of half the size."""
    means = torch.tensor((122.782, 117.001, 104.298))
    bias = bias - (weight.sum((2, 3)) * means / 256).sum(1)
    weight = weight.sum(1) * 255 / 256
    # Row of the doubled picture, seen from the pixel in the middle -> rows of the picture.
    doubled = torch.zeros(7, 5)
    for row in range(7):
        whole, odd = divmod(row - 3, 2)
        doubled[row, whole + (2 if odd else 1)] += 0.75 if odd else 0.25
        doubled[row, whole + (3 if odd else 2)] += 0.25 if odd else 0.75
    return torch.einsum("nab,ai,bj->nij", weight, doubled, doubled).unsqueeze(1), bias


def chosen(layers, blocks):
    """Of dlib's convolutions those that a network with so many blocks begins with: the first blocks
    of each stage."""
    picked, at = [layers[0]], 1
    for stage, (kept, whole) in enumerate(zip(blocks, WHOLE, strict=True)):
        if not 0 <= kept <= whole:
            raise SystemExit(f"dlib's stage {stage + 1} has {whole} blocks to begin with, not {kept}")
        first = 1 if stage else 0
        picked += layers[at : at + 2 * (first + kept)]
        at += 2 * (first + whole)
    return picked


def pairs_of(net):
    """The convolutions of a RecogniserNet from the first to the last, each with its batch norm."""
    pairs = [(net.features[0], net.features[1])]
    for block in net.features[4:]:
        pairs += [(block.first, block.first_norm), (block.second, block.second_norm)]
    return pairs


@torch.no_grad()
def begin(net, layers, pictures):
    """Gives `net` dlib's convolutions. dlib's affine layers become batch norms of the mean and
    variance that `pictures` (N x 1 x 48 x 48, 0...1) have behind each convolution, so that the
    network says the same of them as before."""
    if len(net.shape["blocks"]) != len(WHOLE):
        raise SystemExit(f"dlib's recogniser has {len(WHOLE)} stages, not {len(net.shape['blocks'])}")
    picked, pairs = chosen(layers, net.shape["blocks"]), pairs_of(net)
    picked[0] = (*for_gray(*picked[0][:2]), *picked[0][2:])
    for (convolution, norm), (weight, bias, factor, offset) in zip(pairs, picked, strict=True):
        if convolution.weight.shape != weight.shape:
            raise SystemExit(f"dlib's recogniser has other channels than {net.shape['widths']}")
        # dlib's weights are a tenth of what ours are after training, which is about this: a step
        # of the optimiser, whose length knows nothing of theirs, would undo them.
        scale = 0.7 * (2 / weight[0].numel()) ** 0.5 / weight.square().mean().sqrt()
        convolution.weight.copy_(weight * scale)
        norm.weight.copy_(factor / scale)
        norm.bias.copy_(offset + factor * bias)
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
    hooks = [norm.register_forward_pre_hook(as_measured) for _, norm in pairs]
    net.eval()(pictures)
    for hook in hooks:
        hook.remove()


def as_measured(norm, inputs):
    """The same function of these inputs, with their own mean and variance in it."""
    mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
    norm.bias.add_(norm.weight * mean)
    norm.weight.mul_((variance + norm.eps).sqrt())
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
