#!/usr/bin/env python3
"""Writes small ONNX models of single operators, each into a folder with its inputs and a golden.json that lacks the outputs. Needs python3-onnx and numpy.

The outputs that lie beside them in this repository are ONNX Runtime 1.31.1's, its CPU provider on AVX-512, with one thread.
"""
import json
import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

F = np.float32
TYPES = {"float32": TensorProto.FLOAT, "float16": TensorProto.FLOAT16, "uint8": TensorProto.UINT8, "int8": TensorProto.INT8, "int32": TensorProto.INT32, "int64": TensorProto.INT64, "bool": TensorProto.BOOL}
RANDOM = np.random.RandomState(7)
MODELS = {}
SYMBOLS = {}
STATED = {}


def floats(*shape):
    return RANDOM.uniform(-2, 2, shape).astype(F)


def bytes_of(dtype, *shape):
    low, high = (0, 256) if dtype == np.uint8 else (-64, 64)
    return RANDOM.randint(low, high, shape).astype(dtype)


def model(name, nodes, inputs, output, constants=(), opset=17):
    """inputs: name and sample; output: name, type and shape, or several."""
    MODELS[name] = (nodes, inputs, output if isinstance(output, list) else [output], dict(constants), opset)


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


def weights(*shape):
    return (RANDOM.uniform(-1, 1, shape) / np.sqrt(shape[-1])).astype(F)


def recurrent(name, op, gates, results, directions=1, hidden=11, lengths=None, states=(), extra=(), **attributes):
    """A layer over 6 steps of 2 sequences of 5 numbers, with all its results."""
    x = {"x": floats(6, 2, 5)} | {s: floats(directions, 2, hidden) for s in states}
    constants = {"w": weights(directions, gates * hidden, 5), "r": weights(directions, gates * hidden, hidden), "b": weights(directions, 2 * gates * hidden)}
    if lengths:
        constants["n"] = np.array(lengths, np.int32)
    inputs = ["x", "w", "r", "b", "n" if lengths else "", *states] + [""] * (2 - len(states))
    if extra:
        constants["p"] = weights(directions, 3 * hidden)
        inputs[7:] = ["p"]
    while not inputs[-1]:
        inputs.pop()
    if directions == 2:
        attributes["direction"] = "bidirectional"
    outputs = [("y", "float32", [6, directions, 2, hidden])] + [(f"y{i}", "float32", [directions, 2, hidden]) for i in range(1, results)]
    model(name, [node(op, inputs, [o[0] for o in outputs], hidden_size=hidden, **attributes)], x, outputs, constants)


recurrent("lstm_peepholes", "LSTM", 4, 3, 2, states=("h", "c"), extra=("p",))
recurrent("lstm_lengths", "LSTM", 4, 3, 2, hidden=8, lengths=[6, 3], clip=0.5)
recurrent("lstm_input_forget", "LSTM", 4, 3, hidden=33, input_forget=1, activations=["HardSigmoid", "Relu", "Tanh"], direction="reverse")
recurrent("gru", "GRU", 3, 2, 2, states=("h",), lengths=[2, 6])
recurrent("gru_linear", "GRU", 3, 2, hidden=40, states=("h",), linear_before_reset=1)
recurrent("rnn", "RNN", 1, 2, 2, states=("h",), activations=["Tanh", "Relu"])

model("lstm_dynamic", [node("DynamicQuantizeLSTM", ["x", "w", "r", "b", "", "", "", "", "ws", "wz", "rs", "rz"], ["y", "h", "c"], MS, hidden_size=12, direction="bidirectional")],
      {"x": floats(5, 2, 7)}, [("y", "float32", [5, 2, 2, 12]), ("h", "float32", [2, 2, 12]), ("c", "float32", [2, 2, 12])],
      {"w": bytes_of(np.uint8, 2, 7, 48), "r": bytes_of(np.uint8, 2, 12, 48), "b": weights(2, 96), "ws": np.array([0.004, 0.003], F), "wz": np.array([120, 130], np.uint8), "rs": np.array([0.003, 0.005], F), "rz": np.array([140, 100], np.uint8)})


def one(name, op, inputs, output, constants=(), domain="", opset=17, result="float32", **attributes):
    """A node of one result that takes inputs, then constants; None is an operand that is not there."""
    constants = {f"c{i}": v for i, v in enumerate(constants)}
    names = [*inputs, *(n if v is not None else "" for n, v in constants.items())]
    model(name, [node(op, names, ["y"], domain, **attributes)], inputs, ("y", result, output), {n: v for n, v in constants.items() if v is not None}, opset)


GRID = RANDOM.uniform(-1.3, 1.3, (2, 5, 4, 2)).astype(F)
one("grid_sample", "GridSample", {"x": floats(2, 3, 6, 7), "g": GRID}, [2, 3, 5, 4], mode="bilinear")
one("grid_sample_border", "GridSample", {"x": floats(2, 3, 6, 7), "g": GRID}, [2, 3, 5, 4], mode="bilinear", padding_mode="border", align_corners=1)
one("grid_sample_cubic", "GridSample", {"x": floats(2, 3, 6, 7), "g": GRID}, [2, 3, 5, 4], mode="bicubic", padding_mode="reflection")
REGIONS = np.array([[0, 0, 9, 9], [1.5, 2, 6, 7.3], [3, 3, 4, 4]], F)
one("roi_align", "RoiAlign", {"x": floats(2, 3, 10, 10), "r": REGIONS, "i": np.array([0, 1, 0], np.int64)}, [3, 3, 3, 2], output_height=3, output_width=2, sampling_ratio=2)
one("roi_align_adaptive", "RoiAlign", {"x": floats(2, 3, 10, 10), "r": REGIONS, "i": np.array([0, 1, 0], np.int64)}, [3, 3, 2, 3], output_height=2, output_width=3, spatial_scale=0.7, mode="max", coordinate_transformation_mode="output_half_pixel")
one("scatter_multiply", "ScatterElements", {"x": floats(4, 5), "i": RANDOM.randint(0, 5, (4, 3)).astype(np.int64), "u": floats(4, 3)}, [4, 5], opset=18, axis=1, reduction="mul")
one("scatter_add", "ScatterND", {"x": floats(4, 5), "i": np.array([[0], [2], [0]], np.int64), "u": floats(3, 5)}, [4, 5], opset=18, reduction="add")
one("einsum_ellipsis", "Einsum", {"a": floats(2, 3, 4, 5), "b": floats(2, 3, 5, 6)}, [2, 3, 4, 6], equation="...ij,...jk->...ik")
one("resize_volume", "Resize", {"x": floats(1, 2, 3, 4, 5)}, [1, 2, 6, 6, 10], [None, np.array([1, 1, 2, 1.5, 2], F)], mode="linear")
one("resize_series", "Resize", {"x": floats(1, 3, 17)}, [1, 3, 34], [None, np.array([1, 1, 2], F)], mode="linear")
one("resize_cubic", "Resize", {"x": floats(1, 3, 7, 9)}, [1, 3, 14, 13], [None, np.array([1, 1, 2, 1.5], F)], mode="cubic")
one("conv_few_channels", "Conv", {"x": floats(1, 3, 12, 11)}, [1, 10, 6, 6], [weights(10, 3, 3, 3), floats(10)], pads=[1, 1, 1, 1], strides=[2, 2])
one("conv_blocks", "Conv", {"x": floats(1, 20, 7, 9)}, [1, 16, 7, 9], [weights(16, 20, 3, 3), floats(16)], pads=[1, 1, 1, 1])
one("conv_points", "Conv", {"x": floats(1, 300, 4, 5)}, [1, 12, 4, 5], [weights(12, 300, 1, 1), floats(12)])
one("conv_depthwise_odd", "Conv", {"x": floats(1, 6, 9, 9)}, [1, 6, 7, 7], [weights(6, 1, 3, 3), floats(6)], group=6)
one("conv_groups", "Conv", {"x": floats(1, 32, 6, 6)}, [1, 16, 6, 6], [weights(16, 16, 3, 3), floats(16)], group=2, pads=[1, 1, 1, 1])
one("matmul_row", "MatMul", {"a": floats(3, 1, 35), "b": floats(3, 35, 21)}, [3, 1, 21])
one("matmul_column", "MatMul", {"a": floats(7, 45), "b": floats(45, 1)}, [7, 1])
one("fused_matmul", "FusedMatMul", {"a": floats(2, 7, 9), "b": floats(2, 5, 9)}, [2, 7, 5], domain=MS, transB=1, alpha=0.3)
one("reduce_mean_rows", "ReduceMean", {"x": floats(3, 5, 7, 9)}, [3, 5, 1, 1], axes=[2, 3])
one("reduce_sum_both", "ReduceSum", {"x": floats(4, 6, 27)}, [6], [np.array([0, 2], np.int64)], keepdims=0)
one("global_average_pool", "GlobalAveragePool", {"x": floats(2, 5, 9, 7)}, [2, 5, 1, 1])
one("average_pool", "AveragePool", {"x": floats(1, 5, 11, 12)}, [1, 5, 6, 6], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], count_include_pad=1)
one("average_pool_blocks", "AveragePool", {"x": floats(1, 8, 11, 12)}, [1, 8, 6, 6], kernel_shape=[3, 2], strides=[2, 2], pads=[1, 0, 1, 0])
one("instance_normalization", "InstanceNormalization", {"x": floats(2, 3, 7, 11)}, [2, 3, 7, 11], [floats(3), floats(3)])
one("log_softmax", "LogSoftmax", {"x": floats(4, 43)}, [4, 43], axis=-1)
one("rms_normalization", "SimplifiedLayerNormalization", {"x": floats(3, 45)}, [3, 45], [floats(45)], axis=-1)
one("skip_rms_normalization", "SkipSimplifiedLayerNormalization", {"x": floats(2, 3, 20), "s": floats(2, 3, 20)}, [2, 3, 20], [floats(20)], domain=MS)
model("embed_layer_normalization", [node("EmbedLayerNormalization", ["i", "s", "w", "p", "t", "g", "b", "m"], ["y", "n"], MS)],
      {"i": RANDOM.randint(0, 9, (2, 5)).astype(np.int32), "s": RANDOM.randint(0, 2, (2, 5)).astype(np.int32)}, [("y", "float32", [2, 5, 16]), ("n", "int32", [2])],
      {"w": floats(9, 16), "p": floats(7, 16), "t": floats(2, 16), "g": floats(16), "b": floats(16), "m": np.array([[1, 1, 1, 1, 0], [1, 1, 0, 0, 0]], np.int32)})
one("attention_microsoft", "Attention", {"x": floats(2, 6, 16)}, [2, 6, 16], [weights(16, 48), floats(48), np.array([6, 4], np.int32)], domain=MS, num_heads=2)
one("multi_head_attention_mask", "MultiHeadAttention", {"q": floats(2, 6, 16), "k": floats(2, 5, 16), "v": floats(2, 5, 16)}, [2, 6, 16], [floats(48), np.array([[1, 1, 1, 1, 0], [1, 1, 0, 0, 0]], np.int32)], domain=MS, num_heads=2)

for image in (np.uint8, np.int8):
    model(f"resize_{image.__name__}", [node("Resize", ["x", "", "s"], ["y"], mode="linear")], {"x": bytes_of(image, 1, 3, 7, 9)}, ("y", image.__name__, [1, 3, 14, 13]), {"s": np.array([1, 1, 2, 1.5], F)})

model("max_pool_indices", [node("MaxPool", ["x"], ["y", "i"], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])], {"x": floats(2, 3, 9, 8)}, [("y", "float32", [2, 3, 5, 4]), ("i", "int64", [2, 3, 5, 4])])

def inner(name, nodes, inputs, outputs):
    """A graph inside another; inputs and outputs: name, ONNX type and shape."""
    return helper.make_graph(nodes, name, [helper.make_tensor_value_info(*i) for i in inputs], outputs)


FLOAT, INT, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL
model("loop", [node("SequenceEmpty", [], ["e"], dtype=FLOAT), node("Loop", ["n", "t", "x", "e"], ["v", "l", "y"], body=inner(
    "turn", [node("Mul", ["vi", "k"], ["vo"]), node("SequenceInsert", ["li", "vo"], ["lo"]), node("Identity", ["vo"], ["yo"]), node("Less", ["i", "m"], ["co"])],
    [("i", INT, []), ("ci", BOOL, []), ("vi", FLOAT, [3])], [helper.make_tensor_value_info("co", BOOL, []), helper.make_tensor_value_info("vo", FLOAT, [3]), helper.make_tensor_sequence_value_info("lo", FLOAT, None), helper.make_tensor_value_info("yo", FLOAT, [3])])),
    node("ConcatFromSequence", ["l"], ["j"], axis=1, new_axis=1), node("SequenceLength", ["l"], ["c"])],
    {"x": floats(3)}, [("v", "float32", [3]), ("y", "float32", [4, 3]), ("j", "float32", [3, 4]), ("c", "int64", [])], {"n": np.int64(9), "m": np.int64(3), "k": floats(3), "t": np.array(True)})
MODELS["loop"][0][1].attribute[0].g.input.append(helper.make_tensor_sequence_value_info("li", FLOAT, None))

model("scan", [node("Scan", ["s", "x", "w"], ["z", "y"], num_scan_inputs=2, scan_input_directions=[0, 1], scan_input_axes=[1, 0], scan_output_axes=[1], scan_output_directions=[1], body=inner(
    "turn", [node("MatMul", ["si", "r"], ["p"]), node("Add", ["p", "xi"], ["a"]), node("Mul", ["a", "wi"], ["b"]), node("Tanh", ["b"], ["so"]), node("Identity", ["so"], ["yo"])],
    [("si", FLOAT, [2, 4]), ("xi", FLOAT, [2, 4]), ("wi", FLOAT, [4])], [helper.make_tensor_value_info("so", FLOAT, [2, 4]), helper.make_tensor_value_info("yo", FLOAT, [2, 4])]))],
    {"x": floats(2, 5, 4), "w": floats(5, 4)}, [("z", "float32", [2, 4]), ("y", "float32", [2, 5, 4])], {"s": floats(2, 4), "r": floats(4, 4)})

