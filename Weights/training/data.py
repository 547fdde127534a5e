"""Reading FER2013: Kaggle's fer2013.csv, its folder version, or the images as sheets. numpy and cv2 only.

    fer2013.csv           emotion, pixels, Usage; beside it, if there is one, fer2013new.csv
                          of FER+ with ten votes for each image
    folders               train/angry/*.jpg and so on, as the folder version on Kaggle has it; its
                          test/, where PublicTest and PrivateTest are mixed, is never opened
    sheets                sheet-NN.png, 48 pixels wide, 48 rows an image, in the order of
                          labels.csv, which holds emotion, usage and the FER+ votes
"""

import csv
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")

# The columns of FER+ that are emotions of FER2013, in the order of CLASSES.
# Contempt, unknown and not-a-face have no place in seven classes.
VOTES = ("anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral")
NOT_A_FACE = ("not_a_face", "NF")


@dataclass
class Faces:
    """Images with what people said of them; row i of each array is image i."""

    images: np.ndarray  # N x 48 x 48, uint8
    labels: np.ndarray  # N, 0..6, the FER2013 label
    votes: np.ndarray  # N x 7, FER+ taggers per class; a row of zeros where there are none
    public: np.ndarray  # N, True for PublicTest
    usable: np.ndarray  # N, False for images that are no faces, for copies and, in Training, for twins
    twin: np.ndarray  # N, True where PublicTest and Training share nearly the same image

    def __len__(self):
        return len(self.labels)

    def where(self, mask):
        return Faces(*(getattr(self, name)[mask] for name in self.__dataclass_fields__))

    def training(self):
        return self.where(~self.public & self.usable)

    def public_test(self):
        return self.where(self.public)


def load(source):
    """Training and PublicTest images. PrivateTest rows are never read."""
    source = Path(source)
    if (source / "train").is_dir():
        images, rows = read_folders(source / "train")
    elif source.is_dir() and folder_of(CLASSES[0], source):
        raise SystemExit(f"{source}: name the folder that holds train/{CLASSES[0]} and the others")
    else:
        images, rows = read_sheets(source) if source.is_dir() else read_csv(source)
    votes = np.array([[int(row.get(name) or 0) for name in VOTES] for row in rows], np.float32)
    no_face = np.array([max(int(row.get(name) or 0) for name in NOT_A_FACE) for row in rows]) > 5
    if votes.any():
        no_face |= votes.sum(1) == 0  # error pages, drawings, hands: FER+ dropped them
    public = np.array([row["usage"] == "PublicTest" for row in rows])
    group = np.array([int(row.get("duplicate_group") or 0) for row in rows])
    copies = copies_of_earlier(images, public)
    twin = copies_between(images, group, public)
    return Faces(
        images=images,
        labels=np.array([int(row["emotion"]) for row in rows]),
        votes=votes,
        public=public,
        usable=~(twin & ~public) & ~copies & ~no_face & (images.std((1, 2)) > 1),
        twin=twin,
    )


def read_sheets(folder):
    import cv2

    sheets = [cv2.imread(str(file), 0) for file in sorted(folder.glob("sheet-*.png"))]
    if not sheets:
        raise SystemExit(f"{folder}: no sheet-*.png")
    images = np.concatenate([sheet.reshape(-1, 48, 48) for sheet in sheets])
    rows = list(table(folder / "labels.csv"))
    keep = [i for i, row in enumerate(rows) if row["usage"] in ("Training", "PublicTest")]
    return images[keep], [rows[i] for i in keep]


def read_folders(folder):
    """A folder for each emotion. An eighth of the images, chosen by their bytes so that no order
    of files matters, stands in for PublicTest; copies of it are never learnt from."""
    import cv2

    images, rows, others = [], [], 0
    for label, name in enumerate(CLASSES):
        place = folder_of(name, folder)
        files = sorted(place.glob("*.*")) if place else []
        pictures = [picture for picture in (cv2.imread(str(file), 0) for file in files) if picture is not None]
        if not pictures:
            raise SystemExit(f"{folder}: no images of {name}")
        others += len(files) - len(pictures)
        for picture in map(resized, pictures):
            images.append(picture)
            usage = "PublicTest" if zlib.crc32(picture.tobytes()) % 8 == 0 else "Training"
            rows.append({"emotion": label, "usage": usage})
    if others:
        print(f"{folder}: {others} files that are no images were left out")
    return np.stack(images), rows


