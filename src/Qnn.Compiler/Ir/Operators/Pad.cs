using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Surrounds the operand with a value. Operand: data of any type.</summary>
/// <param name="Before">Elements before, one an axis.</param>
/// <param name="After">Elements after, one an axis.</param>
/// <param name="Value">The value, as it stands in memory: for quantized data the quantized one, often the zero point.</param>
internal sealed record Pad(Ints Before, Ints After, double Value = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "pad";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => this with { Before = Before.Scatter(axes), After = After.Scatter(axes) };

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) => Before[axis] == 0 && After[axis] == 0 ? axis : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(Before.Count == data.Shape.Rank && After.Count == data.Shape.Rank && Before.All(b => b >= 0) && After.All(a => a >= 0), $"{Before} and {After} do not pad {data.Shape}");
        var extents = new int[data.Shape.Rank];
        for (int axis = 0; axis < extents.Length; axis++)
        {
            long extent = (long)Before[axis] + data.Shape[axis] + After[axis];
            Require(extent <= int.MaxValue, "the result is too large");
            extents[axis] = (int)extent;
        }
        return [new TensorType(data.Element, new Shape(extents))];
    }

    /// <summary>The bytes of <see cref="Value"/> as an element, in the low end.</summary>
    public ulong ValueBits(ElementType element) => element switch
    {
        ElementType.U8 or ElementType.Bool => (byte)Value,
        ElementType.S8 => (byte)(sbyte)Value,
        ElementType.U16 => (ushort)Value,
        ElementType.S16 => (ushort)(short)Value,
        ElementType.U32 => (uint)Value,
        ElementType.S32 => (uint)(int)Value,
        ElementType.U64 => (ulong)Value,
        ElementType.S64 => (ulong)(long)Value,
        ElementType.F16 => BitConverter.HalfToUInt16Bits((Half)Value),
        ElementType.F32 => BitConverter.SingleToUInt32Bits((float)Value),
        ElementType.F64 => BitConverter.DoubleToUInt64Bits(Value),
        _ => throw new InvalidOperationException($"{element} is no element type."),
    };
}
