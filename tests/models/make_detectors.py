#!/usr/bin/env python3
"""Writes small ONNX models whose results' lengths are known at run time only, with random weights: a detector, and the operators that such heads are made of.

Each has several cases, of which one finds nothing and one everything that there could be. A golden.json lacks the outputs' contents; those that lie beside them in this repository are
ONNX Runtime 1.31.1's, its CPU provider on AVX-512, with one thread. Needs python3-onnx and numpy.
"""
import json
import pathlib
import sys

import numpy as np
from onnx import TensorProto, helper, numpy_helper, save

F = np.float32
TYPES = {"float32": TensorProto.FLOAT, "uint8": TensorProto.UINT8, "int8": TensorProto.INT8, "int32": TensorProto.INT32, "int64": TensorProto.INT64, "bool": TensorProto.BOOL}
RANDOM = np.random.RandomState(11)
MODELS = {}


class Graph:
    """Nodes one behind the other, with constants as operands. Those of a graph inside another have names that begin with a prefix."""

    def __init__(self, prefix=""):
        self.nodes, self.constants, self.prefix = [], {}, prefix

    def value(self, operand):
        if isinstance(operand, str):
            return operand
        if operand is None:
            return ""
        name = f"{self.prefix}c{len(self.constants)}"
        self.constants[name] = np.asarray(operand)
        return name

    def __call__(self, op, *operands, results=1, **attributes):
        outputs = [f"{self.prefix}v{len(self.nodes)}_{i}" for i in range(results)]
        self.nodes.append(helper.make_node(op, [self.value(o) for o in operands], outputs, **attributes))
        return outputs[0] if results == 1 else outputs

    def inside(self, inputs, outputs):
        """As a graph of another's node."""
        return helper.make_graph(self.nodes, "inside", inputs, outputs, [numpy_helper.from_array(v, n) for n, v in self.constants.items()])


def model(name, graph, cases, outputs, opset=17):
    """cases: inputs by name, each a case; outputs: name of a value, and its type."""
    MODELS[name] = (graph, cases, outputs, opset)


def longs(*numbers):
    return np.array(numbers, np.int64)


def quantized(g, x, scale, zero):
    return g("DequantizeLinear", g("QuantizeLinear", x, F(scale), np.uint8(zero)), F(scale), np.uint8(zero))


def detector():
    """A convolution of quantized numbers; scores of three classes and boxes at 36 places; a threshold, the best 20, and what does not overlap them, class by class."""
    g = Graph()
    weights = RANDOM.randint(-64, 64, (7, 3, 3, 3)).astype(np.int8)
    weights[:4] //= 4
    y = g("Conv", quantized(g, "x", 1 / 64, 128), g("DequantizeLinear", weights, F(0.02), np.int8(0)), g("DequantizeLinear", np.array([0, 0, 0, 0, -40, -45, -50], np.int32) * 50, F(0.02 / 64)), strides=[2, 2], pads=[1, 1, 1, 1])
    y = g("Transpose", g("Reshape", quantized(g, y, 0.05, 128), longs(7, 36)), perm=[1, 0])
    moves, logits = g("Split", y, longs(4, 3), results=2, axis=1)
    places = np.stack(np.meshgrid(np.arange(6), np.arange(6)), -1).reshape(36, 2).astype(F) * 2
    center = g("Add", g("Slice", moves, longs(0), longs(2), longs(1)), places)
    half = g("Exp", g("Mul", g("Slice", moves, longs(2), longs(4), longs(1)), F(0.3)))
    boxes = g("Concat", g("Sub", center, half), g("Add", center, half), axis=1)
    scores = g("Sigmoid", logits)
    found = g("Transpose", g("NonZero", g("Greater", scores, F(0.75))), perm=[1, 0])
    kept = g("GatherND", scores, found)
    count = g("Reshape", g("ReduceMin", g("Concat", longs(20), g("Shape", kept), axis=0), keepdims=0), longs(1))
    best, order = g("TopK", kept, count, results=2)
    chosen = g("Gather", found, order, axis=0)
    row, label = g("Gather", chosen, np.int64(0), axis=1), g("Gather", chosen, np.int64(1), axis=1)
    near = g("Gather", boxes, row, axis=0)

    none, some = Graph("n"), Graph("s")
    apart = some("Add", near, some("Unsqueeze", some("Mul", some("Cast", label, to=TensorProto.FLOAT), some("Add", some("ReduceMax", near, keepdims=0), F(1))), longs(1)))
    rows = some("NonMaxSuppression", some("Unsqueeze", apart, longs(0)), some("Unsqueeze", best, longs(0, 1)), longs(9223372036854775807), np.array([0.3], F))
    something = some("Squeeze", some("Gather", rows, longs(2), axis=1), longs(1))
    nothing = none("Identity", np.zeros(0, np.int64))
    empty = g("Equal", g("ReduceProd", g("Shape", near), keepdims=0), np.int64(0))
    branches = [part.inside([], [helper.make_tensor_value_info(result, TensorProto.INT64, ["n"])]) for part, result in ((none, nothing), (some, something))]
    selected = g("If", empty, then_branch=branches[0], else_branch=branches[1])
    keep = g("Slice", selected, longs(0), longs(8), longs(0))
    image = RANDOM.uniform(-2, 2, (1, 3, 12, 12)).astype(F)
    one = np.zeros_like(image)
    one[0, :, 5, 5] = 2
    cases = [{"x": v.astype(F)} for v in (image, image * 0.3, np.zeros_like(image), one, np.abs(image) * 4 * (RANDOM.uniform(size=image.shape) > 0.5))]
    model("detector", g, cases, [(g("Gather", near, keep, axis=0), "float32"), (g("Gather", best, keep), "float32"), (g("Gather", label, keep), "int64"), (row, "int64")])


