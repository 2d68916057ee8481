using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>Operators of StableHLO that move elements, or reduce and multiply along axes.</summary>
internal static class StablehloMoves
{
    private const int MostIota = 1 << 24;

    [TfLiteOperator(BuiltinOperator.STABLEHLO_RESHAPE)]
    public static void Reshape(TfLiteNode node) => node.EmitResult(new Ir.Operators.Reshape(new Shape([.. node.Output().Shape])), node.Input(0));

    [TfLiteOperator(BuiltinOperator.STABLEHLO_TRANSPOSE)]
    public static void Transpose(TfLiteNode node) =>
        node.EmitResult(new Ir.Operators.Transpose(new Ints(Numbers(node, node.Options<StablehloTransposeOptions>().GetPermutationArray()))), node.Input(0));

    [TfLiteOperator(BuiltinOperator.STABLEHLO_CONCATENATE)]
    public static void Concatenate(TfLiteNode node) =>
        node.EmitResult(new Concat(Number(node, node.Options<StablehloConcatenateOptions>().Dimension)), [.. Enumerable.Range(0, node.Inputs.Count).Select(node.Input)]);

    /// <summary>Axis i of the operand is axis dimensions[i] of the result.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_BROADCAST_IN_DIM)]
    public static void BroadcastInDim(TfLiteNode node)
    {
        var data = node.Input(0);
        int[] dimensions = Numbers(node, node.Options<StablehloBroadcastInDimOptions>().GetBroadcastDimensionsArray(), data.Type.Shape.Rank);
        var shape = new Shape([.. node.Output().Shape]);
        if (dimensions.Distinct().Count() != dimensions.Length || dimensions.Any(d => (uint)d >= (uint)shape.Rank)) throw node.Malformed($"broadcasts to axes {new Ints(dimensions)} of {shape}");
        int[] order = [.. Enumerable.Range(0, dimensions.Length).OrderBy(i => dimensions[i])];
        if (!order.SequenceEqual(order.Order())) data = node.Move(new Ir.Operators.Transpose(new Ints(order)), data);
        var extents = new int[shape.Rank];
        Array.Fill(extents, 1);
        for (int i = 0; i < order.Length; i++) extents[dimensions[order[i]]] = data.Type.Shape[i];
        node.EmitResult(new Ir.Operators.BroadcastTo(shape), node.Reshape(data, extents));
    }

    [TfLiteOperator(BuiltinOperator.STABLEHLO_SLICE)]
    public static void Slice(TfLiteNode node)
    {
        var options = node.Options<StablehloSliceOptions>();
        int rank = node.Input(0).Type.Shape.Rank;
        int[] begin = Numbers(node, options.GetStartIndicesArray(), rank), end = Numbers(node, options.GetLimitIndicesArray(), rank), strides = Numbers(node, options.GetStridesArray(), rank);
        if (strides.Any(s => s < 1) || begin.Any(b => b < 0)) throw node.Malformed($"slices from {new Ints(begin)} by {new Ints(strides)}");
        int[] extents = [.. Enumerable.Range(0, rank).Select(axis => (int)Math.Max(0, ((long)end[axis] - begin[axis] + strides[axis] - 1) / strides[axis]))];
        node.EmitResult(new StridedSlice(new Ints(begin), new Ints(strides), new Shape(extents)), node.Input(0));
    }

    /// <summary>Elements between, then before and after; less than 0 of these cut elements off.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_PAD)]
    public static void Pad(TfLiteNode node)
    {
        var (options, data) = (node.Options<StablehloPadOptions>(), node.Input(0));
        int rank = data.Type.Shape.Rank;
        int[] low = Numbers(node, options.GetEdgePaddingLowArray(), rank), high = Numbers(node, options.GetEdgePaddingHighArray(), rank), interior = Numbers(node, options.GetInteriorPaddingArray(), rank);
        double value = Windows.Scalar(node, node.Constant(1, "the value"), data);
        var padded = Windows.Surrounded(node, data, low, high, [.. interior.Select(i => i + 1)], value);
        node.EmitResult(new Ir.Operators.Reshape(padded.Type.Shape), padded);
    }

