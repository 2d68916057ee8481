namespace Qnn.Compiler.Ir;

/// <summary>
/// The least and the greatest that the elements of a small tensor can be: one pair an element, in order, or one pair for all. From them follow the bounds of extents that are computed at run time.
/// Integers beyond 2^53 are not exact here, and no extents.
/// </summary>
internal sealed record Bounds(IReadOnlyList<(double Low, double High)> Elements)
{
    /// <summary>Tensors with more elements have one pair for all.</summary>
    public const int Most = 64;

    /// <summary>One pair for all elements.</summary>
    public static Bounds Of(double low, double high) => new([(low, high)]);

    /// <summary>Those of elements of which nothing is known.</summary>
    public static Bounds Any { get; } = Of(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The pair of an element.</summary>
    public (double Low, double High) this[int index] => Elements[Elements.Count == 1 ? 0 : index];

    /// <summary>One pair for all.</summary>
    public (double Low, double High) Hull => (Elements.Min(e => e.Low), Elements.Max(e => e.High));

    /// <summary>Elements by their places in this tensor; null where they are too many.</summary>
    public Bounds At(IReadOnlyList<int> places) => Elements.Count == 1 || places.Count > Most || places.Count == 0 ? Of(Hull.Low, Hull.High) : new([.. places.Select(p => Elements[p])]);

    /// <summary>Element by element.</summary>
    public Bounds Each(Func<double, double> growing) => new([.. Elements.Select(e => (growing(e.Low), growing(e.High)))]);

    /// <summary>Of two tensors that broadcast, by what two ranges become.</summary>
    public static Bounds Of(Bounds a, Shape shapeA, Bounds b, Shape shapeB, Shape result, Func<(double Low, double High), (double Low, double High), (double Low, double High)> pair)
    {
        int count = result.ElementCount;
        if (count == 1) return new([pair(a.Hull, b.Hull)]);
        bool isA = shapeA.ElementCount == count, isB = shapeB.ElementCount == count;
        // Other ways to broadcast are none of shapes.
        if (count > Most || !(isA || shapeA.ElementCount == 1) || !(isB || shapeB.ElementCount == 1) || a.Elements.Count == 1 && b.Elements.Count == 1) return new([pair(a.Hull, b.Hull)]);
        return new([.. Enumerable.Range(0, count).Select(i => pair(a[i], b[i]))]);
    }

    /// <summary>Those of a constant; null where they are no numbers.</summary>
    public static Bounds? Of(Tensor tensor)
    {
        double[] elements = tensor.Type.Element switch
        {
            Qnn.Runtime.ElementType.F32 => [.. tensor.Span<float>().ToArray().Select(v => (double)v)],
            Qnn.Runtime.ElementType.F16 => [],
            Qnn.Runtime.ElementType.F64 => tensor.Span<double>().ToArray(),
            _ => [.. tensor.ToInt64().Select(v => (double)v)],
        };
        if (elements.Length == 0 || elements.Any(double.IsNaN)) return null;
        return elements.Length > Most ? Of(elements.Min(), elements.Max()) : new([.. elements.Select(e => (e, e))]);
    }
}
