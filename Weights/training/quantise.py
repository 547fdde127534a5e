"""The convolutions of an ONNX file in eight bits: a quarter of the size, and less time a face.

The numbers between the layers get the range that they have on pictures of Training, each filter
its own scale (onnxruntime's static quantisation). What residual blocks add up, the embedding and
the last layer stay float: OpenCV 4.6 adds whole numbers more slowly than it multiplies them.
"""

import logging

import numpy as np
from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static


class Pictures(CalibrationDataReader):
    """uint8 N x 48 x 48, one by one, as the player gives them to the network."""

    def __init__(self, images):
        self.feeds = ({"face": image[None, None].astype(np.float32) / 255} for image in images)

    def get_next(self):
        return next(self.feeds, None)


def evenly(images, number=1024):
    """At most so many of the images, from all over the set."""
    return images[:: max(1, len(images) // number)][:number]


def quantise(path, images):
    """Replaces the float network at `path`, whose batch norms are folded, by its quantised form."""
    # It advises a form that OpenCV 4.6 cannot read, and steps that folding has done.
    logging.getLogger().setLevel(logging.ERROR)
    quantize_static(
        str(path), str(path), Pictures(images), quant_format=QuantFormat.QOperator, per_channel=True,
        activation_type=QuantType.QInt8, weight_type=QuantType.QInt8, op_types_to_quantize=["Conv", "Relu"],
    )
