"""What OpenCV's DNN module, with which the player reads faces, says of them. numpy and cv2 only."""

import time

import numpy as np


def forward(net, images, mirror=False):
    """Logits, and milliseconds of processor time a face (on a busy machine the clock on the wall says more)."""
    logits, times = [], []
    for image in images:
        started = time.thread_time()
        net.setInput((image.astype(np.float32) / 255)[None, None])
        logits.append(net.forward("logits")[0].copy())
        times.append((time.thread_time() - started) * 1e3)
        if mirror:
            net.setInput((image[:, ::-1].astype(np.float32) / 255)[None, None])
            logits[-1] = (logits[-1] + net.forward("logits")[0]) / 2
    return np.array(logits, np.float64), np.array(times)
