#!/usr/bin/env python3
"""Writes small networks as ONNX Runtime's quantizer leaves them, each into a folder with its inputs and a golden.json that lacks the outputs. Needs python3-onnx and numpy.

Ranges are those of the operators rather than calibrated: answers are compared, not judged. The outputs that lie beside them in this repository are ONNX Runtime 1.31.1's, its CPU provider with one thread:
on AVX2, or, where int8 weights could saturate there, with VNNI.
"""
import json
import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

F, I, MS = np.float32, np.int64, "com.microsoft"
RANGES = {"Relu": (0, 4), "Clip": (0, 6), "Sigmoid": (0, 1), "HardSigmoid": (0, 1), "Softmax": (0, 1), "Tanh": (-1, 1)}
MOVING = {"MaxPool", "Reshape", "Transpose", "Squeeze", "Flatten", "Slice", "Split", "Resize"}


class Net:
    """A float graph in the making; values are names."""

    def __init__(self, name, seed=1):
        self.name, self.random, self.nodes, self.constants, self.inputs, self.outputs = name, np.random.RandomState(seed), [], {}, {}, []

    def constant(self, value):
        name = f"c{len(self.constants)}"
        self.constants[name] = np.asarray(value)
        return name

    def weights(self, *shape):
        return self.constant((self.random.randn(*shape) * np.sqrt(2 / np.prod(shape[1:]))).astype(F))

    def bias(self, count):
        return self.constant((self.random.randn(count) * 0.1).astype(F))

    def input(self, name, value):
        self.inputs[name] = value
        return name

    def image(self, channels, height, width):
        return self.input("x", self.random.uniform(-2, 2, (1, channels, height, width)).astype(F))

    def op(self, kind, *inputs, outputs=1, domain="", **attributes):
        names = [f"{kind.lower()}_{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, [i if isinstance(i, str) else self.constant(i) for i in inputs], names, domain=domain, **attributes))
        return names if outputs > 1 else names[0]

    def conv(self, x, inputs, outputs, kernel=3, stride=1, groups=1, dilation=1, act=None):
        pad = (kernel - 1) * dilation // 2
        y = self.op("Conv", x, self.weights(outputs, inputs // groups, kernel, kernel), self.bias(outputs), strides=[stride] * 2, pads=[pad] * 4, group=groups, dilations=[dilation] * 2)
        bounds = (np.array(0, F), np.array(6, F)) if act == "Clip" else ()
        return self.op(act, y, *bounds) if act else y

    def gemm(self, x, inputs, outputs):
        return self.op("Gemm", x, self.weights(outputs, inputs), self.bias(outputs), transB=1)

    def linear(self, x, inputs, outputs):
        return self.op("Add", self.bias(outputs), self.op("MatMul", x, self.weights(inputs, outputs)))

    def normalization(self, x, width):
        return self.op("LayerNormalization", x, self.constant(self.random.uniform(0.8, 1.2, width).astype(F)), self.bias(width), axis=-1)


def quantized(value, low, high, dtype, symmetric=False):
    """A tensor, its scale and its zero point."""
    low, high = min(0.0, float(low)), max(0.0, float(high))
    if symmetric:
        low, high = -max(-low, high), max(-low, high)
    least, most = (0, 255) if dtype == np.uint8 else (-127 if symmetric else -128, 127)
    scale = F((high - low) / (most - least))
    zero = np.clip(np.rint(least - low / scale), least, most).astype(dtype)
    return None if value is None else np.clip(np.rint(value / scale) + np.int32(zero), least, most).astype(dtype), scale, zero


def static(net, data=np.uint8, weights=np.int8, channels=True, symmetric=False):
    """QuantizeLinear and DequantizeLinear around every operator; one pair a value, however many take it."""
    nodes, constants, made, scales = [], {}, {}, {}
    producers = {o: n for n in net.nodes for o in n.output}

    def scale_of(name):
        if name not in scales:
            node = producers.get(name)
            moved = node is not None and node.op_type in MOVING
            scales[name] = scale_of(node.input[0]) if moved else quantized(None, *(RANGES.get(node.op_type, (-4, 4)) if node else (-2, 2)), data, symmetric)[1:]
        return scales[name]

    def pair(name, result):
        scale, zero = scale_of(name)
        constants[f"{name}_s"], constants[f"{name}_z"] = scale, zero
        nodes.append(helper.make_node("QuantizeLinear", [name, f"{name}_s", f"{name}_z"], [f"{name}_q"]))
        nodes.append(helper.make_node("DequantizeLinear", [f"{name}_q", f"{name}_s", f"{name}_z"], [result]))
        made[name] = result

    def constant(name, node, operand):
        value = net.constants[name]
        axis = {"Conv": 0, "Gemm": 0, "MatMul": 1}.get(node.op_type) if channels and operand == 1 else None
        if operand == 2 and node.op_type in ("Conv", "ConvTranspose", "Gemm"):
            scale = (scale_of(node.input[0])[0] * constants[f"{node.input[1]}_s"]).astype(F)
            stored, zero, dtype = np.rint(value / scale).astype(np.int32), np.zeros(np.shape(scale), np.int32), np.int32
        else:
            dtype = weights if axis is not None or operand == 1 else data
            parts = [quantized(p, p.min(), p.max(), dtype, dtype == np.int8) for p in (np.moveaxis(value, axis, 0) if axis is not None else [value])]
            stored = np.moveaxis(np.stack([p[0] for p in parts]), 0, axis) if axis is not None else parts[0][0]
            scale, zero = (np.array([p[i] for p in parts]) if axis is not None else parts[0][i] for i in (1, 2))
        constants[f"{name}_q"], constants[f"{name}_s"], constants[f"{name}_z"] = stored, scale, np.asarray(zero, dtype)
        nodes.append(helper.make_node("DequantizeLinear", [f"{name}_q", f"{name}_s", f"{name}_z"], [f"{name}_dq"], **({"axis": axis or 0} if np.ndim(scale) else {})))
        return f"{name}_dq"

    def operand(name, node, i):
        if name in net.constants:
            if net.constants[name].dtype == F and (node.op_type not in MOVING | {"Clip", "LSTM", "LayerNormalization"}):
                return constant(name, node, i)
            constants[name] = net.constants[name]
        elif name in net.inputs and name not in made and net.inputs[name].dtype == F:
            pair(name, f"{name}_dq")
        return made.get(name, name)

    for node in net.nodes:
        copy = helper.make_node(node.op_type, [operand(n, node, i) if n else "" for i, n in enumerate(node.input)], list(node.output), domain=node.domain)
        copy.attribute.extend(node.attribute)
        nodes.append(copy)
        for i, output in enumerate(node.output):
            if output in net.outputs:
                copy.output[i] = f"{output}_raw"
                scales[f"{output}_raw"] = scale_of(output)
                pair(f"{output}_raw", output)
            elif any(output in n.input for n in net.nodes):
                pair(output, f"{output}_dq")
    net.nodes, net.constants = nodes, constants
    return net


def dynamic(net, dtype=np.uint8):
    """MatMul and Gemm by DynamicQuantizeLinear and MatMulInteger."""
    nodes, constants, made = [], dict(net.constants), {}
    for node in net.nodes:
        x, y = node.input[0], node.output[0]
        if node.op_type not in ("MatMul", "Gemm") or node.input[1] not in net.constants:
            nodes.append(node)
            continue
        w = constants.pop(node.input[1])
        q, scale, zero = quantized(w.T if node.op_type == "Gemm" else w, w.min(), w.max(), dtype, dtype == np.int8)
        name = node.input[1]
        constants[f"{name}_q"], constants[f"{name}_s"], constants[f"{name}_z"] = np.ascontiguousarray(q), scale, zero
        if x not in made:
            made[x] = [f"{x}_q", f"{x}_s", f"{x}_z"]
            nodes.append(helper.make_node("DynamicQuantizeLinear", [x], made[x]))
        product = f"{y}_p" if node.op_type == "Gemm" else y
        nodes += [
            helper.make_node("MatMulInteger", [made[x][0], f"{name}_q", made[x][2], f"{name}_z"], [f"{y}_i"]), helper.make_node("Cast", [f"{y}_i"], [f"{y}_f"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [made[x][1], f"{name}_s"], [f"{y}_s"]), helper.make_node("Mul", [f"{y}_f", f"{y}_s"], [product])]
        if node.op_type == "Gemm":
            nodes.append(helper.make_node("Add", [product, node.input[2]], [y]))
    net.nodes, net.constants = nodes, constants
    return net


def squeeze_and_excite(name):
    net = Net(name)
    x = net.conv(net.image(3, 20, 20), 3, 16, 3, 2, act="HardSwish")
    y = net.conv(x, 16, 16, 5, groups=16, act="Relu")
    gate = net.conv(net.op("GlobalAveragePool", y), 16, 8, 1, act="Relu")
    y = net.op("Mul", y, net.op("HardSigmoid", net.conv(gate, 8, 16, 1), alpha=1 / 6, beta=0.5))
    x = net.op("Add", net.conv(y, 16, 16, 1), x)
    x = net.op("Flatten", net.op("GlobalAveragePool", net.conv(x, 16, 24, 1, act="HardSwish")), axis=1)
    net.outputs = [net.op("Softmax", net.gemm(x, 24, 10), axis=-1)]
    return net


def residual(name):
    net = Net(name)
    x = net.op("MaxPool", net.conv(net.image(3, 24, 24), 3, 16, 7, 2, act="Relu"), kernel_shape=[3, 3], strides=[2, 2], pads=[1] * 4)
    x = net.op("Relu", net.op("Add", net.conv(net.conv(x, 16, 16, act="Relu"), 16, 16), x))
    x = net.op("Relu", net.op("Add", net.conv(x, 16, 24, 3, 2), net.conv(x, 16, 24, 1, 2)))
    net.outputs = [net.gemm(net.op("Flatten", net.op("GlobalAveragePool", x), axis=1), 24, 10)]
    return net


def segmentation(name):
    net = Net(name)
    a = net.conv(net.image(3, 16, 20), 3, 8, act="Relu")
    b = net.conv(net.op("MaxPool", a, kernel_shape=[2, 2], strides=[2, 2]), 8, 16, dilation=2, act="Relu")
    up = net.op("ConvTranspose", b, net.weights(16, 8, 2, 2), net.bias(8), strides=[2, 2])
    y = net.conv(net.op("Concat", up, a, axis=1), 16, 8, act="LeakyRelu")
    y = net.op("Resize", net.conv(y, 8, 4, 1), "", np.array([1, 1, 2, 2], F), mode="linear")
    net.outputs = [y]
    return net


def detector(name):
    net = Net(name)
    x = net.conv(net.image(3, 32, 32), 3, 16, 3, 2)
    x = net.op("Mul", x, net.op("Sigmoid", x))
    a, b = net.op("Split", net.conv(x, 16, 16, 1), np.array([8, 8], I), outputs=2, axis=1)
    p = net.op("MaxPool", b, kernel_shape=[5, 5], strides=[1, 1], pads=[2] * 4)
    x = net.conv(net.op("Concat", a, b, p, axis=1), 24, 18, 1)
    y = net.op("Sigmoid", net.op("Transpose", net.op("Reshape", x, np.array([1, 3, 6, 16, 16], I)), perm=[0, 1, 3, 4, 2]))
    near, size = net.op("Split", y, np.array([2, 4], I), outputs=2, axis=4)
    near = net.op("Mul", net.op("Add", near, net.random.uniform(0, 3, (1, 1, 16, 16, 2)).astype(F)), np.array(0.25, F))
    net.outputs = [net.op("Reshape", net.op("Concat", near, size, axis=4), np.array([1, -1, 6], I))]
    return net


def encoder(name):
    """Sums before normalizations, which ONNX Runtime joins with them."""
    net = Net(name)
    length, width, heads = 10, 24, 3
    ids = net.input("ids", net.random.randint(0, 30, (2, length)).astype(I))
    x = net.normalization(net.op("Add", net.op("Gather", net.weights(30, width), ids, axis=0), net.weights(2, length, width)), width)

    def split(v, perm):
        return net.op("Transpose", net.op("Reshape", v, np.array([0, 0, heads, width // heads], I)), perm=perm)

    q, k, v = (split(net.linear(x, width, width), p) for p in ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]))
    p = net.op("Softmax", net.op("Div", net.op("MatMul", q, k), np.array(np.sqrt(width // heads), F)), axis=-1)
    y = net.op("Reshape", net.op("Transpose", net.op("MatMul", p, v), perm=[0, 2, 1, 3]), np.array([0, 0, width], I))
    x = net.normalization(net.op("Add", net.linear(y, width, width), x), width)
    h = net.linear(x, width, 40)
    h = net.op("Mul", net.op("Mul", h, net.op("Add", net.op("Erf", net.op("Div", h, np.array(np.sqrt(2), F))), np.array(1, F))), np.array(0.5, F))
    x = net.normalization(net.op("Add", net.linear(h, 40, width), x), width)
    net.outputs = [net.op("LogSoftmax", net.gemm(net.op("Gather", x, np.array(0, I), axis=1), width, 3), axis=-1)]
    return net


def speech(name):
    net = Net(name)
    x = net.input("x", net.random.randn(1, 8, 40).astype(F))
    y = net.op("Conv", x, net.weights(16, 8, 5), net.bias(16), strides=[2], pads=[2, 2])
    y = net.op("Mul", y, net.op("Sigmoid", y))
    y = net.op("Transpose", net.op("Conv", y, net.weights(16, 1, 3), net.bias(16), group=16, pads=[1, 1]), perm=[2, 0, 1])
    y = net.op("LSTM", y, net.weights(2, 48, 16), net.weights(2, 48, 12), net.weights(2, 96), outputs=1, hidden_size=12, direction="bidirectional")
    y = net.op("Reshape", net.op("Transpose", y, perm=[0, 2, 1, 3]), np.array([20, 1, 24], I))
    net.outputs = [net.op("LogSoftmax", net.linear(y, 24, 7), axis=-1)]
    return net


def shared(name):
    """Values with several users, which ONNX Runtime leaves int8: convolutions that take them are computed in float."""
    net = Net(name, 13)
    x = net.conv(net.image(3, 26, 22), 3, 16, 3, 2, act="Relu")
    y = net.conv(net.conv(net.conv(x, 16, 48, 1, act="Clip"), 48, 48, groups=48, act="Clip"), 48, 16, 1)
    x = net.op("Add", x, y)
    y = net.conv(x, 16, 33, dilation=2, act="Relu")
    z = net.op("Concat", net.conv(y, 33, 16, 3, 2), net.conv(x, 16, 16, 3, 2), net.conv(net.conv(y, 33, 20, 1, 2), 20, 12, groups=2), axis=1)
    net.outputs = [net.op("Add", net.conv(z, 44, 44, 5, groups=44), net.conv(z, 44, 44, 5)), net.op("Relu", z)]
    return net


def layers(name):
    """Products in front of a Relu that does more than quantizing, and of values with several users. Quotients of scales are powers of two, which puts many sums on halves."""
    net = Net(name, 5)

    def weights(rows, columns):
        value = net.random.randn(rows, columns)
        return net.constant((value / np.abs(value).max() * 127 / 256).astype(F))

    def gemm(x, inputs, outputs):
        return net.op("Gemm", x, weights(outputs, inputs), net.bias(outputs), transB=1)

    x = net.op("Relu", gemm(net.input("x", net.random.uniform(-2, 2, (40, 48)).astype(F)), 48, 96))
    y = net.op("Add", net.op("MatMul", x, weights(96, 150)), gemm(x, 96, 150))
    y = net.op("Relu", gemm(y, 150, 280))
    net.outputs = [net.op("Add", net.op("MatMul", y, weights(280, 24)), gemm(y, 280, 24)), net.op("Relu", gemm(y, 280, 20))]
    return net


def channel_norms(name):
    """Means over channels between integer convolutions, which keep their channels last: sums are of rows there."""
    net = Net(name, 7)

    def normalization(x, channels):
        centered = net.op("Sub", x, net.op("ReduceMean", x, axes=[1]))
        variance = net.op("ReduceMean", net.op("Pow", centered, np.array(2, F)), axes=[1])
        y = net.op("Div", centered, net.op("Sqrt", net.op("Add", variance, np.array(1e-6, F))))
        return net.op("Add", net.op("Mul", y, net.constant(np.full((channels, 1, 1), 0.9, F))), net.constant(np.full((channels, 1, 1), 0.1, F)))

    x = net.conv(normalization(net.conv(net.image(3, 20, 20), 3, 24, 3, 2), 24), 24, 24, act="Relu")
    gate = net.conv(net.op("Concat", net.op("ReduceMean", x, axes=[1]), net.op("ReduceMax", x, axes=[1]), axis=1), 2, 1, 7)
    net.outputs = [net.conv(net.op("Mul", x, net.op("Sigmoid", gate)), 24, 8, 1)]
    return net


NETWORKS = [
    static(channel_norms("net_channel_norms")),
    static(layers("net_layers_symmetric"), data=np.int8, channels=False, symmetric=True),
    static(shared("net_shared_int8"), data=np.int8), static(shared("net_symmetric_int8"), data=np.int8, channels=False, symmetric=True),
    static(squeeze_and_excite("net_squeeze_excite")), static(residual("net_residual_int8"), data=np.int8), static(residual("net_residual_uint8"), weights=np.uint8, channels=False),
    static(segmentation("net_segmentation")), static(segmentation("net_segmentation_int8"), data=np.int8, channels=False), static(detector("net_detector")), static(encoder("net_encoder_int8"), data=np.int8),
    dynamic(encoder("net_encoder_dynamic")), dynamic(speech("net_speech_dynamic")), static(speech("net_speech")),
]


def main():
    root = pathlib.Path(sys.argv[1])
    for net in NETWORKS:
        folder = root / net.name
        folder.mkdir(parents=True, exist_ok=True)
        inputs = [helper.make_tensor_value_info(n, {"float32": TensorProto.FLOAT, "int64": TensorProto.INT64}[str(v.dtype)], list(v.shape)) for n, v in net.inputs.items()]
        used = {i for n in net.nodes for i in n.input}
        graph = helper.make_graph(net.nodes, net.name, inputs, [helper.make_empty_tensor_value_info(o) for o in net.outputs], [numpy_helper.from_array(np.asarray(v), n) for n, v in net.constants.items() if n in used])
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid(MS, 1)], producer_name="qnn-tests")
        made.ir_version = 8
        save(made, str(folder / "model.onnx"))
        case = {"name": "0", "inputs": []}
        for n, v in net.inputs.items():
            (folder / f"input_0_{n}.bin").write_bytes(v.tobytes())
            case["inputs"].append({"name": n, "file": f"input_0_{n}.bin", "dtype": str(v.dtype), "shape": list(v.shape)})
        (folder / "golden.json").write_text(json.dumps({"name": net.name, "format": "onnx", "model": ["model.onnx"], "kernels": "onnxruntime", "cases": [case]}))


if __name__ == "__main__":
    main()
