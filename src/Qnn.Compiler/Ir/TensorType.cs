using Qnn.Runtime;

namespace Qnn.Compiler.Ir;

/// <summary>What a value is: element type, shape, and the real numbers that quantized elements stand for.</summary>
/// <param name="Element">Element type.</param>
/// <param name="Shape">Extents.</param>
/// <param name="Quantization">Null where elements stand for themselves.</param>
public sealed record TensorType(ElementType Element, Shape Shape, Quantization? Quantization = null)
{
    /// <summary>Bytes of the tensor.</summary>
    public long ByteLength => (long)Shape.ElementCount * Element.Size();

    /// <summary>The scale of a per-tensor quantized value.</summary>
    public float Scale => Quantization?.Scale ?? throw new InvalidOperationException("The value is not quantized.");

    /// <summary>The zero point of a per-tensor quantized value; 0 where it is not quantized.</summary>
    public int ZeroPoint => Quantization?.ZeroPoint ?? 0;

    /// <summary>Whether scales of channels are as many as the channels.</summary>
    public bool FitsQuantization => Quantization is not { IsPerChannel: true } q || q.Axis < Shape.Rank && Shape[q.Axis] == q.Scales.Length;

    /// <summary><c>uint8[1x224x224x3]{0.0078:128}</c></summary>
    public override string ToString() => $"{Element.Name()}[{Shape}]{Quantization}";
}
