"""Checks the figures: accuracy, calibration, and the last layer fitted once more."""

import unittest

import numpy as np
import torch

import data
import refit
from metrics import calibration_error, confusion, error_by_chance, fit_temperature, macro_f1, softmax
from samples import noise


class Metrics(unittest.TestCase):
    def test_temperature_undoes_overconfidence(self):
        random = np.random.default_rng(1)
        logits = random.normal(0, 2, (4000, 7))
        labels = np.array([random.choice(7, p=p) for p in softmax(logits)])
        alone = fit_temperature(3 * logits, labels)
        self.assertAlmostEqual(alone, 3, delta=0.2)
        self.assertLess(calibration_error(softmax(logits), labels), 0.04)
        both = fit_temperature(3 * logits, labels, (logits[:50], labels[:50]))
        self.assertTrue(1.1 < both < alone - 0.2, (both, alone))

    def test_a_temperature_far_from_one_is_found(self):
        random = np.random.default_rng(1)
        logits = random.normal(size=(4000, 7))
        labels = (softmax(logits).cumsum(1)[:, :-1] < random.random((4000, 1))).sum(1)
        for scale in (0.1, 20):
            self.assertAlmostEqual(fit_temperature(logits * scale, labels) / scale, 1, delta=0.1)

    def test_few_images_have_a_calibration_error_by_chance(self):
        random = np.random.default_rng(3)
        said = softmax(random.normal(0, 2, (4000, 7)))
        drawn = (random.random((4000, 1)) > said.cumsum(1)[:, :-1]).sum(1)
        self.assertLess(error_by_chance(said), 0.03)
        self.assertLess(abs(calibration_error(said, drawn) - error_by_chance(said)), 0.015)
        self.assertGreater(error_by_chance(said[:40]), 3 * error_by_chance(said))

    def test_confusion_and_f1(self):
        table = confusion(np.array([0, 1, 1]), np.array([0, 1, 0]))
        self.assertEqual(table[:2, :2].tolist(), [[1, 1], [0, 1]])
        self.assertAlmostEqual(macro_f1(table), 2 / 3)


class Refit(unittest.TestCase):
    def test_a_map_of_the_logits_is_found_again_and_fits_into_the_last_layer(self):
        random = np.random.default_rng(2)
        logits = random.normal(0, 1.5, (6000, 7))
        wanted = np.eye(7)[[random.choice(7, p=p) for p in softmax(logits)]]
        moved = 2 * logits
        moved[:, 4] += 0.5 * moved[:, 6] + 1
        matrix, offset = refit.fit(moved, wanted)
        back = moved @ matrix + offset
        self.assertLess(abs(softmax(back) - softmax(logits)).mean(), 0.02)
        self.assertGreater(abs(softmax(moved) - softmax(logits)).mean(), 0.05)
        layer = torch.nn.Linear(5, 7)
        x = torch.randn(3, 5)
        with torch.no_grad():
            expected = layer(x).double().numpy() @ matrix + offset
            refit.put_into(layer, matrix, offset)
            np.testing.assert_allclose(layer(x).numpy(), expected, atol=1e-4)

    def test_noise_brings_nothing_to_the_images_held_out(self):
        random = np.random.default_rng(4)
        logits = random.normal(0, 1, (400, 7))
        wanted = np.eye(7)[[random.choice(7, p=p) for p in softmax(logits)]]
        said = refit.held_out(logits, wanted).argmax(1)
        self.assertLess(abs((said == wanted.argmax(1)).mean() - (logits.argmax(1) == wanted.argmax(1)).mean()), 0.05)

    def test_where_the_taggers_do_not_agree_the_label_stands_alone(self):
        votes = np.array([[0, 0, 0, 9, 0, 0, 1], [5, 0, 0, 5, 0, 0, 0]], np.float32)
        faces = data.Faces(noise(2).numpy(), np.array([6, 4]), votes, *(np.ones(2, bool) for _ in range(3)))
        np.testing.assert_allclose(refit.both(faces, 0.6), [[0, 0, 0, 0.4, 0, 0, 0.6], [0, 0, 0, 0, 1, 0, 0]])


if __name__ == "__main__":
    unittest.main()
