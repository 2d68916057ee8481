using Qnn.Runtime.Artifact.Format;

namespace Qnn.Runtime.Execution;

/// <summary>A tensor of a loaded program: its type, and where its bytes are. Verified when the artifact is loaded.</summary>
internal sealed unsafe class TensorInfo
{
    public required int Index { get; init; }
    public required string Name { get; init; }
    public required ElementType Type { get; init; }

    /// <summary>Extents, outermost first; empty for a scalar. Every extent is at least 0 and the product fits an int.</summary>
    public required int[] Shape { get; init; }

    public required Storage Storage { get; init; }

    /// <summary>Offset in the arena, in the state block or in the constants, by <see cref="Storage"/>.</summary>
    public required nint Offset { get; init; }

    /// <summary>Scales, one or one a channel; empty when the tensor is not quantized.</summary>
    public float[] Scales { get; init; } = [];

    /// <summary>Zero points, as many as <see cref="Scales"/>.</summary>
    public int[] ZeroPoints { get; init; } = [];

    /// <summary>The axis that <see cref="Scales"/> runs along, or -1.</summary>
    public int Axis { get; init; } = -1;

    /// <summary>The bytes of a constant, in place in the artifact; null for any other tensor. Not aligned.</summary>
    public byte* Constant { get; init; }

    /// <summary>State tensors: the constant that they start with, or null for all bytes equal to the zero point.</summary>
    public TensorInfo? Initial { get; init; }

    public int Rank => Shape.Length;
    public int Count { get; init; }
    public nint ByteLength => (nint)Count * Type.Size();
    public float Scale => Scales.Length > 0 ? Scales[0] : 0;
    public int ZeroPoint => ZeroPoints.Length > 0 ? ZeroPoints[0] : 0;
    public bool IsConstant => Storage == Storage.Constant;

    /// <summary>A constant's elements.</summary>
    public ReadOnlySpan<T> ConstantSpan<T>() where T : unmanaged => new(Constant, Count);
}
