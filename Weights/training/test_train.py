"""Checks how a run goes: its stages, its teachers, when it ends, and going on after a stop."""

import contextlib
import copy
import io
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

import ablate
import data
import settle
from augment import plain
from distil import Teachers
from model import restore
from optimise import optimisers
from samples import noise, small_nets, write_csv, write_people
from settle import mean
from train import Lesson, arguments, follow, is_stuck, judge, logits_of, main, make_net, one_epoch, prepare, size_at


class Steps(unittest.TestCase):
    def test_sizes_follow_the_stages(self):
        self.assertEqual([size_at([(32, 2), (48, 1)], epoch) for epoch in range(4)], [32, 32, 48, 48])

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

    def test_a_start_gives_the_shape_that_is_not_said(self):
        trained = small_nets()[1]
        with tempfile.TemporaryDirectory() as folder:
            torch.save({"kind": trained.kind, "shape": trained.shape, "weights": trained.state_dict()}, Path(folder) / "best.pt")
            given = ["--data", "", "--run", "", "--start", folder]
            self.assertEqual(make_net(arguments(given)).shape["blocks"], [0, 1, 2, 0])
            self.assertEqual(make_net(arguments([*given, "--depths", "1", "1", "2", "0"])).shape["blocks"], [1, 1, 2, 0])
            state = {"kind": trained.kind, "shape": {**trained.shape, "dropout": 0.4}, "weights": trained.state_dict()}
            torch.save(state, Path(folder) / "best.pt")
            self.assertEqual(make_net(arguments(given)).shape["dropout"], 0.4)
            self.assertEqual(make_net(arguments([*given, "--dropout", "0.1"])).shape["dropout"], 0.1)

    def test_only_epochs_of_a_falling_rate_are_waited_for(self):
        args = arguments(["--data", "", "--run", "", "--stages", "48x100", "--cooldown", "0.5", "--patience", "10"])
        self.assertFalse(is_stuck(args, 59, best=0))
        self.assertTrue(is_stuck(args, 60, best=0))
        self.assertFalse(is_stuck(args, 64, best=55))

    def test_average_follows(self):
        net, average = (small_nets()[0] for _ in range(2))
        with torch.no_grad():
            net.head[1].weight.add_(1)
        follow(average, net, 0.9, 10_000)
        self.assertAlmostEqual(float((net.head[1].weight - average.head[1].weight).detach().mean()), 0.9, places=5)


class Precision(unittest.TestCase):
    def test_bfloat16_says_nearly_the_same(self):
        for net in small_nets():
            exact = logits_of(net, noise(16))
            rough = logits_of(net, noise(16), precision="bfloat16")
            self.assertEqual(rough.dtype, torch.float32)
            self.assertFalse(torch.equal(exact, rough))
            self.assertLess(float((exact - rough).abs().max()), 0.05)


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
            (["--start", str(self.folder / "nowhere")], "nowhere: no such file"),
            (["--teacher", str(self.folder)], "best.pt: no such file"),
            *([] if torch.cuda.is_available() else [(["--device", "cuda"], "no GPU")]),
        ]:
            with self.subTest(words[0]), self.assertRaisesRegex(SystemExit, reason):
                self.train("refused", *words)

    def test_without_images_to_choose_on_nothing_is_learnt(self):
        write_csv(self.folder / "fer2013.csv", [(i % 7, image, "Training") for i, image in enumerate(noise(50).numpy())])
        with self.assertRaisesRegex(SystemExit, "no images of PublicTest"):
            self.train("blind", "--stages", "32x1")
        self.assertFalse((self.folder / "blind").exists())

    def test_a_run_that_comes_to_no_numbers_ends(self):
        with self.assertRaisesRegex(SystemExit, "epoch 1 has come to no numbers"):
            self.train("wild", "--stages", "32x1", "--rate", "1e30")
        self.assertFalse((self.folder / "wild" / "best.pt").exists())

    def test_a_run_goes_on_with_the_settings_that_it_began_with(self):
        self.train("begun", "--stages", "32x1")
        for words in (["--fer", "1"], ["--seed", "5"], ["--dropout", "0.5"], ["--mixup", "0.4"]):
            with self.subTest(words[0]), self.assertRaisesRegex(SystemExit, f"begun has begun with {words[0]}"):
                self.train("begun", "--stages", "32x2", *words)
        said, history = self.train("begun", "--stages", "32x2", "--patience", "5", "--threads", "1", "--keep", "1")
        self.assertIn("resumed after epoch 1", said)
        self.assertEqual(len(history), 2)

    def test_a_finished_run_writes_a_lost_history_again(self):
        _, history = self.train("whole", "--stages", "32x1")
        (self.folder / "whole" / "history.json").write_text("")
        self.assertEqual(self.train("whole", "--stages", "32x1")[1], history)

    def test_a_mean_does_not_take_the_place_of_what_it_is_made_of(self):
        self.train("run", "--stages", "32x1")
        (self.folder / "link").symlink_to(self.folder / "run")
        for source, run in (("run/best.pt", "run"), ("run", "link"), ("run", "./run")):
            with self.subTest(source), self.assertRaisesRegex(SystemExit, "would be overwritten"):
                settle.main(["--of", str(self.folder / source), "--data", str(self.folder / "fer2013.csv"),
                             "--run", f"{self.folder}/{run}"])

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


class Ablation(unittest.TestCase):
    def test_every_variant_is_one_that_train_takes_and_differs(self):
        recipes = []
        for name, changes in ablate.VARIANTS.items():
            with self.subTest(name):
                recipes.append(vars(arguments(["--data", "x", "--run", "y", *ablate.options(changes)])))
        same = [name for name, recipe in zip(ablate.VARIANTS, recipes) if recipe == recipes[0]]
        self.assertEqual(same, ["the recipe, small", ablate.WITHOUT_OTHERS])


if __name__ == "__main__":
    unittest.main()