def counted():
    """What is done with the rows that pass a threshold, of none to all twelve."""
    g = Graph()
    places = g("Squeeze", g("NonZero", g("Greater", "s", F(0.5))), longs(0))
    rows = g("Gather", "x", places, axis=0)
    count = g("Shape", rows, end=1)
    one = g("Squeeze", count)
    outputs = [(g("NonZero", g("Greater", "x", F(1))), "int64"), (rows, "float32"), (g("Compress", "x", g("Greater", "s", F(0.5)), axis=0), "float32"), (count, "int64"), (g("Size", rows), "int64")]
    scores = g("Gather", "s", places)

    def out(value, dtype="float32"):
        outputs.append((value, dtype))
        return value

    out(g("Concat", rows, "x", rows, axis=0))
    out(g("Concat", g("Unsqueeze", scores, longs(1)), rows, axis=1))
    out(g("Mul", rows, g("Unsqueeze", scores, longs(1))))
    out(g("Reshape", rows, longs(-1)))
    out(g("Reshape", rows, longs(-1, 2, 2)))
    out(g("Flatten", g("Unsqueeze", rows, longs(0)), axis=2))
    out(g("Expand", g("Unsqueeze", scores, longs(1, 2)), g("Concat", count, longs(2, 3), axis=0)))
    out(g("Expand", F(1.5), g("Concat", longs(2), count, axis=0)))
    out(g("ConstantOfShape", g("Concat", count, longs(2), axis=0), value=helper.make_tensor("v", TensorProto.FLOAT, [1], [2.5])))
    out(g("Range", np.int64(3), g("Add", one, np.int64(5)), np.int64(2)), "int64")
    out(g("Slice", rows, longs(1), longs(4), longs(0)))
    out(g("Slice", rows, longs(-3), longs(9223372036854775807), longs(0)))
    out(g("Slice", rows, longs(0), longs(-1), longs(0)))
    out(g("Slice", "x", count, longs(9223372036854775807), longs(0)))
    out(g("Slice", "x", longs(0), count, longs(0)))
    out(g("Slice", rows, longs(0, 3), longs(9223372036854775807, -5), longs(0, 1), longs(1, -1)))
    split = g("Split", "x", g("Concat", count, g("Sub", longs(12), count), axis=0), results=2, axis=0)
    out(split[0])
    out(split[1])
    out(g("Concat", split[1], split[0], axis=0))
    # Cut or filled up to eight.
    kept = g("Slice", rows, longs(0), longs(8), longs(0))
    missing = g("Max", g("Sub", longs(8), g("Shape", kept, end=1)), longs(0))
    filled = g("Concat", kept, g("ConstantOfShape", g("Concat", missing, longs(4), axis=0)), axis=0)
    out(g("MatMul", g("Reshape", filled, longs(1, 8, 4)), RANDOM.uniform(-1, 1, (1, 4, 2)).astype(F)))
    out(g("Softmax", rows, axis=1))
    out(g("ArgMax", rows, axis=1, keepdims=0), "int64")
    out(g("ReduceMax", rows, axes=[1]))
    out(g("ReduceSum", rows, longs(0), keepdims=0))
    out(g("ReduceMean", rows, axes=[1]))
    out(g("CumSum", scores, np.int64(0)))
    out(g("ScatterND", "x", g("Unsqueeze", places, longs(1)), g("Neg", rows)))
    out(g("ScatterElements", "x", g("Expand", g("Unsqueeze", places, longs(1)), g("Concat", count, longs(4), axis=0)), g("Neg", rows), axis=0))
    out(g("Transpose", rows, perm=[1, 0]))
    out(g("Gather", g("Transpose", rows, perm=[1, 0]), longs(2, 0), axis=0))
    out(g("Tile", rows, longs(1, 2)))
    out(g("Where", g("Greater", rows, F(0)), rows, g("Unsqueeze", scores, longs(1))))
    out(g("MatMul", rows, RANDOM.uniform(-1, 1, (4, 5)).astype(F)))
    out(g("Gemm", quantized(g, rows, 0.02, 128), g("DequantizeLinear", RANDOM.randint(-90, 90, (4, 6)).astype(np.int8), F(0.01), np.int8(0))))
    again = g("NonZero", g("Greater", scores, F(0.7)))
    out(g("Transpose", again, perm=[1, 0]), "int64")
    out(g("TopK", scores, g("ReduceMin", g("Concat", count, longs(3), axis=0)), results=2, largest=0)[0])
    x = RANDOM.uniform(-2, 2, (12, 4)).astype(F)
    scores_of = [np.linspace(0.99, 0.01, 12), np.zeros(12), np.ones(12) * 0.9 - np.arange(12) * 0.01, np.eye(12)[7], RANDOM.uniform(size=12)]
    model("counted", g, [{"s": s.astype(F), "x": np.roll(x, i, 0)} for i, s in enumerate(scores_of)], outputs)


