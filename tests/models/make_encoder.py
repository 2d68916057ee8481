#!/usr/bin/env python3
"""Writes a small BERT-like encoder with seeded random weights as ONNX, quantized statically (QDQ) or dynamically. Needs python3-onnx and numpy.

Every node is computed while it is written, so that the scales of static quantization follow from the values of a sample.
"""
import argparse
import math

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

F = np.float32


class Writer:
    def __init__(self, form, seed):
        self.form, self.random = form, np.random.RandomState(seed)
        self.nodes, self.initializers, self.values, self.count = [], [], {}, 0

    def constant(self, array, hint):
        name = f"{hint}_{len(self.initializers)}"
        self.initializers.append(numpy_helper.from_array(np.asarray(array), name))
        self.values[name] = np.asarray(array)
        return name

    def node(self, op, inputs, value, name=None, domain="", **attributes):
        """Adds a node whose result, for the sample, is a value (or several)."""
        values = value if isinstance(value, tuple) else (value,)
        outputs = [name or f"{op.lower()}_{self.count}_{i}" for i in range(len(values))]
        self.count += 1
        self.nodes.append(helper.make_node(op, inputs, outputs, name=f"{op}_{self.count}", domain=domain, **attributes))
        for output, v in zip(outputs, values):
            self.values[output] = v
        return outputs[0] if len(outputs) == 1 else outputs

    def weight(self, rows, columns):
        return (self.random.randn(rows, columns) / math.sqrt(rows)).astype(F)

    def quantized(self, x):
        """x through QuantizeLinear and DequantizeLinear, uint8."""
        v = self.values[x]
        low, high = min(0.0, float(v.min())), max(0.0, float(v.max()))
        scale = F(max(high - low, 1e-6) / 255)
        zero = np.uint8(np.clip(np.rint(-low / scale), 0, 255))
        parameters = [self.constant(scale, "scale"), self.constant(zero, "zero")]
        q = np.clip(np.rint(v / scale) + zero, 0, 255).astype(np.uint8)
        q = self.node("QuantizeLinear", [x, *parameters], q)
        return self.node("DequantizeLinear", [q, *parameters], ((self.values[q].astype(F) - zero) * scale).astype(F))

    def weights_of(self, w):
        """Seven-bit weights and their scale: with eight bits, CPUs without VNNI saturate."""
        scale = F(np.abs(w).max() / 63)
        return np.clip(np.rint(w / scale), -63, 63).astype(np.int8), scale

    def linear(self, x, rows, columns):
        w, bias = self.weight(rows, columns), self.constant((self.random.randn(columns) * 0.1).astype(F), "bias")
        q, scale = self.weights_of(w)
        product = (self.values[x] @ (q * scale)).astype(F)
        if self.form == "float":
            product = self.node("MatMul", [x, self.constant((q * scale).astype(F), "weight")], product)
        elif self.form == "static":
            weight, s, z = self.constant(q, "weight"), self.constant(scale, "scale"), self.constant(np.int8(0), "zero")
            weight = self.node("DequantizeLinear", [weight, s, z], (q * scale).astype(F))
            product = self.quantized(self.node("MatMul", [self.quantized(x), weight], product))
        else:
            v = self.values[x]
            low, high = min(0.0, float(v.min())), max(0.0, float(v.max()))
            step = F((high - low) / 255)
            zero = np.uint8(np.rint(np.clip(-low / step, 0, 255)))
            a, s, z = self.node("DynamicQuantizeLinear", [x], (np.clip(np.rint(v / step) + zero, 0, 255).astype(np.uint8), step, zero))
            sums = self.node("MatMulInteger", [a, self.constant(q, "weight"), z], (self.values[a].astype(np.int32) - int(zero)) @ q.astype(np.int32))
            real = self.node("Cast", [sums], self.values[sums].astype(F), to=TensorProto.FLOAT)
            factor = self.node("Mul", [s, self.constant(scale, "scale")], F(step * scale))
            product = self.node("Mul", [real, factor], (self.values[real] * self.values[factor]).astype(F))
        return self.node("Add", [product, bias], self.values[product] + self.values[bias])

    def matmul(self, a, b):
        if self.form == "static":
            a, b = self.quantized(a), self.quantized(b)
        y = self.node("MatMul", [a, b], self.values[a] @ self.values[b])
        return self.quantized(y) if self.form == "static" else y

    def add(self, a, b):
        if self.form == "static":
            a, b = self.quantized(a), self.quantized(b)
        y = self.node("Add", [a, b], self.values[a] + self.values[b])
        return self.quantized(y) if self.form == "static" else y

    def softmax(self, x):
        e = np.exp(self.values[x] - self.values[x].max(-1, keepdims=True))
        return self.node("Softmax", [x], (e / e.sum(-1, keepdims=True)).astype(F), axis=-1)

    def normalize(self, x, width):
        v = self.values[x]
        gamma, beta = self.constant((1 + 0.1 * self.random.randn(width)).astype(F), "gamma"), self.constant((0.1 * self.random.randn(width)).astype(F), "beta")
        centered = v - v.mean(-1, keepdims=True)
        y = centered / np.sqrt((centered**2).mean(-1, keepdims=True) + 1e-12) * self.values[gamma] + self.values[beta]
        return self.node("LayerNormalization", [x, gamma, beta], y.astype(F), axis=-1, epsilon=1e-12)

    def gelu(self, x):
        v = self.values[x]
        scaled = self.node("Div", [x, self.constant(F(math.sqrt(2)), "sqrt2")], (v / F(math.sqrt(2))).astype(F))
        erf = self.node("Erf", [scaled], np.vectorize(math.erf)(self.values[scaled]).astype(F))
        more = self.node("Add", [erf, self.constant(F(1), "one")], self.values[erf] + F(1))
        product = self.node("Mul", [x, more], v * self.values[more])
        return self.node("Mul", [product, self.constant(F(0.5), "half")], self.values[product] * F(0.5))

    def heads(self, x, heads, width, keys=False):
        shape = self.constant(np.array([0, 0, heads, width // heads], np.int64), "heads")
        v = self.values[x]
        apart = self.node("Reshape", [x, shape], v.reshape(v.shape[0], v.shape[1], heads, width // heads))
        order = [0, 2, 3, 1] if keys else [0, 2, 1, 3]
        return self.node("Transpose", [apart], self.values[apart].transpose(order), perm=order)

    def attention(self, x, heads, width):
        q, k, v = (self.heads(self.linear(x, width, width), heads, width, keys=i == 1) for i in range(3))
        scores = self.matmul(q, k)
        root = self.constant(F(math.sqrt(width // heads)), "root")
        scores = self.node("Div", [scores, root], (self.values[scores] / self.values[root]).astype(F))
        mixed = self.matmul(self.softmax(scores), v)
        back = self.node("Transpose", [mixed], self.values[mixed].transpose(0, 2, 1, 3), perm=[0, 2, 1, 3])
        shape = self.constant(np.array([0, 0, width], np.int64), "width")
        joined = self.node("Reshape", [back, shape], self.values[back].reshape(*self.values[back].shape[:2], width))
        return self.linear(joined, width, width)

    def embed(self, ids, vocabulary, width, longest):
        words = self.constant(self.random.randn(vocabulary, width).astype(F), "words")
        positions = self.constant(self.random.randn(1, longest, width).astype(F), "positions")
        v = self.values[ids]
        rows = self.node("Gather", [words, ids], self.values[words][v])
        shape = self.node("Shape", [ids], np.array(v.shape, np.int64))
        end = self.node("Slice", [shape, *(self.constant(np.array([i], np.int64), "index") for i in (1, 2, 0))], np.array([v.shape[1]], np.int64))
        places = self.node("Slice", [positions, self.constant(np.array([0], np.int64), "start"), end, self.constant(np.array([1], np.int64), "axis")], self.values[positions][:, : v.shape[1]])
        return self.node("Add", [rows, places], self.values[rows] + self.values[places])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file")
    parser.add_argument("--form", choices=["float", "static", "dynamic"], default="static")
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--width", type=int, default=32)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--inner", type=int, default=96)
    parser.add_argument("--vocabulary", type=int, default=64)
    parser.add_argument("--longest", type=int, default=64, help="of sequences")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sequence", type=int, help="fixes the input to one sequence of this length")
    o = parser.parse_args()
    leading = [1, o.sequence] if o.sequence else ["batch", "sequence"]
    w = Writer(o.form, o.seed)
    w.values["ids"] = w.random.randint(0, o.vocabulary, (1, min(32, o.longest))).astype(np.int64)
    x = w.normalize(w.embed("ids", o.vocabulary, o.width, o.longest), o.width)
    for _ in range(o.layers):
        x = w.normalize(w.add(x, w.attention(x, o.heads, o.width)), o.width)
        x = w.normalize(w.add(x, w.linear(w.gelu(w.linear(x, o.width, o.inner)), o.inner, o.width)), o.width)
    w.node("Identity", [x], w.values[x], name="hidden")
    graph = helper.make_graph(
        w.nodes, "encoder",
        [helper.make_tensor_value_info("ids", TensorProto.INT64, leading)],
        [helper.make_tensor_value_info("hidden", TensorProto.FLOAT, [*leading, o.width])],
        w.initializers)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    save(model, o.file)


if __name__ == "__main__":
    main()
