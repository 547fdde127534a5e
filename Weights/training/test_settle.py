"""Checks the mean of several networks' weights, and batch norm measured anew."""

import copy
import unittest

import torch

from augment import plain
from model import restore
from samples import noise, small_nets
from settle import mean, measure_norms


class Settling(unittest.TestCase):
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

    def test_networks_of_different_shapes_have_no_mean(self):
        states = [{"kind": "residual", "shape": {"blocks": [number]}, "weights": {}} for number in (0, 1)]
        with self.assertRaises(SystemExit):
            mean(states)

    def test_networks_may_differ_in_their_dropout(self):
        states = [{"kind": "residual", "shape": {"blocks": [1], "dropout": rate}, "weights": {}} for rate in (0.2, 0.3)]
        self.assertEqual(mean(states)["shape"], states[0]["shape"])

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


if __name__ == "__main__":
    unittest.main()
