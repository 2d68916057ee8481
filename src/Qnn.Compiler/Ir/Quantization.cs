using System.Collections.Immutable;
using System.Globalization;

namespace Qnn.Compiler.Ir;

/// <summary>real = scale * (q - zeroPoint), with one scale and zero point for the tensor or one for each index of <see cref="Axis"/>. Compared by value.</summary>
public sealed class Quantization : IEquatable<Quantization>
{
    /// <summary>Per-tensor quantization.</summary>
    public Quantization(float scale, int zeroPoint) : this([scale], [zeroPoint], -1) { }

    /// <summary>Per-channel quantization along an axis; equal counts of scales and zero points.</summary>
    public Quantization(ImmutableArray<float> scales, ImmutableArray<int> zeroPoints, int axis)
    {
        if (scales.Length == 0 || scales.Length != zeroPoints.Length) throw new ArgumentException("Scales and zero points must be equally many, at least one.");
        (Scales, ZeroPoints, Axis) = (scales, zeroPoints, axis);
    }

    /// <summary>The scales; one, or one a channel.</summary>
    public ImmutableArray<float> Scales { get; }

    /// <summary>The zero points, as many as scales.</summary>
    public ImmutableArray<int> ZeroPoints { get; }

    /// <summary>The channel axis, or -1 for per-tensor.</summary>
    public int Axis { get; }

    /// <summary>Whether each channel has its own scale.</summary>
    public bool IsPerChannel => Axis >= 0;

    /// <summary>The scale of the tensor, or of the first channel.</summary>
    public float Scale => Scales[0];

    /// <summary>The zero point of the tensor, or of the first channel.</summary>
    public int ZeroPoint => ZeroPoints[0];

    /// <summary>The tensor's scale as its framework keeps it, where floats do not hold it: only scales that are computed from it know the difference. No part of the value.</summary>
    internal double? WideScale { get; init; }

    /// <summary>The same scales with all zero points moved by an offset.</summary>
    public Quantization WithZeroPointOffset(int offset) => new(Scales, [.. ZeroPoints.Select(z => z + offset)], Axis);

    /// <summary>The scale of each of so many channels.</summary>
    internal float[] ScalesOf(int channels) => IsPerChannel ? [.. Scales] : [.. Enumerable.Repeat(Scale, channels)];

    /// <inheritdoc/>
    public bool Equals(Quantization? other) =>
        other is not null && Axis == other.Axis && Scales.SequenceEqual(other.Scales) && ZeroPoints.SequenceEqual(other.ZeroPoints);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Quantization);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Scales.Length, Scale, ZeroPoint, Axis);

    /// <summary><c>{0.0235:128}</c> per tensor, <c>{axis 3: 0.01:0, ...(32)}</c> per channel.</summary>
    public override string ToString()
    {
        string first = $"{Scale.ToString("R", CultureInfo.InvariantCulture)}:{ZeroPoint}";
        return IsPerChannel ? $"{{axis {Axis}: {first}, ...({Scales.Length})}}" : $"{{{first}}}";
    }
}