def greatest():
    """Reductions over rows of which there is at least one, and what lines up with one row or all."""
    g = Graph()
    rows = g("Gather", "x", g("Squeeze", g("NonZero", g("Greater", "s", F(0.5))), longs(0)), axis=0)
    first = g("Gather", "x", g("Squeeze", g("NonZero", g("GreaterOrEqual", "s", g("ReduceMax", "s"))), longs(0)), axis=0)
    outputs = [(g("ReduceMax", rows, axes=[0]), "float32"), (g("ReduceMin", rows, keepdims=0), "float32"), (g("ArgMax", rows, axis=0), "int64"), (g("ArgMin", rows, axis=0, keepdims=0), "int64")]
    outputs.append((g("Add", rows, first), "float32"))
    outputs.append((g("TopK", rows, longs(1), results=2, axis=0)[1], "int64"))
    outputs.append((g("Gather", rows, longs(-1), axis=0), "float32"))
    outputs.append((g("Reshape", rows, g("Concat", g("Shape", rows, end=1), longs(-1), axis=0)), "float32"))
    quantized_rows, scale, zero = g("DynamicQuantizeLinear", rows, results=3)
    outputs += [(quantized_rows, "uint8"), (scale, "float32"), (zero, "uint8")]
    x = RANDOM.uniform(-2, 2, (9, 4)).astype(F)
    model("counted_greatest", g, [{"s": s.astype(F), "x": x - i} for i, s in enumerate((np.linspace(0, 1, 9), np.eye(9)[4], np.linspace(0.6, 0.9, 9)))], outputs, opset=16)


