using System.Globalization;

namespace Qnn.Runtime;

/// <summary>A model's input or output: real = Scale * (q - ZeroPoint) where it is quantized.</summary>
/// <param name="Name">The name in the source model.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Extents, outermost first.</param>
/// <param name="Scale">The step of one quantum; 0 where the tensor is not quantized per tensor.</param>
/// <param name="ZeroPoint">The quantized value of real zero.</param>
/// <param name="Description">The source model's description, or empty.</param>
public sealed record TensorDescription(string Name, ElementType Type, IReadOnlyList<int> Shape, float Scale, int ZeroPoint, string Description)
{
    /// <summary>The axis of an output whose extent differs from call to call, up to that in <see cref="Shape"/>; -1 where none does.</summary>
    public int VaryingAxis { get; init; } = -1;

    /// <summary>The number of elements; the most, where an axis varies.</summary>
    public int Count
    {
        get
        {
            int count = 1;
            for (int axis = 0; axis < Shape.Count; axis++) count *= Shape[axis];
            return count;
        }
    }

    /// <summary>The number of bytes.</summary>
    public int ByteLength => Count * Type.Size();

    /// <summary>Whether the values stand for real numbers by a scale.</summary>
    public bool IsQuantized => Scale != 0;

    /// <summary><c>input: uint8 1x224x224x3, real = 0.0078125 * (q - 128)</c></summary>
    public override string ToString()
    {
        return $"{Name}: {Type.Name()} {ShapeText}{(IsQuantized ? $", real = {RealFormula}" : "")}";
    }

    /// <summary><c>1x224x224x3</c>; <c>(0-300)x4</c> where an axis varies.</summary>
    internal string ShapeText => Shape.Count == 0 ? "scalar" : string.Join('x', Shape.Select((extent, axis) => axis == VaryingAxis ? $"(0-{extent})" : extent.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The extents of an answer that has so many entries along the axis that varies.</summary>
    internal int[] ShapeOf(int entries)
    {
        int[] shape = [.. Shape];
        if (VaryingAxis >= 0) shape[VaryingAxis] = entries;
        return shape;
    }

    /// <summary><c>0.0078125 * (q - 128)</c></summary>
    internal string RealFormula => string.Create(CultureInfo.InvariantCulture, $"{Scale} * {ZeroPoint switch
    {
        0 => "q",
        > 0 => $"(q - {ZeroPoint})",
        _ => $"(q + {-(long)ZeroPoint})",
    }}");
}
