#!/usr/bin/env python3
"""Writes convolutional networks with seeded random weights as ONNX, for bench/Qnn.Bench --onnx FOLDER: float, quantized as QDQ and as QOperator (int8 weights per channel, uint8 data), and as QDQ with int8 data, as ONNX Runtime's quantizer does it unless told.
Needs python3-onnx and python3-torch. ResNet-18 and MobileNetV2 at 224x224, and the shapes of MLPerf Tiny's four networks.

Every layer is computed on a sample while it is written; the scales follow from its values.
"""
import argparse
import pathlib

import numpy as np
import torch
import torch.nn.functional as nn
from onnx import TensorProto, checker, helper, numpy_helper, save

F = np.float32


class Tensor:
    """A value: its name, where it is float or quantized, and what it is for the sample."""

    def __init__(self, name, value, scale=None, zero=None):
        self.name, self.value, self.scale, self.zero = name, value, scale, zero


class Network:
    def __init__(self, form, shape):
        self.form, self.random = form, np.random.RandomState(1)
        self.nodes, self.initializers = [], []
        self.shape = shape
        self.input = Tensor("x", torch.from_numpy(self.random.uniform(-1, 1, shape).astype(F)))

    def constant(self, array):
        name = f"c{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(array), name))
        return name

    def node(self, op, inputs, domain="", **attributes):
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=f"{op}_{len(self.nodes)}", domain=domain, **attributes))
        return name

    def scales(self, value):
        low, high = min(0.0, float(value.min())), max(0.0, float(value.max()))
        scale = F(max(high - low, 1e-6) / 255)
        zero = np.clip(np.rint(-low / scale), 0, 255)
        return scale, np.int8(zero - 128) if self.form == "qdq_int8" else np.uint8(zero)

    def start(self):
        return self.finish("x", self.input.value, quantize=True)

    def finish(self, name, value, quantize=False, scales=None):
        """A result: with QDQ it passes through a pair of quantization and dequantization; QOperator's are quantized as they are."""
        if self.form == "float":
            return Tensor(name, value)
        scale, zero = scales or self.scales(value)
        parameters = [self.constant(scale), self.constant(zero)]
        if self.form.startswith("qdq"):
            name = self.node("DequantizeLinear", [self.node("QuantizeLinear", [name, *parameters]), *parameters])
        elif quantize:
            name = self.node("QuantizeLinear", [name, *parameters])
        return Tensor(name, value, *parameters)

    def conv(self, x, outputs, kernel, stride=1, groups=1, relu=True):
        inputs = x.value.shape[1]
        kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
        weights = (self.random.randn(outputs, inputs // groups, kh, kw) * np.sqrt(2 / (inputs // groups * kh * kw))).astype(F)
        bias = (self.random.randn(outputs) * 0.1).astype(F)
        pads = [(kh - 1) // 2, (kw - 1) // 2, kh // 2, kw // 2]
        value = nn.conv2d(nn.pad(x.value, (pads[1], pads[3], pads[0], pads[2])), torch.from_numpy(weights), torch.from_numpy(bias), (sh, sw), groups=groups)
        if relu:
            value = nn.relu(value)
        attributes = dict(kernel_shape=[kh, kw], strides=[sh, sw], pads=pads, group=groups)
        if self.form == "float":
            y = self.node("Conv", [x.name, self.constant(weights), self.constant(bias)], **attributes)
            return self.finish(self.node("Relu", [y]) if relu else y, value)
        w_scale = (np.abs(weights).reshape(outputs, -1).max(1) / 127).astype(F)
        q = np.clip(np.rint(weights / w_scale[:, None, None, None]), -127, 127).astype(np.int8)
        x_scale = self.value_of(x.scale)
        q_bias = np.rint(bias / (x_scale * w_scale)).astype(np.int32)
        ws, wz = self.constant(w_scale), self.constant(np.zeros(outputs, np.int8))
        if self.form.startswith("qdq"):
            w = self.node("DequantizeLinear", [self.constant(q), ws, wz], axis=0)
            b = self.node("DequantizeLinear", [self.constant(q_bias), self.constant((x_scale * w_scale).astype(F)), self.constant(np.zeros(outputs, np.int32))], axis=0)
            y = self.node("Conv", [x.name, w, b], **attributes)
            return self.finish(self.node("Relu", [y]) if relu else y, value)
        scale, zero = self.scales(value)
        y = self.node("QLinearConv", [x.name, x.scale, x.zero, self.constant(q), ws, wz, self.constant(scale), self.constant(zero), self.constant(q_bias)], **attributes)
        return self.finish(y, value, scales=(scale, zero))

    def add(self, a, b, relu=True):
        value = nn.relu(a.value + b.value) if relu else a.value + b.value
        if self.form != "qoperator":
            y = self.node("Add", [a.name, b.name])
            return self.finish(self.node("Relu", [y]) if relu else y, value)
        scale, zero = self.scales(value)
        y = self.node("QLinearAdd", [a.name, a.scale, a.zero, b.name, b.scale, b.zero, self.constant(scale), self.constant(zero)], domain="com.microsoft")
        return self.finish(y, value, scales=(scale, zero))

    def max_pool(self, x):
        value = nn.max_pool2d(x.value, 3, 2, 1)
        y = self.node("MaxPool", [x.name], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])
        scales = None if self.form == "float" else (self.value_of(x.scale), self.value_of(x.zero))
        return self.finish(y, value, scales=scales)

    def global_pool(self, x):
        value = x.value.mean((2, 3), keepdim=True)
        if self.form != "qoperator":
            return self.finish(self.node("GlobalAveragePool", [x.name]), value)
        scale, zero = self.scales(value)
        y = self.node("QLinearGlobalAveragePool", [x.name, x.scale, x.zero, self.constant(scale), self.constant(zero)], domain="com.microsoft")
        return self.finish(y, value, scales=(scale, zero))

    def flatten(self, x):
        return Tensor(self.node("Flatten", [x.name], axis=1), x.value.flatten(1), x.scale, x.zero)

    def dense(self, x, outputs, relu=False):
        inputs = x.value.shape[1]
        weights = (self.random.randn(outputs, inputs) * np.sqrt(2 / inputs)).astype(F)
        bias = (self.random.randn(outputs) * 0.1).astype(F)
        value = nn.linear(x.value, torch.from_numpy(weights), torch.from_numpy(bias))
        if relu:
            value = nn.relu(value)
        if self.form == "float":
            y = self.node("Gemm", [x.name, self.constant(weights), self.constant(bias)], transB=1)
            return self.finish(self.node("Relu", [y]) if relu else y, value)
        w_scale = F(np.abs(weights).max() / 127)
        q = np.clip(np.rint(weights / w_scale), -127, 127).astype(np.int8)
        x_scale = self.value_of(x.scale)
        q_bias = np.rint(bias / (x_scale * w_scale)).astype(np.int32)
        ws, wz = self.constant(w_scale), self.constant(np.int8(0))
        if self.form.startswith("qdq"):
            w = self.node("DequantizeLinear", [self.constant(q), ws, wz])
            b = self.node("DequantizeLinear", [self.constant(q_bias), self.constant(F(x_scale * w_scale)), self.constant(np.int32(0))])
            y = self.node("Gemm", [x.name, w, b], transB=1)
            return self.finish(self.node("Relu", [y]) if relu else y, value)
        scale, zero = self.scales(value)
        y = self.node("QGemm", [x.name, x.scale, x.zero, self.constant(q), ws, wz, self.constant(q_bias), self.constant(scale), self.constant(zero)], domain="com.microsoft", transB=1)
        return self.finish(y, value, scales=(scale, zero))

    def value_of(self, name):
        return numpy_helper.to_array(next(i for i in self.initializers if i.name == name))

    def save(self, path, y):
        if self.form == "qoperator":
            y = Tensor(self.node("DequantizeLinear", [y.name, y.scale, y.zero]), y.value)
        graph = helper.make_graph(
            self.nodes, path.stem, [helper.make_tensor_value_info("x", TensorProto.FLOAT, list(self.shape))],
            [helper.make_tensor_value_info(y.name, TensorProto.FLOAT, list(y.value.shape))], self.initializers)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid("com.microsoft", 1)], producer_name="qnn-bench")
        model.ir_version = 8
        if self.form != "qoperator":
            checker.check_model(model)
        save(model, str(path))


