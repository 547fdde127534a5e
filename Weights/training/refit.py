"""The last layer once more, on images that were not learnt from.

What a network says of images that it has learnt is surer than it should be, class by class in
its own way. A map of the seven logits, fitted on PublicTest, undoes that and chooses how much
the FER2013 label counts and how much what most taggers say. It becomes part of the last layer.
"""

import numpy as np
import torch
import torch.nn.functional as F

import data


def both(faces, label_weight):
    """N x 7: `label_weight` of the label, the rest of the taggers' majority where there is one."""
    classes = np.eye(7)
    agreed, majority = data.majority(faces.votes)
    others = np.where(agreed[:, None], classes[majority], classes[faces.labels])
    return label_weight * classes[faces.labels] + (1 - label_weight) * others


def fit(logits, wanted, pull=0.01):
    """A matrix of 7 x 7 and seven numbers: logits @ matrix + numbers make `wanted` (N x 7,
    distributions) likeliest. `pull` holds the matrix near a multiple of the identity. L-BFGS."""
    logits, wanted = torch.as_tensor(logits).double(), torch.as_tensor(wanted).double()
    scale, rest, offset = (torch.zeros(shape, dtype=torch.double, requires_grad=True) for shape in ((), (7, 7), 7))
    optimizer = torch.optim.LBFGS([scale, rest, offset], max_iter=100, line_search_fn="strong_wolfe")

    def matrix():
        return scale.exp() * torch.eye(7, dtype=torch.double) + rest

    def loss():
        optimizer.zero_grad()
        value = F.cross_entropy(logits @ matrix() + offset, wanted) + pull * (rest**2).sum()
        value.backward()
        return value

    optimizer.step(loss)
    return matrix().detach().numpy(), offset.detach().numpy()


def held_out(logits, wanted, folds=5, seed=1):
    """The logits mapped by what was fitted on the other folds: what the map brings to images that
    it was not fitted on."""
    fold = np.random.default_rng(seed).integers(0, folds, len(logits))
    mapped = np.empty_like(logits)
    for part in range(folds):
        matrix, offset = fit(logits[fold != part], wanted[fold != part])
        mapped[fold == part] = logits[fold == part] @ matrix + offset
    return mapped


@torch.no_grad()
def put_into(layer, matrix, offset):
    """The last dense layer followed by the map is a dense layer again."""
    weight, bias = layer.weight.double(), layer.bias.double()
    matrix, offset = torch.as_tensor(matrix), torch.as_tensor(offset)
    layer.weight.copy_(matrix.T @ weight)
    layer.bias.copy_(bias @ matrix + offset)