    /// <summary>The index along an axis.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_IOTA)]
    public static void Iota(TfLiteNode node)
    {
        var shape = new Shape([.. node.Output().Shape]);
        int axis = node.Axis(Number(node, node.Options<StablehloIotaOptions>().IotaDimension), shape.Rank);
        if (shape[axis] > MostIota) throw node.Unsupported($"it makes {shape}");
        var extents = new int[shape.Rank];
        Array.Fill(extents, 1);
        extents[axis] = shape[axis];
        var numbers = node.AddConstant("numbers", Ir.Tensor.Of<int>(new Shape(extents), [.. Enumerable.Range(0, shape[axis])]));
        node.EmitResult(new Ir.Operators.BroadcastTo(shape), node.Emit(new Cast(node.OutputElement()), numbers));
    }

    /// <summary>A part that begins at scalars, moved so that it lies in the data.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_DYNAMIC_SLICE)]
    public static void DynamicSlice(TfLiteNode node)
    {
        var part = new Shape(Numbers(node, node.Options<StablehloDynamicSliceOptions>().GetSliceSizesArray(), node.Input(0).Type.Shape.Rank));
        node.EmitResult(new Ir.Operators.Reshape(part), DynamicSlices.Read(node, node.Input(0), Begin(node, 1), part, clamps: true));
    }

    [TfLiteOperator(BuiltinOperator.STABLEHLO_DYNAMIC_UPDATE_SLICE)]
    public static void DynamicUpdateSlice(TfLiteNode node)
    {
        var (op, operands) = DynamicSlices.Write(node, node.Input(0), node.Input(1), Begin(node, 2));
        node.EmitResult(op, operands);
    }

    /// <summary>Windows of the dilated and padded data, reduced by the one operator of a subgraph.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_REDUCE_WINDOW)]
    public static void ReduceWindow(TfLiteNode node)
    {
        var (options, data) = (node.Options<StablehloReduceWindowOptions>(), node.Input(0));
        if (node.Inputs.Count != 2) throw node.Unsupported("it reduces several tensors at once");
        int rank = data.Type.Shape.Rank;
        int[] Each(long[]? values) => values is { Length: > 0 } ? Numbers(node, values, rank) : [.. Enumerable.Repeat(1, rank)];
        int[] padding = options.PaddingLength == 0 ? new int[2 * rank] : Numbers(node, options.GetPaddingArray(), 2 * rank);
        var initial = node.Input(1);
        int[] dilations = Each(options.GetBaseDilationsArray());
        if (padding.Any(p => p != 0) || dilations.Any(d => d != 1))
        {
            double value = Windows.Scalar(node, node.Constant(1, "the initial value"), data);
            data = Windows.Surrounded(node, data, [.. Enumerable.Range(0, rank).Select(axis => padding[2 * axis])], [.. Enumerable.Range(0, rank).Select(axis => padding[2 * axis + 1])], dilations, value);
        }
        Windows.Reduce(node, Reduction(node, options.BodySubgraphIndex), data, initial, Each(options.GetWindowDimensionsArray()), Each(options.GetWindowStridesArray()), Each(options.GetWindowDilationsArray()));
    }

