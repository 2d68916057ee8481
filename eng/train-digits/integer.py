#!/usr/bin/python3
"""Runs an int8 .tflite file in TFLite's own integer arithmetic (its builtin kernels), from the file alone.

It knows the operators of the digit reader, and shares nothing with the C# compiler and runtime, so its answers can judge them.
Run as a program it checks itself: integer.py MODEL GOLDEN-DIRECTORY compares with recorded outputs (golden.json).
"""
import json
import math
import os
import sys

import numpy as np

import tflite_file
from tflite_file import tfl


def multiplier(real):
    """QuantizeMultiplier: real = q * 2^(e - 31)."""
    if real == 0:
        return 0, 0
    mantissa, exponent = math.frexp(real)
    q = math.floor(mantissa * (1 << 31) + 0.5)
    if q == 1 << 31:
        q, exponent = q // 2, exponent + 1
    return (0, 0) if exponent < -31 else (q, exponent)


def scale_single(acc, q, e):
    """One 64-bit rounding shift."""
    return (acc.astype(np.int64) * q + (np.int64(1) << (30 - e))) >> (31 - e)


def scale_double(acc, q, e):
    """A saturating rounding doubling high multiplication, then a rounding shift, as gemmlowp has them."""
    product = (acc.astype(np.int64) << max(e, 0)) * q
    nudge = np.where(product >= 0, 1 << 30, 1 - (1 << 30))
    high = (product + nudge)
    high = np.where(high >= 0, high >> 31, -((-high) >> 31))  # division truncates towards zero
    shift = max(-e, 0)
    mask = (1 << shift) - 1
    threshold = (mask >> 1) + (high < 0)
    return (high >> shift) + ((high & mask) > threshold)


def quantization(tensor):
    return np.asarray(tensor.quantization.scale, np.float32), np.asarray(tensor.quantization.zeroPoint, np.int64)


def rescale(acc, source, weight, output, activation, rule):
    """Accumulators (channels last) to the output's int8."""
    in_scale, out_scale, out_zero = quantization(source)[0][0], quantization(output)[0][0], int(quantization(output)[1][0])
    scales = quantization(weight)[0]
    result = np.empty(acc.shape, np.int64)
    for channel in range(acc.shape[-1]):
        # In double, from float32 scales, as TFLite does.
        real = float(in_scale) * float(scales[channel if len(scales) > 1 else 0]) / float(out_scale)
        result[..., channel] = rule(acc[..., channel], *multiplier(real))
    low = max(-128, out_zero) if activation in (tfl.ActivationFunctionType.RELU, tfl.ActivationFunctionType.RELU6) else -128
    high = min(127, out_zero + int(np.rint(6 / out_scale))) if activation == tfl.ActivationFunctionType.RELU6 else 127
    return np.clip(result + out_zero, low, high).astype(np.int8)