def resnet18(n):
    x = n.max_pool(n.conv(n.start(), 64, 7, 2))
    for outputs, stride in [(64, 1), (64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2), (512, 1)]:
        y = n.conv(n.conv(x, outputs, 3, stride), outputs, 3, relu=False)
        x = n.add(y, n.conv(x, outputs, 1, stride, relu=False) if stride == 2 else x)
    return n.dense(n.flatten(n.global_pool(x)), 1000)


def resnet8(n):
    x = n.conv(n.start(), 16, 3)
    for outputs, stride in [(16, 1), (32, 2), (64, 2)]:
        y = n.conv(n.conv(x, outputs, 3, stride), outputs, 3, relu=False)
        x = n.add(y, n.conv(x, outputs, 1, stride, relu=False) if stride == 2 else x)
    return n.dense(n.flatten(n.global_pool(x)), 10)


def separable(n, x, outputs, stride=1):
    return n.conv(n.conv(x, x.value.shape[1], 3, stride, groups=x.value.shape[1]), outputs, 1)


def dscnn(n):
    x = n.conv(n.start(), 64, (10, 4), 2)
    for _ in range(4):
        x = separable(n, x, 64)
    return n.dense(n.flatten(n.global_pool(x)), 12)


def mobilenet(n):
    x = n.conv(n.start(), 8, 3, 2)
    for outputs, stride in [(16, 1), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1), (128, 1), (128, 1), (128, 1), (128, 1), (256, 2), (256, 1)]:
        x = separable(n, x, outputs, stride)
    return n.dense(n.flatten(n.global_pool(x)), 2)


