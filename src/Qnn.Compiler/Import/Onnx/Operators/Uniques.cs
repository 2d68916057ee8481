using System.Numerics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>The different elements, or slices, of a constant: their number is a shape.</summary>
internal static class Uniques
{
    /// <summary>What is there once, sorted or in order of appearance; where each appears first; which each element is; how often each is there.</summary>
    [OnnxOperator("Unique")]
    public static void Unique(OnnxNode node)
    {
        var (y, first, inverse, counts) = Of(node, node.Attribute("axis") is null ? null : node.Int("axis", 0), node.Int("sorted", 1) != 0);
        node.Result(y);
        node.Result(first, 1);
        node.Result(inverse, 2);
        node.Result(counts, 3);
    }

    /// <summary>The same of one axis, in order of appearance, without where they appear first.</summary>
    [OnnxOperator("Unique", OnnxOperatorAttribute.Microsoft)]
    public static void MicrosoftUnique(OnnxNode node)
    {
        var (y, _, inverse, counts) = Of(node, null, isSorted: false);
        node.Result(y);
        node.Result(inverse, 1);
        node.Result(counts, 2);
    }

    private static (Value Y, Value First, Value Inverse, Value Counts) Of(OnnxNode node, int? axis, bool isSorted)
    {
        var x = node.Constant(0, "data");
        return x.Type.Element switch
        {
            ElementType.F32 => Of<float>(node, x, axis, isSorted),
            ElementType.F64 => Of<double>(node, x, axis, isSorted),
            ElementType.S64 => Of<long>(node, x, axis, isSorted),
            ElementType.S32 => Of<int>(node, x, axis, isSorted),
            ElementType.U8 => Of<byte>(node, x, axis, isSorted),
            ElementType.S8 => Of<sbyte>(node, x, axis, isSorted),
            _ => throw node.Unsupported($"it takes {x.Type.Element.Name()}"),
        };
    }

    private static (Value Y, Value First, Value Inverse, Value Counts) Of<T>(OnnxNode node, Tensor x, int? axis, bool isSorted) where T : unmanaged, INumber<T>
    {
        T[] data = x.Span<T>().ToArray();
        var shape = axis is null ? new Shape(data.Length) : x.Type.Shape;
        int along = axis is { } a ? node.Axis(a, shape.Rank) : 0;
        int slices = shape[along], inner = shape.Skip(along + 1).Aggregate(1, (n, e) => n * e), outer = shape.Take(along).Aggregate(1, (n, e) => n * e);
        T[] Slice(int i) => [.. Enumerable.Range(0, outer * inner).Select(k => data[(k / inner * slices + i) * inner + k % inner])];
        int Compare(T[] left, T[] right)
        {
            for (int i = 0; i < left.Length; i++) if (left[i].CompareTo(right[i]) is var order && order != 0) return order;
            return 0;
        }

        T[][] all = [.. Enumerable.Range(0, slices).Select(Slice)];
        var order = Comparer<T[]>.Create(Compare);
        // Stable, so that the first of equal ones comes first.
        int[] sorted = [.. Enumerable.Range(0, slices).OrderBy(i => all[i], order)];
        int[] firsts = [.. sorted.Where((s, i) => i == 0 || Compare(all[s], all[sorted[i - 1]]) != 0)];
        if (!isSorted) Array.Sort(firsts);
        int[] places = [.. all.Select(slice => Array.FindIndex(firsts, f => Compare(all[f], slice) == 0))];
        int[] extents = [.. shape];
        extents[along] = firsts.Length;
        var y = new T[outer * firsts.Length * inner];
        for (int i = 0; i < y.Length; i++) y[i] = data[(i / inner / firsts.Length * slices + firsts[i / inner % firsts.Length]) * inner + i % inner];
        Value Numbers(string name, IEnumerable<int> numbers) => Value.Of($"{node.Proto.Output[0]}/{name}", Tensor.Of<long>(new Shape(numbers.Count()), [.. numbers.Select(n => (long)n)]));
        return (Value.Of(node.Proto.Output[0], Tensor.Of<T>(new Shape(extents), y)), Numbers("first", firsts), Numbers("inverse", places), Numbers("counts", firsts.Select((_, k) => places.Count(p => p == k))));
    }
}
