"""Checks the shapes of the networks, and how one grows."""

import unittest

import torch

from augment import plain
from model import PlainNet, RecogniserNet, ResidualNet, adopt, count
from samples import noise, small_nets


class Shapes(unittest.TestCase):
    def test_count(self):
        parameters, macs = count(PlainNet((4,), (1,), dense=3))
        self.assertAlmostEqual(macs * 1e6, 36 * 48 * 48 + 4 * 24 * 24 * 3 + 21)
        net = RecogniserNet((2, 3), (1, 0)).train()
        macs = count(net)[1]
        halving = (2 * 3 + 3 * 3) * 9 * 144 + 2 * 3 * 144
        self.assertEqual(round(macs * 1e6), 2 * 25 * 2304 + 2 * 2 * 2 * 9 * 576 + halving + 3 * 7)
        self.assertTrue(net.training and not any(layer._forward_hooks for layer in net.modules()))
        parameters, macs = count(ResidualNet((4, 6), (0, 1)))
        self.assertEqual(parameters, 36 + 8 + 216 + 12 + 2 * (324 + 12) + 42 + 7)
        self.assertAlmostEqual(macs * 1e6, 36 * 48 * 48 + (216 + 2 * 324) * 24 * 24 + 42)

    def test_a_deeper_network_begins_as_the_one_it_grew_from(self):
        trained = small_nets()[1]
        deeper = ResidualNet((4, 6, 8, 10), (1, 2, 2, 1)).eval()
        adopt(deeper, trained)
        self.assertTrue(torch.equal(deeper(plain(noise(4))), trained(plain(noise(4)))))
        deeper.train()
        deeper(plain(noise(4))).sum().backward()
        new = deeper.features[3]
        self.assertGreater(float(new.second_norm.weight.grad.abs().sum()), 0, "a new block can learn")

    def test_a_network_is_not_cut_to_fewer_blocks_or_other_widths(self):
        trained = small_nets()[1]
        for widths, blocks in (((4, 6, 8, 10), (0, 1, 1, 0)), ((4, 6, 8, 12), (0, 1, 2, 0))):
            with self.assertRaises(SystemExit):
                adopt(ResidualNet(widths, blocks), trained)

    def test_a_recogniser_grows_no_blocks(self):
        with self.assertRaisesRegex(SystemExit, "cannot become"):
            adopt(RecogniserNet((2, 3), (1, 1)), RecogniserNet((2, 3), (1, 0)))


if __name__ == "__main__":
    unittest.main()