def experts():
    """Rows go to the two of four layers that a router chooses for them, sorted by layer, and come back."""
    g = Graph()
    x = quantized(g, "x", 1 / 50, 128)
    weight, expert = g("TopK", g("MatMul", x, RANDOM.uniform(-1, 1, (8, 4)).astype(F)), longs(2), results=2)
    hot = g("ScatterElements", np.zeros((6, 4), np.int64), expert, np.ones((6, 2), np.int64), axis=1)
    sizes = g("ReduceSum", hot, longs(0), keepdims=0)
    _, order = g("TopK", g("Reshape", expert, longs(12)), longs(12), results=2, largest=0)
    token = g("Div", order, np.int64(2))
    parts = g("Split", g("Gather", x, token, axis=0), sizes, results=4, axis=0)
    made = [quantized(g, g("Gemm", quantized(g, p, 1 / 50, 128), g("DequantizeLinear", RANDOM.randint(-90, 90, (8, 8)).astype(np.int8), F(0.01), np.int8(0))), 0.05, 120) for p in parts]
    scaled = g("Mul", g("Concat", *made, axis=0), g("Gather", g("Reshape", weight, longs(12, 1)), order, axis=0))
    model("experts", g, [{"x": RANDOM.uniform(-2, 2, (6, 8)).astype(F)}, {"x": np.zeros((6, 8), F)}, {"x": np.tile(RANDOM.uniform(-2, 2, (1, 8)), (6, 1)).astype(F)}],
          [(g("ScatterND", np.zeros((6, 8), F), g("Unsqueeze", token, longs(1)), scaled, reduction="add"), "float32"), (sizes, "int64")])


def bags():
    """Sums of rows between offsets that are inputs."""
    g, body = Graph(), Graph("b")
    ends = g("Slice", "o", longs(1), longs(9223372036854775807), longs(0))
    start, end = body("Gather", "o", "i"), body("Gather", ends, "i")
    rows = body("Gather", RANDOM.uniform(-1, 1, (30, 16)).astype(F), body("Slice", "ids", body("Unsqueeze", start, longs(0)), body("Unsqueeze", end, longs(0)), longs(0)))
    total, on = body("ReduceSum", rows, longs(0), keepdims=0), body("Identity", "on")
    inner = body.inside(
        [helper.make_tensor_value_info("i", TensorProto.INT64, []), helper.make_tensor_value_info("on", TensorProto.BOOL, [])],
        [helper.make_tensor_value_info(on, TensorProto.BOOL, []), helper.make_tensor_value_info(total, TensorProto.FLOAT, [16])])
    sums = g("Loop", np.int64(4), np.bool_(True), body=inner)
    model("bags", g, [{"ids": RANDOM.randint(0, 30, 10).astype(np.int64), "o": longs(*o)} for o in ((0, 3, 4, 8, 10), (0, 0, 10, 10, 10), (2, 5, 4, 8, 8))], [(sums, "float32")])


def regions():
    """Regions that pass a threshold, read from two levels of a pyramid by their extents, and a quantized layer on them."""
    g = Graph()
    boxes = g("Gather", "b", g("Squeeze", g("NonZero", g("Greater", "s", F(0.5))), longs(0)), axis=0)
    widths = g("Sub", g("Gather", boxes, np.int64(2), axis=1), g("Gather", boxes, np.int64(0), axis=1))
    level = g("Cast", g("GreaterOrEqual", widths, F(5)), to=TensorProto.INT64)
    pooled = g("ConstantOfShape", g("Concat", g("Shape", level), longs(3, 2, 2), axis=0))
    for i, scale in enumerate((1.0, 0.5)):
        chosen = g("Squeeze", g("NonZero", g("Equal", level, np.int64(i))), longs(0))
        count = g("Shape", chosen)
        part = g("RoiAlign", f"x{i}", g("Gather", boxes, chosen, axis=0), g("ConstantOfShape", count, value=helper.make_tensor("v", TensorProto.INT64, [1], [0])), output_height=2, output_width=2, sampling_ratio=2, spatial_scale=scale)
        pooled = g("ScatterElements", pooled, g("Expand", g("Reshape", chosen, longs(-1, 1, 1, 1)), g("Concat", count, longs(3, 2, 2), axis=0)), part, axis=0)
    layer = g("Gemm", quantized(g, g("Flatten", pooled), 0.02, 128), g("DequantizeLinear", RANDOM.randint(-90, 90, (12, 5)).astype(np.int8), F(0.01), np.int8(0)))
    images = {"x0": RANDOM.uniform(-2, 2, (1, 3, 12, 12)).astype(F), "x1": RANDOM.uniform(-2, 2, (1, 3, 6, 6)).astype(F)}
    corners = RANDOM.uniform(0, 6, (7, 2))
    b = np.concatenate([corners, corners + RANDOM.uniform(1, 9, (7, 2))], 1).astype(F)
    model("regions", g, [{"b": b, "s": s.astype(F), **images} for s in (np.linspace(0, 1, 7), np.zeros(7), np.ones(7), np.eye(7)[2])], [(pooled, "float32"), (layer, "float32"), (level, "int64")])


