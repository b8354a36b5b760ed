"""Reads the pictures that the tests look at."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Rows of pixels, each red, green, blue and opacity."""
    width, height, depth, kind, *_ = struct.unpack(">IIBBBBB", png[16:29])
    assert (depth, kind) == (8, 6)
    packed, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += length + 12
    lines = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + 4 * width)
    found = np.zeros((height + 1, width + 1, 4), np.int32)
    for number, line in enumerate(lines):
        _undo(int(line[0]), line[1:].reshape(width, 4).astype(np.int32), found[number], found[number + 1])
    return found[1:, 1:].astype(np.uint8)


def _undo(kind: int, line: NDArray[np.int32], above: NDArray[np.int32], out: NDArray[np.int32]) -> None:
    """Fills `out` with a line whose differences were stored in one of PNG's five ways."""
    if kind in (0, 2):
        out[1:] = (line + (above[1:] if kind else 0)) & 255
    elif kind == 1:
        out[1:] = np.cumsum(line, axis=0) & 255
    else:
        for x in range(len(line)):
            left, up, corner = out[x], above[x + 1], above[x]
            guess = (left + up) // 2 if kind == 3 else _nearest(left, up, corner)
            out[x + 1] = (line[x] + guess) & 255


def _nearest(left: NDArray[np.int32], up: NDArray[np.int32], corner: NDArray[np.int32]) -> NDArray[np.int32]:
    sum_ = left + up - corner
    far = [abs(sum_ - each) for each in (left, up, corner)]
    near_left = (far[0] <= far[1]) & (far[0] <= far[2])
    return np.where(near_left, left, np.where(far[1] <= far[2], up, corner))
