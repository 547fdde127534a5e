"""Checks the file that is written: what it says, and that nothing is lost where writing fails."""

import contextlib
import hashlib
import io
import json
import tempfile
import unittest
import warnings
from pathlib import Path
from unittest import mock

import cv2
import numpy as np
import onnx
import torch

import export
from augment import plain
from export import fold, write_onnx
from forward import forward
from quantise import evenly, quantise
from samples import in_all_lights, noise, small_nets, write_csv


class Export(unittest.TestCase):
    def test_folding_changes_nothing(self):
        for net in small_nets():
            x = plain(noise(10))
            with torch.no_grad(), self.subTest(net.kind):
                self.assertLess(float((net(x) - fold(net)(x)).abs().max()), 1e-4)
                self.assertFalse(any(isinstance(layer, torch.nn.BatchNorm2d) for layer in fold(net).modules()))

    def test_opencv_reads_what_pytorch_wrote(self):
        for net in small_nets():
            with self.subTest(net.kind), tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                path, image = Path(folder) / "net.onnx", noise(1)
                write_onnx(net, path)
                graph = onnx.load(str(path))
                self.assertEqual(graph.opset_import[0].version, 11)
                self.assertEqual([node.name for node in graph.graph.node if "embedding" in node.output], ["embedding"])
                for node in graph.graph.node:
                    if node.op_type == "Gemm":
                        self.assertIn(("transB", 1), [(a.name, a.i) for a in node.attribute])
                reader = cv2.dnn.readNetFromONNX(str(path))
                reader.setInput(plain(image).numpy())
                with torch.no_grad():
                    difference = np.abs(reader.forward("logits") - net(plain(image)).numpy()).max()
                self.assertLess(difference, 1e-4)

    def test_eight_bits_say_nearly_the_same(self):
        for net in small_nets():
            with self.subTest(net.kind), tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                path, images = Path(folder) / "net.onnx", in_all_lights(40)
                write_onnx(net, path)
                quantise(path, images.numpy())
                self.look_at(onnx.load(str(path)).graph)
                said, _ = forward(cv2.dnn.readNetFromONNX(str(path)), images.numpy())
                with torch.no_grad():
                    wanted = net(plain(images)).numpy()
                difference = np.abs(said - wanted).mean()
                self.assertGreater(difference, 1e-6)
                self.assertLess(difference, 0.2 * wanted.std(0).mean())

    def look_at(self, graph):
        """Convolutions, with the ReLU after them, are in eight bits, each filter by its own scale; nothing else is."""
        self.assertEqual([node.name for node in graph.node if "embedding" in node.output], ["embedding"])
        kinds = {node.op_type for node in graph.node}
        self.assertIn("QLinearConv", kinds)
        self.assertFalse(kinds & {"Conv", "QLinearAdd", "QGemm"})
        source = {name: node for node in graph.node for name in node.output}
        shapes = {value.name: list(value.dims) for value in graph.initializer}
        for node in graph.node:
            if node.op_type == "QLinearConv":
                self.assertEqual(shapes[node.input[4]], shapes[node.input[3]][:1])
            elif node.op_type == "Relu":
                self.assertNotEqual(source[node.input[0]].op_type, "DequantizeLinear")
            elif node.op_type == "MaxPool":
                self.assertIn(source[node.input[0]].op_type, {"Relu", "DequantizeLinear"})

    def test_ranges_come_from_all_over_the_set(self):
        self.assertEqual(evenly(np.arange(10), 4).tolist(), [0, 3, 6, 9])
        self.assertEqual(evenly(np.arange(7), 4).tolist(), [0, 2, 4, 6])
        self.assertEqual(evenly(np.arange(3), 4).tolist(), [0, 1, 2])

    def test_what_cannot_be_exported_leaves_what_was_there(self):
        state = self.small_run()
        with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            folder = Path(folder)
            torch.save(state, folder / "best.pt")
            usages = ("Training", "PublicTest")
            write_csv(folder / "fer2013.csv", [(i % 7, image, usages[i % 2]) for i, image in enumerate(in_all_lights(80).numpy())])
            given = ["--run", str(folder), "--data", str(folder / "fer2013.csv"), "--out", str(folder / "out")]
            with contextlib.redirect_stdout(io.StringIO()):
                export.main(given)
            before = self.bytes_in(folder / "out")
            self.assertEqual(sorted(before), ["emotion.json", "emotion.onnx"])
            self.assertEqual(json.loads(before["emotion.json"])["sha256"], hashlib.sha256(before["emotion.onnx"]).hexdigest())
            torch.save({**state, "weights": {name: value * 1.5 for name, value in state["weights"].items()}}, folder / "best.pt")
            with self.assertRaisesRegex(SystemExit, "none.npz"):
                export.main([*given, "--also", str(folder / "none.npz")])
            with mock.patch("export.quantise", side_effect=KeyboardInterrupt), self.assertRaises(KeyboardInterrupt):
                export.main(given)
            self.assertEqual(self.bytes_in(folder / "out"), before)

    def test_nodes_that_opencv_may_not_read_are_refused(self):
        values = [onnx.helper.make_tensor_value_info(name, 1, [1]) for name in ("face", "logits")]
        graph = onnx.helper.make_graph([onnx.helper.make_node("Identity", ["face"], ["logits"])], "net", values[:1], values[1:])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "net.onnx"
            onnx.save(onnx.helper.make_model(graph), str(path))
            with self.assertRaisesRegex(SystemExit, "net.onnx.*Identity"):
                export.check(path)

    def test_ranges_need_images_of_training(self):
        with tempfile.TemporaryDirectory() as folder:
            folder = Path(folder)
            torch.save(self.small_run(), folder / "best.pt")
            write_csv(folder / "fer2013.csv", [(i % 7, image, "PublicTest") for i, image in enumerate(noise(20).numpy())])
            with self.assertRaisesRegex(SystemExit, "needs images of Training"):
                export.main(["--run", str(folder), "--data", str(folder / "fer2013.csv"), "--out", str(folder / "out")])
            self.assertFalse((folder / "out").exists())

    def small_run(self):
        net = small_nets()[1]
        return {"kind": net.kind, "shape": net.shape, "weights": net.state_dict()}

    def bytes_in(self, folder):
        return {file.name: file.read_bytes() for file in folder.iterdir()}


if __name__ == "__main__":
    unittest.main()
