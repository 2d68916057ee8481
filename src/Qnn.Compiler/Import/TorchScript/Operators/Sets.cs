using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>What is among others, and what is left where each comes once.</summary>
internal static class Sets
{
    private const int MaxComparisons = 1 << 24;

    /// <summary>(elements, test_elements, assume_unique, invert): whether an element is one of the others.</summary>
    [TorchOperator("aten::isin")]
    public static object? IsIn(TorchCall call)
    {
        var (elements, others) = Arithmetic.Common(call, 0, 1);
        var shape = elements.Type.Shape;
        int count = others.Type.Shape.ElementCount;
        if ((long)shape.ElementCount * count > MaxComparisons) throw call.Unsupported($"it looks for {elements.Type} among {others.Type}");
        if (count == 0) return TorchCall.Constant(new Tensor(new TensorType(ElementType.Bool, shape)));
        var isOne = call.Emit(new Compare(CompareKind.Equal), call.Reshape(elements, [.. shape, 1]), call.Reshape(others, count));
        var isIn = call.Emit(new Reduce(ReduceKind.Any, new Ints(shape.Rank), false), isOne);
        return call.Flag(3, "invert") ? call.Emit(new Unary(UnaryKind.LogicalNot), isIn) : isIn;
    }

    /// <summary>(data, sorted, return_inverse, return_counts): a constant's numbers in order, each once; where each number of the data is among them; how often each comes.</summary>
    [TorchOperator("aten::_unique2", "aten::_unique", "aten::unique_consecutive")]
    public static object? Unique(TorchCall call)
    {
        bool neighbours = call.Operator == "aten::unique_consecutive";
        var data = call.Tensor(0);
        if (neighbours && call.Argument(3, "dim") is not null) throw call.Unsupported("it compares slices");
        double[] numbers = Numbers(call, data);
        var found = neighbours ? [.. numbers.Where((n, i) => i == 0 || n != numbers[i - 1])] : numbers.Distinct().Order().ToArray();
        var inverse = new long[numbers.Length];
        var counts = new long[found.Length];
        for (int i = 0, at = -1; i < numbers.Length; i++)
        {
            at = !neighbours ? Array.BinarySearch(found, numbers[i]) : i == 0 || numbers[i] != numbers[i - 1] ? at + 1 : at;
            inverse[i] = at;
            counts[at]++;
        }
        var unique = As(call, found, data.Type.Element);
        var places = TorchCall.Constant(Tensor.Of<long>(data.Type.Shape, inverse));
        return call.Operator == "aten::_unique" ? new object?[] { unique, places } : new object?[] { unique, places, TorchCall.Constant(Tensor.Of<long>(new Shape(counts.Length), counts)) };
    }

    /// <summary>(data, weights, minlength): how often each whole number comes in a constant, or the sum of what is weighed with it.</summary>
    [TorchOperator("aten::bincount")]
    public static object? Count(TorchCall call)
    {
        var data = call.Tensor(0);
        double[] numbers = Numbers(call, data);
        int bins = (int)Math.Max(call.Long(2, "minlength", 0), numbers.Length == 0 ? 0 : numbers.Max() + 1);
        if (call.OptionalTensor(1, "weights") is { } weights)
        {
            if (weights.Type.Element != ElementType.F32) throw call.Unsupported($"it adds up {weights.Type}");
            return Histograms.Counted(call, data, weights, bins);
        }
        return TorchCall.Constant(Tensor.Of<long>(new Shape(bins), [.. Enumerable.Range(0, bins).Select(n => numbers.LongCount(x => x == n))]));
    }

    private static double[] Numbers(TorchCall call, Value data)
    {
        if (data.Constant is not { } constant || data.Type.Quantization is not null) throw call.Unsupported("the number of its results is known at run time only");
        return data.Type.Element switch
        {
            ElementType.F32 => [.. constant.Span<float>().ToArray().Select(v => (double)v)],
            ElementType.S64 or ElementType.S32 or ElementType.Bool or ElementType.U8 => [.. constant.ToInt64().Select(v => Math.Abs(v) < 1L << 53 ? (double)v : throw call.Unsupported($"it has the number {v}"))],
            _ => throw call.Unsupported($"it has data {data.Type}"),
        };
    }

    private static Value As(TorchCall call, double[] numbers, ElementType element)
    {
        var shape = new Shape(numbers.Length);
        if (element == ElementType.F32) return TorchCall.Constant(Tensor.Of<float>(shape, [.. numbers.Select(n => (float)n)]));
        var whole = TorchCall.Constant(Tensor.Of<long>(shape, [.. numbers.Select(n => (long)n)]));
        return element == ElementType.S64 ? whole : call.Emit(new Cast(element), whole);
    }
}
