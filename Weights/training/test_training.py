"""Quick checks of the training program.   python -m unittest   (in this folder; half a minute)"""

import contextlib
import copy
import csv
import io
import json
import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F

import ablate
import data
import refit
import settle
from augment import STRENGTHS, augment, mixup, plain
from metrics import calibration_error, confusion, error_by_chance, fit_temperature, macro_f1, softmax
from distil import Teachers
from model import PlainNet, RecogniserNet, ResidualNet, adopt, count, restore
from optimise import Muon, optimisers, orthogonal, rate_at
from recogniser import begin, for_gray, layers_of, pairs_of, read_dlib
from samples import noise, small_nets, write_csv
from settle import mean, measure_norms
from train import (
    Lesson, arguments, follow, is_stuck, judge, logits_of, main, make_net, one_epoch, prepare, read_beginning, size_at,
)  # fmt: skip


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


class Data(unittest.TestCase):
    def write_csv(self, folder):
        rows = [(3, "Training"), (3, "PublicTest"), (0, "PrivateTest"), (6, "Training"), (4, "Training")]
        images = [np.random.default_rng(i).integers(0, 256, 2304) for i in (0, 0, 1, 2, 3)]
        write_csv(folder / "fer2013.csv", [(e, image, usage) for (e, usage), image in zip(rows, images)])
        with open(folder / "fer2013new.csv", "w", newline="") as file:
            names = ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF"]
            writer = csv.writer(file)
            writer.writerow(names)
            for votes in ((0, 10), (0, 10), (9, 1), (5, 5), None):
                writer.writerow([*votes, *[0] * 8] if votes else [*[0] * 9, 10])

    def test_private_test_copies_of_public_test_and_non_faces_stay_out(self):
        with tempfile.TemporaryDirectory() as folder:
            self.write_csv(Path(folder))
            faces = data.load(Path(folder) / "fer2013.csv")
        self.assertEqual(len(faces), 4)
        self.assertEqual(faces.training().labels.tolist(), [6])
        self.assertEqual(faces.public_test().labels.tolist(), [3])
        self.assertEqual(faces.twin.tolist(), [True, True, False, False])
        target = data.targets(faces.training(), fer_weight=0.6)
        np.testing.assert_allclose(target, [[0, 0, 0, 0.2, 0, 0, 0.8]], atol=1e-6)

    def test_near_copies_across_the_parts_are_twins_and_those_within_one_are_not(self):
        images = np.stack([np.full((48, 48), shade, np.uint8) for shade in (1, 2, 3, 4, 5, 5)])
        group = np.array([7, 7, 8, 8, 0, 0])
        public = np.array([True, False, False, False, False, True])
        twin = data.copies_between(images, group, public)
        self.assertEqual(twin.tolist(), [True, True, False, False, True, True])

    def test_blanks_around_the_names_of_columns_do_not_matter(self):
        with tempfile.TemporaryDirectory() as folder:
            self.write_csv(Path(folder))
            file = Path(folder) / "fer2013.csv"
            file.write_text(file.read_text().replace("emotion,pixels,Usage", "emotion, pixels, Usage"))
            self.assertEqual(len(data.load(file)), 4)
            file.write_text(file.read_text().replace("Usage", "use", 1))
            with self.assertRaises(SystemExit):
                data.load(file)

    def test_a_tie_of_taggers_is_no_majority(self):
        votes = np.array([[4, 0, 0, 6, 0, 0, 0], [5, 0, 0, 5, 0, 0, 0], [0, 0, 0, 0, 0, 0, 0]], np.float32)
        agreed, said = data.majority(votes)
        self.assertEqual(agreed.tolist(), [True, False, False])
        self.assertEqual(said[0], 3)

    def test_sharp_votes_lean_to_the_majority(self):
        votes = np.array([[6, 0, 0, 2, 0, 0, 2]], np.float32)
        faces = data.Faces(noise(1).numpy(), np.array([4]), votes, *(np.ones(1, bool) for _ in range(3)))
        target = data.targets(faces, fer_weight=0.5, sharpness=2)
        np.testing.assert_allclose(target, [[18 / 44, 0, 0, 2 / 44, 0.5, 0, 2 / 44]], atol=1e-6)

    def test_folders_never_open_the_mixed_test_part(self):
        with tempfile.TemporaryDirectory() as folder:
            for part, number in (("train", 64), ("test", 5)):
                for label, name in enumerate(data.CLASSES):
                    place = Path(folder) / part / name
                    place.mkdir(parents=True)
                    for index in range(number):
                        picture = np.random.default_rng([number, label, index]).integers(0, 256, (48, 48), np.uint8)
                        cv2.imwrite(str(place / f"{index}.png"), picture)
            faces = data.load(folder)
        self.assertEqual(len(faces), 7 * 64)
        self.assertTrue(30 < len(faces.public_test()) < 90)
        self.assertEqual(len(faces.training()) + len(faces.public_test()), 7 * 64)
        self.assertEqual(np.bincount(faces.labels).tolist(), [64] * 7)
        target = data.targets(faces.training(), fer_weight=0.6)
        np.testing.assert_array_equal(target.argmax(1), faces.training().labels)


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


