"""Train the emotion network. Stopped at any moment, it goes on where the last epoch ended, with the
settings that it began with; only `--stages` may be longer, and `--patience`, `--keep` and `--threads` others.

    python train.py --data fer2013.csv --run runs/first
"""

import argparse
import copy
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

# Before torch is loaded: its threads sleep at a barrier instead of spinning. On a machine that
# does other work as well, spinning made a step cost three times the processor time.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
import torch.nn.functional as F
from torch.optim.swa_utils import get_ema_multi_avg_fn

import data
from augment import STRENGTHS, augment, mixup, plain
from distil import Teachers
from model import KINDS, PlainNet, adopt, count, load, restore
from optimise import optimisers, rate_at
from recogniser import FILE, begin, read_dlib


def stage(text):
    """"32x40" is forty epochs on pictures of 32 pixels."""
    size, _, epochs = text.partition("x")
    return int(size), int(epochs)


def arguments(words=None):
    """The settings; `words` in place of the command line for tests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    option = parser.add_argument
    option("--data", required=True, help="fer2013.csv, its folder version, or a folder of sheets with labels.csv")
    option("--extra", action="append", default=[], help="other faces with labels: .npz, or a folder with labels.csv")
    option("--faces", action="append", default=[], help="folder of a labels.csv of file and person: faces that only the teachers speak of")
    option("--run", required=True, type=Path, help="folder for checkpoints, history and curves")
    option("--stages", type=stage, nargs="+", default=[(32, 50), (40, 25), (48, 10)], metavar="SIZExEPOCHS")
    option("--cooldown", type=float, default=0.3, help="the last part of the schedule, in which the rate falls")
    option("--patience", type=int, default=20, help="stop after so many epochs of a falling rate without progress")
    option("--batch", type=int, default=128)
    option("--optimiser", choices=("adam", "muon"), default="muon")
    option("--rate", type=float, default=2e-3, help="the highest learning rate")
    option("--decay", type=float, default=0.05, help="decoupled weight decay")
    option("--average", type=float, default=0.998, help="decay of the moving average of the weights")
    option("--fer", type=float, default=0.7, help="weight of the FER2013 label; the rest is FER+ votes")
    option("--sharpness", type=float, default=1.0, help="power of the FER+ votes: above 1 the majority counts for more")
    option("--balance", type=float, default=0.2, help="0 takes classes as they come, 1 makes all weigh alike")
    option("--smoothing", type=float, default=0.0)
    option("--extra-smoothing", type=float, default=0.0, help="the same for the labels of --extra")
    option("--mixup", type=float, default=0.0, help="alpha of mixup, 0 for none")
    option("--strength", choices=STRENGTHS, default="light", help="of the augmentation")
    option("--net", choices=tuple(KINDS), help="residual, unless --start is another")
    option("--dlib", type=Path, metavar="FILE", help=f"{FILE}: what --net recogniser begins with")
    option("--widths", type=int, nargs="+", help="channels of each stage of the network")
    option("--depths", type=int, nargs="+", help="blocks of each stage, or convolutions of the plain network")
    option("--dropout", type=float, help="0.25, unless --start has another")
    option("--start", type=Path, help="run whose best weights this one begins with; it may have fewer blocks")
    option("--teacher", type=Path, action="append", default=[], help="run whose network is imitated as well")
    option("--imitate", type=float, default=0.5, help="weight of the teachers' answer in the target")
    option("--part", type=float, default=1.0, help="learn from this share of FER2013's images only, the same ones each time")
    option("--keep", type=int, default=0, help="the weights of so many last epochs stay, as epoch-N.pt, for settle.py")
    option("--seed", type=int, default=1)
    option("--threads", type=int, default=2)
    option("--device", default="cpu", choices=("cpu", "cuda"), help="cuda: on a GPU, the whole set in its memory")
    option("--precision", choices=("float32", "bfloat16"), default="float32", help="of the convolutions while learning")
    return parser.parse_args(words)


def follow(average, net, decay, step):
    """The moving average takes one step towards the network; young, it follows faster."""
    decay = min(decay, (1 + step) / (10 + step))
    with torch.no_grad():
        pairs = list(zip(average.state_dict().values(), net.state_dict().values(), strict=True))
        floats = zip(*(pair for pair in pairs if pair[0].dtype.is_floating_point))
        get_ema_multi_avg_fn(decay)(*floats, None)
        for kept, new in pairs:
            if not kept.dtype.is_floating_point:
                kept.copy_(new)


def reckoning(precision, device="cpu"):
    """Convolutions in bfloat16 where there are instructions for it: twice as fast on AVX-512, with
    weights, norms and loss still in float32. On a GPU float32 means the TF32 of its convolutions."""
    return torch.autocast(torch.device(device).type, torch.bfloat16, enabled=precision == "bfloat16")


@torch.no_grad()
def logits_of(net, images, batch=256, precision="float32"):
    """uint8 N x 48 x 48 -> N x 7, in the processor's memory wherever the network is."""
    net.eval()
    device = next(net.parameters(), images).device
    with reckoning(precision, device):
        parts = [
            net(plain(part.to(device)).contiguous(memory_format=torch.channels_last)) for part in images.split(batch)
        ]
    return torch.cat(parts).float().cpu()


