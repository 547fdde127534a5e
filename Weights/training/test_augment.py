"""Checks what `augment.py` does to a picture."""

import unittest

import torch

from augment import STRENGTHS, augment, mixup, plain
from samples import noise


class Augmentation(unittest.TestCase):
    def test_keeps_shape_and_range(self):
        for name, strength in STRENGTHS.items():
            with self.subTest(name):
                x = augment(noise(40), strength)
                self.assertEqual(tuple(x.shape), (40, 1, 48, 48))
                self.assertGreaterEqual(float(x.min()), 0)
                self.assertLessEqual(float(x.max()), 1)
                self.assertFalse(torch.isnan(x).any())

    def test_makes_small_pictures(self):
        x = augment(noise(9), STRENGTHS["strong"], size=32)
        self.assertEqual(tuple(x.shape), (9, 1, 32, 32))

    def test_mixup_keeps_distributions(self):
        x, wanted = plain(noise(12)), torch.eye(7)[torch.arange(12) % 7]
        mixed, target = mixup(x, wanted, 0.4, torch.Generator().manual_seed(2))
        self.assertTrue(torch.allclose(target.sum(1), torch.ones(12)))
        self.assertFalse(torch.allclose(mixed, x))
        self.assertTrue(torch.equal(target.argmax(1), wanted.argmax(1)))
        self.assertIs(mixup(x, wanted, 0)[0], x)

    def test_leaves_its_input_alone(self):
        images = noise(8)
        before = images.clone()
        augment(images, STRENGTHS["strong"])
        self.assertTrue(torch.equal(images, before))

    def test_same_seed_same_faces(self):
        once, again = (augment(noise(8), STRENGTHS["strong"], torch.Generator().manual_seed(9)) for _ in range(2))
        self.assertTrue(torch.equal(once, again))

    def test_each_image_changes_in_its_own_way(self):
        x = augment(noise(1).expand(6, 48, 48), STRENGTHS["light"])
        self.assertGreater(float((x[0] - x[1]).abs().mean()), 0.001)


if __name__ == "__main__":
    unittest.main()
