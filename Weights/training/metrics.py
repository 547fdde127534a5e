"""What is measured on logits and labels. numpy only."""

import numpy as np


def softmax(logits):
    power = np.exp(logits - logits.max(1, keepdims=True))
    return power / power.sum(1, keepdims=True)


def log_loss(logits, labels):
    return float(-np.log(softmax(logits)[np.arange(len(labels)), labels] + 1e-12).mean())


def fit_temperature(logits, labels, *others):
    """The divisor of the logits that makes the labels likeliest, 0.05 to 50. `others` are further
    pairs of logits and labels, which together weigh a quarter as much as the first, each the same."""

    def loss(divisor):
        rest = [log_loss(said / divisor, wanted) for said, wanted in others]
        return log_loss(logits / divisor, labels) + (np.mean(rest) / 4 if rest else 0)

    low, high = np.log(0.05), np.log(50.0)
    for _ in range(50):
        third = (high - low) / 3
        left, right = low + third, high - third
        if loss(np.exp(left)) < loss(np.exp(right)):
            high = right
        else:
            low = left
    return float(np.exp((low + high) / 2))


def calibration_error(probabilities, labels, bins=15):
    """Expected calibration error: how far confidence and accuracy lie apart, bin by bin."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == labels
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    return sum(abs(confidence[place == b].mean() - right[place == b].mean()) * (place == b).mean()
               for b in range(bins) if (place == b).any())


def error_by_chance(probabilities, rounds=200, seed=1):
    """The calibration error that perfect probabilities would show as well: with few images the
    bins are never quite right. The labels are drawn from the probabilities themselves."""
    random = np.random.default_rng(seed)
    ladder = probabilities.cumsum(1)[:, :-1]
    return float(np.mean([
        calibration_error(probabilities, (random.random((len(ladder), 1)) > ladder).sum(1)) for _ in range(rounds)
    ]))


def confusion(predicted, labels, classes=7):
    """Rows are what the label says, columns what the network says."""
    table = np.zeros((classes, classes), int)
    np.add.at(table, (labels, predicted), 1)
    return table


def macro_f1(table):
    """Mean F1 over the classes that occur as a label."""
    hit = np.diag(table)
    f1 = 2 * hit / np.maximum(table.sum(0) + table.sum(1), 1)
    return float(f1[table.sum(1) > 0].mean())
