using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Operators that look elements up, or put them, where indices say. Negative indices count from the end.</summary>
internal static class Indexing
{
    /// <summary>Elements of an axis by their indices.</summary>
    [OnnxOperator("Gather", Varying = VaryingOperands.Taken)]
    public static void Gather(OnnxNode node) => Shaping.Moved(node, x =>
    {
        int axis = node.Axis(node.Int("axis", 0), x.Type.Shape.Rank), extent = x.Type.Shape[axis];
        var indices = FromEnd(node, node.Input(1), VaryingAxes.ValueOf(node.Varying.ExtentOf(x, axis)));
        if (indices.IsConstant && indices.Constant!.ToInt64().Any(i => i < 0 || i >= extent)) throw node.Malformed("gathers an index that is not there");
        return node.EmitQuantized(new Gather(axis), x.Type.Quantization, x, indices);
    });

    /// <summary>y[i, j, k] = x[i, indices[i, j, k], k], for the axis 1 of three.</summary>
    [OnnxOperator("GatherElements")]
    public static void GatherElements(OnnxNode node)
    {
        var x = node.Input(0);
        node.Result(Along(node, x, node.Input(1), node.Axis(node.Int("axis", 0), x.Type.Shape.Rank)));
    }

    /// <summary>What <see cref="GatherElements"/> takes.</summary>
    public static Value Along(OnnxNode node, Value x, Value indices, int axis) =>
        node.EmitQuantized(new Gather(0), x.Type.Quantization, node.Reshape(x, x.Type.Shape.ElementCount), Places(node, x.Type.Shape, indices, axis));