def folder_of(name, folder):
    """The folder of an emotion, however its name is written; None where there is none."""
    return next((place for place in sorted(folder.iterdir()) if place.is_dir() and place.name.lower() == name), None)


def table(file):
    """The rows of a CSV file, one dictionary at a time."""
    if not Path(file).is_file():
        raise SystemExit(f"{file}: no such file")
    with open(file, newline="") as lines:
        rows = csv.DictReader(lines)
        # Kaggle has the same images with blanks before the names too.
        rows.fieldnames = [name.strip() for name in rows.fieldnames or ()]
        yield from rows


def read_csv(file):
    plus = file.with_name("fer2013new.csv")
    tagged = list(table(plus)) if plus.exists() else []
    images, rows, usages = [], [], []
    csv.field_size_limit(1 << 20)
    for index, row in enumerate(table(file)):
        if not row.keys() >= {"emotion", "pixels", "Usage"}:
            raise SystemExit(f"{file}: its columns are {', '.join(map(str, row))}, not emotion, pixels, Usage")
        usages.append(row["Usage"])
        if row["Usage"] not in ("Training", "PublicTest"):
            continue
        try:
            images.append(np.array(row["pixels"].split(), np.uint8).reshape(48, 48))
        except (ValueError, OverflowError):
            raise SystemExit(f"{file}: row {index + 1} has no 48 x 48 pixels of 0 to 255") from None
        rows.append({"emotion": row["emotion"], "usage": row["Usage"]})
        rows[-1].update({key: tagged[index].get(key) for key in (*VOTES, "NF")} if index < len(tagged) else {})
    if not images:
        raise SystemExit(f"{file}: no rows of Training or PublicTest")
    # The two files have nothing in common but the order of their rows.
    if tagged and usages != [row.get("Usage") for row in tagged]:
        raise SystemExit(f"{plus}: not the votes on the rows of {file}, in their order")
    return np.stack(images), rows


def copies_of_earlier(images, public):
    """Images whose very bytes came before, PublicTest read first: one of each is enough to
    learn from, and none that PublicTest has."""
    seen, copies = set(), np.zeros(len(images), bool)
    for index in np.argsort(~public, kind="stable"):
        key = images[index].tobytes()
        copies[index] = key in seen
        seen.add(key)
    return copies


def copies_between(images, group, public):
    """Images of which the other part has the very bytes, or, where somebody has grouped near
    copies (a number above 0 for each group), another image of the group."""
    keys = [number or image.tobytes() for number, image in zip(group.tolist(), images)]
    parts = {}
    for key, part in zip(keys, public.tolist()):
        parts.setdefault(key, set()).add(part)
    return np.array([len(parts[key]) == 2 for key in keys])


@dataclass
class Extra:
    """Faces of another set, with one label each; a fifth is never learnt from."""

    images: np.ndarray  # N x 48 x 48, uint8
    labels: np.ndarray  # N, 0..6
    kept: np.ndarray  # N, True for the fifth that is for measuring

    def training(self, most=1000):
        return self.some(~self.kept, most)

    def measured(self):
        return self.images[self.kept], self.labels[self.kept]

    def measured_evenly(self, most=40):
        return self.some(self.kept, most)

    def some(self, among, most):
        """At most so many of a class: news photographs are nearly all neutral or happy."""
        places = np.flatnonzero(among)
        chosen = np.concatenate([places[self.labels[places] == label][:most] for label in range(7)])
        return self.images[chosen], self.labels[chosen]


