using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>How many elements fall where (HistogramKernel.cpp, SummaryOps.cpp).</summary>
internal static class Histograms
{
    private const int MaxBins = 1 << 16;

    /// <summary>(data, bins, min, max): how many elements each of equal parts of a range holds, its end being of the last; the range of the data where none is given.</summary>
    [TorchOperator("aten::histc")]
    public static object? Counts(TorchCall call)
    {
        var data = call.Tensor(0);
        int bins = call.Int(1, "bins", 100);
        double low = call.Real(2, "min", 0), high = call.Real(3, "max", 0);
        if (data.Type.Element != ElementType.F32 || bins is < 1 or > MaxBins || data.Type.Shape.ElementCount == 0) throw call.Unsupported($"it makes {bins} bins of {data.Type}");
        var flat = call.Reshape(data, data.Type.Shape.ElementCount);
        Value least, greatest;
        if (low == high)
        {
            Value Of(ReduceKind kind) => call.Emit(new Reduce(kind, new Ints(0), false), flat);
            (least, greatest) = (Of(ReduceKind.Min), Of(ReduceKind.Max));
            // Data that are all one lie in the middle.
            var isOne = call.Emit(new Compare(CompareKind.Equal), least, greatest);
            Value Widened(Value bound, float by) => call.Emit(new Select(), isOne, call.Emit(new Binary(BinaryKind.Add), bound, TorchCall.Constant(by)), bound);
            (least, greatest) = (Widened(least, -1), Widened(greatest, 1));
        }
        else (least, greatest) = (TorchCall.Constant((float)low), TorchCall.Constant((float)high));
        Value Do(BinaryKind kind, Value a, Value b) => call.Emit(new Binary(kind), a, b);
        var scaled = Do(BinaryKind.Divide, Do(BinaryKind.Multiply, Do(BinaryKind.Subtract, flat, least), TorchCall.Constant((float)bins)), Do(BinaryKind.Subtract, greatest, least));
        var bin = Do(BinaryKind.Minimum, call.Emit(new Unary(UnaryKind.Floor), scaled), TorchCall.Constant((float)(bins - 1)));
        var isInside = Do(BinaryKind.LogicalAnd, call.Emit(new Compare(CompareKind.GreaterEqual), flat, least), call.Emit(new Compare(CompareKind.LessEqual), flat, greatest));
        return Counted(call, call.Emit(new Cast(ElementType.S64), call.Emit(new Select(), isInside, bin, TorchCall.Constant(-1f))), null, bins);
    }

    /// <summary>How often each number below a bound comes, or the sum of what is weighed with it.</summary>
    public static Value Counted(TorchCall call, Value numbers, Value? weights, int bins)
    {
        int count = numbers.Type.Shape.ElementCount;
        var each = weights ?? TorchCall.Constant(Tensor.Of<float>(new Shape(count), [.. Enumerable.Repeat(1f, count)]));
        var nothing = TorchCall.Constant(new Tensor(new TensorType(each.Type.Element, new Shape(bins))));
        return call.Emit(new ScatterNd(new Shape(bins), ScatterReduction.Add), call.Reshape(numbers, count, 1), each, nothing);
    }
}
