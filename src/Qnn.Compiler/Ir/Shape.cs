using System.Collections;

namespace Qnn.Compiler.Ir;

/// <summary>The extents of a tensor, outermost first. Fully known; a scalar has rank 0. Compared by value.</summary>
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] _extents;

    /// <summary>Creates a shape.</summary>
    /// <exception cref="ArgumentException">An extent is negative, the rank is over 8, or the element count does not fit an int.</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        if (extents.Length > 8) throw new ArgumentException($"Rank {extents.Length} is over 8.");
        long count = 1;
        foreach (int extent in extents)
        {
            if (extent < 0) throw new ArgumentException($"Extent {extent} is negative.");
            count *= extent;
            if (count > int.MaxValue) throw new ArgumentException($"Shape {string.Join('x', extents.ToArray())} has too many elements.");
        }
        _extents = extents.ToArray();
        ElementCount = (int)count;
    }

    /// <summary>The shape of a scalar.</summary>
    public static Shape Scalar { get; } = new();

    /// <summary>The product of the extents; 1 for a scalar.</summary>
    public int ElementCount { get; }

    /// <summary>The number of axes.</summary>
    public int Rank => _extents.Length;

    int IReadOnlyCollection<int>.Count => _extents.Length;

    /// <summary>The extent of an axis; negative axes count from the end.</summary>
    public int this[int axis] => _extents[axis < 0 ? axis + _extents.Length : axis];

    /// <summary>The extents.</summary>
    public ReadOnlySpan<int> Span => _extents;

    /// <summary>The extents, copied.</summary>
    public int[] ToArray() => [.. _extents];

    /// <summary>Elements from one index of an axis to the next, row-major.</summary>
    public int[] Strides()
    {
        var strides = new int[Rank];
        int stride = 1;
        for (int axis = Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = stride;
            stride *= _extents[axis];
        }
        return strides;
    }

    /// <summary>The common shape of two operands by NumPy's broadcasting rule, or null when they do not fit.</summary>
    public static Shape? Broadcast(Shape a, Shape b)
    {
        var result = new int[Math.Max(a.Rank, b.Rank)];
        for (int i = 1; i <= result.Length; i++)
        {
            int x = i <= a.Rank ? a[-i] : 1, y = i <= b.Rank ? b[-i] : 1;
            if (x != y && x != 1 && y != 1) return null;
            result[^i] = x == 1 ? y : x;
        }
        return new Shape(result);
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _extents.AsSpan().SequenceEqual(other._extents);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int extent in _extents) hash.Add(extent);
        return hash.ToHashCode();
    }

    /// <summary><c>1x224x224x3</c>; <c>scalar</c> for rank 0.</summary>
    public override string ToString() => Rank == 0 ? "scalar" : string.Join('x', _extents);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_extents).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _extents.GetEnumerator();
}
