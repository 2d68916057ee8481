using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
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
    public static object? ArgMax(TorchCall call) => Arg(call, call.Tensor(0), call.Long(1, "dim"), false, call.Flag(2, "keepdim"));

    [TorchOperator("aten::argmin")]
    public static object? ArgMin(TorchCall call) => Arg(call, call.Tensor(0), call.Long(1, "dim"), true, call.Flag(2, "keepdim"));

    [TorchOperator("aten::topk")]
    public static object? Greatest(TorchCall call)
    {
        var data = call.Tensor(0);
        int rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(2, "dim", -1), rank);
        if (!call.Flag(3, "largest", true)) throw call.Unsupported("it wants the least elements");
        int[] order = [.. Enumerable.Range(0, rank)];
        (order[axis], order[^1]) = (order[^1], order[axis]);
        var rows = call.Permute(data, order);
        var results = call.EmitSeveral(new TopK(call.Int(1, "k")), [data.Type.Quantization, null], rows);
        return new object?[] { call.Permute(results[0], order), call.Permute(call.Emit(new Cast(ElementType.S64), results[1]), order) };
    }

    [TorchOperator("aten::softmax", "aten::_softmax")]
    public static object? Softmax(TorchCall call)
    {
        var data = call.Tensor(0);
        return data.Type.Quantization is null ? AlongAxis(call, data, call.Long(1, "dim")) : throw call.Unsupported("its data is quantized; quantized::softmax is known");
    }

    [TorchOperator("quantized::softmax")]
    public static object? QuantizedSoftmax(TorchCall call)
    {
        var data = call.Quantized(0);
        return call.Quantize(AlongAxis(call, Quantizing.Real(call, data), call.Long(1)), call.Output(2, 3, data.Type.Element), data.Type.Element);
    }

    [TorchOperator("aten::log_softmax")]
    public static object? LogSoftmaxOf(TorchCall call)
    {
        var data = call.Tensor(0);
        int axis = call.Axis(call.Long(1, "dim"), data.Type.Shape.Rank);
        return axis == data.Type.Shape.Rank - 1 ? call.Emit(new LogSoftmax(), data) : throw call.Unsupported("it is not over the last axis");
    }

    private static Value AlongAxis(TorchCall call, Value data, long dim)
    {
        int rank = data.Type.Shape.Rank, axis = call.Axis(dim, rank);
        int[] order = [.. Enumerable.Range(0, rank)];
        if (rank > 0) (order[axis], order[^1]) = (order[^1], order[axis]);
        return call.Permute(call.Emit(new Ir.Operators.Softmax(1, axis == rank - 1 ? RowFunction.OneDnnSoftmax : RowFunction.Softmax), call.Permute(data, order)), order);
    }

    private static object? Extreme(TorchCall call, ReduceKind kind)
    {
        if (call.Count == 2 && call.Argument(1) is Value) return kind == ReduceKind.Max ? Arithmetic.Maximum(call) : Arithmetic.Minimum(call);
        var data = call.Tensor(0);
        if (call.Count == 1) return call.EmitQuantized(new Reduce(kind, new Ints([.. Enumerable.Range(0, data.Type.Shape.Rank)]), false), data.Type.Quantization, data);
        bool keep = call.Flag(2, "keepdim");
        int axis = call.Axis(call.Long(1, "dim"), data.Type.Shape.Rank);
        var values = call.EmitQuantized(new Reduce(kind, new Ints(axis), keep), data.Type.Quantization, data);
        return new object?[] { values, Arg(call, data, axis, kind == ReduceKind.Min, keep) };
    }

    private static Value Over(TorchCall call, ReduceKind kind)
    {
        var data = call.Tensor(0);
        int[] axes = [.. call.Ints(1, "dim").Select(a => call.Axis(a, data.Type.Shape.Rank))];
        return call.EmitQuantized(new Reduce(kind, new Ints(axes), call.Flag(2, "keepdim")), data.Type.Quantization, data);
    }

    private static Value Arg(TorchCall call, Value data, long dim, bool least, bool keep)
    {
        int axis = call.Axis(dim, data.Type.Shape.Rank);
        var index = call.Emit(new ArgReduce(axis, least, ElementType.S64), data);
        return keep ? call.Reshape(index, [.. data.Type.Shape.Span[..axis], 1, .. data.Type.Shape.Span[(axis + 1)..]]) : index;
    }
}
