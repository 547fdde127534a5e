"""Checks reading dlib's recogniser, and beginning with it."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from augment import plain
from model import RecogniserNet
from recogniser import begin, for_gray, layers_of, pairs_of, read_dlib
from samples import noise
from train import arguments, read_beginning


class Recogniser(unittest.TestCase):
    WIDTHS = (2, 3, 4, 5)

    def dlib(self):
        """Layers as dlib's, of fewer channels, and the bytes that hold them. Among the numbers of
        a layer stands what looks like the beginning of one."""
        random, sizes = np.random.default_rng(4), [(3, 2, 7)]
        for stage, (width, pairs) in enumerate(zip((*self.WIDTHS, 90), (3, 4, 3, 3, 1), strict=True)):
            before = (2, *self.WIDTHS)[stage]
            sizes += [(before if index == 0 else width, width, 3) for index in range(2 * pairs)]
        layers, raw = [], b"\x01\x01\x01\rloss_metric_2"
        for channels, width, side in sizes:
            filters = random.normal(0.5, 0.5, (width, channels, side, side)).astype("<f4")
            if len(layers) == 27:
                filters.reshape(-1)[:3] = np.frombuffer(b"con_4\x01\x02\x01\x03\x01\x01\x01", "<f4")
            bias, factor, offset = random.normal(0.5, 0.5, (3, width)).astype("<f4")
            layers.append(tuple(map(torch.from_numpy, (filters, bias, factor, offset))))
            for name, values in ((b"con_4", (filters, bias)), (b"affine_", (factor, offset))):
                number = sum(part.size for part in values)
                size = number.to_bytes((number.bit_length() + 7) // 8, "little")
                raw += name + b"\x01\x02" + bytes([len(size)]) + size + b"\x01\x01" * 3
                raw += b"".join(part.tobytes() for part in values)
        return layers, raw

    def test_reads_the_layers_that_were_written(self):
        layers, raw = self.dlib()
        self.assertGreater(layers[-1][0].numel(), 1 << 16)
        for got, written in zip(layers_of(raw), layers, strict=True):
            self.assertTrue(all(torch.equal(a, b) for a, b in zip(got, written, strict=True)))

    def test_says_what_the_layers_say(self):
        layers, x = self.dlib()[0], plain(noise(30))
        net = RecogniserNet(self.WIDTHS, (1, 0, 0, 0))
        begin(net, layers, x)

        def through(x, layer, stride=1):
            weight, bias, factor, offset = layer
            y = F.conv2d(x, weight, bias, stride, weight.shape[-1] // 2)
            return y * factor.view(1, -1, 1, 1) + offset.view(1, -1, 1, 1)

        y = F.max_pool2d(through(x, (*for_gray(*layers[0][:2]), *layers[0][2:])).relu(), 3, 2, 1)
        y = (y + through(through(y, layers[1]).relu(), layers[2])).relu()
        for at in (7, 15, 21):
            inner = through(through(y, layers[at], 2).relu(), layers[at + 1])
            y = (F.pad(F.avg_pool2d(y, 2), (0, 0, 0, 0, 0, 1)) + inner).relu()
        with torch.no_grad():
            self.assertLess(float((net.features(x) - y).abs().max() / y.abs().max()), 1e-4)

    def test_begins_with_norms_that_the_pictures_have(self):
        net, x, seen = RecogniserNet(self.WIDTHS, (3, 3, 2, 2)), plain(noise(30)), {}
        begin(net, self.dlib()[0], x)
        for _, norm in pairs_of(net):
            norm.register_forward_pre_hook(lambda norm, inputs: seen.update({norm: inputs[0]}))
        with torch.no_grad():
            net(x)
        self.assertEqual(len(seen), 27)
        for norm, inputs in seen.items():
            self.assertTrue(torch.allclose(norm.running_mean, inputs.mean((0, 2, 3)), rtol=1e-3, atol=1e-4))
            self.assertTrue(torch.allclose(norm.running_var, inputs.var((0, 2, 3)), rtol=1e-3))

    def test_doubles_the_picture_by_its_first_convolution(self):
        weight, bias = torch.randn(4, 3, 7, 7), torch.randn(4)
        x = plain(noise(2))
        doubled = F.interpolate(x, scale_factor=2, mode="bilinear", align_corners=False).expand(-1, 3, -1, -1)
        means = torch.tensor((122.782, 117.001, 104.298)).view(1, 3, 1, 1)
        expected = F.conv2d((doubled * 255 - means) / 256, weight, bias, 2, 3)
        got = F.conv2d(x, *for_gray(weight, bias), padding=2)
        self.assertLess(float((expected - got)[:, :, 2:-2, 2:-2].abs().max()), 1e-4)

    def test_takes_pictures_whose_size_is_odd_on_the_way(self):
        self.assertEqual(tuple(RecogniserNet(self.WIDTHS)(torch.rand(2, 1, 40, 40)).shape), (2, 7))

    def test_refuses_other_files(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "net.dat"
            with self.assertRaisesRegex(SystemExit, "net.dat: No such file"):
                read_dlib(file)
            with self.assertRaisesRegex(SystemExit, f"{folder}: not dlib_face"):
                read_dlib(folder)
            file.write_bytes(self.dlib()[1])
            with self.assertRaisesRegex(SystemExit, "net.dat: not dlib_face"):
                read_dlib(file)

    def test_refuses_shapes_that_dlibs_network_has_not(self):
        layers, x = self.dlib()[0], plain(noise(4))
        for widths, blocks, reason in (
            (self.WIDTHS, (4, 0, 0, 0), "stage 1 has 3 blocks"),
            (self.WIDTHS, (0, -1, 0, 0), "stage 2 has 3 blocks"),
            (self.WIDTHS[:3], (1, 0, 0), "4 stages, not 3"),
            ((2, 3, 4, 6), (0, 0, 0, 0), "other channels"),
        ):
            with self.subTest(reason), self.assertRaisesRegex(SystemExit, reason):
                begin(RecogniserNet(widths, blocks), layers, x)

    def test_begins_only_a_recogniser_and_only_once(self):
        given = ["--data", "x", "--run", "y", "--dlib", "nowhere.dat"]
        for more, reason in (
            ([], "goes with --net recogniser"),
            (["--net", "residual"], "goes with --net recogniser"),
            (["--net", "recogniser", "--start", "z"], "not with both"),
            (["--net", "recogniser"], "nowhere.dat: No such file"),
        ):
            with self.subTest(reason), self.assertRaisesRegex(SystemExit, reason):
                read_beginning(arguments(given + more))
        self.assertIsNone(read_beginning(arguments(given[:4])))


if __name__ == "__main__":
    unittest.main()