class Extras(unittest.TestCase):
    def test_a_fifth_is_kept_for_measuring(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "faces.npz"
            np.savez(path, images=noise(300).numpy(), labels=np.arange(300) % 2)
            extra = data.read_extra(path)
        images, labels = extra.training(most=50)
        self.assertEqual(np.bincount(labels).tolist(), [50, 50])
        self.assertEqual(len(extra.measured()[1]), 60)
        self.assertEqual(np.bincount(extra.measured_evenly(most=20)[1]).tolist(), [20, 20])
        kept = {image.tobytes() for image in extra.measured()[0]}
        self.assertFalse(kept & {image.tobytes() for image in images})

    def test_faces_without_a_label_are_read_too_but_not_of_people_kept_for_measuring(self):
        with tempfile.TemporaryDirectory() as folder:
            write_people(Path(folder), [(person, "happy" if person < 10 else "") for person in range(12)])
            kept = data.read_extra(folder).kept
            faces = data.read_faces(folder)
        people = {int(face.mean().round()) // 10 for face in faces}
        self.assertEqual(people, set(range(12)) - set(np.flatnonzero(kept)))
        self.assertEqual(len(faces), 10)

    def test_a_folder_that_cannot_be_read_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "labels.csv"
            for text, reason in (("file\n1.png", "needs rows of file, person"), ("", "needs rows"),
                                 ("file,person\n1.png,1", "1.png: not a picture")):
                file.write_text(text)
                with self.subTest(reason), self.assertRaisesRegex(SystemExit, reason):
                    data.read_faces(folder)
            with self.assertRaisesRegex(SystemExit, "needs rows of emotion, file, person"):
                data.read_extra(folder)

    def test_a_folder_that_nobody_has_labelled_is_read_whole(self):
        with tempfile.TemporaryDirectory() as folder:
            write_people(Path(folder), [(person, "") for person in range(3)])
            self.assertEqual(data.read_faces(folder).shape, (3, 48, 48))


def write_people(folder, people):
    """A picture of each, as gray as ten times their number; the names sort as the numbers do."""
    with open(folder / "labels.csv", "w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["file", "person", "emotion"])
        for person, emotion in people:
            writer.writerow([f"{person:02d}.png", f"{person:02d}", emotion])
            cv2.imwrite(str(folder / f"{person:02d}.png"), np.full((60, 60), 10 * person, np.uint8))


class Running(unittest.TestCase):
    """`train.py` as it is called, on a hundred images of noise."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        usages = ("PublicTest", *["Training"] * 4)
        write_csv(self.folder / "fer2013.csv", [(i % 7, image, usages[i % 5]) for i, image in enumerate(noise(100).numpy())])

    def train(self, run, *words):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            main(["--data", str(self.folder / "fer2013.csv"), "--run", str(self.folder / run), "--batch", "16",
                  "--widths", "2", "3", "4", "5", "--depths", "0", "0", "1", "0", *words])
        return said.getvalue(), json.loads((self.folder / run / "history.json").read_text())["history"]

    def test_a_stopped_run_goes_on_as_if_it_had_not_been_stopped(self):
        _, whole = self.train("whole", "--stages", "32x3", "--cooldown", "0")
        self.train("parts", "--stages", "32x2", "--cooldown", "0")
        said, parts = self.train("parts", "--stages", "32x3", "--cooldown", "0")
        self.assertIn("resumed after epoch 2", said)
        for row, other in zip(parts, whole, strict=True):
            self.assertEqual(row | {"seconds": 0}, other | {"seconds": 0})
        best, other = (torch.load(self.folder / run / "best.pt", weights_only=False) for run in ("parts", "whole"))
        self.assertEqual(best["epoch"], other["epoch"])
        for name, value in best["weights"].items():
            self.assertTrue(torch.equal(value, other["weights"][name]), name)

    def test_a_teacher_speaks_of_faces_that_nobody_has_labelled(self):
        write_people(self.folder, [(person, "") for person in range(20)])
        self.train("teacher", "--stages", "32x1")
        said, history = self.train("pupil", "--stages", "32x1", "--teacher", str(self.folder / "teacher"),
                                   "--faces", str(self.folder), "--mixup", "0.5")
        self.assertIn("100 images to learn from", said)
        self.assertTrue(np.isfinite(history[0]["loss"]))
        args = arguments(["--data", str(self.folder / "fer2013.csv"), "--run", "", "--batch", "16",
                          "--teacher", str(self.folder / "teacher"), "--faces", str(self.folder)])
        told = prepare(args)[0].wanted.sum(1)
        self.assertEqual(told.round().tolist(), [1] * 80 + [0] * 20)

    def test_what_cannot_be_learnt_from_is_refused_in_a_line(self):
        for words, reason in [
            (["--faces", str(self.folder)], "--faces goes with --teacher"),
            (["--batch", "81"], "80 images .* --batch of 81"),
            (["--extra", str(self.folder / "nowhere")], "nowhere/labels.csv: no such file"),
            *([] if torch.cuda.is_available() else [(["--device", "cuda"], "no GPU")]),
        ]:
            with self.subTest(words[0]), self.assertRaisesRegex(SystemExit, reason):
                self.train("refused", *words)

    def test_the_mean_of_epochs_may_keep_its_batch_norm(self):
        self.train("run", "--stages", "32x2", "--keep", "2")
        epochs = [str(self.folder / "run" / f"epoch-{number}.pt") for number in (1, 2)]
        expected = mean([torch.load(file, weights_only=False) for file in epochs])["weights"]
        same = []
        for images in ("0", "64"):
            with contextlib.redirect_stdout(io.StringIO()):
                settle.main(["--of", *epochs, "--data", str(self.folder / "fer2013.csv"),
                             "--run", str(self.folder / "mean"), "--images", images])
            weights = torch.load(self.folder / "mean" / "best.pt", weights_only=False)["weights"]
            same.append({name for name in weights if torch.equal(weights[name], expected[name])})
        self.assertEqual(same[0], set(expected))
        self.assertTrue(all("running" in name or "tracked" in name for name in same[0] - same[1]))
        self.assertTrue(same[0] - same[1])

    def test_a_run_goes_on_where_it_learnt(self):
        self.train("moved", "--stages", "32x1")
        last = self.folder / "moved" / "last.pt"
        torch.save(torch.load(last, weights_only=False) | {"device": "cuda"}, last)
        with self.assertRaisesRegex(SystemExit, "--device cuda"):
            self.train("moved", "--stages", "32x2")


class Training(unittest.TestCase):
    def test_rate_rises_stays_and_falls(self):
        rates = [rate_at(step, 10_000, 0.3) for step in range(10_000)]
        self.assertLess(rates[0], 0.01)
        self.assertEqual(set(rates[300:7000]), {1.0})
        self.assertLess(rates[-1], 0.001)

    def test_sizes_follow_the_stages(self):
        self.assertEqual([size_at([(32, 2), (48, 1)], epoch) for epoch in range(4)], [32, 32, 48, 48])

    def test_orthogonal_evens_out_singular_values(self):
        torch.manual_seed(4)
        for shape in ((12, 40), (40, 12)):
            matrix = torch.randn(shape) @ torch.diag(torch.logspace(0, -1, shape[1]))
            values = torch.linalg.svdvals(orthogonal(torch.stack((matrix, 100 * matrix))))
            self.assertGreater(float(values.min()), 0.3)
            self.assertLess(float(values.max()), 1.3)

    def test_banks_of_one_shape_take_the_steps_that_each_would_take_alone(self):
        torch.manual_seed(6)
        banks = [torch.nn.Parameter(torch.randn(shape)) for shape in ((8, 4, 3, 3), (60, 4, 3, 3), (8, 4, 3, 3))]
        alone = [torch.nn.Parameter(bank.detach().clone()) for bank in banks]
        steps = [Muon(banks, 0.1, 0.01), *(Muon([bank], 0.1, 0.01) for bank in alone)]
        for _ in range(2):
            for bank, other in zip(banks, alone, strict=True):
                bank.grad = torch.randn(bank.shape) * torch.rand(1)
                other.grad = bank.grad.clone()
            for step in steps:
                step.step()
        for bank, other in zip(banks, alone, strict=True):
            self.assertLess(float((bank - other).abs().max().detach()), 0.01)

    def test_a_step_of_muon_is_as_long_as_one_of_adam(self):
        for shape in ((8, 4, 3, 3), (60, 4, 3, 3)):
            bank = torch.nn.Parameter(torch.zeros(shape))
            bank.grad = torch.randn(shape, generator=torch.Generator().manual_seed(7))
            Muon([bank], 0.1, 0.0).step()
            self.assertAlmostEqual(float(bank.square().mean().sqrt().detach()), 0.2 * 0.1, delta=0.006)

    def test_both_optimisers_learn(self):
        for kind in ("adam", "muon"):
            with self.subTest(kind):
                net = small_nets()[1].train()
                steps, x, labels = optimisers(net, kind, 0.01, 0.0), plain(noise(32)), torch.arange(32) % 7
                losses = []
                for _ in range(30):
                    loss = torch.nn.functional.cross_entropy(net(x), labels)
                    net.zero_grad()
                    loss.backward()
                    for step in steps:
                        step.step()
                    losses.append(float(loss.detach()))
                self.assertLess(losses[-1], 0.6 * losses[0])

    def test_muon_leaves_the_first_layer_and_the_dense_one_to_adam(self):
        muon, adam = optimisers(small_nets()[1], "muon", 0.01, 0.0)
        self.assertIsInstance(muon, Muon)
        self.assertTrue(all(p.ndim == 4 and p.shape[1] > 1 for p in muon.param_groups[0]["params"]))
        self.assertEqual(sum(p.ndim == 4 for p in adam.param_groups[0]["params"]), 1)

    def test_teachers_have_their_share_of_the_target(self):
        x, wanted = plain(noise(3)), torch.eye(7)[[0, 1, 2]]
        generator = torch.Generator().manual_seed(0)
        with tempfile.TemporaryDirectory() as folder:
            runs = [Path(folder) / name for name in ("one", "other")]
            answers = []
            for run in runs:
                net = small_nets()[1]
                torch.nn.init.normal_(net.head[-1].weight)
                state = {"kind": net.kind, "shape": net.shape, "weights": net.state_dict()}
                run.mkdir()
                torch.save(state, run / "best.pt")
                with torch.no_grad():
                    answers.append(torch.softmax(restore(state)(x), 1))
            teachers = Teachers(runs, 0.5)
            targets = [teachers.advise(x, wanted, generator) for _ in range(20)]
        heard = {
            index
            for target in targets
            for index, answer in enumerate(answers)
            if torch.allclose(target, 0.5 * wanted + 0.5 * answer, atol=1e-5)
        }
        self.assertEqual(heard, {0, 1})
        with torch.no_grad():
            unknown = Teachers([], 0.5)
            unknown.nets = [restore(state)]
            target = unknown.advise(x, torch.stack((wanted[0], 0.25 * wanted[1], 0 * wanted[2])), generator)
        shares = ((0.5, 0.5), (0.125, 0.875), (0, 1))
        for row, (label, answer) in enumerate(shares):
            torch.testing.assert_close(target[row], label * wanted[row] + answer * answers[-1][row])
        self.assertIs(Teachers([], 0.5).advise(x, wanted, generator), wanted)

    def test_teachers_are_asked_about_the_very_pictures_that_the_learner_sees(self):
        shown, asked = [], []

        class Asked:
            def advise(self, x, wanted, generator):
                asked.append(x.clone())
                return wanted

        net = small_nets()[1]
        net.register_forward_pre_hook(lambda net, inputs: shown.append(inputs[0].clone()))
        args = arguments(["--data", "", "--run", "", "--batch", "8", "--mixup", "1", "--stages", "48x1"])
        lesson = Lesson(noise(16), torch.eye(7)[torch.arange(16) % 7], torch.ones(7), Asked())
        optimizers = optimisers(net, args.optimiser, args.rate, args.decay)
        one_epoch(net, copy.deepcopy(net), optimizers, lesson, args, 0, torch.Generator().manual_seed(0))
        self.assertEqual([len(asked), len(shown)], [2, 2])
        self.assertTrue(all(torch.equal(a, b) for a, b in zip(asked, shown)))

    def test_both_readings_of_the_labels_choose_the_epoch(self):
        class Happy(torch.nn.Module):
            def forward(self, x):
                return 2 * torch.eye(7)[3].expand(len(x), 7)

        votes = np.eye(7, dtype=np.float32)[[3, 3, 3, 0]] * 10
        faces = data.Faces(noise(4).numpy(), np.array([3, 4, 4, 4]), votes, *(np.ones(4, bool) for _ in range(3)))
        judged = judge(Happy(), faces)
        self.assertEqual([judged["public_accuracy"], judged["public_majority"]], [0.25, 0.75])
        # Of eight halves, four say happy; the others cost two more.
        self.assertAlmostEqual(judged["regret"], np.log(6 + np.exp(2)) - 2 * 4 / 8, places=4)
        faces.votes[:] = 0
        self.assertEqual(judge(Happy(), faces)["public_majority"], 0.25)

    def test_a_mean_lies_between_its_networks(self):
        nets = [small_nets()[1] for _ in range(2)]
        with torch.no_grad():
            for weights in nets[1].parameters():
                weights.add_(torch.randn(weights.shape))
        states = [{"kind": net.kind, "shape": net.shape, "weights": net.state_dict()} for net in nets]
        between = restore(mean(states))
        for one, other, middle in zip(nets[0].parameters(), nets[1].parameters(), between.parameters(), strict=True):
            self.assertTrue(torch.allclose((one + other) / 2, middle, atol=1e-6))
            self.assertEqual(middle.dtype, one.dtype)

    def test_a_deeper_network_begins_as_the_one_it_grew_from(self):
        trained = small_nets()[1]
        deeper = ResidualNet((4, 6, 8, 10), (1, 2, 2, 1)).eval()
        adopt(deeper, trained)
        self.assertTrue(torch.equal(deeper(plain(noise(4))), trained(plain(noise(4)))))
        deeper.train()
        deeper(plain(noise(4))).sum().backward()
        new = deeper.features[3]
        self.assertGreater(float(new.second_norm.weight.grad.abs().sum()), 0, "a new block can learn")

    def test_a_network_is_not_cut_to_fewer_blocks_or_other_widths(self):
        trained = small_nets()[1]
        for widths, blocks in (((4, 6, 8, 10), (0, 1, 1, 0)), ((4, 6, 8, 12), (0, 1, 2, 0))):
            with self.assertRaises(SystemExit):
                adopt(ResidualNet(widths, blocks), trained)

    def test_a_recogniser_grows_no_blocks(self):
        with self.assertRaisesRegex(SystemExit, "cannot become"):
            adopt(RecogniserNet((2, 3), (1, 1)), RecogniserNet((2, 3), (1, 0)))

    def test_a_start_gives_the_shape_that_is_not_said(self):
        trained = small_nets()[1]
        with tempfile.TemporaryDirectory() as folder:
            torch.save({"kind": trained.kind, "shape": trained.shape, "weights": trained.state_dict()}, Path(folder) / "best.pt")
            given = ["--data", "", "--run", "", "--start", folder]
            self.assertEqual(make_net(arguments(given)).shape["blocks"], [0, 1, 2, 0])
            self.assertEqual(make_net(arguments([*given, "--depths", "1", "1", "2", "0"])).shape["blocks"], [1, 1, 2, 0])

    def test_only_epochs_of_a_falling_rate_are_waited_for(self):
        args = arguments(["--data", "", "--run", "", "--stages", "48x100", "--cooldown", "0.5", "--patience", "10"])
        self.assertFalse(is_stuck(args, 59, best=0))
        self.assertTrue(is_stuck(args, 60, best=0))
        self.assertFalse(is_stuck(args, 64, best=55))

    def test_networks_of_different_shapes_have_no_mean(self):
        states = [{"kind": "residual", "shape": {"blocks": [number]}, "weights": {}} for number in (0, 1)]
        with self.assertRaises(SystemExit):
            mean(states)

    def test_norms_are_measured_on_pictures_as_they_are(self):
        net, pictures = small_nets()[1], noise(6)
        net.features[1].running_mean.fill_(5)
        measure_norms(net, pictures, torch.Generator().manual_seed(0), batch=3)
        self.assertFalse(net.training)
        both = torch.cat([plain(pictures), plain(pictures.flip(2))])
        with torch.no_grad():
            seen = net.features[0](both).mean((0, 2, 3))
        self.assertTrue(torch.allclose(net.features[1].running_mean, seen, atol=0.02))
        with torch.no_grad():
            again = copy.deepcopy(net)
            measure_norms(again, pictures, torch.Generator().manual_seed(0), batch=3)
        self.assertTrue(all(torch.equal(a, b) for a, b in zip(net.buffers(), again.buffers())))

    def test_average_follows(self):
        net, average = (small_nets()[0] for _ in range(2))
        with torch.no_grad():
            net.head[1].weight.add_(1)
        follow(average, net, 0.9, 10_000)
        self.assertAlmostEqual(float((net.head[1].weight - average.head[1].weight).detach().mean()), 0.9, places=5)

    def test_count(self):
        parameters, macs = count(PlainNet((4,), (1,), dense=3))
        self.assertAlmostEqual(macs * 1e6, 36 * 48 * 48 + 4 * 24 * 24 * 3 + 21)
        net = RecogniserNet((2, 3), (1, 0)).train()
        macs = count(net)[1]
        halving = (2 * 3 + 3 * 3) * 9 * 144 + 2 * 3 * 144
        self.assertEqual(round(macs * 1e6), 2 * 25 * 2304 + 2 * 2 * 2 * 9 * 576 + halving + 3 * 7)
        self.assertTrue(net.training and not any(layer._forward_hooks for layer in net.modules()))
        parameters, macs = count(ResidualNet((4, 6), (0, 1)))
        self.assertEqual(parameters, 36 + 8 + 216 + 12 + 2 * (324 + 12) + 42 + 7)
        self.assertAlmostEqual(macs * 1e6, 36 * 48 * 48 + (216 + 2 * 324) * 24 * 24 + 42)


class Ablation(unittest.TestCase):
    def test_every_variant_is_one_that_train_takes_and_differs(self):
        recipes = []
        for name, changes in ablate.VARIANTS.items():
            with self.subTest(name):
                recipes.append(vars(arguments(["--data", "x", "--run", "y", *ablate.options(changes)])))
        same = [name for name, recipe in zip(ablate.VARIANTS, recipes) if recipe == recipes[0]]
        self.assertEqual(same, ["the recipe, small", ablate.WITHOUT_OTHERS])


class Precision(unittest.TestCase):
    def test_bfloat16_says_nearly_the_same(self):
        for net in small_nets():
            exact = logits_of(net, noise(16))
            rough = logits_of(net, noise(16), precision="bfloat16")
            self.assertEqual(rough.dtype, torch.float32)
            self.assertFalse(torch.equal(exact, rough))
            self.assertLess(float((exact - rough).abs().max()), 0.05)


if __name__ == "__main__":
    unittest.main()
