"""What the tests work on: random images, a fer2013.csv or a folder of people of them, and small networks."""

import csv

import cv2
import numpy as np
import torch

from augment import plain
from model import PlainNet, RecogniserNet, ResidualNet


def noise(n):
    return torch.randint(0, 256, (n, 48, 48), dtype=torch.uint8, generator=torch.Generator().manual_seed(3))


def in_all_lights(n):
    return (noise(n) * torch.linspace(0, 1, n)[:, None, None]).to(torch.uint8)


def write_csv(path, faces):
    """A fer2013.csv of (emotion, image, usage)."""
    with open(path, "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["emotion", "pixels", "Usage"])
        writer.writerows((emotion, " ".join(map(str, image.ravel())), usage) for emotion, image, usage in faces)


def write_people(folder, people):
    """A picture of each, as gray as ten times their number; the names sort as the numbers do."""
    with open(folder / "labels.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "person", "emotion"])
        for person, emotion in people:
            writer.writerow([f"{person:02d}.png", f"{person:02d}", emotion])
            cv2.imwrite(str(folder / f"{person:02d}.png"), np.full((60, 60), 10 * person, np.uint8))


def small_nets():
    """Nets whose batch norms have seen something, so that folding them is not trivial."""
    torch.manual_seed(5)
    nets = [
        PlainNet((4, 6, 8, 10), (1, 2, 1, 1), dense=12),
        ResidualNet((4, 6, 8, 10), (0, 1, 2, 0)),
        RecogniserNet((4, 6, 8, 10), (1, 0, 1, 0)),
    ]
    for net in nets:
        for _ in range(5):
            net(plain(noise(16)))
    return [net.eval() for net in nets]