model("sequences", [node("SplitToSequence", ["x", "n"], ["s"], axis=1), node("SplitToSequence", ["x"], ["t"], axis=0, keepdims=0), node("SequenceErase", ["s", "zero"], ["u"]), node("ConcatFromSequence", ["u"], ["y"], axis=1),
                    node("SequenceAt", ["t", "last"], ["a"]), node("SequenceAt", ["s", "zero"], ["b"]), node("SequenceConstruct", ["b", "b"], ["c"]), node("SequenceInsert", ["c", "y", "one"], ["d"]), node("ConcatFromSequence", ["d"], ["z"], axis=1)],
      {"x": floats(3, 7)}, [("y", "float32", [3, 4]), ("a", "float32", [7]), ("z", "float32", [3, 10])], {"n": np.int64(3), "zero": np.int64(0), "one": np.int64(1), "last": np.int64(-1)})

BOXES = RANDOM.uniform(0, 3, (2, 20, 4)).astype(F)
one("non_max_suppression", "NonMaxSuppression", {"b": BOXES, "s": RANDOM.permutation(2 * 3 * 20).reshape(2, 3, 20).astype(F)}, [12, 3], [np.array([2], np.int64), np.array([0.4], F), np.array([7.5], F)], result="int64")
one("non_max_suppression_centers", "NonMaxSuppression", {"b": BOXES, "s": floats(2, 3, 20)}, [18, 3], [np.array([3], np.int64), np.array([0.5], F)], result="int64", center_point_box=1)


def channels(count):
    """Operands of a BatchNormalization: factors, terms, means, variances."""
    return [floats(count), floats(count), floats(count), RANDOM.uniform(0.5, 2, count).astype(F)]


def chain(name, steps, inputs, shape, constants=(), opset=17, result="float32"):
    """Nodes as (operator, operands, attributes); each result is called after its place, the last one y. Constants are c0, c1, ..."""
    made = [node(op, operands.split(","), ["y" if i == len(steps) - 1 else f"n{i}"], **attributes) for i, (op, operands, attributes) in enumerate(steps)]
    model(name, made, inputs, ("y", result, list(shape)), {f"c{i}": v for i, v in enumerate(constants)}, opset)


PADDED = {"pads": [1, 1, 1, 1]}
chain("conv_add_blocks", [("Conv", "x,c0,c1", PADDED), ("Conv", "x,c2,c3", {}), ("Add", "n1,n0", {}), ("Relu", "n2", {})], {"x": floats(1, 20, 6, 7)}, (1, 16, 6, 7), [floats(16, 20, 3, 3), floats(16), floats(16, 20, 1, 1), floats(16)])
chain("conv_add_matrix", [("Conv", "x,c0,c1", PADDED), ("Conv", "x,c2", {}), ("Add", "n1,n0", {})], {"x": floats(2, 18, 6, 7)}, (2, 10, 6, 7), [floats(10, 18, 3, 3), floats(10), floats(10, 18, 1, 1)])
chain("conv_batch_normalization", [("Conv", "x,c0,c1", {}), ("BatchNormalization", "n0,c2,c3,c4,c5", {}), ("Relu", "n1", {})], {"x": floats(1, 3, 6, 7)}, (1, 8, 4, 5), [floats(8, 3, 3, 3), floats(8), *channels(8)])
chain("conv_transpose_batch_normalization", [("ConvTranspose", "x,c0", {"strides": [2, 2]}), ("BatchNormalization", "n0,c1,c2,c3,c4", {})], {"x": floats(1, 4, 3, 5)}, (1, 6, 6, 10), [floats(4, 6, 2, 2), *channels(6)])
chain("batch_normalization_blocks", [("Conv", "x,c0", {}), ("Relu", "n0", {}), ("MaxPool", "n1", {"kernel_shape": [2, 2]}), ("BatchNormalization", "n2,c1,c2,c3,c4", {}), ("Add", "n3,n2", {})], {"x": floats(1, 3, 6, 7)}, (1, 16, 5, 6), [floats(16, 3, 1, 1), *channels(16)])
chain("conv_channel_terms", [("Conv", "x,c0,c1", {}), ("Mul", "n0,c2", {}), ("Add", "n1,c3", {})], {"x": floats(1, 5, 19)}, (1, 6, 17), [floats(6, 5, 3), floats(6), F(0.3), floats(1, 6, 1)])
chain("conv_depthwise_fours", [("Conv", "x,c0,c1", {"group": 12, **PADDED})], {"x": floats(1, 12, 7, 9)}, (1, 12, 7, 9), [floats(12, 1, 3, 3), floats(12)])
chain("resize_blocks", [("Conv", "x,c0", {}), ("Resize", "n0,,c1", {"mode": "linear"})], {"x": floats(1, 5, 6, 7)}, (1, 16, 18, 14), [floats(16, 5, 1, 1), np.array([1, 1, 3, 2], F)])
chain("global_average_pool_behind", [("Abs", "x", {}), ("GlobalAveragePool", "n0", {})], {"x": floats(1, 16, 7, 9)}, (1, 16, 1, 1))
chain("matmul_batch_normalization", [("MatMul", "x,c0", {}), ("BatchNormalization", "n0,c1,c2,c3,c4", {})], {"x": floats(3, 20)}, (3, 6), [floats(20, 6), *channels(6)])
chain("gelu_tanh_written", [("Pow", "x,c0", {}), ("Mul", "n0,c1", {}), ("Add", "x,n1", {}), ("Mul", "n2,c2", {}), ("Tanh", "n3", {}), ("Add", "n4,c3", {}), ("Mul", "x,c4", {}), ("Mul", "n6,n5", {}), ("Neg", "n7", {})], {"x": floats(3, 41)}, (3, 41), [F(3), F(0.044715), F(0.7978845608), F(1), F(0.5)])
chain("softmax_wide", [("Mul", "x,c0", {}), ("Softmax", "n0", {"axis": -1}), ("LogSoftmax", "n0", {"axis": -1}), ("Add", "n1,n2", {})], {"x": floats(9, 61)}, (9, 61), [F(3)])
chain("matmul_term", [("MatMul", "x,c0", {}), ("Add", "c1,n0", {})], {"x": floats(2, 3, 600)}, (2, 3, 20), [floats(600, 20), floats(20)])
chain("matmul_factors", [("Mul", "x,c0", {}), ("Div", "z,c1", {}), ("MatMul", "n0,n1", {}), ("Mul", "n2,c2", {})], {"x": floats(2, 7, 300), "z": floats(2, 300, 140)}, (2, 7, 140), [F(0.3), F(1.7), F(0.9)])
chain("gemm_factors", [("Gemm", "x,c0,c1", {"alpha": 0.7, "beta": 1.3, "transB": 1})], {"x": floats(5, 600)}, (5, 20), [floats(20, 600), floats(20)])
chain("root_normalization_written", [("Pow", "x,c0", {}), ("ReduceMean", "n0", {"axes": [-1]}), ("Add", "n1,c1", {}), ("Sqrt", "n2", {}), ("Div", "c2,n3", {}), ("Mul", "x,n4", {}), ("Mul", "c3,n5", {})], {"x": floats(2, 3, 45)}, (2, 3, 45), [F(2), F(1e-6), F(1), floats(45)])
chain("layer_normalization_twice", [("ReduceMean", "x", {"axes": [-1]}), ("Sub", "x,n0", {}), ("Sub", "x,n0", {}), ("Pow", "n2,c0", {}), ("ReduceMean", "n3", {"axes": [-1]}), ("Add", "n4,c1", {}), ("Sqrt", "n5", {}), ("Div", "n1,n6", {}), ("Mul", "n7,c2", {}), ("Add", "n8,c3", {})], {"x": floats(2, 3, 45)}, (2, 3, 45), [F(2), F(1e-5), floats(45), floats(45)])


def halves(*shape):
    return floats(*shape).astype(np.float16)


TO_HALF, TO_SINGLE = ("Cast", "x", {"to": TensorProto.FLOAT16}), {"to": TensorProto.FLOAT}
chain("halves_convolution", [TO_HALF, ("Conv", "n0,c0,c1", {}), ("Relu", "n1", {}), ("Conv", "n2,c2", {}), ("GlobalAveragePool", "n3", {}), ("Flatten", "n4", {}), ("Gemm", "n5,c3,c4", {"transB": 1}), ("Softmax", "n6", {}), ("Cast", "n7", TO_SINGLE)],
      {"x": floats(1, 3, 9, 8)}, (1, 5), [halves(8, 3, 3, 3), halves(8), halves(12, 8, 3, 3), halves(5, 12), halves(5)])
chain("halves_transformer", [TO_HALF, ("LayerNormalization", "n0,c0,c1", {}), ("MatMul", "n1,c2", {}), ("Add", "n2,c3", {}), ("Transpose", "n1", {"perm": [0, 2, 1]}), ("MatMul", "n3,n4", {}), ("Softmax", "n5", {}), ("MatMul", "n6,n1", {}), ("Add", "n7,n0", {}), ("Concat", "n8,n1", {"axis": 2}), ("Reshape", "n9,c4", {}), ("Cast", "n10", TO_SINGLE)],
      {"x": floats(1, 6, 16)}, (6, 32), [halves(16), halves(16), halves(16, 16), halves(16), np.array([6, 32], np.int64)])
def integers(*numbers):
    return np.array(numbers, np.int64)


chain("fourier_halves", [("DFT", "x", {"axis": 1, "onesided": 1})], {"x": floats(2, 32, 1)}, (2, 17, 2))
chain("fourier_chirp", [("DFT", "x", {"axis": 1, "inverse": 1})], {"x": floats(1, 20, 2)}, (1, 20, 2))
chain("log_mel", [("STFT", "x,c0,c1,c2", {}), ("ReduceSumSquare", "n0", {"axes": [-1], "keepdims": 0}), ("MatMul", "n1,c3", {}), ("Clip", "n2,c4", {}), ("Log", "n3", {})], {"x": floats(1, 300, 1)}, (1, 14, 8), [np.int64(20), np.hanning(40).astype(F), np.int64(40), np.abs(floats(21, 8)), F(1e-10)])
chain("columns_to_image", [("Col2Im", "x,c0,c1", {"pads": [1, 0, 1, 0], "strides": [2, 1]})], {"x": floats(2, 12, 12)}, (2, 2, 5, 6), [integers(5, 6), integers(2, 3)], opset=18)
chain("center_crop_pad", [("CenterCropPad", "x,c0", {"axes": [0, 1]})], {"x": floats(4, 5, 3)}, (7, 3, 3), [integers(7, 3)], opset=18)
model("max_unpool", [node("MaxPool", ["x"], ["p", "i"], kernel_shape=[2, 2], strides=[2, 2]), node("MaxUnpool", ["p", "i"], ["y"], kernel_shape=[2, 2], strides=[2, 2])], {"x": floats(1, 3, 8, 6)}, ("y", "float32", [1, 3, 8, 6]))
for mode in ("linear", "cubic"):
    chain(f"resize_smoothed_{mode}", [("Resize", "x,,c0", {"mode": mode, "antialias": 1})], {"x": floats(1, 3, 17, 20)}, (1, 3, 10, 9), [np.array([1, 1, 0.6, 0.45], F)], opset=18)
chain("fused_conv", [("FusedConv", "x,c0,c1,z", {"domain": MS, "activation": "LeakyRelu", "activation_params": [0.1]})], {"x": floats(1, 18, 6, 7), "z": floats(1, 8, 4, 5)}, (1, 8, 4, 5), [floats(8, 18, 3, 3), floats(8)])
chain("fused_gemm", [("FusedGemm", "x,c0,c1", {"domain": MS, "transB": 1, "activation": "Relu"})], {"x": floats(4, 30)}, (4, 9), [floats(9, 30), floats(9)])
FUNCTIONS = {"Elu": {"alpha": 0.7}, "Selu": {}, "Celu": {"alpha": 1.3}, "Softplus": {}, "Mish": {}, "Sin": {}, "Cos": {}}
model("functions", [node(op, ["x"], [op], **attributes) for op, attributes in FUNCTIONS.items()] + [node("Abs", ["x"], ["a"]), node("Log", ["a"], ["Log"])], {"x": floats(7, 31) * F(9)}, [(op, "float32", [7, 31]) for op in [*FUNCTIONS, "Log"]], opset=18)


def pairs(name, value, scale, zero, constants, domain=""):
    """QuantizeLinear and DequantizeLinear of a value; the result is NAME_d."""
    constants |= {f"{name}_s": F(scale), f"{name}_z": zero}
    return [node("QuantizeLinear", [value, f"{name}_s", f"{name}_z"], [f"{name}_q"], domain), node("DequantizeLinear", [f"{name}_q", f"{name}_s", f"{name}_z"], [f"{name}_d"], domain)]


def real(name, value, scale, constants, domain="", **attributes):
    """A DequantizeLinear of a constant; the result is NAME_d."""
    constants |= {f"{name}_w": value, f"{name}_ws": np.asarray(scale, F), f"{name}_wz": np.zeros(np.shape(scale), value.dtype)}
    return [node("DequantizeLinear", [f"{name}_w", f"{name}_ws", f"{name}_wz"], [f"{name}_d"], domain, **attributes)]


def quantized(name, shape, output, behind, weights, zero=np.uint8(120), domain="", opset=17, **inputs):
    """Quantized data and weights in front of some nodes, whose result is y in float."""
    constants = {}
    front = pairs("x", "x", 0.0157, zero, constants, domain) + (real("w", weights, 0.011, constants, domain) if weights is not None else [])
    model(name, front + behind(constants), {"x": floats(*shape)} | inputs, ("y", "float32", output), constants, opset)


def with_bias(*nodes):
    def behind(constants):
        constants["b"] = BIAS
        return list(nodes)
    return behind


