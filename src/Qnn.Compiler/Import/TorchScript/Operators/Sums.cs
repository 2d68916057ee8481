using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Sums of floats over axes, in the order in which PyTorch adds: that of the elements in its memory.</summary>
internal static class Sums
{
    /// <summary>The sum over axes.</summary>
    public static Value Over(TorchCall call, Value data, int[] axes, bool keep)
    {
        var plain = new Reduce(ReduceKind.Sum, new Ints(axes), keep);
        var shape = data.Type.Shape;
        if (data.Type.Element != ElementType.F32 || axes.Length == 0 || shape.ElementCount == 0) return call.Emit(plain, data);
        int[] order = call.Formats.Order(data);
        // Axes of one element do not part others.
        int[] taken = [.. Enumerable.Range(0, order.Length).Where(i => axes.Contains(order[i]) && shape[order[i]] > 1)];
        int[] kept = [.. order.Where(a => !axes.Contains(a))];
        int first = taken.Length == 0 ? 0 : taken[0], last = taken.Length == 0 ? -1 : taken[^1];
        if (Enumerable.Range(first, last - first + 1).Any(i => !axes.Contains(order[i]) && shape[order[i]] > 1)) return call.Emit(plain, data);
        int rows = taken.Aggregate(1, (n, i) => n * shape[order[i]]), outer = order[..first].Where(a => !axes.Contains(a)).Aggregate(1, (n, a) => n * shape[a]);
        var sums = call.Emit(new CascadeSum(), call.Reshape(call.Permute(data, order), outer, rows, shape.ElementCount / rows / outer));
        var ordered = call.Reshape(sums, [.. kept.Select(a => shape[a])]);
        int[] natural = [.. kept.Order()];
        var result = call.Permute(ordered, [.. natural.Select(a => Array.IndexOf(kept, a))]);
        return keep ? call.Reshape(result, [.. shape.Select((e, a) => axes.Contains(a) ? 1 : e)]) : result;
    }

    /// <summary>What is added up, or multiplied: data of the type that is asked for; else flags and integers in 64 bits.</summary>
    public static Value Operand(TorchCall call, Value data)
    {
        if (call.Argument(-1, "dtype") is long || data.Type is not { Quantization: null, Element: ElementType.Bool or ElementType.U8 or ElementType.S8 or ElementType.S16 or ElementType.S32 }) return OfType(call, data);
        return call.Emit(new Cast(ElementType.S64), data);
    }

    /// <summary>Data of the type that is asked for, if one is.</summary>
    public static Value OfType(TorchCall call, Value data)
    {
        if (call.Argument(-1, "dtype") is not long dtype || Quantizing.Element(call, dtype) is var element && element == data.Type.Element && data.Type.Quantization is null) return data;
        return data.Type.Quantization is null && element is ElementType.F32 or ElementType.S64 or ElementType.S32 ? call.Emit(new Cast(element), data) : throw call.Unsupported($"it adds {data.Type} up as {element.Name()}");
    }

    /// <summary>The mean over axes: the sum divided by the count.</summary>
    public static Value Mean(TorchCall call, Value data, int[] axes, bool keep)
    {
        if (data.Type.Element != ElementType.F32) return call.Emit(new Reduce(ReduceKind.Mean, new Ints(axes), keep), data);
        long count = axes.Aggregate(1L, (n, a) => n * data.Type.Shape[a]);
        return call.Emit(new Binary(BinaryKind.Divide), Over(call, data, axes, keep), TorchCall.Constant((float)count));
    }
}