def patches(x, kernel, stride, padding):
    """Windows (height, width, kernel height, kernel width, channels) of a padded picture whose zero is 0."""
    sizes, pads = [], []
    for axis in (0, 1):
        size = -(-x.shape[axis] // stride[axis]) if padding == tfl.Padding.SAME else (x.shape[axis] - kernel[axis]) // stride[axis] + 1
        total = max((size - 1) * stride[axis] + kernel[axis] - x.shape[axis], 0) if padding == tfl.Padding.SAME else 0
        sizes.append(size)
        pads.append((total // 2, total - total // 2))
    x = np.pad(x, pads + [(0, 0)])
    return np.array([[x[i * stride[0]:i * stride[0] + kernel[0], j * stride[1]:j * stride[1] + kernel[1]] for j in range(sizes[1])] for i in range(sizes[0])])


class Interpreter:
    def __init__(self, path):
        self.model = tflite_file.read(path)
        self.graph = self.model.subgraphs[0]
        self.types = {tfl.TensorType.INT8: np.int8, tfl.TensorType.INT32: np.int32}

    def run(self, image):
        self.values = {self.graph.inputs[0]: image}
        for operator in self.graph.operators:
            code = self.model.operatorCodes[operator.opcodeIndex]
            code = max(code.builtinCode, code.deprecatedBuiltinCode)
            inputs = [self.value(i) for i in operator.inputs]
            tensors = [self.graph.tensors[i] for i in operator.inputs] + [self.graph.tensors[operator.outputs[0]]]
            self.values[operator.outputs[0]] = getattr(self, NAMES[code])(inputs, tensors, operator.builtinOptions)
        return self.values[self.graph.outputs[0]]

    def value(self, index):
        if index not in self.values:
            tensor = self.graph.tensors[index]
            data = self.model.buffers[tensor.buffer].data
            self.values[index] = np.frombuffer(bytes(data), self.types[tensor.type]).reshape(tensor.shape)
        return self.values[index]

    def CONV_2D(self, inputs, tensors, options):
        x, weight, bias = inputs
        zero = quantization(tensors[0])[1][0]
        windows = patches(x[0].astype(np.int64) - zero, weight.shape[1:3], (options.strideH, options.strideW), options.padding)
        acc = np.einsum("ijklc,oklc->ijo", windows, weight.astype(np.int64)) + bias
        return rescale(acc[None], tensors[0], tensors[1], tensors[-1], options.fusedActivationFunction, scale_single)

    def DEPTHWISE_CONV_2D(self, inputs, tensors, options):
        x, weight, bias = inputs
        zero = quantization(tensors[0])[1][0]
        windows = patches(x[0].astype(np.int64) - zero, weight.shape[1:3], (options.strideH, options.strideW), options.padding)
        windows = np.repeat(windows, options.depthMultiplier, axis=4)
        acc = np.einsum("ijklc,klc->ijc", windows, weight[0].astype(np.int64)) + bias
        return rescale(acc[None], tensors[0], tensors[1], tensors[-1], options.fusedActivationFunction, scale_double)

    def FULLY_CONNECTED(self, inputs, tensors, options):
        x, weight, bias = inputs
        zero = quantization(tensors[0])[1][0]
        acc = (x.reshape(-1, weight.shape[1]).astype(np.int64) - zero) @ weight.T.astype(np.int64) + bias
        return rescale(acc, tensors[0], tensors[1], tensors[-1], options.fusedActivationFunction, scale_single)

    def AVERAGE_POOL_2D(self, inputs, tensors, options):
        """Only without padding: the sum divided by the window's size, halves away from zero."""
        windows = patches(inputs[0][0].astype(np.int64), (options.filterHeight, options.filterWidth), (options.strideH, options.strideW), tfl.Padding.VALID)
        acc, count = windows.sum((2, 3)), options.filterHeight * options.filterWidth
        return (np.sign(acc) * ((np.abs(acc) + count // 2) // count)).astype(np.int8)[None]

    def RESHAPE(self, inputs, tensors, options):
        return inputs[0].reshape(tensors[-1].shape)

    def SOFTMAX(self, inputs, tensors, options):
        """A table of float32 exponentials, the sum in order, the result rounded with halves away from zero."""
        scale = np.float32(-quantization(tensors[0])[0][0] * np.float32(options.beta))
        table = np.exp((np.arange(256).astype(np.float32) * scale).astype(np.float64)).astype(np.float32)  # by distance from the largest
        x = inputs[0].reshape(-1).astype(np.int64)
        exponentials = table[x.max() - x]
        total = np.float32(0)
        for value in exponentials:
            total = np.float32(total + value)
        inverse = np.float32(1) / np.float32(total * np.float32(quantization(tensors[-1])[0][0]))
        scaled = (exponentials * inverse).astype(np.float64)
        return np.clip(np.floor(scaled + 0.5) - 128, -128, 127).astype(np.int8).reshape(inputs[0].shape)


NAMES = {getattr(tfl.BuiltinOperator, name): name for name in dir(tfl.BuiltinOperator) if not name.startswith("_")}


def check(model, folder):
    interpreter = Interpreter(model)
    with open(os.path.join(folder, "golden.json"), encoding="utf-8") as file:
        cases = json.load(file)["cases"]
    wrong = 0
    for case in cases:
        source, target = case["inputs"][0], case["outputs"][0]
        image = np.fromfile(os.path.join(folder, source["file"]), np.int8).reshape(source["shape"])
        expected = np.fromfile(os.path.join(folder, target["file"]), np.int8)
        different = int((interpreter.run(image).reshape(-1) != expected).sum())
        wrong += different
        print(f"{case['name']}: {different} of {expected.size} differ")
    return wrong == 0


if __name__ == "__main__":
    sys.exit(0 if check(*sys.argv[1:]) else 1)