def class_weights(labels, balance):
    """Rare classes count more: disgust has 1 image for 16 of happy, and would never be said."""
    counts = labels.bincount(minlength=7).float()
    weights = (counts.mean() / counts.clamp_min(1)) ** balance
    return weights * counts.sum() / (weights * counts).sum()


@dataclass
class Lesson:
    """What is learnt: pictures, what to say of each, and who else is asked."""

    images: torch.Tensor  # N x 48 x 48, uint8
    wanted: torch.Tensor  # N x 7, distributions; zeros where nobody has said anything
    weights: torch.Tensor  # 7, of the classes
    teachers: Teachers

    def to(self, device):
        return Lesson(self.images.to(device), self.wanted.to(device), self.weights.to(device), self.teachers)


def one_epoch(net, average, optimizers, lesson, args, epoch, generator):
    device = lesson.images.device
    order = torch.randperm(len(lesson.images), generator=generator, device=device)
    per_epoch = len(lesson.images) // args.batch
    size, steps = size_at(args.stages, epoch), per_epoch * sum(epochs for _, epochs in args.stages)
    seen = torch.zeros(2, device=device)
    net.train()
    for index in range(per_epoch):
        step = epoch * per_epoch + index
        rows = order[index * args.batch : (index + 1) * args.batch]
        x = augment(lesson.images[rows], STRENGTHS[args.strength], generator, size)
        x, target = mixup(x, lesson.wanted[rows], args.mixup, generator)
        # The weights of the classes hold for the teachers' answers too, which have been bent by them once.
        with reckoning(args.precision, device):
            target = lesson.teachers.advise(x, target, generator)
            logits = net(x.contiguous(memory_format=torch.channels_last)).float()
        loss = F.cross_entropy(logits, target, weight=lesson.weights)
        net.zero_grad()
        loss.backward()
        for optimizer in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = args.rate * rate_at(step, steps, args.cooldown)
            optimizer.step()
        follow(average, net, args.average, step)
        seen += torch.stack((loss.detach(), (logits.detach().argmax(1) == target.argmax(1)).float().mean()))
    return (seen / per_epoch).tolist()


@torch.no_grad()
def judge(net, public, precision="float32"):
    """How far the network agrees with the labels of `public`, and with what most taggers say of
    its images. The two differ in a third of FER2013. `regret` chooses the epoch: the cross-entropy
    with half of the label and half of the votes, which moves less by chance than an accuracy."""
    logits = logits_of(net, torch.from_numpy(public.images), precision=precision)
    accuracy, majority = data.agreement(logits.argmax(1).numpy(), public)
    return {
        "public_loss": float(F.cross_entropy(logits, torch.from_numpy(public.labels))),
        "public_accuracy": accuracy,
        "public_majority": accuracy if majority is None else majority,
        "regret": float(F.cross_entropy(logits, torch.from_numpy(data.targets(public, 0.5)))),
    }


def size_at(stages, epoch):
    for size, epochs in stages:
        if epoch < epochs:
            return size
        epoch -= epochs
    return stages[-1][0]


def chance(generator):
    """Where all generators stand: ours, PyTorch's own, and on a GPU that one's, which dropout asks."""
    states = [generator.get_state(), torch.get_rng_state()]
    return states + ([torch.cuda.get_rng_state()] if generator.device.type == "cuda" else [])


