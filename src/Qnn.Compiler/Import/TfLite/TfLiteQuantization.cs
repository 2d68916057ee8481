using System.Collections.Immutable;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>A tensor's quantization as the file has it: real = scale * (q - zero point).</summary>
/// <param name="Scales">The scales: one, or one for each index of <paramref name="Axis"/>. Finite, not negative.</param>
/// <param name="ZeroPoints">As many zero points.</param>
/// <param name="Axis">The channels' axis; -1 for one scale.</param>
internal sealed record TfLiteQuantization(ImmutableArray<float> Scales, ImmutableArray<int> ZeroPoints, int Axis)
{
    /// <summary>Reads it; null where the file gives none.</summary>
    internal static TfLiteQuantization? Read(TfLiteTensor tensor, Schema.QuantizationParameters source, TfLiteReadBudget budget)
    {
        budget.Charge((long)source.ScaleLength + source.ZeroPointLength);
        if (source.GetScaleArray() is not { Length: > 0 } scales) return null;
        foreach (float scale in scales)
        {
            if (!(float.IsFinite(scale) && scale >= 0)) throw TfLiteFault.Inconsistent($"{tensor} has the scale {scale}.");
        }

        long[] points = source.GetZeroPointArray() ?? [];
        if (points.Length > 1 && points.Length != scales.Length) throw TfLiteFault.Inconsistent($"{tensor} has {scales.Length} scales but {points.Length} zero points.");
        var zeroPoints = new int[scales.Length];
        var (least, most) = tensor.Element is { } element and (ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16) ? Ir.IntegerRange.Of(element) : (int.MinValue, int.MaxValue);
        for (int i = 0; i < zeroPoints.Length; i++)
        {
            // One for all channels will do; none stands for zero.
            long point = points.Length == 0 ? 0 : points[points.Length == 1 ? 0 : i];
            if (point < least || point > most) throw TfLiteFault.Inconsistent($"{tensor} has the zero point {point}.");
            zeroPoints[i] = (int)point;
        }

        int axis = -1;
        if (scales.Length > 1)
        {
            axis = source.QuantizedDimension;
            // Files of TensorFlow Lite for Microcontrollers give vectors the axis of the weights that they belong to.
            if (axis >= tensor.Shape.Length && tensor.Shape.Length == 1) axis = 0;
            if (axis < 0 || axis >= tensor.Shape.Length || tensor.Shape[axis] != scales.Length)
                throw TfLiteFault.Inconsistent($"{tensor} has {scales.Length} scales along axis {axis} of its shape [{string.Join(", ", tensor.Shape)}].");
        }
        return new([.. scales], [.. zeroPoints], axis);
    }
}