BIAS = floats(13)
quantized("gemm_row_dequantized", (1, 43), [1, 13], with_bias(node("Gemm", ["x_d", "w_d", "b"], ["y"], transB=1)), bytes_of(np.int8, 13, 43))
quantized("matmul_row_term_dequantized", (1, 43), [1, 13], with_bias(node("MatMul", ["x_d", "w_d"], ["m"]), node("Add", ["m", "b"], ["y"])), bytes_of(np.int8, 43, 13))
quantized("matmul_term_dequantized", (2, 5, 43), [2, 5, 13], with_bias(node("MatMul", ["x_d", "w_d"], ["m"]), node("Add", ["b", "m"], ["y"])), bytes_of(np.int8, 43, 13), np.int8(-8))
quantized("matmul_term_quantized_late", (2, 5, 43), [2, 5, 13], lambda c: with_bias(node("MatMul", ["x_d", "w_d"], ["m"]), node("Add", ["m", "b"], ["a"]))(c) + pairs("a", "a", 0.031, np.uint8(131), c) + [node("Identity", ["a_d"], ["y"])], bytes_of(np.int8, 43, 13))
quantized("matmul_sixteen_bits", (3, 43), [3, 13], lambda c: [node("MatMul", ["x_d", "w_d"], ["y"])], bytes_of(np.int8, 43, 13), np.uint16(31000), MS)
quantized("matmul_run_time_quantized", (2, 4, 9), [2, 4, 5], lambda c: pairs("v", "v", 0.016, np.uint8(99), c) + [node("MatMul", ["x_d", "v_d"], ["y"])], None, v=floats(2, 9, 5))
quantized("max_pool_moved", (1, 3, 34, 34), [1, 16, 16, 16], lambda c: with_bias(node("Conv", ["x_d", "w_d"], ["c"]), node("Relu", ["c"], ["r"]), node("MaxPool", ["r"], ["m"], kernel_shape=[2, 2], strides=[2, 2]))(c) + pairs("m", "m", 0.017, np.uint8(0), c) + [node("Identity", ["m_d"], ["y"])], bytes_of(np.int8, 16, 3, 3, 3))
quantized("conv_place_dequantized", (1, 40, 1, 1), [1, 13, 1, 1], with_bias(node("Conv", ["x_d", "w_d", "b"], ["y"])), bytes_of(np.int8, 13, 40, 1, 1))
quantized("conv_factor_dequantized", (1, 16, 5, 6), [1, 13, 3, 4], lambda c: c.update(f=F(0.3)) or with_bias(node("Conv", ["x_d", "w_d", "b"], ["c"]), node("Mul", ["c", "f"], ["y"]))(c), bytes_of(np.int8, 13, 16, 3, 3))
one("conv_transpose_place", "ConvTranspose", {"x": floats(1, 37, 1, 1)}, [1, 10, 4, 4], [weights(37, 10, 4, 4)])
one("matmul_row_turned", "FusedMatMul", {"a": floats(3, 1, 35), "b": floats(3, 21, 35)}, [3, 1, 21], domain=MS, transB=1)
one("reduce_mean_between", "ReduceMean", {"x": floats(3, 13, 10)}, [3, 10], axes=[1], keepdims=0)
chain("reduce_mean_transposed", [("Transpose", "x", {"perm": [0, 2, 3, 1]}), ("ReduceMean", "n0", {"axes": [1, 2], "keepdims": 0})], {"x": floats(1, 10, 7, 9)}, (1, 10))
for opset in (13, 17):
    chain(f"layer_normalization_transposed_{opset}", [
        ("Transpose", "x", {"perm": [0, 2, 1]}), ("ReduceMean", "n0", {"axes": [-1]}), ("Sub", "n0,n1", {}), ("Pow", "n2,c0", {}), ("ReduceMean", "n3", {"axes": [-1]}), ("Add", "n4,c1", {}), ("Sqrt", "n5", {}),
        ("Div", "n2,n6", {}), ("Mul", "n7,c2", {}), ("Add", "n8,c3", {})], {"x": floats(1, 24, 17)}, (1, 17, 24), [F(2), F(1e-5), floats(24), floats(24)], opset=opset)
chain("matmul_of_constants", [("MatMul", "c0,c1", {}), ("Add", "n0,c2", {}), ("MatMul", "x,n1", {})], {"x": floats(4, 12)}, (4, 9), [floats(12, 140), floats(140, 9), floats(9)])


ANGLES = np.arange(24)[:, None] / 10000 ** (np.arange(0, 24, 2) / 24)[None]
COSINES, SINES = np.cos(ANGLES).astype(F), np.sin(ANGLES).astype(F)


def attention(name, op, inputs, results, constants=(), operands=None, opset=17, domain=MS, **attributes):
    """A node of several results, whose operands are the inputs, then the constants, unless named."""
    constants = dict(constants)
    model(name, [node(op, operands or [*inputs, *constants], [r[0] for r in results], domain, **attributes)], inputs, [(n, "float32", shape) for n, shape in results], constants, opset)


POSITIONS = np.tile(np.arange(5), (2, 1)).astype(np.int64)
attention("rotary_halves", "RotaryEmbedding", {"x": floats(2, 5, 72), "p": POSITIONS}, [("y", [2, 5, 72])], {"c": COSINES, "s": SINES})
attention("rotary_pairs_partial", "RotaryEmbedding", {"x": floats(2, 3, 5, 24), "c": COSINES[:, :8].copy(), "s": SINES[:, :8].copy(), "p": POSITIONS}, [("y", [2, 3, 5, 24])], opset=23, domain="", interleaved=1, rotary_embedding_dim=16)
attention("multi_head_attention_flash", "MultiHeadAttention", {"q": floats(2, 7, 48), "k": floats(2, 19, 48), "v": floats(2, 19, 48)}, [("y", [2, 7, 48])], {"b": floats(144)}, num_heads=2)
attention("multi_head_attention_blocks", "MultiHeadAttention", {"q": floats(1, 3, 512), "k": floats(1, 300, 512), "v": floats(1, 300, 512)}, [("y", [1, 3, 512])], num_heads=1)
attention("multi_head_attention_past", "MultiHeadAttention", {"q": floats(1, 3, 48), "k": floats(1, 3, 48), "v": floats(1, 3, 48), "pk": floats(1, 2, 4, 24), "pv": floats(1, 2, 4, 24)},
          [("y", [1, 3, 48]), ("nk", [1, 2, 7, 24]), ("nv", [1, 2, 7, 24])], operands=["q", "k", "v", "", "", "", "pk", "pv"], num_heads=2)
attention("attention_microsoft_bias", "Attention", {"x": floats(1, 7, 20), "a": floats(1, 2, 7, 7)}, [("y", [1, 7, 24])], {"w": weights(20, 72), "b": floats(72)}, operands=["x", "w", "b", "", "", "a"], num_heads=2)
WIDE, PAST = 32, np.arange(24)[:, None] / 10000 ** (np.arange(0, 32, 2) / 32)[None]
TABLES = {"c": np.cos(PAST).astype(F), "s": np.sin(PAST).astype(F)}
LENGTH = {"n": np.array([18], np.int32), "t": np.array(19, np.int32)}
attention("group_query_attention", "GroupQueryAttention", {"q": floats(1, 19, 256)}, [("y", [1, 19, 128]), ("nk", [1, 2, 19, WIDE]), ("nv", [1, 2, 19, WIDE])], LENGTH | TABLES,
          operands=["q", "", "", "", "", "n", "t", "c", "s"], num_heads=4, kv_num_heads=2, do_rotary=1)
attention("group_query_attention_window", "GroupQueryAttention", {"q": floats(1, 19, 128), "k": floats(1, 19, 64), "v": floats(1, 19, 64)}, [("y", [1, 19, 128]), ("nk", [1, 2, 19, WIDE]), ("nv", [1, 2, 19, WIDE])], LENGTH,
          operands=["q", "k", "v", "", "", "n", "t"], num_heads=4, kv_num_heads=2, local_window_size=5)
for rows in (1, 3):
    attention(f"group_query_attention_past_{rows}", "GroupQueryAttention", {"q": floats(1, rows, 128), "k": floats(1, rows, 64), "v": floats(1, rows, 64), "pk": floats(1, 2, 19 - rows, WIDE), "pv": floats(1, 2, 19 - rows, WIDE)},
              [("y", [1, rows, 128]), ("nk", [1, 2, 19, WIDE]), ("nv", [1, 2, 19, WIDE])], LENGTH | TABLES, operands=["q", "k", "v", "pk", "pv", "n", "t", "c", "s"], num_heads=4, kv_num_heads=2, do_rotary=1)


one("average_pool_version_19", "AveragePool", {"x": floats(1, 5, 11, 12)}, [1, 5, 6, 6], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], opset=19)
quantized("max_pool_version_11", (1, 3, 34, 34), [1, 16, 16, 16], lambda c: with_bias(node("Conv", ["x_d", "w_d"], ["c"]), node("Relu", ["c"], ["r"]), node("MaxPool", ["r"], ["m"], kernel_shape=[2, 2], strides=[2, 2]))(c) + pairs("m", "m", 0.017, np.uint8(0), c) + [node("Identity", ["m_d"], ["y"])], bytes_of(np.int8, 16, 3, 3, 3), opset=11)
constant = floats(1, 5, 20)
model("normalization_of_constants", [node("Add", ["c", "d"], ["s"]), node("LayerNormalization", ["s", "g", "b"], ["n"], axis=-1), node("MatMul", ["n", "w"], ["m"]), node("Mul", ["x", "m"], ["y"])],
      {"x": floats(1, 5, 6)}, ("y", "float32", [1, 5, 6]), {"c": constant, "d": floats(1, 5, 20), "g": floats(20), "b": floats(20), "w": floats(20, 6)})

model("constant_factor_before", [node("Mul", ["c", "f"], ["m"]), node("MatMul", ["m", "x"], ["y"])], {"x": floats(2, 37, 5)}, ("y", "float32", [2, 9, 5]), {"c": floats(2, 9, 37), "f": F(0.3535534)})


def embedded_normalization(constants):
    """A layer normalization written out, behind a DequantizeLinear."""
    constants |= {"two": F(2), "e": F(1e-5), "g": floats(24), "b": floats(24)}
    return [node("ReduceMean", ["x_d"], ["m"], axes=[-1]), node("Sub", ["x_d", "m"], ["c"]), node("Pow", ["c", "two"], ["p"]), node("ReduceMean", ["p"], ["v"], axes=[-1]), node("Add", ["v", "e"], ["w"]), node("Sqrt", ["w"], ["r"]),
            node("Div", ["c", "r"], ["n"]), node("Mul", ["n", "g"], ["s"]), node("Add", ["s", "b"], ["y"])]


quantized("normalization_dequantized", (2, 7, 24), [2, 7, 24], embedded_normalization, None, opset=13)


def trained(value, scale, constants, axis):
    """Weights that are quantized and made real again in the file, as trained ones are exported."""
    constants |= {"w": value, "w_s": np.asarray(scale, F), "w_z": np.zeros(np.shape(scale), np.int8)}
    return [node("QuantizeLinear", ["w", "w_s", "w_z"], ["w_q"], axis=axis), node("DequantizeLinear", ["w_q", "w_s", "w_z"], ["w_d"], axis=axis)]


quantized("conv_transpose_trained", (1, 6, 9, 8), [1, 13, 18, 16], lambda c: trained(floats(6, 13, 2, 2), RANDOM.uniform(0.008, 0.016, 13), c, 1) + with_bias(node("ConvTranspose", ["x_d", "w_d", "b"], ["t"], strides=[2, 2]))(c) + pairs("t", "t", 0.09, np.int8(3), c) + [node("Identity", ["t_d"], ["y"])], None, np.int8(-8))
quantized("matmul_term_relu_trained", (2, 100, 43), [2, 100, 13], lambda c: trained(floats(43, 13), RANDOM.uniform(0.008, 0.016, 13), c, 1) + with_bias(node("MatMul", ["x_d", "w_d"], ["m"]), node("Add", ["m", "b"], ["a"]), node("Relu", ["a"], ["r"]))(c) + pairs("r", "r", 0.04, np.int8(0), c) + [node("Identity", ["r_d"], ["y"])], None, np.int8(0))
quantized("add_constant_trained", (3, 41), [3, 41], lambda c: c.update(k=floats(41)) or pairs("k", "k", 0.0157, np.int8(0), c) + [node("Add", ["x_d", "k_d"], ["a"])] + pairs("a", "a", 0.0314, np.int8(0), c) + [node("Identity", ["a_d"], ["y"])], None, np.int8(0))