def taken(g, x, *places, axis=0):
    return [g("Gather", x, np.int64(p), axis=axis) for p in places]


def pasted():
    """Masks of the boxes that pass a threshold, each resized to its box and put into the image by a turn of a loop, and the greatest place of each heat map."""
    g, body = Graph(), Graph("b")
    places = g("Squeeze", g("NonZero", g("Greater", "s", F(0.5))), longs(0))
    boxes = g("Clip", g("Gather", "b", places, axis=0), F(0), F(14))
    masks = g("Gather", "m", places, axis=0)
    whole = g("Cast", boxes, to=TensorProto.INT64)
    box, mask = body("Gather", whole, "i", axis=0), body("Gather", masks, "i", axis=0)
    x0, y0, x1, y1 = taken(body, box, 0, 1, 2, 3)

    def one(v):
        return body("Unsqueeze", v, longs(0))

    height, width = [body("ReduceMax", body("Concat", one(body("Add", body("Sub", b, a), np.int64(1))), longs(1), axis=0)) for a, b in ((y0, y1), (x0, x1))]
    large = body("Resize", one(mask), None, None, body("Concat", longs(1, 2), height, width, axis=0), mode="linear", coordinate_transformation_mode="half_pixel")
    image = body("Gather", body("Squeeze", large, longs(0)), np.int64(1), axis=0)
    left, top = [body("Max", v, np.int64(2)) for v in (x0, y0)]
    right, bottom = [body("Min", body("Add", v, np.int64(1)), np.int64(e)) for v, e in ((x1, 12), (y1, 11))]
    part = body("Slice", image, one(body("Sub", top, y0)), one(body("Sub", bottom, y0)), longs(0))
    part = body("Slice", part, one(body("Sub", left, x0)), one(body("Sub", right, x0)), longs(1))
    columns = body("Gather", body("Shape", part), longs(1))
    part = body("Concat", body("ConstantOfShape", body("Concat", one(top), columns, axis=0)), part, body("ConstantOfShape", body("Concat", one(body("Sub", np.int64(11), bottom)), columns, axis=0)), axis=0)
    part = body("Slice", part, longs(0), longs(11), longs(0))
    rows = body("Gather", body("Shape", part), longs(0))
    part = body("Concat", body("ConstantOfShape", body("Concat", rows, one(left), axis=0)), part, body("ConstantOfShape", body("Concat", rows, one(body("Sub", np.int64(12), right)), axis=0)), axis=1)
    part = body("Slice", part, longs(0), longs(12), longs(1))
    grown = body("Concat", "r", one(part), axis=0)
    # Heat maps: a cubic, flat, and the place of its greatest.
    map_ = body("Squeeze", body("Resize", one(mask), None, None, body("Concat", longs(1, 2), height, width, axis=0), mode="cubic", coordinate_transformation_mode="half_pixel"), longs(0))
    place = body("ArgMax", body("Reshape", map_, longs(2, -1)), axis=1, keepdims=0)
    wide = body("Gather", body("Shape", map_), np.int64(2))
    column = body("Mod", place, wide)
    row = body("Div", body("Sub", place, column), wide)
    value = body("Gather", body("Reshape", body("Gather", body("Gather", map_, row, axis=1), column, axis=2), longs(-1)), longs(0, 3))
    inner = body.inside(
        [helper.make_tensor_value_info("i", TensorProto.INT64, []), helper.make_tensor_value_info("on", TensorProto.BOOL, []), helper.make_tensor_value_info("r", TensorProto.FLOAT, None)],
        [helper.make_tensor_value_info(body("Identity", "on"), TensorProto.BOOL, [])] + [helper.make_tensor_value_info(v, t, None) for v, t in ((grown, TensorProto.FLOAT), (column, TensorProto.INT64), (row, TensorProto.INT64), (value, TensorProto.FLOAT))])
    count = g("Squeeze", g("Shape", places), longs(0))
    results, columns, rows, values = g("Loop", count, np.bool_(True), np.zeros((0, 11, 12), F), body=inner, results=4)
    corners = RANDOM.uniform(-2, 9, (6, 2))
    b = np.concatenate([corners, corners + RANDOM.uniform(0, 9, (6, 2))], 1).astype(F)
    m = RANDOM.uniform(-1, 1, (6, 2, 5, 4)).astype(F)
    model("pasted", g, [{"b": b, "m": m, "s": s.astype(F)} for s in (np.linspace(0, 1, 6), np.zeros(6), np.ones(6), np.eye(6)[2])], [(results, "float32"), (columns, "int64"), (rows, "int64"), (values, "float32")])


