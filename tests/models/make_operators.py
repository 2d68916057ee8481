#!/usr/bin/env python3
"""Writes small ONNX models of single operators, each into a folder with its inputs and a golden.json that lacks the outputs. Needs python3-onnx and numpy.

The outputs that lie beside them in this repository are ONNX Runtime 1.31.1's, its CPU provider on AVX2.
"""
import json
import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

F = np.float32
TYPES = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8, "int8": TensorProto.INT8, "int32": TensorProto.INT32, "int64": TensorProto.INT64}
RANDOM = np.random.RandomState(7)
MODELS = {}


def floats(*shape):
    return RANDOM.uniform(-2, 2, shape).astype(F)


def bytes_of(dtype, *shape):
    low, high = (0, 256) if dtype == np.uint8 else (-64, 64)
    return RANDOM.randint(low, high, shape).astype(dtype)


def model(name, nodes, inputs, output, constants=(), opset=17):
    """inputs: name and sample; output: name, type and shape (None where the runtime infers it)."""
    MODELS[name] = (nodes, inputs, output, dict(constants), opset)


def node(op, inputs, outputs, domain="", **attributes):
    return helper.make_node(op, inputs, outputs, domain=domain, **attributes)


MS = "com.microsoft"

model("qlinear_add", [node("QLinearAdd", ["a", "as", "az", "b", "bs", "bz", "cs", "cz"], ["y"], MS)],
      {"a": bytes_of(np.uint8, 3, 41), "b": bytes_of(np.uint8, 3, 41)}, ("y", "uint8", [3, 41]),
      {"as": F(0.0213), "az": np.uint8(117), "bs": F(0.0371), "bz": np.uint8(3), "cs": F(0.0449), "cz": np.uint8(90)})

model("qdq_int8", [
    node("QuantizeLinear", ["x", "s", "z"], ["q"]), node("DequantizeLinear", ["q", "s", "z"], ["d"]),
    node("DequantizeLinear", ["w", "ws", "wz"], ["f"]), node("Conv", ["d", "f"], ["c"], pads=[1, 1, 1, 1]), node("Relu", ["c"], ["r"]),
    node("QuantizeLinear", ["r", "t", "u"], ["p"]), node("DequantizeLinear", ["p", "t", "u"], ["y"])],
    {"x": floats(1, 3, 9, 7)}, ("y", "float32", [1, 5, 9, 7]),
    {"s": F(0.0157), "z": np.int8(-3), "w": bytes_of(np.int8, 5, 3, 3, 3), "ws": F(0.011), "wz": np.int8(0), "t": F(0.041), "u": np.int8(-128)})

model("conv_integer_zero_point", [node("ConvInteger", ["x", "w", "xz"], ["y"], pads=[1, 1, 1, 1])],
      {"x": bytes_of(np.uint8, 1, 3, 6, 5), "xz": np.array(13, np.uint8)}, ("y", "int32", [1, 4, 6, 5]), {"w": bytes_of(np.int8, 4, 3, 3, 3)})

model("qlinear_conv_weights", [node("QLinearConv", ["x", "xs", "xz", "w", "ws", "wz", "ys", "yz"], ["y"])],
      {"x": bytes_of(np.uint8, 1, 3, 6, 5), "w": bytes_of(np.int8, 4, 3, 3, 3)}, ("y", "uint8", [1, 4, 4, 3]),
      {"xs": F(0.02), "xz": np.uint8(120), "ws": F(0.013), "wz": np.int8(0), "ys": F(0.05), "yz": np.uint8(128)})

model("blocked_dequantize", [node("DequantizeLinear", ["w", "s"], ["d"], axis=0, block_size=4), node("MatMul", ["x", "d"], ["y"])],
      {"x": floats(2, 12)}, ("y", "float32", [2, 5]), {"w": bytes_of(np.int8, 12, 5), "s": RANDOM.uniform(0.01, 0.1, (3, 5)).astype(F)}, opset=21)

model("einsum", [node("Einsum", ["a", "b"], ["y"], equation="bij,bjk->bik")], {"a": floats(2, 3, 8), "b": floats(2, 8, 4)}, ("y", "float32", [2, 3, 4]))

model("pad_wrap", [node("Pad", ["x", "p"], ["y"], mode="wrap")], {"x": floats(2, 5)}, ("y", "float32", [4, 9]), {"p": np.array([1, 2, 1, 2], np.int64)}, opset=19)

model("lp_pool", [node("LpPool", ["x"], ["y"], kernel_shape=[2, 2], strides=[2, 2], p=2)], {"x": floats(1, 3, 6, 6)}, ("y", "float32", [1, 3, 3, 3]))

model("reduce_max_axes", [node("ReduceMax", ["x", "a"], ["y"], keepdims=0)], {"x": floats(3, 4, 5)}, ("y", "float32", [3, 5]), {"a": np.array([1], np.int64)}, opset=18)

model("split_outputs", [node("Split", ["x"], ["a", "b", "c"], axis=1, num_outputs=3), node("Concat", ["c", "a", "b"], ["y"], axis=1)],
      {"x": floats(2, 8)}, ("y", "float32", [2, 8]), opset=18)

model("resize_keep_aspect", [node("Resize", ["x", "", "", "z"], ["y"], mode="nearest", keep_aspect_ratio_policy="not_larger", axes=[2, 3], coordinate_transformation_mode="asymmetric", nearest_mode="floor")],
      {"x": floats(1, 2, 4, 6)}, ("y", "float32", [1, 2, 5, 8]), {"z": np.array([8, 8], np.int64)}, opset=18)

model("global_average_pool_qdq", [
    node("QuantizeLinear", ["x", "s", "z"], ["q"]), node("DequantizeLinear", ["q", "s", "z"], ["d"]), node("GlobalAveragePool", ["d"], ["c"]),
    node("QuantizeLinear", ["c", "t", "u"], ["p"]), node("DequantizeLinear", ["p", "t", "u"], ["y"])],
    {"x": floats(1, 9, 7, 7)}, ("y", "float32", [1, 9, 1, 1]), {"s": F(0.0157), "z": np.uint8(127), "t": F(0.0021), "u": np.uint8(121)})


def main():
    root = pathlib.Path(sys.argv[1])
    for name, (nodes, inputs, (output, dtype, shape), constants, opset) in MODELS.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        graph = helper.make_graph(
            nodes, name, [helper.make_tensor_value_info(n, TYPES[str(v.dtype)], list(v.shape)) for n, v in inputs.items()],
            [helper.make_tensor_value_info(output, TYPES[dtype], shape)], [numpy_helper.from_array(np.asarray(v), n) for n, v in constants.items()])
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset), helper.make_opsetid(MS, 1)], producer_name="qnn-tests")
        made.ir_version = 8 if opset < 21 else 10
        save(made, str(folder / "model.onnx"))
        case = {"name": "0", "inputs": []}
        for n, v in inputs.items():
            (folder / f"input_0_{n}.bin").write_bytes(v.tobytes())
            case["inputs"].append({"name": n, "file": f"input_0_{n}.bin", "dtype": str(v.dtype), "shape": list(v.shape)})
        (folder / "golden.json").write_text(json.dumps({"name": name, "format": "onnx", "model": ["model.onnx"], "kernels": "onnxruntime", "cases": [case]}))


if __name__ == "__main__":
    main()
