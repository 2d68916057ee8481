using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Turns the first lengths[b] elements of an axis around, for each index b of another. Operands: data of any type, lengths (int32, int64).</summary>
/// <param name="SequenceAxis">The axis that is turned around.</param>
/// <param name="BatchAxis">The axis that the lengths go along.</param>
internal sealed record ReverseSequence(int SequenceAxis, int BatchAxis) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "reverse_sequence";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, lengths) = (Required(inputs, 0), Required(inputs, 1));
        int rank = data.Shape.Rank;
        Require((uint)SequenceAxis < (uint)rank && (uint)BatchAxis < (uint)rank && SequenceAxis != BatchAxis, $"axes {SequenceAxis} and {BatchAxis} do not fit {data.Shape}");
        Require(lengths.Element is ElementType.S32 or ElementType.S64 && lengths.Shape.ElementCount == data.Shape[BatchAxis], $"does not take lengths {lengths}");
        return [data with { Quantization = null }];
    }
}
