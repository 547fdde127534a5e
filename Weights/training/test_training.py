"""Quick checks of the training program.   python -m unittest   (in this folder; about 5 seconds)"""

import csv
import tempfile
import unittest
import warnings
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch

import data
from augment import STRENGTHS, augment, plain
from export import fold, write_onnx
from metrics import calibration_error, confusion, fit_temperature, macro_f1, softmax
from model import EmotionNet, count
from train import follow, rate_at


def noise(n):
    return torch.randint(0, 256, (n, 48, 48), dtype=torch.uint8, generator=torch.Generator().manual_seed(3))


def small_net():
    """A net whose batch norms have seen something, so that folding them is not trivial."""
    torch.manual_seed(5)
    net = EmotionNet((4, 6, 8, 10), (1, 2, 1, 1), dense=12)
    for _ in range(5):
        net(plain(noise(16)))
    return net.eval()


class Augmentation(unittest.TestCase):
    def test_keeps_shape_and_range(self):
        for name, strength in STRENGTHS.items():
            with self.subTest(name):
                x = augment(noise(40), strength)
                self.assertEqual(tuple(x.shape), (40, 1, 48, 48))
                self.assertGreaterEqual(float(x.min()), 0)
                self.assertLessEqual(float(x.max()), 1)
                self.assertFalse(torch.isnan(x).any())

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


class Export(unittest.TestCase):
    def test_folding_changes_nothing(self):
        net, x = small_net(), plain(noise(10))
        with torch.no_grad():
            self.assertLess(float((net(x) - fold(net)(x)).abs().max()), 1e-4)

    def test_opencv_reads_what_pytorch_wrote(self):
        net, image = small_net(), noise(1)
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            path = Path(folder) / "net.onnx"
            write_onnx(net, path)
            graph = onnx.load(str(path))
            self.assertEqual(graph.opset_import[0].version, 11)
            for node in graph.graph.node:
                if node.op_type == "Gemm":
                    self.assertIn(("transB", 1), [(a.name, a.i) for a in node.attribute])
            reader = cv2.dnn.readNetFromONNX(str(path))
            reader.setInput(plain(image).numpy())
            with torch.no_grad():
                difference = np.abs(reader.forward("logits") - net(plain(image)).numpy()).max()
        self.assertLess(difference, 1e-4)


class Data(unittest.TestCase):
    def write_csv(self, folder):
        rows = [(3, "Training"), (3, "PublicTest"), (0, "PrivateTest"), (6, "Training"), (4, "Training")]
        pixels = [list(np.random.default_rng(i).integers(0, 256, 2304)) for i in (0, 0, 1, 2, 3)]
        with open(folder / "fer2013.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["emotion", "pixels", "Usage"])
            writer.writerows((e, " ".join(map(str, p)), usage) for (e, usage), p in zip(rows, pixels))
        with open(folder / "fer2013new.csv", "w", newline="") as file:
            names = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF"]
            writer = csv.writer(file)
            writer.writerow(names)
            for votes in ((0, 10), (0, 10), (9, 1), (5, 5), None):
                writer.writerow([*votes, *[0] * 8] if votes else [*[0] * 9, 10])

    def test_private_test_twins_and_non_faces_stay_out(self):
        with tempfile.TemporaryDirectory() as folder:
            self.write_csv(Path(folder))
            faces = data.load(Path(folder) / "fer2013.csv")
        self.assertEqual(len(faces), 4)
        self.assertEqual(faces.training().labels.tolist(), [6])
        self.assertEqual(faces.public_test().labels.tolist(), [3])
        target = data.targets(faces.training(), fer_weight=0.6)
        np.testing.assert_allclose(target, [[0, 0, 0, 0.2, 0, 0, 0.8]], atol=1e-6)


class Metrics(unittest.TestCase):
    def test_temperature_undoes_overconfidence(self):
        random = np.random.default_rng(1)
        logits = random.normal(0, 2, (4000, 7))
        labels = np.array([random.choice(7, p=p) for p in softmax(logits)])
        self.assertAlmostEqual(fit_temperature(3 * logits, labels), 3, delta=0.2)
        self.assertLess(calibration_error(softmax(logits), labels), 0.04)

    def test_confusion_and_f1(self):
        table = confusion(np.array([0, 1, 1]), np.array([0, 1, 0]))
        self.assertEqual(table[:2, :2].tolist(), [[1, 1], [0, 1]])
        self.assertAlmostEqual(macro_f1(table), 2 / 3)


class Training(unittest.TestCase):
    def test_rate_rises_then_falls(self):
        rates = [rate_at(step, 1000, 1.0) for step in range(1000)]
        self.assertEqual(rates.index(max(rates)), 50)
        self.assertLess(rates[-1], 0.001)

    def test_average_follows(self):
        net, average = small_net(), small_net()
        with torch.no_grad():
            net.head[1].weight.add_(1)
        follow(average, net, 0.9, 10_000)
        self.assertAlmostEqual(float((net.head[1].weight - average.head[1].weight).mean()), 0.9, places=5)

    def test_count(self):
        net = EmotionNet((4,), (1,), dense=3)
        parameters, macs = count(net)
        self.assertEqual(parameters, sum(p.numel() for p in net.parameters()))
        self.assertAlmostEqual(macs * 1e6, 36 * 48 * 48 + 4 * 24 * 24 * 3 + 21)


if __name__ == "__main__":
    unittest.main()