    /// <summary>Products over contracted axes for each index of batching ones; the axes that are left of both follow.</summary>
    [TfLiteOperator(BuiltinOperator.STABLEHLO_DOT_GENERAL)]
    public static void DotGeneral(TfLiteNode node)
    {
        var options = node.Options<StablehloDotGeneralOptions>();
        var (a, b) = (node.Input(0), node.Input(1));
        if (a.Type.Element != ElementType.F32 || b.Type.Element != ElementType.F32) throw node.Unsupported($"it multiplies {a.Type} by {b.Type}");
        int[] batchA = Numbers(node, options.GetLhsBatchingDimensionsArray()), batchB = Numbers(node, options.GetRhsBatchingDimensionsArray());
        int[] innerA = Numbers(node, options.GetLhsContractingDimensionsArray()), innerB = Numbers(node, options.GetRhsContractingDimensionsArray());
        int[] outerA = Rest(a, batchA, innerA), outerB = Rest(b, batchB, innerB);
        int[] ExtentsOf(Value value, int[] axes) => [.. axes.Select(axis => value.Type.Shape[axis])];
        if (!ExtentsOf(a, batchA).SequenceEqual(ExtentsOf(b, batchB)) || !ExtentsOf(a, innerA).SequenceEqual(ExtentsOf(b, innerB))) throw node.Malformed($"multiplies {a.Type} by {b.Type}");
        int Count(Value value, int[] axes) => new Shape(ExtentsOf(value, axes)).ElementCount;
        var x = node.Reshape(node.Move(new Ir.Operators.Transpose(new Ints([.. batchA, .. outerA, .. innerA])), a), Count(a, batchA), Count(a, outerA), Count(a, innerA));
        var y = node.Reshape(node.Move(new Ir.Operators.Transpose(new Ints([.. batchB, .. innerB, .. outerB])), b), Count(b, batchB), Count(b, innerB), Count(b, outerB));
        var product = node.Emit(new Ir.Operators.BatchMatMul(), x, y);
        node.EmitResult(new Ir.Operators.Reshape(new Shape([.. ExtentsOf(a, batchA), .. ExtentsOf(a, outerA), .. ExtentsOf(b, outerB)])), product);

        int[] Rest(Value value, int[] batch, int[] inner)
        {
            int rank = value.Type.Shape.Rank;
            if (batch.Concat(inner).Any(axis => (uint)axis >= (uint)rank) || batch.Concat(inner).Distinct().Count() != batch.Length + inner.Length) throw node.Malformed($"multiplies along axes {new Ints(batch)} and {new Ints(inner)} of {value.Type}");
            return [.. Enumerable.Range(0, rank).Except(batch).Except(inner)];
        }
    }

    private static BinaryKind Reduction(TfLiteNode node, int index)
    {
        var subgraphs = node.Source.Subgraph.File.Subgraphs;
        if ((uint)index >= (uint)subgraphs.Count) throw node.Malformed($"calls subgraph {index}, but the file has {subgraphs.Count}");
        var operators = subgraphs[index].Operators;
        return operators.Count != 1 ? throw node.Unsupported($"it reduces by subgraph {index}, which is not one operator") : operators[0].Code switch
        {
            BuiltinOperator.STABLEHLO_ADD or BuiltinOperator.ADD => BinaryKind.Add,
            BuiltinOperator.STABLEHLO_MULTIPLY or BuiltinOperator.MUL => BinaryKind.Multiply,
            BuiltinOperator.STABLEHLO_MAXIMUM or BuiltinOperator.MAXIMUM => BinaryKind.Maximum,
            BuiltinOperator.STABLEHLO_MINIMUM or BuiltinOperator.MINIMUM => BinaryKind.Minimum,
            BuiltinOperator.STABLEHLO_AND or BuiltinOperator.LOGICAL_AND => BinaryKind.LogicalAnd,
            BuiltinOperator.STABLEHLO_OR or BuiltinOperator.LOGICAL_OR => BinaryKind.LogicalOr,
            var other => throw node.Unsupported($"it reduces by {other}"),
        };
    }

    // The scalars at which a part begins, from an operand on.
    private static Value Begin(TfLiteNode node, int first)
    {
        if (node.Inputs.Count <= first) throw node.Malformed("has no place at which its part begins");
        var scalars = Enumerable.Range(first, node.Inputs.Count - first).Select(i => node.Reshape(node.Input(i), 1)).ToArray();
        return scalars.Length == 1 ? scalars[0] : node.Emit(new Concat(0), scalars);
    }

    private static int Number(TfLiteNode node, long value) => value is >= int.MinValue / 2 and <= int.MaxValue / 2 ? (int)value : throw node.Malformed($"has the number {value} among its options");

    private static int[] Numbers(TfLiteNode node, long[]? values, int? count = null) =>
        count is { } expected && (values?.Length ?? 0) != expected ? throw node.Malformed($"has {values?.Length ?? 0} numbers among its options, expected {expected}") : [.. (values ?? []).Select(v => Number(node, v))];
}
