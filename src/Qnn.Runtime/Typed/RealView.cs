using System.Collections;

namespace Qnn.Runtime;

/// <summary>An output seen as real numbers: each element dequantized when it is read. Nothing is copied.</summary>
/// <typeparam name="T">The output's element type.</typeparam>
public readonly struct RealView<T> : IReadOnlyList<float>, IEquatable<RealView<T>> where T : unmanaged
{
    private readonly OutputTensor<T> _tensor;

    internal RealView(OutputTensor<T> tensor) => _tensor = tensor;

    /// <summary>The number of elements.</summary>
    public int Count => _tensor.Count;

    /// <summary>The real number of an element, row-major.</summary>
    public float this[int index] => Quantizer.ToReal(_tensor.Values[index], _tensor.Scale, _tensor.ZeroPoint);

    /// <summary>Writes all real numbers.</summary>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo(Span<float> destination)
    {
        var values = _tensor.Values;
        if (destination.Length < values.Length) throw new ArgumentException($"The destination has {destination.Length} elements; '{_tensor.Name}' has {values.Length}.", nameof(destination));
        for (int i = 0; i < values.Length; i++) destination[i] = Quantizer.ToReal(values[i], _tensor.Scale, _tensor.ZeroPoint);
    }

    /// <summary>All real numbers, in an array of their own.</summary>
    public float[] ToArray()
    {
        var array = new float[Count];
        CopyTo(array);
        return array;
    }

    /// <inheritdoc/>
    public IEnumerator<float> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both look at the same output.</summary>
    public bool Equals(RealView<T> other) => ReferenceEquals(_tensor, other._tensor);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RealView<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _tensor?.GetHashCode() ?? 0;

    /// <summary>Whether both look at the same output.</summary>
    public static bool operator ==(RealView<T> left, RealView<T> right) => left.Equals(right);

    /// <summary>Whether they look at different outputs.</summary>
    public static bool operator !=(RealView<T> left, RealView<T> right) => !left.Equals(right);
}
