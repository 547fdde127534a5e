"""Learning from other networks' answers as well as from labels (Hinton et al. 2015)."""

import torch
import torch.nn.functional as F

from model import restore


class Teachers:
    """The answer of one of several trained networks, drawn anew for each batch, to the very
    picture, augmented and mixed as it is, that the learner is shown (Beyer et al. 2022): of a
    mixture the teachers have learnt nothing by heart. Over many batches the learner gets the mean
    of their answers, at the price of one. No teachers, no change."""

    def __init__(self, runs, weight):
        self.weight = weight
        self.nets = [
            restore(torch.load(run / "best.pt", weights_only=False)).to(memory_format=torch.channels_last) for run in runs
        ]

    @torch.no_grad()
    def advise(self, x, wanted, generator):
        """N x 1 x S x S and N x 7 distributions -> N x 7: `weight` of the teachers, the rest of what was wanted."""
        if not self.nets:
            return wanted
        x = x.contiguous(memory_format=torch.channels_last)
        drawn = self.nets[int(torch.randint(len(self.nets), (1,), generator=generator))]
        answer = F.softmax(drawn(x).float(), 1)
        return (1 - self.weight) * wanted + self.weight * answer
