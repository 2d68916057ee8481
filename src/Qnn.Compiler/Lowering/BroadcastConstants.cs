using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering;

/// <summary>
/// Constants that broadcast in short rows (one number a channel of three, one for each row of a map) are repeated along the last axes, so that kernels which go row by row have rows worth a vector.
/// </summary>
internal static class BroadcastConstants
{
    private const int ShortRow = 64, WantedRow = 256, MaxBytes = 1 << 16;

    /// <summary>The tensor of an operand, repeated where that pays.</summary>
    /// <param name="context">The program in the making.</param>
    /// <param name="value">The operand.</param>
    /// <param name="result">The shape that it broadcasts to.</param>
    public static int Operand(LoweringContext context, Value value, Shape result) =>
        value.Constant is { } constant && Repeated(constant, result) is { } repeated ? context.Constant(repeated, $"{value.Name}/repeated") : context.Tensor(value);

    /// <summary>The constant with its last axes as the result has them, or null where it is best left alone.</summary>
    internal static Tensor? Repeated(Tensor constant, Shape result)
    {
        var shape = constant.Type.Shape;
        if (shape.ElementCount == 1 || shape.Rank > result.Rank || RowLength(shape, result) is >= ShortRow or 0) return null;
        int[] extents = [.. Enumerable.Repeat(1, result.Rank - shape.Rank), .. shape.Span];
        int[] own = [.. extents];
        for (int axis = result.Rank - 1, row = 1; axis >= 0 && row < WantedRow; axis--) row *= extents[axis] = result[axis];
        var type = constant.Type with { Shape = new Shape(extents) };
        if (type.Shape.Equals(shape) || type.ByteLength > MaxBytes) return null;

        var repeated = new Tensor(type);
        int size = type.Element.Size();
        for (int i = 0; i < type.Shape.ElementCount; i++)
        {
            int at = 0, stride = 1, rest = i;
            for (int axis = extents.Length - 1; axis >= 0; axis--)
            {
                int index = rest % extents[axis];
                rest /= extents[axis];
                if (own[axis] != 1) at += index * stride;
                stride *= own[axis];
            }
            constant.Bytes.Span.Slice(at * size, size).CopyTo(repeated.MutableSpan<byte>()[(i * size)..]);
        }
        return repeated;
    }

    // Elements of the result along which the constant advances by one, or stands still; 0 where that is the whole result.
    private static int RowLength(Shape shape, Shape result)
    {
        int row = 1;
        bool? advances = null;
        for (int i = 1; i <= result.Rank; i++)
        {
            int extent = result[-i];
            if (extent == 1) continue;
            bool axisAdvances = i <= shape.Rank && shape[-i] == extent;
            if (advances is { } first && first != axisAdvances) return row;
            advances = axisAdvances;
            row *= extent;
        }
        return 0;
    }
}
