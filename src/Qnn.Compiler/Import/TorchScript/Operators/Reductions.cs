using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Extremes along an axis, the greatest elements, softmax.</summary>
internal static class Reductions
{
    [TorchOperator("aten::max")]
    public static object? Max(TorchCall call) => Extreme(call, ReduceKind.Max);

    [TorchOperator("aten::min")]
    public static object? Min(TorchCall call) => Extreme(call, ReduceKind.Min);

    [TorchOperator("aten::amax")]
    public static object? GreatestOf(TorchCall call) => Over(call, ReduceKind.Max);

    [TorchOperator("aten::amin")]
    public static object? LeastOf(TorchCall call) => Over(call, ReduceKind.Min);

    [TorchOperator("aten::argmax")]
    public static object? ArgMax(TorchCall call) => Arg(call, OneRow(call), call.Long(1, "dim", 0), false, call.Flag(2, "keepdim"));

    [TorchOperator("aten::argmin")]
    public static object? ArgMin(TorchCall call) => Arg(call, OneRow(call), call.Long(1, "dim", 0), true, call.Flag(2, "keepdim"));

    [TorchOperator("aten::topk")]
    public static object? Greatest(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(2, "dim", -1), rank);
        if (!call.Flag(3, "largest", true)) return Least(call, data, axis);
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var rows = call.Permute(data, order);
        var results = call.EmitSeveral(new TopK(call.Int(1, "k"), call.Flag(4, "sorted", true) ? TopKOrder.Torch : TopKOrder.TorchUnsorted), [data.Type.Quantization, null], rows);
        return new object?[] { call.Permute(results[0], order), call.Permute(call.Emit(new Cast(ElementType.S64), results[1]), order) };
    }

    [TorchOperator("aten::softmax", "aten::_softmax", "aten::special_softmax")]
    public static object? Softmax(TorchCall call)
    {
        var data = call.Tensor(0);
        return data.Type.Quantization is null ? SoftmaxAlong(call, data, call.Long(1, "dim")) : throw call.Unsupported("its data is quantized; quantized::softmax is known");
    }

    [TorchOperator("quantized::softmax")]
    public static object? QuantizedSoftmax(TorchCall call)
    {
        var data = call.Quantized(0);
        return call.Quantize(SoftmaxAlong(call, Quantizing.Real(call, data), call.Long(1)), call.Output(2, 3, data.Type.Element), data.Type.Element);
    }

    [TorchOperator("aten::log_softmax", "aten::_log_softmax", "aten::special_log_softmax")]
    public static object? LogSoftmaxOf(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Element != ElementType.F32) throw call.Unsupported($"it has data {data.Type}");
        return AlongAxis(call, data, call.Long(1, "dim"), new(1, RowFunction.TorchLogSoftmax), new(1, RowFunction.TorchAxisLogSoftmax), new(1, RowFunction.TorchEdgeLogSoftmax));
    }

    /// <summary>(data, unbiased) or (data, dim, unbiased or correction, keepdim): the sum of squared distances from the mean, divided by the count less the correction, in double precision.</summary>
    [TorchOperator("aten::var", "aten::std")]
    public static object? Variance(TorchCall call) => VarianceAndMean(call).Variance;

    [TorchOperator("aten::var_mean", "aten::std_mean")]
    public static object? VarianceBesideMean(TorchCall call)
    {
        var (variance, mean) = VarianceAndMean(call);
        return new object?[] { variance, mean };
    }

    private static (Value Variance, Value Mean) VarianceAndMean(TorchCall call)
    {
        var data = call.Tensor(0);
        if (data.Type.Element != ElementType.F32) throw call.Unsupported($"it has data {data.Type}");
        bool overAll = call.Argument(1) is bool;
        int rank = data.Type.Shape.Rank;
        int[] axes = !overAll && call.OptionalInts(1, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        object? correction = call.Argument(overAll ? 1 : 2, "correction") ?? call.Argument(-1, "unbiased");
        double less = correction switch { bool unbiased => unbiased ? 1 : 0, long whole => whole, double real => real, _ => 1 };
        int[] kept = [.. Enumerable.Range(0, rank).Except(axes)];
        int count = axes.Aggregate(1, (n, a) => n * data.Type.Shape[a]);
        if (count == 0) throw call.Malformed($"has no elements in {data.Type}");
        var kind = call.Operator.StartsWith("aten::std", StringComparison.Ordinal) ? RowMomentsKind.Deviation : RowMomentsKind.Variance;
        var results = call.EmitSeveral(new RowMoments(kind, less, 0), [], call.Reshape(call.Permute(data, [.. kept, .. axes.Order()]), data.Type.Shape.ElementCount / count, count));
        bool keeps = !overAll && call.Flag(3, "keepdim");
        int[] extents = [.. Enumerable.Range(0, rank).Where(a => keeps || kept.Contains(a)).Select(a => axes.Contains(a) ? 1 : data.Type.Shape[a])];
        return (call.Reshape(results[0], extents), call.Reshape(results[1], extents));
    }

    /// <summary>log(sum of exp(x - max)) + max over axes.</summary>
    [TorchOperator("aten::logsumexp", "aten::special_logsumexp")]
    public static object? LogSumExp(TorchCall call)
    {
        var data = call.Tensor(0);
        int[] axes = [.. call.Ints(1, "dim").Select(a => call.Axis(a, data.Type.Shape.Rank))];
        var greatest = call.Emit(new Reduce(KindOf(ReduceKind.Max, data), new Ints(axes), true), data);
        var sum = Sums.Over(call, call.Emit(new Unary(UnaryKind.Exp), call.Emit(new Binary(BinaryKind.Subtract), data, greatest)), axes, true);
        var result = call.Emit(new Binary(BinaryKind.Add), call.Emit(new Unary(UnaryKind.Log), sum), greatest);
        return call.Flag(2, "keepdim") ? result : call.Reshape(result, [.. data.Type.Shape.Where((_, a) => !axes.Contains(a))]);
    }

    /// <summary>(data, dim, keepdim): the least and the greatest elements.</summary>
    [TorchOperator("aten::aminmax")]
    public static object? Extremes(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank;
        int[] axes = call.Argument(1, "dim") is null ? [.. Enumerable.Range(0, rank)] : [call.Axis(call.Long(1, "dim"), rank)];
        Value Of(ReduceKind kind) => call.EmitQuantized(new Reduce(KindOf(kind, data), new Ints(axes), call.Flag(2, "keepdim")), data.Type.Quantization, data);
        return new object?[] { Of(ReduceKind.Min), Of(ReduceKind.Max) };
    }

    /// <summary>How many elements are not 0.</summary>
    [TorchOperator("aten::count_nonzero")]
    public static object? CountNonzero(TorchCall call)
    {
        var (data, zero) = Arithmetic.Common(call.With(call.Argument(0), 0L), 0, 1);
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(1, "dim") is { } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        return call.Emit(new Reduce(ReduceKind.Sum, new Ints(axes), false), call.Emit(new Cast(ElementType.S64), call.Emit(new Compare(CompareKind.NotEqual), data, zero)));
    }

    /// <summary>The sum of the elements that are numbers.</summary>
    [TorchOperator("aten::nansum")]
    public static object? SumOfNumbers(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(1, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        return Sums.Over(call, call.Emit(new Select(), call.Emit(new Compare(CompareKind.Equal), data, data), data, TorchCall.Constant(0f)), axes, call.Flag(2, "keepdim"));
    }

    /// <summary>(data, dim): the greatest or least elements so far, and the last places where they are.</summary>
    [TorchOperator("aten::cummax", "aten::cummin")]
    public static object? RunningExtreme(TorchCall call)
    {
        var compare = call.Operator == "aten::cummax" ? CompareKind.GreaterEqual : CompareKind.LessEqual;
        var (data, axis, steps) = Stepwise(call);
        var places = steps.Select(s => TorchCall.Constant(Tensor.Of<long>(s.Type.Shape, new long[s.Type.Shape.ElementCount]))).ToArray();
        for (int i = 1; i < steps.Length; i++)
        {
            var isNew = call.Emit(new Compare(compare), steps[i], steps[i - 1]);
            steps[i] = call.Emit(new Select(), isNew, steps[i], steps[i - 1]);
            places[i] = call.Emit(new Select(), isNew, TorchCall.Constant((long)i), places[i - 1]);
        }
        return new object?[] { call.Emit(new Concat(axis), steps), call.Emit(new Concat(axis), places) };
    }

    /// <summary>(data, dim, keepdim): the mean of the elements that are numbers.</summary>
    [TorchOperator("aten::nanmean")]
    public static object? MeanOfNumbers(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(1, "dim") is { Length: > 0 } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        var count = call.Emit(new Reduce(ReduceKind.Sum, new Ints(axes), call.Flag(2, "keepdim")), call.Emit(new Cast(ElementType.S64), call.Emit(new Compare(CompareKind.Equal), data, data)));
        return call.Emit(new Binary(BinaryKind.Divide), (Value)SumOfNumbers(call)!, call.Emit(new Cast(ElementType.F32), count));
    }

    /// <summary>(data, dim): softmax, but 0 where all are minus infinity.</summary>
    [TorchOperator("aten::_safe_softmax")]
    public static object? SafeSoftmax(TorchCall call)
    {
        var data = Functions.Real(call, 0);
        int axis = call.Axis(call.Long(1, "dim"), data.Type.Shape.Rank);
        var isNothing = call.Emit(new Compare(CompareKind.Equal), call.Emit(new Reduce(KindOf(ReduceKind.Max, data), new Ints(axis), true), data), TorchCall.Constant(float.NegativeInfinity));
        return call.Emit(new Select(), isNothing, TorchCall.Constant(0f), SoftmaxAlong(call, data, axis));
    }

    // Data along an axis, one slice after the other.
    private static (Value Data, int Axis, Value[] Steps) Stepwise(TorchCall call)
    {
        const int MaxSteps = 1024;
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1, "dim"), data.Type.Shape.Rank), steps = data.Type.Shape.Rank == 0 ? 0 : data.Type.Shape[axis];
        if (steps is 0 or > MaxSteps || data.Type.Quantization is not null) throw call.Unsupported($"it runs over {data.Type}");
        return (data, axis, [.. Enumerable.Range(0, steps).Select(i => Shaping.Along(call, data, axis, i, 1, 1))]);
    }

    [TorchOperator("aten::prod")]
    public static object? Product(TorchCall call) => Plainly(call, Sums.Operand(call, call.Tensor(0)), ReduceKind.Product);

    [TorchOperator("aten::any")]
    public static object? Any(TorchCall call) => call.Argument(0) is TorchList list ? list.Items.Exists(Numbers.IsTrue) : Plainly(call, Logic.IsSet(call, call.Tensor(0)), ReduceKind.Any);

    [TorchOperator("aten::all")]
    public static object? All(TorchCall call) => call.Argument(0) is TorchList list ? list.Items.TrueForAll(Numbers.IsTrue) : Plainly(call, Logic.IsSet(call, call.Tensor(0)), ReduceKind.All);

    /// <summary>Sums and products of the elements so far, of floats in double precision.</summary>
    [TorchOperator("aten::cumsum", "aten::cumprod")]
    public static object? Running(TorchCall call)
    {
        var data = Sums.Operand(call, call.Tensor(0));
        if (data.Type.Shape.Rank == 0) return data;
        var sum = new CumulativeSum(call.Axis(call.Long(1, "dim"), data.Type.Shape.Rank), false, false, IsProduct: call.Operator == "aten::cumprod");
        return data.Type.Element == ElementType.F32 ? call.Emit(new Cast(ElementType.F32), call.Emit(sum, call.Emit(new Cast(ElementType.F64), data))) : call.Emit(sum, data);
    }

    /// <summary>(a, b, dim, eps): the sum of the products of both divided by their lengths, which are eps at least.</summary>
    [TorchOperator("aten::cosine_similarity")]
    public static object? CosineSimilarity(TorchCall call)
    {
        var (a, b) = Arithmetic.Common(call, 0, 1, toFloat: true);
        var shape = Shape.Broadcast(a.Type.Shape, b.Type.Shape) ?? throw call.Malformed($"compares {a.Type} and {b.Type}");
        int axis = call.Axis(call.Long(2, "dim", 1), shape.Rank);
        Value Unit(Value value)
        {
            if (!value.Type.Shape.Equals(shape)) value = call.Emit(new BroadcastTo(shape), value);
            var length = Norms.Over(call, value, [axis], true);
            return call.Emit(new Binary(BinaryKind.Divide), value, call.Emit(Unary.Clamp((float)call.Real(3, "eps", 1e-8), float.PositiveInfinity), length));
        }
        return Sums.Over(call, call.Emit(new Binary(BinaryKind.Multiply), Unit(a), Unit(b)), [axis], false);
    }

    // Without an axis, all elements are one row.
    private static Value OneRow(TorchCall call) => call.Argument(1, "dim") is null ? call.Reshape(call.Tensor(0), call.Tensor(0).Type.Shape.ElementCount) : call.Tensor(0);

    // The least elements are the greatest ones of the negated data; those of bytes, turned around.
    private static object? Least(TorchCall call, Value data, int axis)
    {
        int rank = data.Type.Shape.Rank;
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var rows = call.Permute(data, order);
        bool real = data.Type.Element == ElementType.F32;
        Value Turned(Value value) => real ? call.Emit(new Unary(UnaryKind.Negate), value) : Arithmetic.Table(call, value, data.Type.Quantization!, q => data.Type.Element == ElementType.U8 ? 255 - q : -1 - q);
        if (!real && data.Type.Quantization is null) throw call.Unsupported($"it wants the least elements of {data.Type}");
        var results = call.EmitSeveral(new TopK(call.Int(1, "k"), call.Flag(4, "sorted", true) ? TopKOrder.Torch : TopKOrder.TorchUnsorted), [data.Type.Quantization, null], Turned(rows));
        return new object?[] { call.Permute(Turned(results[0]), order), call.Permute(call.Emit(new Cast(ElementType.S64), results[1]), order) };
    }

    // (data), (data, axis or axes, keepdim)
    private static Value Plainly(TorchCall call, Value data, ReduceKind kind)
    {
        int rank = data.Type.Shape.Rank;
        int[] axes = call.OptionalInts(1, "dim") is { } given ? [.. given.Select(a => call.Axis(a, rank))] : [.. Enumerable.Range(0, rank)];
        if (rank == 0) return data;
        return call.Emit(new Reduce(kind, new Ints(axes), call.Flag(2, "keepdim")), data);
    }

    /// <summary>at::softmax of floats along an axis.</summary>
    public static Value SoftmaxAlong(TorchCall call, Value data, long dim) =>
        AlongAxis(call, data, dim, new(1, RowFunction.TorchSoftmax), new(1, RowFunction.TorchAxisSoftmax), new(1));

    // A function of rows of the last axis, of columns, and of those of them that do not fill a vector.
    private static Value AlongAxis(TorchCall call, Value data, long dim, Ir.Operators.Softmax rows, Ir.Operators.Softmax vectors, Ir.Operators.Softmax edge)
    {
        var shape = data.Type.Shape;
        int rank = shape.Rank, axis = call.Axis(dim, rank);
        if (axis >= rank - 1) return call.Emit(rows, data);
        // Columns are taken by vectors of sixteen; those that are left, one by one with the C library's exponential.
        const int Lanes = 16;
        int inner = shape.Span[(axis + 1)..].ToArray().Aggregate(1, (n, e) => n * e), whole = inner / Lanes * Lanes;
        var columns = call.Permute(call.Reshape(data, shape.ElementCount / Math.Max(1, shape[axis] * inner), shape[axis], inner), 0, 2, 1);
        List<Value> parts = [];
        if (whole > 0) parts.Add(call.Emit(vectors, whole == inner ? columns : Shaping.Along(call, columns, 1, 0, 1, whole)));
        if (whole < inner) parts.Add(call.Emit(edge, whole == 0 ? columns : Shaping.Along(call, columns, 1, whole, 1, inner - whole)));
        return call.Reshape(call.Permute(parts.Count == 1 ? parts[0] : call.Emit(new Concat(1), parts), 0, 2, 1), shape.Span);
    }

    private static object? Extreme(TorchCall call, ReduceKind kind)
    {
        if (call.Count == 2 && call.Argument(1) is Value) return kind == ReduceKind.Max ? Arithmetic.Maximum(call) : Arithmetic.Minimum(call);
        var data = call.Tensor(0);
        if (call.Count == 1) return call.EmitQuantized(new Reduce(KindOf(kind, data), new Ints([.. Enumerable.Range(0, data.Type.Shape.Rank)]), false), data.Type.Quantization, data);
        bool keep = call.Flag(2, "keepdim");
        int axis = call.Axis(call.Long(1, "dim"), data.Type.Shape.Rank);
        var values = call.EmitQuantized(new Reduce(KindOf(kind, data), new Ints(axis), keep), data.Type.Quantization, data);
        return new object?[] { values, Arg(call, data, axis, kind == ReduceKind.Min, keep) };
    }

    // Of floats that are all infinite, the extreme is, too.
    private static ReduceKind KindOf(ReduceKind kind, Value data) => data.Type.Element != ElementType.F32 ? kind : kind switch { ReduceKind.Max => ReduceKind.InfiniteMax, ReduceKind.Min => ReduceKind.InfiniteMin, _ => kind };

    private static Value Over(TorchCall call, ReduceKind kind)
    {
        var data = call.Tensor(0);
        int[] axes = [.. call.Ints(1, "dim").Select(a => call.Axis(a, data.Type.Shape.Rank))];
        return call.EmitQuantized(new Reduce(KindOf(kind, data), new Ints(axes), call.Flag(2, "keepdim")), data.Type.Quantization, data);
    }

    private static Value Arg(TorchCall call, Value data, long dim, bool least, bool keep)
    {
        int axis = call.Axis(dim, data.Type.Shape.Rank);
        var index = call.Emit(new ArgReduce(axis, least, ElementType.S64), data);
        return keep ? call.Reshape(index, [.. data.Type.Shape.Span[..axis], 1, .. data.Type.Shape.Span[(axis + 1)..]]) : index;
    }
}
