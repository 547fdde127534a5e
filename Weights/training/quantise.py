"""The convolutions of an ONNX file in eight bits: a quarter of the size, and less time a face.

The numbers between the layers get the range that they have on pictures of Training, each filter
its own scale (onnxruntime's static quantisation). What residual blocks add up, the embedding and
the last layer stay float: OpenCV 4.6 adds more slowly in eight bits.
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
    """At most so many of the images, from the first to the last at even distances."""
    return images[np.linspace(0, len(images) - 1, min(number, len(images))).astype(int)]


def quantise(path, images):
    """Replaces the float network at `path`, whose batch norms are folded, by its quantised form."""
    # The quantiser warns against the one form that OpenCV 4.6 can read, and wants what folding has done.
    logging.disable(logging.WARNING)
    try:
        quantize_static(
            str(path), str(path), Pictures(images), quant_format=QuantFormat.QOperator, per_channel=True,
            activation_type=QuantType.QInt8, weight_type=QuantType.QInt8, op_types_to_quantize=["Conv", "Relu"],
        )
    finally:
        logging.disable(logging.NOTSET)
