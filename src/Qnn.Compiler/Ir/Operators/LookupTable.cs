using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Any function of one 8 or 16-bit number, worked out for all of them: y = table[x].
/// Operands: data (uint8 or int8, as an unsigned index into 256 entries, of 8 or 16 bits; or int16), table.
/// For int16 data the int16 table has 65536 entries, for -32768 to 32767; or 513, one for each 128 numbers, between which is interpolated as TensorFlow Lite does.
/// </summary>
internal sealed record LookupTable : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "qnn.lookup";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override int DataOperands => 1;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (data, table) = (Required(inputs, 0), Required(inputs, 1));
        bool fits = data.Element switch
        {
            ElementType.U8 or ElementType.S8 => table.Shape.ElementCount == 256 && table.Element.Size() is 1 or 2,
            ElementType.S16 => table.Shape.ElementCount is 513 or 65536 && table.Element == ElementType.S16,
            _ => false,
        };
        Require(fits, $"does not look up {data} in {table}");
        return [new TensorType(table.Element, data.Shape)];
    }
}