def few_bits(name, rows, k, n, bits, block, level, zeros, behind=None):
    """MatMulNBits of random weights; behind: nodes from m to y."""
    blocks = (k + block - 1) // block
    constants = {"w": RANDOM.randint(0, 256, (n, blocks, block * bits // 8)).astype(np.uint8), "s": RANDOM.uniform(0.01, 0.1, n * blocks).astype(F)}
    if zeros:
        constants["z"] = RANDOM.randint(0, 256, n * ((blocks * bits + 7) // 8)).astype(np.uint8)
    nodes = [node("MatMulNBits", ["x", *constants], ["m" if behind else "y"], MS, K=k, N=n, bits=bits, block_size=block, accuracy_level=level)]
    model(name, nodes + (behind(constants) if behind else []), {"x": floats(*rows, k)}, ("y", "float32", [*rows, n]), constants)


for BITS, BLOCK, K in [(4, 16, 300), (4, 32, 300), (4, 64, 300), (4, 256, 700), (8, 32, 300), (8, 64, 300), (8, 128, 300)]:
    few_bits(f"few_bits_{BITS}_{BLOCK}", (3,), K, 9, BITS, BLOCK, 4, BLOCK % 3 == 1)
few_bits("few_bits_row", (1, 1), 300, 9, 4, 32, 4, True)
few_bits("few_bits_row_real", (1, 1), 300, 9, 4, 32, 0, True)
few_bits("few_bits_eight_real", (2, 3), 300, 9, 8, 32, 0, False)
few_bits("few_bits_term", (2, 3), 300, 9, 4, 64, 4, False, lambda c: c.update(b=floats(9)) or [node("Add", ["b", "m"], ["y"])])
few_bits("few_bits_gelu", (2, 3), 300, 9, 4, 64, 4, False, lambda c: c.update(b=floats(9), r=F(np.sqrt(2)), o=F(1), h=F(0.5)) or [
    node("Add", ["m", "b"], ["a"]), node("Div", ["a", "r"], ["d"]), node("Erf", ["d"], ["e"]), node("Add", ["e", "o"], ["f"]), node("Mul", ["a", "f"], ["g"]), node("Mul", ["g", "h"], ["y"])])
model("few_bits_dequantized", [node("DequantizeLinear", ["w", "s", "z"], ["d"], axis=1), node("MatMul", ["x", "d"], ["m"]), node("Add", ["m", "b"], ["y"])],
      {"x": floats(2, 3, 70)}, ("y", "float32", [2, 3, 9]), {"w": bytes_of(np.int8, 70, 9), "s": RANDOM.uniform(0.01, 0.1, 9).astype(F), "z": bytes_of(np.int8, 9), "b": floats(9)})
model("few_bits_dequantized_sum", [node("DequantizeLinear", ["w", "s", "z"], ["d"]), node("MatMul", ["x", "d"], ["m"]), node("Add", ["t", "m"], ["y"])],
      {"x": floats(3, 70), "t": floats(3, 9)}, ("y", "float32", [3, 9]), {"w": bytes_of(np.uint8, 70, 9), "s": F(0.02), "z": np.uint8(117)})


def erf_gelu(x, c):
    c |= {"root": F(np.sqrt(2)), "one": F(1), "half": F(0.5)}
    return [node("Div", [x, "root"], ["d"]), node("Erf", ["d"], ["e"]), node("Add", ["e", "one"], ["f"]), node("Mul", [x, "f"], ["g"]), node("Mul", ["g", "half"], ["y"])]


def tanh_gelu(x, c):
    c |= {"one": F(1), "half": F(0.5), "three": F(3), "share": F(0.044715), "root": F(0.7978845608)}
    return [node("Pow", [x, "three"], ["p"]), node("Mul", ["p", "share"], ["q"]), node("Add", [x, "q"], ["s"]), node("Mul", ["s", "root"], ["t"]), node("Tanh", ["t"], ["u"]), node("Add", ["u", "one"], ["v"]),
            node("Mul", [x, "half"], ["h"]), node("Mul", ["h", "v"], ["w"]), node("Identity", ["w"], ["i"]), node("Neg", ["i"], ["y"])]


def root_normalization(x, c):
    c |= {"two": F(2), "e": F(1e-5), "g": floats(24)}
    return [node("Pow", [x, "two"], ["p"]), node("ReduceMean", ["p"], ["v"], axes=[-1]), node("Add", ["v", "e"], ["w"]), node("Sqrt", ["w"], ["r"]), node("Div", [x, "r"], ["n"]), node("Mul", ["n", "g"], ["y"])]


quantized("gelu_dequantized", (2, 7, 24), [2, 7, 24], lambda c: erf_gelu("x_d", c), None)
quantized("gelu_dequantized_reshaped", (2, 7, 24), [14, 24], lambda c: c.update(k=np.array([14, 24], np.int64)) or [node("Reshape", ["x_d", "k"], ["z"]), *erf_gelu("z", c)], None)
quantized("gelu_tanh_dequantized", (2, 7, 24), [2, 7, 24], lambda c: tanh_gelu("x_d", c), None)
quantized("root_normalization_dequantized", (2, 7, 24), [2, 7, 24], lambda c: root_normalization("x_d", c), None)
quantized("normalization_dequantized_reshaped", (2, 7, 24), [14, 24], lambda c: c.update(k=np.array([14, 24], np.int64)) or [node("Reshape", ["x_d", "k"], ["z"]), *(node(n.op_type, ["z" if i == "x_d" else i for i in n.input], list(n.output), **({"axes": [-1]} if n.attribute else {})) for n in embedded_normalization(c))], None, opset=13)
CONSTANTS = {}
model("output_behind_quantize", [node("Concat", ["x", "v"], ["k"], axis=1), node("Transpose", ["k"], ["t"], perm=[0, 2, 1]), *pairs("t", "t", 0.0157, np.uint8(120), CONSTANTS), node("MatMul", ["q", "t_d"], ["y"])],
      {"x": floats(1, 4, 8), "v": floats(1, 3, 8), "q": floats(1, 2, 8)}, [("y", "float32", [1, 2, 7]), ("k", "float32", [1, 7, 8])], CONSTANTS)
CONSTANTS = {"c": floats(1, 5, 20), "b": floats(12)}
model("gemm_of_constant_trained", [*pairs("c", "c", 0.016, np.int8(0), CONSTANTS), *trained(floats(20, 12), RANDOM.uniform(0.008, 0.016, 12), CONSTANTS, 1), node("MatMul", ["c_d", "w_d"], ["m"]), node("Add", ["b", "m"], ["a"]),
                                   *pairs("a", "a", 0.02, np.int8(0), CONSTANTS), node("Mul", ["x", "a_d"], ["y"])], {"x": floats(1, 5, 12)}, ("y", "float32", [1, 5, 12]), CONSTANTS)
CONSTANTS = {"c": floats(1, 5, 40), "b": floats(12)}
model("few_bits_of_constant", [*pairs("c", "c", 0.016, np.int8(0), CONSTANTS), *trained(floats(40, 12), RANDOM.uniform(0.008, 0.016, 12), CONSTANTS, 1), node("MatMul", ["c_d", "w_d"], ["m"]), node("Add", ["b", "m"], ["a"]), node("Mul", ["x", "a"], ["y"])],
      {"x": floats(1, 5, 12)}, ("y", "float32", [1, 5, 12]), CONSTANTS)
model("conv_transpose_apart", [node("ConvTranspose", ["x", "w"], ["y"], strides=[2, 3])], {"x": floats(1, 20, 5, 4)}, ("y", "float32", [1, 6, 10, 12]), {"w": floats(20, 6, 2, 3)})

attention("group_query_attention_softcap", "GroupQueryAttention", {"q": floats(1, 5, 128), "k": floats(1, 5, 64), "v": floats(1, 5, 64)}, [("y", [1, 5, 128]), ("nk", [1, 2, 5, WIDE]), ("nv", [1, 2, 5, WIDE])],
          {"n": np.array([4], np.int32), "t": np.array(5, np.int32)}, operands=["q", "k", "v", "", "", "n", "t"], num_heads=4, kv_num_heads=2, softcap=1.5)
for OP, LOW, HIGH in [("Sinh", -95, 95), ("Cosh", -95, 95), ("Asinh", -9, 9), ("Acosh", 1, 9), ("Atanh", -1, 1)]:
    one(OP.lower(), OP, {"x": np.concatenate([RANDOM.uniform(LOW, HIGH, 300), RANDOM.uniform(max(LOW, -1), min(HIGH, 1.5), 300)]).astype(F)}, [600])
one("conv_groups_points", "Conv", {"x": floats(1, 192, 3, 4)}, [1, 32, 3, 4], [weights(32, 96, 1, 1), floats(32)], group=2)
one("conv_groups_matrix", "Conv", {"x": floats(1, 60, 6, 5)}, [1, 18, 6, 5], [weights(18, 20, 3, 3), floats(18)], group=3, pads=[1, 1, 1, 1])
one("conv_multiplier", "Conv", {"x": floats(1, 8, 9, 7)}, [1, 24, 5, 4], [weights(24, 1, 5, 3), floats(24)], group=8, pads=[2, 1, 2, 1], strides=[2, 2])
one("conv_volume", "Conv", {"x": floats(2, 6, 5, 6, 7)}, [2, 8, 4, 3, 7], [weights(8, 3, 3, 3, 2), floats(8)], group=2, pads=[1, 1, 1, 0, 1, 1], strides=[1, 2, 1], dilations=[1, 1, 2])
CONSTANTS = {"w": bytes_of(np.int8, 8, 6, 3, 3, 3), "ws": F(0.004), "wz": np.int8(0), "b": RANDOM.randint(-500, 500, 8).astype(np.int32), "bs": F(0.004 * 0.0157), "bz": np.int32(0)}
model("conv_volume_symmetric", [*pairs("x", "x", 0.0157, np.int8(0), CONSTANTS), node("DequantizeLinear", ["w", "ws", "wz"], ["w_d"]), node("DequantizeLinear", ["b", "bs", "bz"], ["b_d"]),
                                node("Conv", ["x_d", "w_d", "b_d"], ["c"], pads=[1, 1, 1, 1, 1, 1], strides=[2, 1, 1]), node("Relu", ["c"], ["r"]), *pairs("r", "r", 0.011, np.int8(0), CONSTANTS), node("Identity", ["r_d"], ["y"])],
      {"x": floats(1, 6, 5, 6, 7)}, ("y", "float32", [1, 8, 3, 6, 7]), CONSTANTS)
one("matmul_column_batches", "MatMul", {"a": floats(3, 7, 45), "b": floats(3, 45, 1)}, [3, 7, 1])


def four_bits(*shape):
    """Numbers of four bits, two a byte, the first one in the lower half."""
    values = RANDOM.randint(-7, 8, shape).astype(np.int8)
    halves = values.reshape(-1).view(np.uint8) & 15
    return TensorProto(data_type=22, dims=shape, raw_data=(halves[0::2] | halves[1::2] << 4).tobytes())


def behind_four_bits(name, shape, scales, nodes, output):
    constants = {"w": four_bits(*shape), "ws": scales}
    model(name, [*pairs("x", "x", 0.0157, np.uint8(120), constants), node("DequantizeLinear", ["w", "ws"], ["w_d"], axis=0), *nodes(constants)], {"x": floats(*output[1])}, ("y", "float32", output[0]), constants, opset=21)


behind_four_bits("conv_four_bits", (8, 16, 3, 3), RANDOM.uniform(0.01, 0.03, 8).astype(F), lambda c: [node("Conv", ["x_d", "w_d"], ["c"], pads=[1, 1, 1, 1]), *pairs("c", "c", 0.031, np.uint8(131), c), node("Identity", ["c_d"], ["y"])], ([1, 8, 16, 16], [1, 16, 16, 16]))
behind_four_bits("gemm_four_bits", (12, 40), RANDOM.uniform(0.01, 0.03, 12).astype(F), lambda c: [node("Gemm", ["x_d", "w_d"], ["y"], transB=1)], ([9, 12], [9, 40]))
CONSTANTS = {"s": F(4 / 255), "z": np.uint8(0), "t": F(8 / 255), "u": np.uint8(127)}
model("average_pool_whole", [node("QLinearAveragePool", ["x", "s", "z", "t", "u"], ["y"], MS, kernel_shape=[5, 5])],
      {"x": np.stack([RANDOM.permutation(np.repeat(np.array([16, 17, 18], np.uint8), [10, 5, 10])).reshape(5, 5) for _ in range(12)])[None]}, ("y", "uint8", [1, 12, 1, 1]), CONSTANTS)
CONSTANTS = {"v": weights(16, 3, 3, 3), "w": bytes_of(np.int8, 16, 16, 1, 1), "ws": F(0.011), "wz": np.int8(0), "t": F(0.05), "u": np.int8(-3)}
model("pairs_of_their_own", [*pairs("x", "x", 0.0157, np.int8(0), CONSTANTS), node("Conv", ["x_d", "v"], ["c"]), node("DequantizeLinear", ["w", "ws", "wz"], ["w_d"]),
                             *(n for i in "123" for n in (node("QuantizeLinear", ["c", "t", "u"], [f"q{i}"]), node("DequantizeLinear", [f"q{i}", "t", "u"], [f"d{i}"]))), node("Conv", ["d1", "w_d"], ["e"]), node("Add", ["d2", "d3"], ["f"]),
                             *pairs("e", "e", 0.07, np.int8(5), CONSTANTS), *pairs("f", "f", 0.07, np.int8(5), CONSTANTS), node("Mul", ["e_d", "f_d"], ["y"])], {"x": floats(1, 3, 9, 9)}, ("y", "float32", [1, 16, 7, 7]), CONSTANTS)
model("gelu_blocks", [node("Conv", ["x", "w"], ["c"]), node("Gelu", ["c"], ["g"], MS), node("GlobalAveragePool", ["g"], ["y"])], {"x": floats(1, 3, 12, 12)}, ("y", "float32", [1, 32, 1, 1]), {"w": weights(32, 3, 3, 3)})
model("fused_conv_blocks", [node("FusedConv", ["x", "w"], ["c"], MS, activation="Relu"), node("GlobalAveragePool", ["c"], ["y"])], {"x": floats(1, 3, 12, 12)}, ("y", "float32", [1, 32, 1, 1]), {"w": weights(32, 3, 3, 3)})
CONSTANTS = {}
model("quantized_twice", [*pairs("x", "x", 0.0157, np.int8(-20), CONSTANTS), *pairs("z", "x_d", 0.0121, np.int8(-7), CONSTANTS), node("Mul", ["z_d", "z_d"], ["y"])], {"x": floats(3, 41)}, ("y", "float32", [3, 41]), CONSTANTS)
model("max_pool_channels_last", [node("NhwcMaxPool", ["x"], ["y"], MS, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1])], {"x": bytes_of(np.uint8, 1, 7, 8, 5)}, ("y", "uint8", [1, 4, 4, 5]))
model("average_pool_channels_last", [node("QLinearAveragePool", ["x", "s", "z", "s", "z"], ["y"], MS, kernel_shape=[3, 3], strides=[2, 2], channels_last=1)], {"x": bytes_of(np.uint8, 1, 7, 8, 5)}, ("y", "uint8", [1, 3, 3, 5]), {"s": F(0.02), "z": np.uint8(3)})
model("audio_constants", [node("HannWindow", ["n"], ["h"]), node("HammingWindow", ["n"], ["g"], periodic=0), node("BlackmanWindow", ["n"], ["b"]), node("MelWeightMatrix", ["m", "n", "r", "l", "u"], ["w"]), node("Sum", ["x", "h", "g", "b"], ["s"]), node("MatMul", ["v", "w"], ["y"])],
      {"x": floats(64), "v": floats(3, 33)}, [("y", "float32", [3, 7]), ("s", "float32", [64])], {"n": np.array(64, np.int64), "m": np.array(7, np.int64), "r": np.array(8000, np.int64), "l": F(100), "u": F(3800)})
model("bitwise_not", [node("BitwiseNot", ["x"], ["y"])], {"x": bytes_of(np.uint8, 3, 21)}, ("y", "uint8", [3, 21]), opset=18)

for OP, LOW, HIGH in [("Tan", -300, 300), ("Asin", -1.1, 1.1), ("Acos", -1.1, 1.1), ("Atan", -9, 9)]:
    one(OP.lower(), OP, {"x": np.concatenate([RANDOM.uniform(LOW, HIGH, 400), RANDOM.uniform(-1, 1, 203)]).astype(F)}, [603])
one("matmul_vector", "MatMul", {"a": floats(2, 7, 45), "b": floats(45)}, [2, 7])
one("matmul_rows_of_one_matrix", "MatMul", {"a": floats(3, 1, 45), "b": floats(1, 45, 9)}, [3, 1, 9])
one("matmul_column_of_one_matrix", "MatMul", {"a": floats(3, 7, 45), "b": floats(1, 45, 1)}, [3, 7, 1])
for PAIRS in (5, 10):
    one(f"rotary_embedding_{PAIRS}_pairs", "RotaryEmbedding", {"x": floats(1, 2, 4, 2 * PAIRS), "p": np.array([[3, 0, 5, 1]], np.int64)}, [1, 2, 4, 2 * PAIRS], [floats(6, PAIRS), floats(6, PAIRS)], domain=MS, interleaved=1)
quantized("matmul_term_relu", (2, 20, 43), [2, 20, 13], lambda c: c.update(w=bytes_of(np.int8, 43, 13), ws=F(0.011), wz=np.int8(0), b=floats(13)) or [
    node("DequantizeLinear", ["w", "ws", "wz"], ["w_d"]), node("MatMul", ["x_d", "w_d"], ["m"]), node("Add", ["m", "b"], ["a"]), node("Relu", ["a"], ["r"]), *pairs("r", "r", 0.02, np.uint8(0), c), node("Identity", ["r_d"], ["y"])], None)


def added_and_normalized(name, product, opset=17):
    """A product of x with its term, added to another value and normalized: the term is the product's."""
    constants = {"b": floats(16), "g": floats(16), "h": floats(16)}
    nodes = product(constants)
    model(name, [*nodes, node("Add", ["p", "b"], ["t"]), node("Add", ["s", "t"], ["u"]), node("LayerNormalization", ["u", "g", "h"], ["y"], axis=-1)], {"x": floats(2, 5, 24), "s": floats(2, 5, 16)}, ("y", "float32", [2, 5, 16]), constants, opset)


added_and_normalized("skip_normalization_dynamic", lambda c: c.update(w=bytes_of(np.uint8, 24, 16), ws=F(0.01), wz=np.uint8(120)) or [
    node("DynamicQuantizeLinear", ["x"], ["q", "qs", "qz"]), node("MatMulInteger", ["q", "w", "qz", "wz"], ["i"]), node("Cast", ["i"], ["f"], to=TensorProto.FLOAT), node("Mul", ["qs", "ws"], ["m"]), node("Mul", ["f", "m"], ["p"])])
added_and_normalized("skip_normalization_dequantized", lambda c: c.update(w=bytes_of(np.uint8, 24, 16), ws=F(0.01), wz=np.uint8(120)) or [
    *pairs("x", "x", 0.0157, np.uint8(120), c), node("DequantizeLinear", ["w", "ws", "wz"], ["w_d"]), node("MatMul", ["x_d", "w_d"], ["p"])])


def symbolic(name, nodes, inputs, output, constants, **extents):
    """A model whose file names some extents of its inputs by symbols."""
    SYMBOLS[name] = extents
    model(name, nodes, inputs, ("y", "float32", output), constants)


def added(term, other, front=(), product="x"):
    """A product with its term, added to another value and normalized."""
    return [*front, node("MatMul", [product, "w"], ["p"]), node("Add", ["p", term], ["t"]), node("Add", [other, "t"], ["u"]), node("LayerNormalization", ["u", "g", "h"], ["y"], axis=-1)]


def row_constants(**others):
    return {"w": weights(300, 16), "b": floats(16), "g": floats(16), "h": floats(16)} | others


ROWS = {"x": floats(2, 3, 300), "s": floats(2, 3, 16)}
symbolic("symbolic_batch", added("b", "s"), ROWS, ["batch", 3, 16], row_constants(), x=["batch", 3, 300], s=["batch", 3, 16])
symbolic("symbolic_batches", added("b", "s"), ROWS, [None, 3, 16], row_constants(), x=["batch", 3, 300], s=["others", 3, 16])
symbolic("symbolic_length", added("b", "s"), ROWS, ["batch", "length", 16], row_constants(), x=["batch", "length", 300], s=["batch", "length", 16])
symbolic("symbolic_batch_of_one", added("b", "s"), {"x": floats(1, 3, 300)}, ["batch", 3, 16], row_constants(s=floats(1, 3, 16)), x=["batch", 3, 300])
symbolic("symbolic_reshaped", added("b", "s", [node("Reshape", ["x", "k"], ["z"])], "z"), ROWS, [2, 3, 16], row_constants(k=np.array([2, 3, 300], np.int64)), x=["batch", "length", 300])
symbolic("symbolic_kept", added("b", "s", [node("Reshape", ["x", "k"], ["v"]), node("Transpose", ["v"], ["o"], perm=[0, 2, 1, 3]), node("Transpose", ["o"], ["q"], perm=[0, 2, 1, 3]), node("Reshape", ["q", "l"], ["z"])], "z"),
         ROWS, ["batch", 3, 16], row_constants(k=np.array([0, 0, 4, 75], np.int64), l=np.array([0, 3, -1], np.int64)), x=["batch", 3, 300], s=["batch", 3, 16])
symbolic("symbolic_computed", added("b", "s", [node("Shape", ["x"], ["f"]), node("Gather", ["f", "zero"], ["i"], axis=0), node("Unsqueeze", ["i", "first"], ["j"]), node("Concat", ["j", "k"], ["l"], axis=0), node("Reshape", ["x", "l"], ["z"])], "z"),
         ROWS, ["batch", 3, 16], row_constants(zero=np.array(0, np.int64), first=np.array([0], np.int64), k=np.array([3, 300], np.int64)), x=["batch", 3, 300], s=["batch", 3, 16])
CONSTANTS = row_constants(w=bytes_of(np.uint8, 300, 16), ws=F(0.004), wz=np.uint8(120))
symbolic("symbolic_quantized", [*pairs("x", "x", 0.0157, np.uint8(120), CONSTANTS), node("DequantizeLinear", ["w", "ws", "wz"], ["w_d"]), node("MatMul", ["x_d", "w_d"], ["p"]), node("Add", ["p", "b"], ["t"]), *pairs("t", "t", 0.05, np.uint8(120), CONSTANTS),
                                node("Add", ["s", "t_d"], ["u"]), node("LayerNormalization", ["u", "g", "h"], ["y"], axis=-1)], ROWS, ["batch", 3, 16], CONSTANTS, x=["batch", 3, 300], s=["batch", 3, 16])

# Nodes that change nothing stand between two pairs of quantizers, which are one pair then.
CONSTANTS = {}
model("pairs_apart_by_nothing", [*pairs("x", "x", 0.0157, np.uint8(120), CONSTANTS), node("Softmax", ["x_d"], ["p"], axis=-1), *pairs("p", "p", 0.0039, np.uint8(0), CONSTANTS), node("Cast", ["p_d"], ["c"], to=TensorProto.FLOAT),
                                 node("Identity", ["c"], ["i"]), node("Cast", ["i"], ["j"], to=TensorProto.FLOAT), *pairs("j", "j", 0.0031, np.uint8(0), CONSTANTS), node("Dropout", ["j_d"], ["k"]),
                                 *pairs("w", "w", 0.0123, np.uint8(131), CONSTANTS), node("MatMul", ["k", "w_d"], ["m"]), *pairs("y", "m", 0.0111, np.uint8(128), CONSTANTS)],
      {"x": floats(3, 5, 17), "w": floats(17, 6)}, ("y_d", "float32", [3, 5, 6]), CONSTANTS)

# Its own mean and variance, as weights are brought to one scale; what is left over of training may lead nowhere.
for name, shape in (("batch_normalization_trains", (1, 6, 27)), ("batch_normalization_trains_batch", (3, 5, 7, 6))):
    model(name, [node("Neg", ["x"], ["n"]), node("BatchNormalization", ["n", "s", "b", "m", "v"], ["y", "mean", "variance"], training_mode=1, momentum=0.9, epsilon=1e-3)], {"x": floats(*shape)},
          [("y", "float32", list(shape)), ("mean", "float32", [shape[1]]), ("variance", "float32", [shape[1]])], {n: np.abs(floats(shape[1])) for n in "sbmv"}, opset=15)
CONSTANTS = {"w": bytes_of(np.uint8, 1, 6, 27), "ws": F(0.011), "wz": np.uint8(125), "g": np.abs(floats(6)), "h": floats(6), "m": floats(6), "v": np.abs(floats(6)), "k": np.array([6, 3, 3, 3], np.int64)}
model("conv_weights_normalized", [*pairs("x", "x", 0.0157, np.uint8(120), CONSTANTS), node("DequantizeLinear", ["w", "ws", "wz"], ["w_r"]), node("BatchNormalization", ["w_r", "g", "h", "m", "v"], ["n", "mean", "variance"], training_mode=1, momentum=1.0),
                                  *pairs("n", "n", 0.031, np.uint8(128), CONSTANTS), *pairs("mean", "mean", 0.01, np.uint8(128), CONSTANTS), node("Reshape", ["n_d", "k"], ["f"]), *pairs("f", "f", 0.031, np.uint8(128), CONSTANTS),
                                  node("Conv", ["x_d", "f_d"], ["c"], pads=[1, 1, 1, 1]), *pairs("y", "c", 0.15, np.uint8(128), CONSTANTS)],
      {"x": floats(1, 3, 6, 5)}, ("y_d", "float32", [1, 6, 6, 5]), CONSTANTS, opset=15)

# Ranges that reach to the least float lead to infinite scales: of them integer operators make what their conversions make of no numbers and of infinities.
INFINITE, Y = {"inf": F(np.inf), "s": F(0.0213), "z": np.uint8(117), "t": F(0.0371), "u": np.uint8(3), "y": F(0.0449), "v": np.uint8(90)}, ("y", "v")
QUANTIZED = [("QLinearAdd", ["a", "inf", "z", "b", "t", "u", *Y]), ("QLinearAdd", ["a", "s", "z", "b", "inf", "u", "inf", "v"]), ("QLinearAdd", ["a", "s", "z", "b", "t", "u", "inf", "v"]),
             ("QLinearMul", ["a", "inf", "z", "b", "t", "u", *Y]), ("QLinearMul", ["a", "s", "z", "b", "t", "u", "inf", "v"]), ("QLinearMul", ["a", "inf", "z", "b", "t", "u", "inf", "v"]),
             ("QLinearMatMul", ["a", "inf", "z", "w", "t", "u", *Y]), ("QLinearMatMul", ["a", "s", "z", "w", "t", "u", "inf", "v"]), ("QLinearMatMul", ["a", "inf", "z", "w", "t", "u", "inf", "v"]),
             ("QLinearMatMul", ["a", "inf", "z", "c", "t", "u", *Y]), ("QLinearSoftmax", ["a", "inf", "z", *Y]), ("QLinearSoftmax", ["a", "s", "z", "inf", "v"])]
WIDTHS = {"QLinearMatMul": 6}
model("infinite_scales", [node(op, operands, [f"y{i}"], "" if op == "QLinearMatMul" else MS, **({"opset": 13, "axis": -1} if op == "QLinearSoftmax" else {})) for i, (op, operands) in enumerate(QUANTIZED)],
      {"a": bytes_of(np.uint8, 3, 41), "b": bytes_of(np.uint8, 3, 41), "c": bytes_of(np.uint8, 41, 6)}, [(f"y{i}", "uint8", [3, WIDTHS.get(op, 41)]) for i, (op, _) in enumerate(QUANTIZED)], INFINITE | {"w": bytes_of(np.uint8, 41, 6)})
for name, zero in (("infinite_mask", np.uint8(120)), ("infinite_mask_int8", np.int8(3))):
    CONSTANTS = {"never": F(-np.inf), "none": F(0)}
    model(name, [*pairs("x", "x", 0.0157, zero, CONSTANTS), node("Where", ["m", "none", "never"], ["w"]), *pairs("w", "w", np.inf, type(zero)(0), CONSTANTS), node("Add", ["x_d", "w_d"], ["a"]), *pairs("a", "a", np.inf, type(zero)(0), CONSTANTS),
                 node("Softmax", ["a_d"], ["p"], axis=-1), *pairs("p", "p", 0.0039, np.int8(-128) if zero == 3 else np.uint8(0), CONSTANTS)],
          {"x": floats(3, 5, 17), "m": RANDOM.uniform(size=(5, 17)) < 0.7}, [("p_d", "float32", [3, 5, 17]), ("w_d", "float32", [5, 17])], CONSTANTS)
for name, zero in (("infinite_padding", np.uint8(120)), ("infinite_padding_int8", np.int8(3))):
    CONSTANTS = {"pads": np.array([0, 0, 1, 1, 0, 0, 1, 1], np.int64), "never": F(-np.inf), "w": bytes_of(np.int8, 4, 3, 3, 3), "ws": F(0.013), "wz": np.int8(0)}
    model(name, [*pairs("x", "x", 0.0157, zero, CONSTANTS), node("Pad", ["x_d", "pads", "never"], ["p"]), *pairs("p", "p", np.inf, type(zero)(0), CONSTANTS), node("MaxPool", ["p_d"], ["m"], kernel_shape=[3, 3], strides=[2, 2]), *pairs("m", "m", np.inf, type(zero)(0), CONSTANTS),
                 node("DequantizeLinear", ["w", "ws", "wz"], ["f"]), node("Conv", ["m_d", "f"], ["c"], pads=[1, 1, 1, 1]), *pairs("y", "c", 0.05, zero, CONSTANTS)],
          {"x": floats(1, 3, 8, 9)}, ("y_d", "float32", [1, 4, 4, 5]), CONSTANTS)

# Weights or scales that others take too keep a DequantizeLinear: those of an embedding, a number that happens to be the same.
SHARED = {"w": bytes_of(np.uint8, 64, 24), "v": bytes_of(np.uint8, 24, 64), "s": F(0.0115), "z": np.uint8(125)}
model("few_bits_shared_scale", [node("Gather", ["v", "i"], ["e"]), node("DequantizeLinear", ["e", "s", "z"], ["f"]), node("Add", ["f", "x"], ["h"]), node("Transpose", ["v"], ["t"], perm=[1, 0]), node("DequantizeLinear", ["t", "s", "z"], ["d"]), node("MatMul", ["h", "d"], ["y"])],
      {"x": floats(1, 16, 64), "i": RANDOM.randint(0, 24, (1, 16))}, ("y", "float32", [1, 16, 24]), {n: SHARED[n] for n in "vsz"})
model("few_bits_equal_number", [node("Constant", [], ["k"], value=numpy_helper.from_array(F(0.0115))), node("Mul", ["x", "k"], ["g"]), node("Relu", ["g"], ["h"]), node("DequantizeLinear", ["w", "s", "z"], ["d"]), node("MatMul", ["h", "d"], ["y"])],
      {"x": floats(1, 16, 64)}, ("y", "float32", [1, 16, 24]), {n: SHARED[n] for n in "wsz"})
model("few_bits_shared_weights", [node("Gather", ["w", "i"], ["e"], axis=1), node("Cast", ["e"], ["f"], to=TensorProto.FLOAT), node("DequantizeLinear", ["w", "s", "z"], ["d"]), node("MatMul", ["x", "d"], ["m"]), node("MatMul", ["m", "g"], ["n"]), node("ReduceMax", ["f"], ["r"]), node("Add", ["n", "r"], ["y"])],
      {"x": floats(1, 16, 64), "i": RANDOM.randint(0, 24, (4,))}, ("y", "float32", [1, 16, 3]), {n: SHARED[n] for n in "wsz"} | {"g": floats(24, 3)})
model("few_bits_one_element_scale", [node("DequantizeLinear", ["w", "s", "z"], ["d"]), node("MatMul", ["x", "d"], ["y"])], {"x": floats(1, 16, 64)}, ("y", "float32", [1, 16, 24]), {"w": SHARED["w"], "s": np.array([0.0115], F), "z": np.array([125], np.uint8)})
model("few_bits_layer", [node("DequantizeLinear", ["w", "s", "z"], ["d"]), node("DequantizeLinear", ["b", "bs"], ["c"]), node("Gemm", ["x", "d", "c"], ["y"])], {"x": floats(16, 64)}, ("y", "float32", [16, 24]),
      {"b": RANDOM.randint(-50, 50, 24).astype(np.int32), "bs": F(0.1)} | {n: SHARED[n] for n in "wsz"})
model("few_bits_layer_turned", [node("DequantizeLinear", ["v", "s", "z"], ["d"]), node("Gemm", ["x", "d", "b"], ["y"], transB=1)], {"x": floats(16, 64)}, ("y", "float32", [16, 24]), {"b": floats(24)} | {n: SHARED[n] for n in "vsz"})
CONSTANTS = {"b": floats(24)} | {n: SHARED[n] for n in "wsz"}
model("few_bits_quantized_behind", [node("DequantizeLinear", ["w", "s", "z"], ["d"]), node("MatMul", ["x", "d"], ["m"]), node("Add", ["m", "b"], ["a"]), *pairs("y", "a", 0.05, np.uint8(128), CONSTANTS)], {"x": floats(2, 8, 64)}, ("y_d", "float32", [2, 8, 24]), CONSTANTS)

# Sums of products: the one that stands later takes the others, if they are matrices.
PRODUCTS = {name: floats(300, 24) for name in "abc"}
model("products_added", [node("MatMul", ["x", "a"], ["p"]), node("Relu", ["x"], ["z"]), node("MatMul", ["z", "b"], ["q"]), node("Neg", ["z"], ["u"]), node("MatMul", ["u", "c"], ["r"]), node("Add", ["q", "p"], ["s"]), node("Add", ["r", "s"], ["y"])], {"x": floats(6, 300)}, ("y", "float32", [6, 24]), PRODUCTS)
model("products_added_batches", [node("MatMul", ["x", "a"], ["p"]), node("MatMul", ["x", "b"], ["q"]), node("Add", ["p", "q"], ["y"])], {"x": floats(2, 3, 300)}, ("y", "float32", [2, 3, 24]), {n: PRODUCTS[n] for n in "ab"})

# Padding worked out of quantized numbers: of no shape behind it is anything known at load, so that a Shape is a second user, for which a Conv stays float.
CONSTANTS = {"n": np.array([0, 0, 1, 1, 0, 0, 1, 1], np.uint8), "one": F(1), "zero": np.uint8(0), "w": bytes_of(np.int8, 4, 3, 3, 3), "ws": F(0.013), "wz": np.int8(0), "from": np.array([0], np.int64), "to": np.array([2], np.int64), "rest": np.array([-1], np.int64)}
model("conv_open_shape", [*pairs("x", "x", 0.0157, np.int8(3), CONSTANTS), node("DequantizeLinear", ["n", "one", "zero"], ["n_d"]), node("Cast", ["n_d"], ["pads"], to=TensorProto.INT64), node("Pad", ["x_d", "pads"], ["p"]), *pairs("p", "p", 0.0157, np.int8(3), CONSTANTS),
                          node("DequantizeLinear", ["w", "ws", "wz"], ["f"]), node("Conv", ["p_d", "f"], ["c"]), *pairs("c", "c", 0.05, np.int8(3), CONSTANTS), node("Shape", ["c_d"], ["h"]), node("Slice", ["h", "from", "to"], ["g"]), node("Concat", ["g", "rest"], ["k"], axis=0), node("Reshape", ["c_d", "k"], ["y"])],
      {"x": floats(1, 3, 8, 9)}, ("y", "float32", [1, 4, 72]), CONSTANTS)

# Axes of one element are kept or reduced as others are: what lies between them is added up in another order.
for name, shape, axes in (("reduce_between_ones", (4, 160, 1, 1), [1]), ("reduce_first_of_ones", (1, 160, 1, 1), [1]), ("reduce_both_of_ones", (2, 1, 160), [0, 2]), ("reduce_by_turns", (1, 4, 9, 11), [1, 3])):
    model(name, [node("Neg", ["x"], ["n"]), node("ReduceMean", ["n"], ["y"], axes=axes)], {"x": floats(*shape)}, ("y", "float32", [1 if a in axes else e for a, e in enumerate(shape)]), opset=13)

# A product in front of a Gelu that is written out is taken for the one with 1/2: it stays as written.
model("gelu_of_product", [node("Mul", ["x", "f"], ["m"]), node("Div", ["m", "root"], ["d"]), node("Erf", ["d"], ["e"]), node("Add", ["e", "one"], ["a"]), node("Mul", ["m", "a"], ["p"]), node("Mul", ["p", "half"], ["y"])], {"x": floats(9, 67)}, ("y", "float32", [9, 67]),
      {"f": floats(67), "root": F(np.sqrt(2)), "one": F(1), "half": F(0.5)})

# Convolutions' images have their channels last, and so have those that are joined: Transposes behind them, in front of another convolution, vanish. The last digits of means are what is left of them.
CONSTANTS = {"w": bytes_of(np.uint8, 12, 8, 3, 3), "v": bytes_of(np.uint8, 240, 8, 1, 1), "u": bytes_of(np.uint8, 4, 252, 1, 1), "ws": F(0.011), "wz": np.uint8(125), "great": F(1e7)}
model("reduce_behind_concat", [*pairs("x", "x", 0.0157, np.uint8(120), CONSTANTS), *[node("DequantizeLinear", [n, "ws", "wz"], [f"{n}_r"]) for n in "wvu"], node("Conv", ["x_d", "w_r"], ["a"], pads=[1, 1, 1, 1]), *pairs("a", "a", 0.05, np.uint8(128), CONSTANTS),
                               node("Conv", ["x_d", "v_r"], ["b"]), *pairs("b", "b", 0.04, np.uint8(120), CONSTANTS), node("Concat", ["a_d", "b_d"], ["c"], axis=1), *pairs("c", "c", 0.0473, np.uint8(128), CONSTANTS),
                               node("Transpose", ["c_d"], ["t"], perm=[0, 2, 3, 1]), *pairs("t", "t", 0.0473, np.uint8(128), CONSTANTS), node("ReduceMean", ["t_d"], ["m"], axes=[-1]), node("Mul", ["m", "great"], ["k"]), node("Floor", ["k"], ["f"]), node("Sub", ["k", "f"], ["g"]),
                               node("Mul", ["t_d", "g"], ["h"]), *pairs("h", "h", 0.0473, np.uint8(128), CONSTANTS), node("Transpose", ["h_d"], ["i"], perm=[0, 3, 1, 2]), *pairs("i", "i", 0.0473, np.uint8(128), CONSTANTS), node("Conv", ["i_d", "u_r"], ["j"]), *pairs("y", "j", 0.3, np.uint8(128), CONSTANTS)],
      {"x": floats(1, 8, 6, 5)}, ("y_d", "float32", [1, 4, 6, 5]), CONSTANTS, opset=13)


def unknown_row(name, product, opset=17, **stated):
    """A product whose rows the file says nothing of, or what STATED says; its term comes first."""
    STATED[name] = stated
    symbolic(name, [node("Reshape", ["x", "k"], ["z"]), node("MatMul", ["z", "w"], ["p"]), node("Add", ["b", "p"], ["t"]), node("Add", product, ["u"]), node("LayerNormalization", ["u", "g", "h"], ["y"], axis=-1)],
             ROWS, ["batch", "length", 16], row_constants(k=np.array([0, -1, 300], np.int64)), x=["batch", "length", 300], s=["batch", "length", 16])


unknown_row("row_first", ["s", "t"])
unknown_row("row_first_stated", ["s", "t"], t=["batch", "length", 16])
SHAPELESS = row_constants(c=np.arange(6).reshape(2, 3, 1), zero=np.array(0, np.int64), none=F(0), least=F(-3), k=np.array([2, -1, 300], np.int64))
model("shapeless_comparison", [node("GreaterOrEqual", ["c", "zero"], ["q"]), node("Where", ["q", "none", "least"], ["m"]), node("Add", ["x", "m"], ["a"]), node("Reshape", ["a", "k"], ["z"]), node("MatMul", ["z", "w"], ["p"]),
                               node("Add", ["b", "p"], ["y"])], {"x": ROWS["x"]}, ("y", "float32", [2, 3, 16]), SHAPELESS, opset=14)
chain("matmul_factors_behind", [("MatMul", "x,z", {}), ("Mul", "n0,c0", {}), ("Div", "n1,c1", {})], {"x": floats(2, 7, 300), "z": floats(2, 300, 140)}, (2, 7, 140), [F(0.3), F(1.7)])
chain("fused_matmul_factors", [("Mul", "x,c0", {}), ("FusedMatMul", "n0,z", {"domain": MS, "alpha": 0.7, "transB": 1}), ("Div", "n1,c1", {})], {"x": floats(2, 7, 300), "z": floats(2, 140, 300)}, (2, 7, 140), [F(0.3), F(1.7)])
chain("matmul_factor_computed", [("Sqrt", "c0", {}), ("Mul", "x,n0", {}), ("Mul", "z,n0", {}), ("MatMul", "n1,n2", {})], {"x": floats(2, 7, 300), "z": floats(2, 300, 140)}, (2, 7, 140), [F(0.3)])
chain("root_normalization_cast", [("Cast", "x", TO_SINGLE), ("Pow", "n0,c0", {}), ("ReduceMean", "n1", {"axes": [-1]}), ("Add", "n2,c1", {}), ("Sqrt", "n3", {}), ("Div", "c2,n4", {}), ("Mul", "n0,n5", {}), ("Cast", "n6", TO_SINGLE),
                                  ("Identity", "n7", {}), ("Mul", "c3,n8", {})], {"x": floats(2, 5, 70)}, (2, 5, 70), [F(2), F(1e-6), F(1), floats(70)])


def of_halves(name, steps, inputs, shape, constants=(), opset=17):
    """Steps on x in half precision, h, made single again."""
    made = [node("Cast", ["x"], ["h"], to=TensorProto.FLOAT16), *steps, node("Cast", [steps[-1].output[0]], ["y"], to=TensorProto.FLOAT)]
    model(name, made, inputs, ("y", "float32", list(shape)), {k: np.asarray(v, np.float16) if getattr(v, "dtype", F) == F else v for k, v in dict(constants).items()}, opset)


def normalized_written(x, y, isroot=False):
    """A normalization of x that is written out; its constants are two, small, g and b."""
    centered = [] if isroot else [node("ReduceMean", [x], [y + "m"], axes=[-1]), node("Sub", [x, y + "m"], [y + "s"])]
    at = x if isroot else y + "s"
    return [*centered, node("Pow", [at, "two"], [y + "p"]), node("ReduceMean", [y + "p"], [y + "v"], axes=[-1]), node("Add", [y + "v", "small"], [y + "e"]), node("Sqrt", [y + "e"], [y + "r"]),
            node("Div", [at, y + "r"], [y + "d"]), node("Mul", [y + "d", "g"], [y] if isroot else [y + "f"]), *([] if isroot else [node("Add", [y + "f", "b"], [y])])]


WRITTEN = {"two": F(2), "small": F(0.002), "g": floats(24), "b": floats(24)}
ROW = {"x": floats(2, 5, 24)}
of_halves("halves_normalization_written", [node("Neg", ["h"], ["a"]), *normalized_written("a", "n"), node("Neg", ["n"], ["z"])], ROW, (2, 5, 24), WRITTEN, opset=14)
of_halves("halves_normalizations_written", [node("Neg", ["h"], ["a"]), *normalized_written("a", "n"), *normalized_written("n", "o"), node("Mul", ["o", "f"], ["z"])], ROW, (2, 5, 24), WRITTEN | {"f": floats(24)}, opset=14)
of_halves("halves_roots_written", [node("Neg", ["h"], ["a"]), *normalized_written("a", "n", True), *normalized_written("n", "o", True), node("Mul", ["o", "f"], ["z"])], ROW, (2, 5, 24), WRITTEN | {"f": floats(24)})
of_halves("halves_gelu", [node("Neg", ["h"], ["a"]), node("Gelu", ["a"], ["g"]), node("Neg", ["g"], ["z"])], ROW, (2, 5, 24), opset=20)
of_halves("halves_factors", [node("MatMul", ["h", "w"], ["p"]), node("Mul", ["p", "f"], ["q"]), node("MatMul", ["q", "w"], ["r"]), node("Mul", ["r", "f"], ["s"]), node("Mul", ["s", "k"], ["t"]), node("Neg", ["t"], ["z"])], ROW, (2, 5, 24),
          {"w": weights(24, 24), "f": F(0.3), "k": F(0.7)})
for zero in (0, 1):
    of_halves(f"halves_reshapes_{zero}", [node("MatMul", ["h", "w"], ["p"]), node("Add", ["b", "p"], ["s"]), node("Reshape", ["s", "k"], ["r"], allowzero=zero), node("Abs", ["r"], ["a"]), node("Reshape", ["a", "k"], ["o"]), node("Abs", ["o"], ["z"])], ROW, (2, 5, 4, 6),
              {"w": weights(24, 24), "b": floats(24), "k": integers(2, 5, 4, 6)}, opset=20 - 3 * zero)
of_halves("halves_normalized_sum", [node("MatMul", ["h", "w"], ["p"]), node("Add", ["h", "p"], ["s"]), node("LayerNormalization", ["s", "g", "b"], ["n"], axis=-1), node("Abs", ["n"], ["a"]), node("MatMul", ["a", "w"], ["q"]), node("Add", ["a", "q"], ["t"]),
                                    node("LayerNormalization", ["t", "g", "b"], ["o"], axis=-1), node("Transpose", ["o"], ["u"], perm=[0, 2, 1]), node("Abs", ["u"], ["z"])], ROW, (2, 24, 5), {"w": weights(24, 24), "g": floats(24), "b": floats(24)})
LAST = {"w": weights(24, 24), "v": weights(24, 24), "u": weights(24, 24), "o": weights(24, 24), "b": floats(24), "k": integers(2, 5, 4, 6), "l": integers(2, 5, 24), "f": F(0.4)}
of_halves("halves_attention", [node("Neg", ["h"], ["a"]), node("LayerNormalization", ["a", "b", "b"], ["n"], axis=-1), *[step for name, w, order in (("q", "w", [0, 2, 1, 3]), ("k", "v", [0, 2, 3, 1]), ("v", "u", [0, 2, 1, 3])) for step in (
    node("MatMul", ["n", w], [f"{name}p"]), node("Add", [f"{name}p", "b"], [f"{name}s"]), node("Reshape", [f"{name}s", "k"], [f"{name}r"]), node("Transpose", [f"{name}r"], [f"{name}t"], perm=order))],
    node("MatMul", ["qt", "kt"], ["s"]), node("Mul", ["s", "f"], ["t"]), node("Softmax", ["t"], ["e"], axis=-1), node("MatMul", ["e", "vt"], ["m"]), node("Transpose", ["m"], ["c"], perm=[0, 2, 1, 3]), node("Reshape", ["c", "l"], ["j"]),
    node("MatMul", ["j", "o"], ["op"]), node("Add", ["op", "b"], ["os"]), node("Add", ["os", "n"], ["z"])], ROW, (2, 5, 24), LAST, opset=20)
IMAGE = {"x": floats(1, 8, 6, 7)}
KERNEL = {"w": weights(16, 8, 3, 3), "b": floats(16), "f": floats(16, 1, 1), "t": floats(16, 1, 1), "v": np.abs(floats(16)) + F(0.1), "m": floats(16)}
of_halves("halves_conv_factor", [node("Conv", ["h", "w", "b"], ["c"]), node("Mul", ["c", "f"], ["d"]), node("Add", ["d", "t"], ["z"])], IMAGE, (1, 16, 4, 5), KERNEL)
of_halves("halves_conv_normalization", [node("Conv", ["h", "w", "b"], ["c"]), node("BatchNormalization", ["c", "b", "m", "m", "v"], ["z"])], IMAGE, (1, 16, 4, 5), KERNEL)
of_halves("halves_conv_clip", [node("Conv", ["h", "w"], ["c"]), node("Clip", ["c", "o", "k"], ["d"]), node("Conv", ["d", "u"], ["e"]), node("Clip", ["e", "o", "k"], ["f"]), node("GlobalAveragePool", ["f"], ["z"])], IMAGE, (1, 16, 1, 1),
          {"w": weights(16, 8, 3, 3), "u": weights(16, 16, 1, 1), "o": F(0), "k": F(6)})
for width in (12, 20, 23):
    of_halves(f"halves_layer_normalization_{width}", [node("LayerNormalization", ["h", "g", "b"], ["z"], axis=-1)], {"x": floats(400, width)}, (400, width), {"g": floats(width), "b": floats(width)})
    chain(f"layer_normalization_{width}", [("LayerNormalization", "x,c0,c1", {"axis": -1})], {"x": floats(40, width)}, (40, width), [floats(width), floats(width)])
    chain(f"root_normalization_{width}", [("SimplifiedLayerNormalization", "x,c0", {"axis": -1})], {"x": floats(40, width)}, (40, width), [floats(width)])

for batches in (1, 3):
    chain(f"reduce_column_{batches}", [("ReduceMean", "x", {"axes": [1]})], {"x": floats(batches, 64, 1, 1)}, (batches, 1, 1, 1))
of_halves("halves_transposes", [node("Abs", ["h"], ["a"]), node("Transpose", ["a"], ["t"], perm=[0, 2, 3, 1]), node("ReduceMean", ["t"], ["m"], axes=[-1]), node("Sub", ["t", "m"], ["s"]), node("Transpose", ["s"], ["u"], perm=[0, 3, 1, 2]),
                                node("Flatten", ["u"], ["f"], axis=1), node("Gemm", ["f", "w"], ["z"])], IMAGE, (1, 10), {"w": weights(336, 10)})

# A convolution with a single window is a product with a column, however long it is.
for name, shape, constants, attributes in (("conv_long_place", (2, 1154, 1, 1), {"w": floats(6, 1154, 1, 1)}, {}), ("conv_long_window_groups", (1, 260, 3, 3), {"w": floats(8, 130, 3, 3)}, {"group": 2})):
    model(name, [node("Neg", ["x"], ["n"]), node("Conv", ["n", "w", "b"], ["y"], **attributes)], {"x": floats(*shape)}, ("y", "float32", [shape[0], len(constants["w"]), 1, 1]), constants | {"b": floats(len(constants["w"]))})

# Numbers of sixteen bits are quantized twice.
for kind, zeros, domain, opset in (("uint16", (np.uint16(30000), np.uint16(31000)), MS, 17), ("int16", (np.int16(-20), np.int16(40)), "", 21)):
    CONSTANTS = {}
    model(f"quantized_twice_{kind}", [*pairs("x", "x", 6e-5, zeros[0], CONSTANTS, domain), *pairs("z", "x_d", 4.1e-5, zeros[1], CONSTANTS, domain), node("Mul", ["z_d", "z_d"], ["y"])], {"x": floats(3, 41)}, ("y", "float32", [3, 41]), CONSTANTS, opset=opset)

# Weights of two bits; zero points of floats; a single column.
for BLOCK, K in ((16, 200), (32, 328), (64, 200), (128, 700), (256, 300)):
    few_bits(f"few_bits_2_{BLOCK}", (3,), K, 9, 2, BLOCK, 4, BLOCK % 128 == 64 or BLOCK == 16)
for BITS in (2, 4):
    model(f"few_bits_real_zeros_{BITS}", [node("MatMulNBits", ["x", "w", "s", "z"], ["y"], MS, K=200, N=5, bits=BITS, block_size=32, accuracy_level=4)], {"x": floats(3, 200)}, ("y", "float32", [3, 5]),
          {"w": bytes_of(np.uint8, 5, 7, 4 * BITS), "s": RANDOM.uniform(0.01, 0.1, 35).astype(F), "z": RANDOM.uniform(0, 4, 35).astype(F)})
few_bits("few_bits_column", (3,), 400, 1, 2, 16, 0, True)

# A Gelu by tanh that is written out takes no row that is added in front of it.
TANH = {"half": F(0.5), "k": F(0.044715), "r": F(0.7978845608), "one": F(1), "three": F(3)}
for FORM, STEPS in (("products", [node("Mul", ["t", "r"], ["a"]), node("Mul", ["t", "k"], ["c"]), node("Mul", ["c", "t"], ["d"]), node("Add", ["d", "one"], ["e"]), node("Mul", ["a", "e"], ["i"])]),
                    ("cube", [node("Pow", ["t", "three"], ["c"]), node("Mul", ["c", "k"], ["d"]), node("Add", ["t", "d"], ["e"]), node("Mul", ["e", "r"], ["i"])])):
    few_bits(f"few_bits_gelu_tanh_{FORM}", (2, 3), 300, 9, 8, 32, 4, True, lambda c: c.update(TANH, b=floats(9)) or [node("Add", ["m", "b"], ["t"]), *STEPS, node("Tanh", ["i"], ["u"]), node("Add", ["u", "one"], ["v"]), node("Mul", ["t", "half"], ["h"]), node("Mul", ["h", "v"], ["p"]), node("Abs", ["p"], ["y"])])

# ONNX Runtime knows the shape of such a product, though not that of what it multiplies: a sum behind it is normalized in one.
SHAPELESS = {"two": F(2), "small": F(1e-5), "w": RANDOM.randint(0, 256, (24, 2, 16)).astype(np.uint8), "ws": RANDOM.uniform(0.01, 0.1, 48).astype(F), "g": floats(24), "b": floats(24), "c": np.arange(6).reshape(2, 3, 1), "zero": np.array(0, np.int64), "none": F(0), "least": F(-3), "k": np.array([2, 3, -1], np.int64)}
model("few_bits_of_hidden_shape", [node("GreaterOrEqual", ["c", "zero"], ["q"]), node("Where", ["q", "none", "least"], ["m"]), node("Add", ["x", "m"], ["a"]), node("Reshape", ["a", "k"], ["z"]),
                                   node("MatMulNBits", ["z", "w", "ws"], ["p"], MS, K=64, N=24, bits=4, block_size=32, accuracy_level=4), node("Add", ["s", "p"], ["t"]), *normalized_written("t", "y")],
      {"x": floats(2, 3, 64), "s": floats(2, 3, 24)}, ("y", "float32", [2, 3, 24]), SHAPELESS, opset=14)


# Powers.
chain("powers", [("Pow", "x,c0", {})], {"x": np.abs(floats(5, 400)) + F(0.01)}, (5, 400), [F(-0.3) + np.arange(5, dtype=F)[:, None] * F(1.7)])
chain("powers_of_negative", [("Pow", "x,c0", {})], {"x": floats(400) * F(9)}, (400,), [F(5)])

# Rows of a normalization that are dequantized, or computed.
model("layer_normalization_dequantized_rows", [node("Abs", ["x"], ["a"]), node("DequantizeLinear", ["bw", "bs", "bz"], ["b"], axis=0), node("Neg", ["r"], ["g"]), *normalized_written("a", "y")], ROW | {"r": floats(24)}, ("y", "float32", [2, 5, 24]),
      {"two": F(2), "small": F(1e-5), "bw": integers(*range(-120, 120, 10)).astype(np.int32), "bs": RANDOM.uniform(0.01, 0.02, 24).astype(F), "bz": np.zeros(24, np.int32)})
model("root_normalization_row", [node("Abs", ["x"], ["a"]), node("Neg", ["r"], ["g"]), *normalized_written("a", "y", True)], ROW | {"r": floats(24)}, ("y", "float32", [2, 5, 24]), {"two": F(2), "small": F(1e-5)})

# Functions of halves are operators of their own in version 18 alone.
for OP in ("Elu", "HardSigmoid", "HardSwish", "Mish", "Selu", "Softplus", "Softsign"):
    of_halves(f"halves_function_{OP.lower()}", [node("Neg", ["h"], ["a"]), node(OP, ["a"], ["b"]), node("Neg", ["b"], ["z"])], ROW, (2, 5, 24), opset=18)
for VERSION in (17, 18):
    of_halves(f"halves_relu_{VERSION}", [node("MatMul", ["h", "w"], ["p"]), node("Add", ["b", "p"], ["q"]), node("Relu", ["q"], ["r"]), node("MatMul", ["r", "w"], ["t"]), node("Add", ["b", "t"], ["z"])], ROW, (2, 5, 24), {"w": weights(24, 24), "b": floats(24)}, opset=VERSION)

# A Transpose that moved behind a function stands in front of what moves its result then, on halves.
of_halves("halves_transposed_function", [node("Abs", ["h"], ["a"]), node("Transpose", ["a"], ["t"], perm=[0, 2, 1]), node("Concat", ["t", "t"], ["j"], axis=-1), node("Cos", ["j"], ["c"]), node("Unsqueeze", ["c", "one"], ["u"]), node("Mul", ["u", "f"], ["m"]),
                                         node("Transpose", ["m"], ["v"], perm=[0, 1, 3, 2]), node("MatMul", ["v", "w"], ["z"])], ROW, (2, 3, 10, 7), {"one": integers(1), "f": floats(3, 24, 10), "w": weights(24, 7)})


def stored(value, name):
    tensor = value if isinstance(value, TensorProto) else numpy_helper.from_array(np.asarray(value))
    tensor.name = name
    return tensor

# Windows whose number is rounded up, and that count padding.
UP = {"kernel_shape": [3, 4], "strides": [2, 3], "pads": [1, 2, 2, 1], "ceil_mode": 1, "count_include_pad": 1}
for version in (17, 19):
    one(f"average_pool_up_{version}", "AveragePool", {"x": floats(1, 5, 10, 12)}, [1, 5, 6, 5], **UP, opset=version)
model("average_pool_up_quantized", [node("QLinearAveragePool", ["x", "s", "z", "t", "u"], ["y"], MS, **UP)],
      {"x": bytes_of(np.uint8, 1, 5, 10, 12)}, ("y", "uint8", [1, 5, 6, 5]), {"s": F(0.02), "z": np.uint8(111), "t": F(0.013), "u": np.uint8(120)})
one("average_pool_volume", "AveragePool", {"x": floats(1, 3, 6, 7, 8)}, [1, 3, 5, 7, 4], kernel_shape=[3, 3, 3], strides=[1, 1, 2], pads=[0, 1, 1, 1, 1, 1], count_include_pad=1)

# What decoders have besides: sinks of the heads, caps and windows together, a single row with a bias of its scores, tables of few bits.
KEPT = {"q": floats(1, 3, 128), "k": floats(1, 3, 64), "v": floats(1, 3, 64), "pk": floats(1, 2, 16, WIDE), "pv": floats(1, 2, 16, WIDE)}
for name, operands, constants, attributes in [("sink", ["", "", "", "", "g"], {"g": floats(4)}, {}), ("smooth", [], {}, {"smooth_softmax": 1}), ("softcap_window", [], {}, {"softcap": 1.5, "local_window_size": 7}),
                                              ("sink_window", ["", "", "", "", "g"], {"g": floats(4)}, {"local_window_size": 17})]:
    attention(f"group_query_attention_{name}", "GroupQueryAttention", KEPT, [("y", [1, 3, 128]), ("nk", [1, 2, 19, WIDE]), ("nv", [1, 2, 19, WIDE])], LENGTH | constants,
              operands=["q", "k", "v", "pk", "pv", "n", "t", *operands], num_heads=4, kv_num_heads=2, **attributes)
attention("multi_head_attention_step", "MultiHeadAttention", {"q": floats(1, 1, 48), "k": floats(1, 1, 48), "v": floats(1, 1, 48), "a": floats(1, 1, 1, 7), "pk": floats(1, 2, 6, 24), "pv": floats(1, 2, 6, 24)},
          [("y", [1, 1, 48]), ("nk", [1, 2, 7, 24]), ("nv", [1, 2, 7, 24])], operands=["q", "k", "v", "", "", "a", "pk", "pv"], num_heads=2)
for bits in (4, 8):
    packed = 8 // bits
    one(f"gather_few_bits_{bits}", "GatherBlockQuantized", {}, [2, 3, 64], [RANDOM.randint(0, 256, (20, 64 // packed)).astype(np.uint8), np.array([[3, 19, 0], [7, -1, 3]], np.int64), RANDOM.uniform(0.01, 0.1, (20, 4)).astype(F), RANDOM.randint(0, 256, (20, 4 // packed)).astype(np.uint8) if bits == 4 else None], domain=MS, bits=bits, block_size=16, gather_axis=0, quantize_axis=1)


def decoder(name, rows, past):
    """A layer of a decoder as onnxruntime-genai's builder writes it, its extents named: lengths follow from the mask, weights have four bits."""
    heads, kept, head, width, words = 4, 2, 16, 64, 50
    constants = {"e": RANDOM.randint(0, 256, (words, width // 2)).astype(np.uint8), "es": RANDOM.uniform(0.01, 0.1, (words, 2)).astype(F), "i": np.array([1], np.int64), "o": np.array(1, np.int64), "c": TABLES["c"][:, :8].copy(), "s": TABLES["s"][:, :8].copy()}

    def product(x, k, n, y):
        constants[f"{y}_w"] = RANDOM.randint(0, 256, (n, k // 32, 16)).astype(np.uint8)
        constants[f"{y}_s"] = RANDOM.uniform(0.002, 0.02, (n, k // 32)).astype(F)
        return node("MatMulNBits", [x, f"{y}_w", f"{y}_s"], [y], MS, K=k, N=n, bits=4, block_size=32, accuracy_level=4)

    def scale(name):
        constants[name] = RANDOM.uniform(0.8, 1.2, width).astype(F)
        return name

    nodes = [
        node("ReduceSum", ["mask", "i"], ["m0"], keepdims=0), node("Sub", ["m0", "i"], ["m1"]), node("Cast", ["m1"], ["lengths"], to=6),
        node("Shape", ["mask"], ["m2"]), node("Gather", ["m2", "o"], ["m3"], axis=0), node("Cast", ["m3"], ["total"], to=6),
        node("GatherBlockQuantized", ["e", "ids", "es"], ["x"], MS, bits=4, block_size=32, gather_axis=0, quantize_axis=1),
        node("SimplifiedLayerNormalization", ["x", scale("n0")], ["h"], axis=-1, epsilon=1e-5, stash_type=1), product("h", width, (heads + 2 * kept) * head, "qkv"),
        node("GroupQueryAttention", ["qkv", "", "", "past_key", "past_value", "lengths", "total", "c", "s"], ["a", "key", "value"], MS, num_heads=heads, kv_num_heads=kept, do_rotary=1, local_window_size=4, scale=0.25), product("a", width, width, "b"),
        node("SkipSimplifiedLayerNormalization", ["x", "b", scale("n1")], ["g", "", "", "r"], MS, epsilon=1e-5), product("g", width, 96, "gate"), product("g", width, 96, "up"),
        node("Sigmoid", ["gate"], ["t0"]), node("Mul", ["gate", "t0"], ["t1"]), node("Mul", ["t1", "up"], ["t2"]), product("t2", 96, width, "down"),
        node("SkipSimplifiedLayerNormalization", ["r", "down", scale("n2")], ["f"], MS, epsilon=1e-5), product("f", width, words, "logits")]
    SYMBOLS[name] = {"ids": [1, "rows"], "mask": [1, "total_rows"], "past_key": [1, kept, "past_rows", head], "past_value": [1, kept, "past_rows", head]}
    model(name, nodes, {"ids": RANDOM.randint(0, words, (1, rows)).astype(np.int64), "mask": np.ones((1, past + rows), np.int64), "past_key": floats(1, kept, past, head), "past_value": floats(1, kept, past, head)},
          [("logits", "float32", [1, "rows", words]), ("key", "float32", [1, kept, "total_rows", head]), ("value", "float32", [1, kept, "total_rows", head])], constants)


decoder("decoder_prompt", 5, 0)
decoder("decoder_step", 1, 6)
one("affine_grid", "AffineGrid", {"x": floats(2, 2, 3)}, [2, 5, 6, 2], [np.array([2, 3, 5, 6], np.int64)], opset=20)
one("affine_grid_volume", "AffineGrid", {"x": floats(2, 3, 4)}, [2, 4, 5, 6, 3], [np.array([2, 3, 4, 5, 6], np.int64)], opset=20, align_corners=1)
for mode in ("bilinear", "nearest"):
    one(f"crop_and_resize_{mode}", "CropAndResize", {"x": floats(2, 3, 10, 11)}, [3, 3, 4, 5], [np.array([[0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1], [0.2, 0.3, 1.2, 0.7]], F), np.array([0, 1, 0], np.int32), np.array([4, 5], np.int32)], domain=MS, mode=mode, extrapolation_value=0.5)
model("deform_conv", [node("DeformConv", ["x", "w", "o", "b", "m"], ["y"], kernel_shape=[3, 3], pads=[1, 1, 1, 1], strides=[1, 2], group=2, offset_group=2)],
      {"x": floats(2, 4, 8, 9), "o": floats(2, 36, 8, 5), "m": floats(2, 18, 8, 5)}, ("y", "float32", [2, 6, 8, 5]), {"w": floats(6, 2, 3, 3), "b": floats(6)}, opset=19)
one("tensor_scatter", "TensorScatter", {"x": floats(2, 3, 8, 4), "u": floats(2, 3, 2, 4), "i": np.array([7, 3], np.int64)}, [2, 3, 8, 4], opset=24, mode="circular")
model("unique_axis", [node("Unique", ["c"], ["u", "f", "i", "n"], axis=0), node("Gather", ["x", "f"], ["y"])], {"x": floats(5, 2)}, [("y", "float32", [3, 2]), ("u", "float32", [3, 2]), ("i", "int64", [5]), ("n", "int64", [3])],
      {"c": np.array([[2, 1], [1, 3], [2, 1], [1, 2], [1, 3]], F)})
one("swish", "Swish", {"x": floats(3, 50)}, [3, 50], opset=24, alpha=1.7)
one("lp_pool_cube", "LpPool", {"x": floats(1, 3, 12, 13)}, [1, 3, 6, 6], kernel_shape=[2, 3], strides=[2, 2], p=3, opset=18)
one("pow_library", "Pow", {"x": np.concatenate([RANDOM.uniform(0, 3, 1500), np.exp(RANDOM.uniform(-87, 88, 500))]).astype(F), "e": RANDOM.uniform(-3, 3, 2000).astype(F)}, [2000])
one("softmax_denormal", "Softmax", {"x": -np.sort(RANDOM.uniform(0, 112, (3, 150)), axis=1).astype(F)}, [3, 150], axis=-1)


def routed(name, bits, block, level, activation, k, rows, hidden=32, width=64, zeros=False, experts=6, **attributes):
    """Experts that a router chooses; bits of the weights, 0 for floats."""
    gates = 2 if activation == "swiglu" else 1
    constants = {"b1": weights(experts, gates * hidden), "b2": weights(experts, width)}
    for at, outputs, products in ((1, gates * hidden, width), (2, width, hidden)):
        if bits == 0:
            constants[f"w{at}"] = weights(experts, outputs, products)
            continue
        blocks = products // block if block else 1
        constants[f"w{at}"] = RANDOM.randint(0, 256, (experts, outputs, products * bits // 8)).astype(np.uint8)
        constants[f"s{at}"] = RANDOM.uniform(0.005, 0.02, (experts, outputs, blocks) if block else (experts, outputs)).astype(F)
        if zeros:
            constants[f"z{at}"] = RANDOM.randint(0, 256, (experts, outputs, blocks * bits // 8) if block else (experts, outputs * bits // 8)).astype(np.uint8)
    if activation == "swiglu":
        attributes |= {"swiglu_fusion": 1, "activation_alpha": 1.702, "activation_beta": 1.0, "swiglu_limit": 7.0}
    if bits:
        operands = ["x", "r", "w1", "s1", "b1", "w2", "s2", "b2", "", "", ""] + (["z1", "z2"] if zeros else [])
        attributes |= {"expert_weight_bits": bits, "block_size": block, "accuracy_level": level}
    else:
        operands = ["x", "r", "w1", "b1", "w2", "b2"]
    while operands[-1] == "":
        operands.pop()
    model(name, [node("QMoE" if bits else "MoE", operands, ["y"], MS, k=k, activation_type=activation, **attributes)], {"x": floats(rows, width), "r": floats(rows, experts)}, ("y", "float32", [rows, width]), constants)


routed("experts_float", 0, 0, 0, "silu", 2, 7, normalize_routing_weights=1)
routed("experts_float_gates", 0, 0, 0, "swiglu", 3, 5)
routed("experts_four_bits", 4, 32, 0, "swiglu", 4, 9)
routed("experts_four_bits_quantized", 4, 64, 4, "gelu", 3, 7, hidden=64, width=128)
routed("experts_four_bits_rows", 4, 0, 0, "relu", 3, 6, zeros=True)
routed("experts_eight_bits", 8, 16, 0, "silu", 3, 5, zeros=True)
routed("experts_eight_bits_rows", 8, 0, 0, "identity", 2, 1)

one("determinant", "Det", {"x": floats(2, 3, 5, 5)}, [2, 3])
one("inverse", "Inverse", {"x": floats(3, 4, 4)}, [3, 4, 4], domain=MS)
for metric in ("euclidean", "sqeuclidean"):
    one(f"distances_{metric}", "CDist", {"x": floats(7, 19), "b": floats(5, 19)}, [7, 5], domain=MS, metric=metric)
for kind, rows in (("fp4", 1), ("nf4", 6)):
    one(f"weights_{kind}", "MatMulBnb4", {"x": floats(rows, 48)}, [rows, 20], [RANDOM.randint(0, 256, 480).astype(np.uint8), RANDOM.uniform(0.1, 2, 15).astype(F)], domain=MS, K=48, N=20, block_size=64, quant_type=int(kind == "nf4"))

# A factor of a quantized Gemm keeps it in float where there is a bias; one of the bias does not where there is none.
CONSTANTS = {"b": RANDOM.randint(-3000, 3000, 13).astype(np.int32), "bs": F(0.0157 * 0.011)}
model("gemm_factor_bias", [*pairs("x", "x", 0.0157, np.uint8(120), CONSTANTS), *real("w", RANDOM.randint(-90, 90, (21, 13)).astype(np.int8), 0.011, CONSTANTS), node("DequantizeLinear", ["b", "bs"], ["b_d"]),
                           node("Gemm", ["x_d", "w_d", "b_d"], ["g"], alpha=0.5), *pairs("y", "g", 0.031, np.uint8(100), CONSTANTS), node("Neg", ["y_d"], ["y"])], {"x": floats(5, 21)}, ("y", "float32", [5, 13]), CONSTANTS)
quantized("gemm_factor_no_bias", (5, 21), [5, 13], lambda c: [node("Gemm", ["x_d", "w_d"], ["y"], beta=2.0)], RANDOM.randint(-90, 90, (21, 13)).astype(np.int8))
CONSTANTS = {}
model("matmul_one_block", [*pairs("x", "x", 0.0157, np.uint8(120), CONSTANTS), node("DequantizeLinear", ["w", "s"], ["w_d"], axis=0, block_size=32), node("MatMul", ["x_d", "w_d"], ["y"])],
      {"x": floats(4, 32)}, ("y", "float32", [4, 9]), CONSTANTS | {"w": RANDOM.randint(-90, 90, (32, 9)).astype(np.int8), "s": RANDOM.uniform(0.005, 0.02, (1, 9)).astype(F)}, opset=21)


def of_half_weights(name, source):
    """A decoder all of whose numbers are of half precision."""
    def half(v):
        return v.astype(np.float16) if v.dtype == F else v

    nodes, inputs, outputs, constants, opset = MODELS[source]
    SYMBOLS[name] = SYMBOLS[source]
    model(name, nodes, {n: half(v) for n, v in inputs.items()}, [(n, "float16", shape) for n, _, shape in outputs], {n: half(v) for n, v in constants.items()}, opset)


of_half_weights("decoder_prompt_halves", "decoder_prompt")
of_half_weights("decoder_step_halves", "decoder_step")


def main():
    root = pathlib.Path(sys.argv[1])
    for name, (nodes, inputs, outputs, constants, opset) in MODELS.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        graph = helper.make_graph(
            nodes, name, [helper.make_tensor_value_info(n, TYPES[str(v.dtype)], SYMBOLS.get(name, {}).get(n, list(v.shape))) for n, v in inputs.items()],
            [helper.make_tensor_value_info(n, TYPES[dtype], shape) for n, dtype, shape in outputs], [stored(v, n) for n, v in constants.items()],
            value_info=[helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in STATED.get(name, {}).items()])
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