def turns():
    """Loops that run as often as an input says, or until a condition of data ends them: sums, rows put behind each other, results stacked, and a state that only the last turn leaves."""
    g = Graph()
    scalar = helper.make_tensor_value_info
    outputs = []

    def loop(limit, condition, states, make, stacks=()):
        """make(body, i, states) gives the condition, the states, and what is stacked."""
        body = Graph(f"l{len(outputs)}_")
        names = [f"{body.prefix}s{k}" for k in range(len(states))]
        i, on = body.prefix + "i", body.prefix + "on"
        goes_on, left = make(body, i, names)
        goes_on = body("Identity", on) if goes_on is None else goes_on
        types = [t for _, t in states] + list(stacks)
        inner = body.inside([scalar(i, TensorProto.INT64, []), scalar(on, TensorProto.BOOL, [])] + [scalar(n, TYPES[t], None) for n, (_, t) in zip(names, states)],
                            [scalar(goes_on, TensorProto.BOOL, [])] + [scalar(v, TYPES[t], None) for v, t in zip([body("Identity", v) for v in left], types)])
        results = g("Loop", limit, condition, *[s for s, _ in states], body=inner, results=len(types))
        results = [results] if len(types) == 1 else results
        outputs.extend(zip(results, types))

    limit = g("Min", g("Max", "n", np.int64(0)), np.int64(5))
    # A running product, its turns stacked.
    loop(limit, np.bool_(True), [(np.ones(3, F), "float32")], lambda b, i, s: (None, [b("Mul", s[0], b("Gather", "x", i, axis=0)), b("Add", s[0], b("Cast", i, to=TensorProto.FLOAT))]), ["float32"])
    # while i < n, as TensorFlow's loops are written.
    def counting(b, i, s):
        after = b("Add", s[0], np.int64(1))
        return b("Less", after, limit), [after, b("Concat", s[1], b("Unsqueeze", b("Gather", "x", s[0], axis=0), longs(0)), axis=0)]
    loop(np.int64(9223372036854775807), g("Less", np.int64(0), limit), [(np.int64(0), "int64"), (np.zeros((1, 3), F), "float32")], counting)
    # Until the sum is large, at most five times.
    def until(b, i, s):
        after = b("Add", s[0], b("ReduceSum", b("Abs", b("Gather", "x", i, axis=0)), keepdims=0))
        return b("Less", after, F(4)), [after, b("Gather", "x", i, axis=0), after]
    loop(np.int64(5), np.bool_(True), [(F(0), "float32"), (np.zeros(3, F), "float32")], until, ["float32"])
    # Rows of another number each turn.
    loop(limit, np.bool_(True), [(np.zeros((0, 3), F), "float32")], lambda b, i, s: (None, [b("Concat", s[0], b("Gather", "x", b("Squeeze", b("NonZero", b("Greater", b("Gather", b("Transpose", "x", perm=[1, 0]), b("Mod", i, np.int64(3)), axis=0), F(0))), longs(0)), axis=0), axis=0)]))
    # A range, as TensorFlow's is written for opset 10.
    loop(limit, None, [(np.int64(3), "int64")], lambda b, i, s: (None, [b("Add", s[0], np.int64(2)), b("Identity", s[0])]), ["int64"])
    x = RANDOM.uniform(-1.5, 1.5, (5, 3)).astype(F)
    model("turns", g, [{"n": np.int64(n), "x": x - 0.1 * n} for n in (3, 0, 5, -4, 1)], outputs, opset=13)


