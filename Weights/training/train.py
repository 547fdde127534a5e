"""Train the emotion network. Stopped at any moment, it goes on where the last epoch ended.

    python train.py --data fer2013.csv --run runs/first
"""

import argparse
import copy
import json
import math
import os
import time
from pathlib import Path

# Before torch is loaded: its threads sleep at a barrier instead of spinning. On a machine that
# does other work as well, spinning made a step cost three times the processor time.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import torch
import torch.nn.functional as F

import data
from augment import STRENGTHS, augment, plain
from model import EmotionNet, count


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="fer2013.csv, or a folder of sheets with labels.csv")
    parser.add_argument("--run", required=True, type=Path, help="folder for checkpoints, history and curves")
    parser.add_argument("--epochs", type=int, default=30, help="length of the schedule")
    parser.add_argument("--patience", type=int, default=12, help="stop after so many epochs without progress")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rate", type=float, default=1.5e-3, help="Adam's highest learning rate")
    parser.add_argument("--decay", type=float, default=0.02, help="decoupled weight decay")
    parser.add_argument("--average", type=float, default=0.998, help="decay of the moving average of the weights")
    parser.add_argument("--fer", type=float, default=0.8, help="weight of the FER2013 label; the rest is FER+ votes")
    parser.add_argument("--balance", type=float, default=0.3, help="0 takes classes as they come, 1 makes all weigh alike")
    parser.add_argument("--smoothing", type=float, default=0.0)
    parser.add_argument("--strength", choices=STRENGTHS, default="light", help="of the augmentation")
    parser.add_argument("--widths", type=int, nargs="+", default=[16, 32, 64, 128])
    parser.add_argument("--depths", type=int, nargs="+", default=[2, 2, 2, 2])
    parser.add_argument("--dense", type=int, default=256)
    parser.add_argument("--dropout", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def rate_at(step, steps, highest):
    """Up in a straight line over the first 5 %, then down along a cosine."""
    warm = max(1, steps // 20)
    if step < warm:
        return highest * (step + 1) / warm
    return highest * (0.5 + 0.5 * math.cos(math.pi * (step - warm) / max(1, steps - warm))) + 1e-6


def follow(average, net, decay, step):
    """The moving average takes one step towards the network; young, it follows faster."""
    decay = min(decay, (1 + step) / (10 + step))
    with torch.no_grad():
        for kept, new in zip(average.state_dict().values(), net.state_dict().values(), strict=True):
            if kept.dtype.is_floating_point:
                kept.lerp_(new, 1 - decay)
            else:
                kept.copy_(new)


@torch.no_grad()
def logits_of(net, images, batch=256):
    net.eval()
    return torch.cat([net(plain(part).contiguous(memory_format=torch.channels_last)) for part in images.split(batch)])


def class_weights(labels, balance):
    """Rare classes count more: disgust has 1 image for 16 of happy, and would never be said."""
    counts = torch.from_numpy(labels).bincount(minlength=7).float()
    weights = (counts.mean() / counts.clamp_min(1)) ** balance
    return weights * counts.sum() / (weights * counts).sum()


def one_epoch(net, average, optimizer, images, wanted, weights, args, epoch, generator):
    order = torch.randperm(len(images), generator=generator)
    per_epoch = len(images) // args.batch
    strength, seen = STRENGTHS[args.strength], [0.0, 0]
    net.train()
    for index in range(per_epoch):
        step = epoch * per_epoch + index
        for group in optimizer.param_groups:
            group["lr"] = rate_at(step, args.epochs * per_epoch, args.rate)
        rows = order[index * args.batch : (index + 1) * args.batch]
        x = augment(images[rows], strength, generator).contiguous(memory_format=torch.channels_last)
        logits = net(x)
        loss = F.cross_entropy(logits, wanted[rows], weight=weights)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        follow(average, net, args.average, step)
        seen[0] += float(loss.detach()) * len(rows)
        seen[1] += int((logits.detach().argmax(1) == wanted[rows].argmax(1)).sum())
    return seen[0] / (per_epoch * args.batch), seen[1] / (per_epoch * args.batch)


def save(value, path):
    """Whole or not at all: a training killed while saving leaves the previous file."""
    torch.save(value, path.with_suffix(".part"))
    path.with_suffix(".part").replace(path)


def main():
    args = arguments()
    args.run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    generator = torch.Generator().manual_seed(args.seed)

    faces = data.load(args.data)
    training, public = faces.training(), faces.public_test()
    images, wanted = torch.from_numpy(training.images), torch.from_numpy(data.targets(training, args.fer, args.smoothing))
    weights = class_weights(training.labels, args.balance)
    test_images, test_labels = torch.from_numpy(public.images), torch.from_numpy(public.labels)

    net = EmotionNet(args.widths, args.depths, args.dense, args.dropout).to(memory_format=torch.channels_last)
    average = copy.deepcopy(net).eval()
    optimizer = torch.optim.AdamW(net.parameters(), args.rate, weight_decay=args.decay)
    parameters, macs = count(net)
    print(f"{len(training)} images to learn from, {len(public)} to choose on; {parameters} parameters, {macs:.1f} MMAC")

    first, history, best = 0, [], {"accuracy": 0.0, "epoch": -1}
    last = args.run / "last.pt"
    if last.exists():
        state = torch.load(last, weights_only=False)
        net.load_state_dict(state["net"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        generator.set_state(state["generator"])
        torch.set_rng_state(state["random"])
        first, history, best = state["epoch"] + 1, state["history"], state["best"]
        print(f"resumed after epoch {first}")

    for epoch in range(first, args.epochs):
        started = time.time()
        loss, accuracy = one_epoch(net, average, optimizer, images, wanted, weights, args, epoch, generator)
        logits = logits_of(average, test_images)
        row = {
            "epoch": epoch + 1,
            "loss": loss,
            "accuracy": accuracy,
            "public_loss": float(F.cross_entropy(logits, test_labels)),
            "public_accuracy": float((logits.argmax(1) == test_labels).float().mean()),
            "seconds": time.time() - started,
        }
        history.append(row)
        print("  ".join(f"{key} {value:.4g}" for key, value in row.items()), flush=True)
        if row["public_accuracy"] > best["accuracy"]:
            best = {"accuracy": row["public_accuracy"], "epoch": epoch}
            save({"shape": average.shape, "weights": average.state_dict(), **best}, args.run / "best.pt")
        save({"net": net.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(),
              "generator": generator.get_state(), "random": torch.get_rng_state(), "epoch": epoch,
              "history": history, "best": best}, last)
        settings = {key: str(value) if isinstance(value, Path) else value for key, value in vars(args).items()}
        del settings["data"], settings["run"]
        (args.run / "history.json").write_text(json.dumps({"settings": settings, "best": best, "history": history}, indent=1))
        if epoch - best["epoch"] >= args.patience:
            print(f"no progress for {args.patience} epochs")
            break
    print(f"best: epoch {best['epoch'] + 1}, PublicTest {best['accuracy']:.4f}")


if __name__ == "__main__":
    main()
