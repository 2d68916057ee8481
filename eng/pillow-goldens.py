#!/usr/bin/python3
"""Writes tests/Qnn.Runtime.Tests/Imaging/pillow.txt: hashes of what Pillow makes of synthetic images.

Qnn.Runtime promises Pillow's bytes; the test of that name makes the same images and compares. Needs python3-pil and python3-numpy.
Each line: source mode, result mode, pattern, source size, how, result size, SHA-256 of the result's bytes.
"""
import hashlib
import os

import numpy as np
import PIL
from PIL import Image, ImageOps

TARGET = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../tests/Qnn.Runtime.Tests/Imaging/pillow.txt")


def pixels(pattern, width, height, channels):
    y, x, c = np.meshgrid(np.arange(height, dtype=np.uint32), np.arange(width, dtype=np.uint32),
                          np.arange(channels, dtype=np.uint32), indexing="ij")
    if pattern == "noise":
        h = x * np.uint32(73856093) ^ y * np.uint32(19349663) ^ c * np.uint32(83492791)
        h = (h ^ h >> np.uint32(13)) * np.uint32(2654435761)
        return (h >> np.uint32(24)).astype(np.uint8)
    if pattern == "waves":
        return ((x * np.uint32(3) + y * np.uint32(5) + c * np.uint32(40) >> np.uint32(1)) & np.uint32(255)).astype(np.uint8)
    return ((x + y + c & np.uint32(1)) * np.uint32(255)).astype(np.uint8)  # "checks": the hardest contrast


def convert(image, how, size):
    if how == "stretch":
        return image.resize(size, Image.BILINEAR)
    if how == "crop":
        return ImageOps.fit(image, size, Image.BILINEAR)
    return ImageOps.pad(image, size, Image.BILINEAR)


SIZES = [
    ((1, 1), (5, 3)), ((2, 2), (7, 7)), ((3, 5), (1, 1)), ((8, 8), (8, 8)), ((9, 7), (9, 3)), ((9, 7), (4, 7)), ((17, 31), (16, 16)),
    ((28, 28), (224, 224)), ((100, 60), (96, 96)), ((97, 101), (33, 65)), ((256, 256), (224, 224)), ((320, 240), (192, 192)),
    ((639, 427), (224, 224)), ((427, 639), (160, 120)), ((1000, 11), (64, 48)), ((11, 1000), (48, 64)), ((1920, 1080), (224, 224)),
]


def main():
    lines = [f"# Made by eng/pillow-goldens.py with Pillow {PIL.__version__}"]
    for number, (source, size) in enumerate(SIZES):
        for mode, result in (("RGB", "RGB"), ("L", "L"), ("RGB", "L")):
            pattern = ("noise", "waves", "checks")[number % 3]
            data = pixels(pattern, *source, len(mode))
            image = Image.fromarray(data if len(mode) > 1 else data[:, :, 0], mode).convert(result)
            for how in ("stretch", "crop", "pad"):
                digest = hashlib.sha256(convert(image, how, size).tobytes()).hexdigest()
                lines.append(f"{mode} {result} {pattern} {source[0]} {source[1]} {how} {size[0]} {size[1]} {digest}")
    with open(TARGET, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


main()