def set_chance(generator, states):
    generator.set_state(states[0])
    torch.set_rng_state(states[1])
    if generator.device.type == "cuda":
        torch.cuda.set_rng_state(states[2])


def save(value, path):
    """Whole or not at all: a training killed while saving leaves the previous file."""
    torch.save(value, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


# What may differ where a run goes on: how far it goes, where its data lies, and what is read at the first start only.
FREE = ("run", "data", "stages", "patience", "threads", "keep", "start", "dlib", "device")


def settings_of(args):
    """The settings as JSON has them."""
    return json.loads(json.dumps(vars(args), default=str))


def refuse_other(settings, former, run):
    """A run whose settings changed on the way would be told as if it had had the last ones all along."""
    def meant(value):
        return [Path(name).name for name in value] if isinstance(value, list) and value and isinstance(value[0], str) else value

    for key in settings.keys() - set(FREE):
        if meant(settings[key]) != meant(former[key]):
            raise SystemExit(f"{run} has begun with --{key.replace('_', '-')} {former[key]}: go on with that, or choose another --run")


def write_history(args, best, history):
    """Settings and figures of all epochs, whole or not at all."""
    settings = {key: value for key, value in settings_of(args).items() if key not in ("data", "run")}
    path = args.run / "history.json"
    path.with_suffix(".part").write_text(json.dumps({"settings": settings, "best": best, "history": history}, indent=1))
    path.with_suffix(".part").replace(path)


def prepare(args):
    """What to learn from, FER2013 first, then the others; and the images to choose on."""
    if args.faces and not args.teacher:
        raise SystemExit("--faces goes with --teacher: nobody else says what is on them")
    faces = data.load(args.data)
    training, public = faces.training(), faces.public_test()
    if not len(public):
        raise SystemExit(f"{args.data}: no images of PublicTest to choose an epoch on")
    training = training.where(torch.rand(len(training), generator=torch.Generator().manual_seed(7)).numpy() < args.part)
    images, labels = [training.images], [training.labels]
    wanted = [data.targets(training, args.fer, args.smoothing, args.sharpness)]
    for source in args.extra:
        others, emotions = data.read_extra(source).training()
        images.append(others)
        labels.append(emotions)
        wanted.append(data.one_hot(emotions, smoothing=args.extra_smoothing))
    if sum(map(len, labels)) < args.batch:
        raise SystemExit(f"{sum(map(len, labels))} images to learn from are less than a --batch of {args.batch}")
    weights = class_weights(torch.from_numpy(data.join(labels)), args.balance)
    for source in args.faces:
        images.append(data.read_faces(source))
        wanted.append(np.zeros((len(images[-1]), 7), np.float32))
    images, wanted = (torch.from_numpy(data.join(parts)) for parts in (images, wanted))
    teachers = Teachers(args.teacher, args.imitate, args.device)
    if any(isinstance(net, PlainNet) for net in teachers.nets) and {size for size, _ in args.stages} != {48}:
        raise SystemExit("a plain network teaches on pictures of 48 pixels only: --stages 48xEPOCHS")
    return Lesson(images, wanted, weights, teachers), public


def make_net(args):
    """The network of the settings; with `--start` that one's, where they say nothing else."""
    trained = restore(load(args.start)) if args.start else None
    kind = type(trained) if trained else KINDS[args.net or "residual"]
    if args.net not in (None, kind.kind):
        raise SystemExit(f"{args.start} is no {args.net} network but a {kind.kind} one")
    if kind is PlainNet and {size for size, _ in args.stages} != {48}:
        raise SystemExit("a plain network learns on pictures of 48 pixels only: --stages 48xEPOCHS")
    shape = dict(trained.shape) if trained else {}
    if args.dropout is not None:
        shape["dropout"] = args.dropout
    if args.widths:
        shape["widths"] = args.widths
    if args.depths:
        shape["depths" if kind is PlainNet else "blocks"] = args.depths
    try:
        net = kind(**shape)
    except ValueError:
        raise SystemExit("--widths and --depths need a number for each stage") from None
    if trained:
        adopt(net, trained)
    return net


def read_beginning(args):
    """The layers of dlib's file that a network begins with, none where nothing is said of it."""
    if not args.dlib:
        return None
    if args.net != "recogniser":
        raise SystemExit("--dlib goes with --net recogniser")
    if args.start:
        raise SystemExit("a network begins with --dlib or with --start, not with both")
    return read_dlib(args.dlib)


def is_stuck(args, epoch, best):
    """No progress for long. A level rate makes little, and a network that began with the weights
    of another one is worse at first: only epochs of a falling rate count."""
    falling = round(sum(number for _, number in args.stages) * (1 - args.cooldown))
    return epoch - max(best, falling) >= args.patience


def begun(args):
    """What the last whole epoch of the run left; None before there was one."""
    if not (args.run / "last.pt").exists():
        return None
    # Into the processor's memory: Adam counts its steps there, and would ask a GPU for them.
    state = torch.load(args.run / "last.pt", weights_only=False, map_location="cpu")
    if state["device"] != args.device:
        raise SystemExit(f"{args.run} learnt with --device {state['device']} and can only go on there")
    refuse_other(settings_of(args), state["settings"], args.run)
    return state


def take_up(state, net, average, optimizers, generator):
    """Puts everything where it was after the last whole epoch; gives the next one's number, the
    history and the best epoch so far."""
    net.load_state_dict(state["net"])
    average.load_state_dict(state["average"])
    for optimizer, kept in zip(optimizers, state["optimizers"], strict=True):
        optimizer.load_state_dict(kept)
    set_chance(generator, state["chance"])
    return state["epoch"] + 1, state["history"], state["best"]


def main(words=None):
    args = arguments(words)
    if args.device == "cuda" and not torch.cuda.is_available():
        raise SystemExit("--device cuda: PyTorch sees no GPU here")
    torch.set_num_threads(args.threads)
    torch.backends.cudnn.benchmark = True
    torch.manual_seed(args.seed)
    generator = torch.Generator(args.device).manual_seed(args.seed)

    state = begun(args)
    layers = None if state else read_beginning(args)
    lesson, public = prepare(args)
    net = make_net(args)
    if layers:
        begin(net, layers, plain(lesson.images[:512]))
    args.run.mkdir(parents=True, exist_ok=True)
    parameters, macs = count(net)
    print(f"{len(lesson.images)} images to learn from, {len(public)} to choose on; {parameters} parameters, {macs:.1f} MMAC")
    lesson, net = lesson.to(args.device), net.to(args.device, memory_format=torch.channels_last)
    average = copy.deepcopy(net).eval()
    optimizers = optimisers(net, args.optimiser, args.rate, args.decay)

    first, history, best = 0, [], {"regret": float("inf"), "accuracy": 0.0, "epoch": -1}
    if state:
        first, history, best = take_up(state, net, average, optimizers, generator)
        print(f"resumed after epoch {first}")

    epochs = sum(number for _, number in args.stages)
    for epoch in range(first, epochs):
        if is_stuck(args, epoch - 1, best["epoch"]):
            print(f"no progress for {args.patience} epochs")
            break
        started = time.time()
        loss, accuracy = one_epoch(net, average, optimizers, lesson, args, epoch, generator)
        row = {"epoch": epoch + 1, "loss": loss, "accuracy": accuracy, **judge(average, public, args.precision)}
        if not np.isfinite(row["regret"]):
            raise SystemExit(f"epoch {epoch + 1} has come to no numbers: a lower --rate may help")
        row["seconds"] = time.time() - started
        history.append(row)
        weights = {name: value.cpu() for name, value in average.state_dict().items()}
        learnt = {"kind": average.kind, "shape": average.shape, "weights": weights}
        print("  ".join(f"{key} {value:.4g}" for key, value in row.items()), flush=True)
        if row["regret"] < best["regret"]:
            best = {"regret": row["regret"], "accuracy": row["public_accuracy"], "epoch": epoch}
            save({**learnt, **best}, args.run / "best.pt")
        if args.keep:
            save(learnt, args.run / f"epoch-{epoch + 1}.pt")
            (args.run / f"epoch-{epoch + 1 - args.keep}.pt").unlink(missing_ok=True)
        save({"net": net.state_dict(), "average": average.state_dict(),
              "optimizers": [optimizer.state_dict() for optimizer in optimizers],
              "chance": chance(generator), "device": args.device, "settings": settings_of(args), "epoch": epoch,
              "history": history, "best": best}, args.run / "last.pt")
        write_history(args, best, history)
    write_history(args, best, history)
    print(f"best: epoch {best['epoch'] + 1}, PublicTest {best['accuracy']:.4f}")


if __name__ == "__main__":
    main()
