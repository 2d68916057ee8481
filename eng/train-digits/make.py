#!/usr/bin/python3
"""Trains, quantizes and exports the digit reader of samples/Digits: the model, its labels, pictures to try it on, and golden outputs.

Takes about five minutes on two cores. Needs Debian's python3-torch, python3-numpy, python3-pil, python3-flatbuffers and flatbuffers-compiler.
"""
import json
import os

import numpy as np
import torch
from PIL import Image

import glyphs
import integer
import network as net
import quantize
import tflite_file

SAMPLE = os.path.join(tflite_file.ROOT, "samples/Digits")


def write(path, data):
    path = os.path.join(SAMPLE, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def main():
    torch.set_num_threads(2)
    network = net.train(count=60000, epochs=9)
    calibration, _ = net.images(2000, seed=4)
    layers = quantize.quantize(network, calibration)
    labels = [str(digit) for digit in range(10)]
    write("digits.tflite", tflite_file.write_digits(layers, labels))
    write("labels.txt", "".join(f"{label}\n" for label in labels).encode())

    interpreter = integer.Interpreter(os.path.join(SAMPLE, "digits.tflite"))
    pixels, answers = net.images(1000, seed=3)
    right = sum(int(interpreter.run((x.numpy().astype(np.int16) - 128).astype(np.int8)[None, :, :, None]).argmax() == y) for x, y in zip(pixels, answers))
    print(f"as exported: {right / len(answers):.4f} of the test digits right; {os.path.getsize(os.path.join(SAMPLE, 'digits.tflite'))} bytes")
    write_goldens(interpreter)


def write_goldens(interpreter):
    """Pictures of every digit, and what the model answers to them, resized as Pillow and Qnn.Runtime do it; then two inputs that no picture gives."""
    cases = []
    generator = torch.Generator().manual_seed(12)
    for digit in range(10):
        size = 64 + 8 * digit
        picture = Image.fromarray(glyphs.draw(torch.tensor([digit]), size, generator, plain=True)[0].numpy())
        path = os.path.join(SAMPLE, f"images/{digit}.png")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        picture.save(path, optimize=True)
        small = np.asarray(picture.resize((28, 28), Image.BILINEAR))
        cases.append((f"digit{digit}", (small.astype(np.int16) - 128).astype(np.int8)))
    random = np.random.RandomState(1)
    cases.append(("noise", random.randint(-128, 128, (28, 28)).astype(np.int8)))
    cases.append(("extremes", random.choice(np.array([-128, 127], np.int8), (28, 28))))

    entries = []
    for name, image in cases:
        output = interpreter.run(image[None, :, :, None])
        print(f"{name}: {output.argmax()} {(output.max() + 128) / 256:.3f}")
        write(f"golden/{name}.in.bin", image.tobytes())
        write(f"golden/{name}.out.bin", output.tobytes())
        entries.append({"name": name, "inputs": [{"name": "image", "file": f"{name}.in.bin", "dtype": "int8", "shape": [1, 28, 28, 1]}],
                        "outputs": [{"name": "probabilities", "file": f"{name}.out.bin", "dtype": "int8", "shape": [1, 10]}]})
    golden = {"name": "digits", "format": "tflite", "model": ["../digits.tflite"], "kernels": "builtin", "cases": entries}
    write("golden/golden.json", (json.dumps(golden, indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
