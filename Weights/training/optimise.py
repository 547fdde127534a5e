"""How a step is taken: Adam as in the paper, or Muon for the convolutions and Adam for the rest."""

import math

import torch


class Muon(torch.optim.Optimizer):
    """Momentum whose every step is made orthogonal first (Jordan et al. 2024), so that a filter
    bank learns in all its directions and not in the loudest alone. A convolution is taken as
    the matrix of its filters. The step's size is matched to Adam's (Liu et al. 2025).
    """

    def __init__(self, parameters, lr, weight_decay, momentum=0.95):
        super().__init__(parameters, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            # Banks of one shape go together: a GPU would spend the step on starting small products.
            alike = {}
            for weight in group["params"]:
                if weight.grad is None:
                    continue
                state = self.state[weight]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(weight)
                kept = state["momentum"].lerp_(weight.grad, 1 - group["momentum"])
                ahead = weight.grad.lerp(kept, group["momentum"])
                alike.setdefault(ahead.shape, []).append((weight, ahead))
            for shape, banks in alike.items():
                turned = orthogonal(torch.stack([ahead.flatten(1) for _, ahead in banks]))
                size = 0.2 * math.sqrt(max(turned.shape[1:]))
                for (weight, _), step in zip(banks, turned, strict=True):
                    weight.mul_(1 - group["lr"] * group["weight_decay"])
                    weight.add_(step.reshape(shape), alpha=-group["lr"] * size)


def orthogonal(matrices, steps=5):
    """Of each of N x A x B the nearest matrix whose singular values are all about 1: Newton-Schulz,
    a quintic."""
    tall = matrices.shape[1] > matrices.shape[2]
    x = (matrices.mT if tall else matrices) / (matrices.norm(dim=(1, 2), keepdim=True) + 1e-7)
    # Three digits are enough here, and half the time where the processor has bfloat16.
    x = x.bfloat16()
    for _ in range(steps):
        gram = x @ x.mT
        x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram @ gram) @ x
    return (x.mT if tall else x).float()


def optimisers(net, kind, rate, decay):
    """Adam for everything, or Muon for the convolutions behind the first and Adam for the rest."""
    if kind == "adam":
        return [torch.optim.AdamW(net.parameters(), rate, weight_decay=decay)]
    banks = [p for p in net.parameters() if p.ndim == 4 and p.shape[1] > 1]
    rest = [p for p in net.parameters() if not (p.ndim == 4 and p.shape[1] > 1)]
    return [Muon(banks, rate, decay), torch.optim.AdamW(rest, rate, weight_decay=decay)]


def rate_at(step, steps, cooldown):
    """A trapezium: up over the first 300 steps, level, and down in a straight line over the
    last `cooldown` part. A level stretch can be made longer later without a restart; a
    `cooldown` of 1 is a schedule that falls from the start."""
    rise = min(1.0, (step + 1) / 300)
    fall = (steps - step) / max(1.0, steps * cooldown)
    return min(rise, fall, 1.0)
