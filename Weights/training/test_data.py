"""Checks reading FER2013 in its three forms, and other faces."""

import contextlib
import csv
import io
import tempfile
import unittest
from pathlib import Path

import cv2
import numpy as np

import data
from samples import noise, write_csv, write_people


class Fer2013(unittest.TestCase):
    def write_csv(self, folder):
        rows = [(3, "Training"), (3, "PublicTest"), (0, "PrivateTest"), (6, "Training"), (4, "Training")]
        images = [np.random.default_rng(i).integers(0, 256, 2304) for i in (0, 0, 1, 2, 3)]
        write_csv(folder / "fer2013.csv", [(e, image, usage) for (e, usage), image in zip(rows, images)])
        with open(folder / "fer2013new.csv", "w", newline="") as file:
            names = ["Usage", "neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear", "contempt", "unknown", "NF"]
            writer = csv.writer(file)
            writer.writerow(names)
            for (_, usage), votes in zip(rows, ((0, 10), (0, 10), (9, 1), (5, 5), None)):
                writer.writerow([usage, *votes, *[0] * 8] if votes else [usage, *[0] * 9, 10])

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

    def test_votes_on_other_rows_are_refused(self):
        with tempfile.TemporaryDirectory() as folder:
            self.write_csv(Path(folder))
            file, votes = (Path(folder) / name for name in ("fer2013.csv", "fer2013new.csv"))
            lines = file.read_text().splitlines(keepends=True)
            for changed in (lines[:1] + lines[2:], lines + lines[-1:], lines[:1] + lines[:0:-1]):
                file.write_text("".join(changed))
                with self.assertRaisesRegex(SystemExit, "fer2013new.csv: not the votes on the rows"):
                    data.load(file)
            votes.unlink()
            self.assertFalse(data.load(file).votes.any())

    def test_a_file_that_cannot_be_learnt_from_is_named(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "fer2013.csv"
            with self.assertRaisesRegex(SystemExit, "fer2013.csv: no such file"):
                data.load(file)
            for rows, reason in [
                ("0,1 2 3,Training", "row 1 has no 48 x 48 pixels"),
                (f"0,{'300 ' * 2304},Training", "row 1 has no 48 x 48 pixels"),
                (f"0,{'3 ' * 2304},PrivateTest", "no rows of Training"),
                ("", "no rows of Training"),
            ]:
                file.write_text(f"emotion,pixels,Usage\n{rows}\n")
                with self.subTest(reason), self.assertRaisesRegex(SystemExit, reason):
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

    def test_every_emotion_needs_its_folder_whose_name_may_be_written_large(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in data.CLASSES:
                place = Path(folder) / "train" / name.capitalize()
                place.mkdir(parents=True)
                cv2.imwrite(str(place / "1.png"), noise(1)[0].numpy())
                (place / "Thumbs.db").write_text("no picture")
            with contextlib.redirect_stdout(io.StringIO()) as said:
                self.assertEqual(data.load(folder).labels.tolist(), [0, 1, 2, 3, 4, 5, 6])
            self.assertIn("7 files that are no images", said.getvalue())
            with self.assertRaisesRegex(SystemExit, "name the folder that holds train/angry"):
                data.load(Path(folder) / "train")
            (Path(folder) / "train" / "Happy" / "1.png").unlink()
            with self.assertRaisesRegex(SystemExit, "no images of happy"):
                data.load(folder)


class OtherFaces(unittest.TestCase):
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

    def test_no_group_of_an_archive_is_parted(self):
        group = np.arange(40) // 4
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "faces.npz"
            np.savez(path, images=noise(40).numpy(), labels=np.zeros(40, int), group=group)
            kept = data.read_extra(path).kept
        self.assertEqual(kept.sum(), 8)
        self.assertEqual(set(group[kept]) & set(group[~kept]), set())

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


if __name__ == "__main__":
    unittest.main()
