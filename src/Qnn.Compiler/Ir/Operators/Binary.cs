using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// y = min(max(f(a, b), Min), Max), element by element, shapes broadcast by NumPy's rule. Integers wrap around.
/// Operands: a, b of one type (float32 or integers; bool for the logical and bitwise ones).
/// </summary>
/// <param name="Kind">The function.</param>
/// <param name="Min">The least result: a fused activation.</param>
/// <param name="Max">The greatest result.</param>
internal sealed record Binary(BinaryKind Kind, float Min = float.NegativeInfinity, float Max = float.PositiveInfinity) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "binary";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        bool fits = Kind switch
        {
            BinaryKind.LogicalAnd or BinaryKind.LogicalOr or BinaryKind.LogicalXor => a.Element == ElementType.Bool,
            BinaryKind.BitwiseAnd or BinaryKind.BitwiseOr or BinaryKind.BitwiseXor => a.Element is not (ElementType.F16 or ElementType.F32 or ElementType.F64),
            BinaryKind.Atan2 or BinaryKind.PRelu or BinaryKind.LibraryPower => a.Element == ElementType.F32,
            _ => a.Element is not (ElementType.F16 or ElementType.F64 or ElementType.Bool),
        };
        Require(fits, $"{Kind} does not take {a.Element.Name()}");
        Require(Min <= Max, "the range of the activation is empty");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(a.Element, shape!)];
    }
}
