"""Learning from other networks' answers as well as from labels (Hinton et al. 2015)."""

import torch
import torch.nn.functional as F

from augment import on_host
from model import load, restore


class Teachers:
    """The answer of one of several trained networks, drawn anew for each batch, to the very
    picture, augmented and mixed as it is, that the learner is shown (Beyer et al. 2022): of a
    mixture the teachers have learnt nothing by heart. Over many batches the learner gets the mean
    of their answers, at the price of one. No teachers, no change."""

    def __init__(self, runs, weight, device="cpu"):
        self.weight = weight
        self.nets = [
            restore(load(run)).to(device, memory_format=torch.channels_last) for run in runs
        ]

    @torch.no_grad()
    def advise(self, x, wanted, generator):
        """N x 1 x S x S and N x 7 -> N x 7 distributions: `weight` of the teachers, the rest of what
        was wanted. What is wanted of a face that nobody has labelled is zeros, and the teachers' answer
        takes its place; of a mixture with such a face they have that share more."""
        if not self.nets:
            return wanted
        x = x.contiguous(memory_format=torch.channels_last)
        drawn = self.nets[int(torch.randint(len(self.nets), (1,), generator=on_host(generator)))]
        answer = F.softmax(drawn(x).float(), 1)
        said = (1 - self.weight) * wanted
        return said + (1 - said.sum(1, keepdim=True)) * answer