    /// <summary>Slices by tuples of indices.</summary>
    [OnnxOperator("GatherND", Varying = VaryingOperands.Taken)]
    [OnnxOperator("GatherND", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void GatherNd(OnnxNode node)
    {
        var (x, indices) = (node.Input(0), node.Input(1));
        int batches = node.Int("batch_dims", 0), tuple = indices.Type.Shape.Rank > 0 ? indices.Type.Shape[-1] : throw node.Malformed("has no tuples of indices");
        if (batches < 0 || batches >= indices.Type.Shape.Rank || batches + tuple > x.Type.Shape.Rank) throw node.Malformed($"looks {indices.Type} up in {x.Type}");
        var tuples = FromEnd(node, indices, Extents(node, x, batches, tuple));
        for (int axis = batches - 1; axis >= 0; axis--)
        {
            var shape = new Shape([.. tuples.Type.Shape.Span[..^1], 1]);
            var own = node.Emit(new BroadcastTo(shape), OnnxNode.Iota(shape.Rank, axis, shape[axis]));
            tuples = node.Emit(new Concat(shape.Rank - 1), own, tuples);
        }
        node.Result(node.EmitQuantized(new GatherNd(), x.Type.Quantization, x, tuples));
    }

    /// <summary>x, but y[i, indices[i, j, k], k] = updates[i, j, k], for the axis 1 of three.</summary>
    [OnnxOperator("ScatterElements", Varying = VaryingOperands.Taken)]
    [OnnxOperator("Scatter", Varying = VaryingOperands.Taken)]
    public static void ScatterElements(OnnxNode node)
    {
        var (x, updates) = (node.Input(0), node.Input(2));
        int count = updates.Type.Shape.ElementCount;
        if (!updates.Type.Shape.Equals(node.Input(1).Type.Shape)) throw node.Malformed($"has updates {updates.Type} for indices {node.Input(1).Type}");
        int axis = node.Axis(node.Int("axis", 0), x.Type.Shape.Rank);
        var (v, shape) = (node.Varying, x.Type.Shape);
        if (v.Of(x) is { Axis: not 0 } || v.Of(updates) is { Axis: not 0 } || v.Of(node.Input(1)) is { Axis: not 0 }) throw node.AnyLength();
        // Where the axis is the first and whole slices are put, places are theirs.
        bool isWhole = axis == 0 && Repeated(node, node.Input(1)) is not null && shape.Skip(1).SequenceEqual(updates.Type.Shape.Skip(1));
        var places = isWhole
            ? node.Reshape(FromEnd(node, Repeated(node, node.Input(1))!, VaryingAxes.ValueOf(v.ExtentOf(x, 0))), updates.Type.Shape[0], 1)
            : node.Reshape(Places(node, shape, node.Input(1), axis, v.ExtentOf(x, axis)), count, 1);
        var data = v.Plain(node, x);
        var y = Scattered(node, isWhole ? data : node.Reshape(data, shape.ElementCount), v.Filled(node, places, OnnxNode.Scalar(-1L)), isWhole ? v.Plain(node, updates) : node.Reshape(v.Plain(node, updates), count));
        y = node.Reshape(y, shape.Span);
        node.Result(v.Of(x) is { } varying ? v.Vary(node, y, varying.Axis, new Extent(shape[varying.Axis], varying.Count)) : y);
    }

    // Indices of the first axis that are the same along all others: what they were repeated from; null for other ones.
    private static Value? Repeated(OnnxNode node, Value indices)
    {
        var producer = node.Importer.Builder.Producer(indices);
        while (producer is { Operator: Reshape } && producer.Inputs[0]!.Type.Shape.Equals(indices.Type.Shape)) producer = node.Importer.Builder.Producer(producer.Inputs[0]!);
        if (producer is not { Operator: BroadcastTo } || producer.Inputs[0] is not { } repeated || repeated.Type.Shape.Rank != indices.Type.Shape.Rank || repeated.Type.Shape.ElementCount != indices.Type.Shape[0]) return null;
        return node.Varying.Of(indices) is { } varying ? node.Varying.Vary(node, repeated, 0, new Extent(indices.Type.Shape[0], varying.Count)) : repeated;
    }

    /// <summary>x with slices replaced at the places that tuples of indices name.</summary>
    [OnnxOperator("ScatterND", Varying = VaryingOperands.Taken)]
    public static void ScatterNd(OnnxNode node)
    {
        var (x, indices) = (node.Input(0), node.Input(1));
        if (indices.Type.Shape.Rank == 0 || indices.Type.Shape[-1] > x.Type.Shape.Rank) throw node.Malformed($"puts {indices.Type} into {x.Type}");
        var tuples = FromEnd(node, indices, Extents(node, x, 0, indices.Type.Shape[-1]));
        var updates = node.Input(2);
        if (node.Varies(x)) throw node.AnyLength();
        if (node.Varies(indices) || node.Varies(updates))
        {
            // As many tuples as slices: tuples that are not there lie outside, and are passed over.
            tuples = node.Varying.Filled(node, tuples, OnnxNode.Scalar(-1L));
            updates = node.Varying.Plain(node, updates);
            int count = Math.Min(tuples.Type.Shape[0], updates.Type.Shape[0]);
            if (node.Varying.Of(indices) is { Axis: not 0 } || node.Varying.Of(node.Input(2)) is { Axis: not 0 }) throw node.AnyLength();
            (tuples, updates) = (node.Varying.First(node, tuples, 0, count), node.Varying.First(node, updates, 0, count));
        }
        node.Result(Scattered(node, x, tuples, updates));
    }

    /// <summary>
    /// Data with rows replaced: an axis begins anew at a place of each batch, and perhaps goes on at its beginning. Operands: data, rows, places. ONNX's cache of keys and values.
    /// </summary>
    [OnnxOperator("TensorScatter")]
    public static void TensorScatter(OnnxNode node)
    {
        var (x, updates) = (node.Input(0), node.Input(1));
        var (shape, taken) = (x.Type.Shape, updates.Type.Shape);
        int axis = node.Axis(node.Int("axis", -2), shape.Rank);
        if (axis == 0 || taken.Rank != shape.Rank) throw node.Malformed($"puts {updates.Type} into {x.Type}");
        var places = OnnxNode.Iota(shape.Rank, axis, taken[axis]);
        if (node.OptionalInput(2) is { } first) places = node.Emit(new Binary(BinaryKind.Add), node.Reshape(first, [taken[0], .. Enumerable.Repeat(1, shape.Rank - 1)]), places);
        if (node.Text("mode", "linear") == "circular") places = node.Emit(new Binary(BinaryKind.FloorModulo), places, OnnxNode.Scalar((long)shape[axis]));
        var flat = node.Reshape(Places(node, shape, node.Emit(new BroadcastTo(taken), places), axis), taken.ElementCount, 1);
        node.Result(node.Reshape(Scattered(node, node.Reshape(x, shape.ElementCount), flat, node.Reshape(updates, taken.ElementCount)), shape.Span));
    }

    private static Value Scattered(OnnxNode node, Value x, Value tuples, Value updates)
    {
        var reduction = node.Text("reduction", "none") switch
        {
            "none" => ScatterReduction.None,
            "add" => ScatterReduction.Add,
            "mul" => ScatterReduction.Multiply,
            "max" => ScatterReduction.Max,
            "min" => ScatterReduction.Min,
            var r => throw node.Unsupported($"its reduction is {r}"),
        };
        return node.EmitQuantized(new ScatterNd(x.Type.Shape, reduction), x.Type.Quantization, tuples, updates, x);
    }

    /// <summary>Where elements along an axis lie in a flat tensor.</summary>
    private static Value Places(OnnxNode node, Shape shape, Value indices, int axis, Extent? extent = null)
    {
        var taken = indices.Type.Shape;
        if (taken.Rank != shape.Rank) throw node.Malformed($"looks {indices.Type} up in {shape}");
        int[] strides = shape.Strides();
        var places = Times(FromEnd(node, indices, VaryingAxes.ValueOf(extent ?? new Extent(shape[axis], null))), strides[axis]);
        for (int a = 0; a < shape.Rank; a++)
        {
            if (a != axis && taken[a] > 1) places = node.Emit(new Binary(BinaryKind.Add), places, Times(OnnxNode.Iota(taken.Rank, a, taken[a]), strides[a]));
        }
        return places;

        Value Times(Value numbers, int factor) => factor == 1 ? numbers : node.Emit(new Binary(BinaryKind.Multiply), numbers, OnnxNode.Scalar((long)factor));
    }

    /// <summary>Indices of 64 bits, negative ones counted from the end.</summary>
    public static Value FromEnd(OnnxNode node, Value indices, Value extents)
    {
        if (indices.Type.Element != ElementType.S64) indices = node.Emit(new Cast(ElementType.S64), indices);
        return node.Emit(new Select(), node.Emit(new Compare(CompareKind.Less), indices, OnnxNode.Scalar(0L)), node.Emit(new Binary(BinaryKind.Add), indices, extents), indices);
    }

    private static Value Extents(OnnxNode node, Value x, int first, int count)
    {
        Extent[] extents = [.. Enumerable.Range(first, count).Select(axis => node.Varying.ExtentOf(x, axis))];
        return extents.All(e => e.IsKnown)
            ? Value.Of("extents", Tensor.Of<long>(new Shape(count), [.. extents.Select(e => (long)e.Bound)]))
            : node.Emit(new Concat(0), [.. extents.Select(e => node.Reshape(VaryingAxes.ValueOf(e), 1))]);
    }

    /// <summary>The on value at an index, the off value elsewhere.</summary>
    [OnnxOperator("OneHot")]
    public static void OneHot(OnnxNode node)
    {
        int depth = (int)Shaping.Number(node.Constant(1, "depth")), rank = node.Input(0).Type.Shape.Rank + 1, axis = node.Axis(node.Int("axis", -1), rank);
        if (depth < 1 || node.Input(2).Type.Shape.ElementCount != 2) throw node.Malformed("has no depth or not two values");
        var indices = FromEnd(node, node.Input(0), OnnxNode.Scalar((long)depth));
        int[] apart = [.. indices.Type.Shape.Span[..axis], 1, .. indices.Type.Shape.Span[axis..]];
        var hit = node.Emit(new Compare(CompareKind.Equal), node.Reshape(indices, apart), OnnxNode.Iota(rank, axis, depth));
        Value Of(int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(new Shape(2), 0, i, 1), node.Reshape(node.Input(2), 2)), []);
        node.Result(node.Emit(new Select(), hit, Of(1), Of(0)));
    }

    /// <summary>The greatest (or least) elements along an axis, and their indices.</summary>
    [OnnxOperator("TopK", Varying = VaryingOperands.Taken)]
    public static void TopK(OnnxNode node)
    {
        bool least = node.Int("largest", 1) == 0;
        var x = node.Input(0);
        int axis = node.Axis(node.Int("axis", -1), x.Type.Shape.Rank);
        var k = node.Attribute("k") is { } stated ? new Extent((int)stated.I, null) : node.Varying.Numbers(node, 1, "count")[0];
        if (!k.IsKnown && node.Varying.Of(x) is { } other && other.Axis != axis) throw node.AnyLength();
        // There are as many as are taken.
        if (!k.IsKnown) k = k with { Bound = Math.Min(k.Bound, x.Type.Shape[axis]) };
        if (least) x = node.Emit(new Unary(UnaryKind.Negate), x);
        // Entries that are not there come behind all others: among equal ones the first is first.
        if (node.Varying.Of(x)?.Axis == axis) x = node.Varying.Filled(node, x, VaryingAxes.Number(x.Type.Element, double.NegativeInfinity));
        var results = node.Importer.Builder.Add(new TopK(k.Bound), [node.Swap(x, axis)], node.Location, [null, null]);
        Value Taken(Value y) => k.IsKnown ? y : node.Varying.Vary(node, y, axis, k);
        var values = node.Swap(results[0], axis);
        node.Result(Taken(least ? node.Emit(new Unary(UnaryKind.Negate), values) : values));
        node.Result(Taken(node.Emit(new Cast(ElementType.S64), node.Swap(results[1], axis))), 1);
    }

    /// <summary>The upper or lower triangle of matrices, zeros elsewhere.</summary>
    [OnnxOperator("Trilu")]
    [OnnxOperator("Trilu", OnnxOperatorAttribute.Microsoft)]
    public static void Trilu(OnnxNode node)
    {
        var x = node.Input(0);
        if (x.Type.Shape.Rank < 2) throw node.Malformed($"has data {x.Type}");
        long k = node.OptionalInput(1) is null ? 0 : node.Constant(1, "diagonal").ToInt64()[0];
        var (rows, columns) = (OnnxNode.Iota(2, 0, x.Type.Shape[-2]), OnnxNode.Iota(2, 1, x.Type.Shape[-1]));
        var ahead = node.Emit(new Binary(BinaryKind.Subtract), columns, rows);
        var kept = node.Emit(new Compare(node.Int("upper", 1) != 0 ? CompareKind.GreaterEqual : CompareKind.LessEqual), ahead, OnnxNode.Scalar(k));
        node.Result(node.EmitQuantized(new Select(), x.Type.Quantization, kept, x, Value.Of("zero", new Tensor(new TensorType(x.Type.Element, Shape.Scalar)))));
    }

    /// <summary>Running sums along an axis.</summary>
    [OnnxOperator("CumSum", Varying = VaryingOperands.Taken)]
    public static void CumSum(OnnxNode node)
    {
        var x = node.Input(0);
        int axis = node.Axis(node.ConstantInts(1, "axis")[0], x.Type.Shape.Rank);
        node.Result(node.Emit(new CumulativeSum(axis, node.Int("exclusive", 0) != 0, node.Int("reverse", 0) != 0), x));
    }

    /// <summary>The first elements of each sequence in reverse order.</summary>
    [OnnxOperator("ReverseSequence")]
    public static void ReverseSequence(OnnxNode node) =>
        node.Result(node.EmitQuantized(new ReverseSequence(node.Int("time_axis", 0), node.Int("batch_axis", 1)), node.Input(0).Type.Quantization, node.Input(0), node.Input(1)));

    /// <summary>The indices of the elements that are not 0.</summary>
    [OnnxOperator("NonZero", Varying = VaryingOperands.Taken)]
    public static void NonZero(OnnxNode node)
    {
        if (!node.Input(0).IsConstant)
        {
            var (found, count) = node.Varying.NonZero(node, node.Input(0));
            node.Result(node.Varying.Vary(node, found, 1, new Extent(found.Type.Shape[1], count)));
            return;
        }
        var x = node.Constant(0, "data");
        var shape = x.Type.Shape;
        long[] flags = x.Type.Element == ElementType.F32 ? [.. x.Span<float>().ToArray().Select(v => v != 0 ? 1L : 0)] : x.ToInt64();
        int[] places = [.. Enumerable.Range(0, flags.Length).Where(i => flags[i] != 0)];
        var strides = shape.Strides();
        node.Result(Value.Of(node.Proto.Output[0], Tensor.Of<long>(new Shape(shape.Rank, places.Length), [.. strides.SelectMany((stride, axis) => places.Select(p => (long)(p / stride % shape[axis])))])));
    }

    /// <summary>The elements of an axis for which a condition holds.</summary>
    [OnnxOperator("Compress", Varying = VaryingOperands.Taken)]
    public static void Compress(OnnxNode node)
    {
        var x = node.Input(0);
        bool flat = node.Attribute("axis") is null;
        int axis = flat ? 0 : node.Axis(node.Int("axis", 0), x.Type.Shape.Rank);
        if (flat) x = node.Varying.Reshape(node, x, node.Varies(x) ? [null] : [x.Type.Shape.ElementCount]);
        if (!node.Input(1).IsConstant)
        {
            if (node.Varying.Of(x) is { } other && other.Axis != axis) throw node.AnyLength();
            var (found, count) = node.Varying.NonZero(node, node.Input(1));
            var holding = node.Varying.First(node, node.Reshape(found, found.Type.Shape.ElementCount), 0, Math.Min(found.Type.Shape.ElementCount, x.Type.Shape[axis]));
            node.Result(node.Varying.Vary(node, node.EmitQuantized(new Gather(axis), x.Type.Quantization, x, holding), axis, new Extent(holding.Type.Shape[0], count)));
            return;
        }
        long[] condition = node.Constant(1, "condition").ToInt64();
        long[] taken = [.. Enumerable.Range(0, Math.Min(condition.Length, x.Type.Shape[axis])).Where(i => condition[i] != 0).Select(i => (long)i)];
        if (node.Varies(x)) throw node.AnyLength();
        node.Result(node.EmitQuantized(new Gather(axis), x.Type.Quantization, x, Value.Of("taken", Tensor.Of<long>(new Shape(taken.Length), taken))));
    }
}
