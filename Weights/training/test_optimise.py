"""Checks Muon, Adam and the rate."""

import unittest

import torch

from augment import plain
from optimise import Muon, optimisers, orthogonal, rate_at
from samples import noise, small_nets


class Optimisers(unittest.TestCase):
    def test_rate_rises_stays_and_falls(self):
        rates = [rate_at(step, 10_000, 0.3) for step in range(10_000)]
        self.assertLess(rates[0], 0.01)
        self.assertEqual(set(rates[300:7000]), {1.0})
        self.assertLess(rates[-1], 0.001)

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


if __name__ == "__main__":
    unittest.main()