def mobilenet_v2(n):
    x = n.conv(n.start(), 32, 3, 2)
    for expansion, outputs, repeats, stride in [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]:
        for i in range(repeats):
            inputs = x.value.shape[1]
            y = n.conv(x, inputs * expansion, 1) if expansion > 1 else x
            y = n.conv(y, inputs * expansion, 3, stride if i == 0 else 1, groups=inputs * expansion)
            y = n.conv(y, outputs, 1, relu=False)
            x = n.add(y, x, relu=False) if i > 0 else y
    return n.dense(n.flatten(n.global_pool(n.conv(x, 1280, 1))), 1000)


def autoencoder(n):
    x = n.start()
    for outputs in [128, 128, 128, 128, 8, 128, 128, 128, 128]:
        x = n.dense(x, outputs, relu=True)
    return n.dense(x, 640)


NETWORKS = {
    "resnet18": (resnet18, (1, 3, 224, 224)),
    "mobilenet_v2": (mobilenet_v2, (1, 3, 224, 224)),
    "tiny_resnet8": (resnet8, (1, 3, 32, 32)),
    "tiny_dscnn": (dscnn, (1, 1, 49, 10)),
    "tiny_mobilenet": (mobilenet, (1, 3, 96, 96)),
    "tiny_autoencoder": (autoencoder, (1, 640)),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for name, (body, shape) in NETWORKS.items():
        for form in ("float", "qdq", "qdq_int8", "qoperator"):
            network = Network(form, shape)
            network.save(folder / f"{name}_{form}.onnx", body(network))


if __name__ == "__main__":
    main()