def resized():
    """A part of an image, whose size is computed, resized to sizes that are computed."""
    g = Graph()
    size = g("Clip", "n", np.int64(1), np.int64(9))
    height, width = g("Gather", size, longs(0)), g("Gather", size, longs(1))
    image = g("Slice", g("Slice", "x", longs(0), g("Gather", size, longs(2)), longs(2)), longs(0), g("Gather", size, longs(3)), longs(3))
    sizes = g("Concat", longs(2, 3), height, width, axis=0)
    outputs = []
    for data in ("x", image):
        for mode, coordinates, rounding in (("linear", "half_pixel", "floor"), ("linear", "align_corners", "floor"), ("cubic", "pytorch_half_pixel", "floor"), ("cubic", "asymmetric", "floor"), ("nearest", "asymmetric", "floor"), ("nearest", "half_pixel", "round_prefer_floor"), ("nearest", "align_corners", "round_prefer_ceil"), ("nearest", "half_pixel", "ceil")):
            y = g("Resize", data, None, None, sizes, mode=mode, coordinate_transformation_mode=coordinates, nearest_mode=rounding)
            # Flat: an output has one length that is computed.
            outputs.append((g("Reshape", y, longs(2, 3, -1)), "float32"))
    outputs.append((g("Resize", image, None, None, longs(2, 3, 5, 5), mode="linear"), "float32"))
    x = RANDOM.uniform(-1, 1, (2, 3, 6, 7)).astype(F)
    model("resized", g, [{"n": longs(*n), "x": x} for n in ((3, 8, 6, 7), (9, 9, 2, 5), (6, 7, 6, 7), (1, 1, 3, 1))], outputs)


def main():
    for make in (detector, counted, greatest, experts, bags, regions, pasted, turns, resized):
        make()
    root = pathlib.Path(sys.argv[1])
    for name, (g, cases, outputs, opset) in MODELS.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        graph = helper.make_graph(
            g.nodes, name, [helper.make_tensor_value_info(n, TYPES[str(v.dtype)], v.shape) for n, v in cases[0].items()],
            [helper.make_tensor_value_info(o, TYPES[dtype], None) for o, dtype in outputs], [numpy_helper.from_array(v, n) for n, v in g.constants.items()])
        made = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], producer_name="qnn-tests")
        made.ir_version = 8
        save(made, str(folder / "model.onnx"))
        golden = []
        for k, inputs in enumerate(cases):
            case = {"name": str(k), "inputs": [], "outputs": [{"name": o, "file": f"output_{k}_{i}.bin", "dtype": dtype} for i, (o, dtype) in enumerate(outputs)]}
            for n, v in inputs.items():
                (folder / f"input_{k}_{n}.bin").write_bytes(v.tobytes())
                case["inputs"].append({"name": n, "file": f"input_{k}_{n}.bin", "dtype": str(v.dtype), "shape": list(v.shape)})
            golden.append(case)
        (folder / "golden.json").write_text(json.dumps({"name": name, "format": "onnx", "model": ["model.onnx"], "kernels": "onnxruntime", "cases": golden}))


if __name__ == "__main__":
    main()
