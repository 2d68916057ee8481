using System.Collections;

namespace Qnn.Compiler.Ir;

/// <summary>A list attribute of an operator (axes, strides, ...): immutable, compared and printed by its elements.</summary>
public sealed class Ints(params ReadOnlySpan<int> elements) : IReadOnlyList<int>, IEquatable<Ints>
{
    private readonly int[] _elements = elements.ToArray();

    /// <inheritdoc/>
    public int Count => _elements.Length;

    /// <inheritdoc/>
    public int this[int index] => _elements[index];

    /// <summary>The elements.</summary>
    public ReadOnlySpan<int> Span => _elements;

    /// <summary>The list whose element <paramref name="places"/>[i] is element i of this one: the attributes of axes after a transposition.</summary>
    public Ints Scatter(Ints places)
    {
        var scattered = new int[Count];
        for (int i = 0; i < Count; i++) scattered[places[i]] = _elements[i];
        return new Ints(scattered);
    }

    /// <inheritdoc/>
    public bool Equals(Ints? other) => other is not null && _elements.AsSpan().SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Ints);

    /// <inheritdoc/>
    public override int GetHashCode() => _elements.Aggregate(_elements.Length, HashCode.Combine);

    /// <summary><c>[1 2 3]</c></summary>
    public override string ToString() => $"[{string.Join(' ', _elements)}]";

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _elements.GetEnumerator();
}

/// <summary>A list of real attributes of an operator (a multiplier for each channel): immutable, compared by its elements, printed abridged.</summary>
public sealed class Doubles(params ReadOnlySpan<double> elements) : IReadOnlyList<double>, IEquatable<Doubles>
{
    private readonly double[] _elements = elements.ToArray();

    /// <inheritdoc/>
    public int Count => _elements.Length;

    /// <inheritdoc/>
    public double this[int index] => _elements[index];

    /// <inheritdoc/>
    public bool Equals(Doubles? other) => other is not null && _elements.AsSpan().SequenceEqual(other._elements);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Doubles);

    /// <inheritdoc/>
    public override int GetHashCode() => _elements.Aggregate(_elements.Length, HashCode.Combine);

    /// <summary><c>[0.25]</c> for one, <c>[0.25 ...(32)]</c> for more.</summary>
    public override string ToString()
    {
        string first = _elements.Length == 0 ? "" : _elements[0].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return _elements.Length <= 1 ? $"[{first}]" : $"[{first} ...({_elements.Length})]";
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_elements).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _elements.GetEnumerator();
}
