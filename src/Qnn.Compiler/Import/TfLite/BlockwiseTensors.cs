using System.Runtime.InteropServices;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// Constants whose last axis has a scale for each block of elements, as the real numbers that they stand for: scale * (q - zero point). Of lookups that is what TensorFlow Lite computes; of layers,
/// which quantize their data at run time there, it is nearer to what was meant.
/// </summary>
internal static class BlockwiseTensors
{
    private const long LimitBytes = 256L << 20;

    /// <summary>The numbers, float32.</summary>
    public static Tensor Expand(TfLiteTensor tensor)
    {
        var (scalesIndex, zeroPointsIndex, blockSize) = tensor.Blocks!.Value;
        if (tensor.Element is not (ElementType.S8 or ElementType.U8) || tensor.Sparsity is not null) throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{tensor} of type {tensor.Type} has scales for blocks, which is not supported.");
        if (4L * tensor.ElementCount > LimitBytes) throw TfLiteFault.TooLarge($"{tensor} has scales for blocks and takes {4L * tensor.ElementCount} bytes as float32; at most {LimitBytes} are supported.");
        if (blockSize < 1 || tensor.Shape.IsEmpty || tensor.Shape[^1] % blockSize != 0) throw TfLiteFault.Inconsistent($"{tensor} has blocks of {blockSize} elements.");
        int blocks = tensor.ElementCount / blockSize;
        float[] scales = Scales(Part(scalesIndex) ?? throw TfLiteFault.Inconsistent($"{tensor} has no scales for its {blocks} blocks."));
        // 0, the default, is no tensor of zero points unless that fits.
        long[]? zeroPoints = Part(zeroPointsIndex) is { Element: ElementType.S8 or ElementType.U8 or ElementType.S16 or ElementType.S32 or ElementType.S64 } points && zeroPointsIndex != scalesIndex
            ? new Tensor(new TensorType(points.Element.Value, new Shape(blocks)), points.ReadElements()).ToInt64() : null;
        long[] numbers = new Tensor(new TensorType(tensor.Element.Value, new Shape(tensor.Shape.AsSpan())), tensor.ReadElements()).ToInt64();
        var reals = new float[numbers.Length];
        for (int i = 0; i < reals.Length; i++) reals[i] = scales[i / blockSize] * (numbers[i] - (zeroPoints?[i / blockSize] ?? 0));
        return Tensor.Of<float>(new Shape(tensor.Shape.AsSpan()), reals);

        TfLiteTensor? Part(int index) => (uint)index < (uint)tensor.Subgraph.Tensors.Count && tensor.Subgraph.Tensors[index] is { IsConstant: true, Sparsity: null } part && part.ElementCount == blocks ? part : null;

        float[] Scales(TfLiteTensor part) => part.Element switch
        {
            ElementType.F32 => MemoryMarshal.Cast<byte, float>(part.Data.Span).ToArray(),
            ElementType.F16 => [.. MemoryMarshal.Cast<byte, Half>(part.Data.Span).ToArray().Select(h => (float)h)],
            _ => throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{tensor} has scales of type {part.Type} for its blocks, which is not supported."),
        };
    }
}