def read_extra(source):
    """An archive with `images` and `labels`, or a folder with a labels.csv of file, person and
    emotion. What is kept for measuring shares no person with the rest; of an archive no sequence:
    the images of one `group`, or without such numbers three that follow each other, as in CK+."""
    source = Path(source)
    if source.is_file():
        archive = np.load(source)
        labels = archive["labels"].astype(int)
        group = archive["group"] if "group" in archive else np.arange(len(labels)) // 3
        return Extra(np.stack([resized(image) for image in archive["images"]]), labels, is_fifth(group))
    rows = [row for row in people(source, "emotion") if row["emotion"] in CLASSES]
    labels = np.array([CLASSES.index(row["emotion"]) for row in rows])
    return Extra(pictures(source, rows), labels, is_kept(rows))


def read_faces(source):
    """N x 48 x 48 of a folder with a labels.csv of file and person, but for the people that
    `read_extra` keeps for measuring."""
    source = Path(source)
    rows = people(source)
    told = [row for row in rows if row.get("emotion") in CLASSES]
    kept = {row["person"] for row, kept in zip(told, is_kept(told)) if kept}
    return pictures(source, [row for row in rows if row["person"] not in kept])


def is_kept(rows):
    """True for those of a fifth of the people."""
    return is_fifth([row["person"] for row in rows])


def is_fifth(names):
    """True for the rows of every fifth name, in their order."""
    return np.unique(names, return_inverse=True)[1] % 5 == 4


def people(folder, *more):
    """The rows of a folder's labels.csv, which has at least the columns file, person and `more`."""
    file, columns = folder / "labels.csv", {"file", "person", *more}
    if not file.is_file():
        raise SystemExit(f"{file}: no such file")
    rows = list(table(file))
    if not rows or not columns <= rows[0].keys():
        raise SystemExit(f"{file}: needs rows of {', '.join(sorted(columns))}")
    return rows


def pictures(folder, rows):
    import cv2

    images = []
    for row in rows:
        images.append(cv2.imread(str(folder / row["file"]), 0))
        if images[-1] is None:
            raise SystemExit(f"{folder / row['file']}: not a picture")
    return np.stack([resized(image) for image in images]) if images else np.zeros((0, 48, 48), np.uint8)


def resized(image):
    """48 x 48, as the player makes a crop of it (`emus_frame_crop`)."""
    import cv2

    return cv2.resize(image, (48, 48), interpolation=cv2.INTER_AREA if max(image.shape) > 48 else cv2.INTER_LINEAR)


def join(parts):
    return np.concatenate(parts)


def majority(votes):
    """Of N x 7 votes: where one class has more than any other, though it be few, and the class."""
    ordered = np.sort(votes, 1)
    return ordered[:, -1] > ordered[:, -2], votes.argmax(1)


def agreement(said, faces):
    """The share of the faces in whose label `said` agrees, and the share in what most taggers say,
    of those of which most say the same; None without votes."""
    agreed, most = majority(faces.votes)
    with_majority = float((said == most)[agreed].mean()) if agreed.any() else None
    return float((said == faces.labels).mean()), with_majority


def one_hot(labels, smoothing=0.0):
    return ((1 - smoothing) * np.eye(7, dtype=np.float32)[labels] + smoothing / 7).astype(np.float32)


def targets(faces, fer_weight, smoothing=0.0, sharpness=1.0):
    """What to train towards: N x 7 distributions.

    `fer_weight` of the FER2013 label and the rest of the FER+ votes, which know that a face
    may be a little sad and mostly neutral. Without votes the label stands alone. The votes are
    raised to the power of `sharpness`: above 1 it is more the majority that counts.
    """
    label = np.eye(7, dtype=np.float32)[faces.labels]
    votes = faces.votes**sharpness
    total = votes.sum(1, keepdims=True)
    voted = np.where(total > 0, votes / np.maximum(total, 1), label)
    mixed = fer_weight * label + (1 - fer_weight) * voted
    return ((1 - smoothing) * mixed + smoothing / 7).astype(np.float32)
