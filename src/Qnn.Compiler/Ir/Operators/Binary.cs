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
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        bool areFlags = Required(inputs, 0).Element is ElementType.Bool;
        if (areFlags && (Kind is not (BinaryKind.LogicalAnd or BinaryKind.LogicalOr) || operands.Take(2).Any(o => o is null))) return Bounds.Of(0, 1);
        // One that is known limits the other.
        bool limits = Kind is BinaryKind.Minimum or BinaryKind.Maximum;
        var (a, b) = limits && operands.Take(2).Any(o => o is not null) ? (operands[0] ?? Bounds.Any, operands[1] ?? Bounds.Any) : (operands[0]!, operands[1]!);
        if (a is null || b is null || Min != float.NegativeInfinity || Max != float.PositiveInfinity) return null;
        Func<(double Low, double High), (double Low, double High), (double, double)>? pair = Kind switch
        {
            BinaryKind.Add => (p, q) => (p.Low + q.Low, p.High + q.High),
            BinaryKind.Subtract => (p, q) => (p.Low - q.High, p.High - q.Low),
            BinaryKind.Minimum or BinaryKind.LogicalAnd => (p, q) => (Math.Min(p.Low, q.Low), Math.Min(p.High, q.High)),
            BinaryKind.Maximum or BinaryKind.LogicalOr => (p, q) => (Math.Max(p.Low, q.Low), Math.Max(p.High, q.High)),
            BinaryKind.Multiply => (p, q) => Corners(p, q, (x, y) => x * y),
            BinaryKind.Divide when b.Hull.Low > 0 => (p, q) => Corners(p, q, (x, y) => x / y),
            _ => null,
        };
        if (pair is null) return null;
        var bounds = Bounds.Of(a, Required(inputs, 0).Shape, b, Required(inputs, 1).Shape, Shape.Broadcast(Required(inputs, 0).Shape, Required(inputs, 1).Shape)!, pair);
        // Integers that wrap around are anything; quotients are rounded towards 0.
        if (areFlags || limits) return bounds;
        if (Required(inputs, 0).Element is ElementType.F32) return bounds.Each(v => (float)v);
        bool fits = Required(inputs, 0).Element switch { ElementType.S64 => bounds.Hull is ( > -1e15, < 1e15), ElementType.S32 => bounds.Hull is ( >= int.MinValue, <= int.MaxValue), _ => false };
        return fits ? bounds.Each(Math.Truncate) : null;
    }

    private static (double, double) Corners((double Low, double High) p, (double Low, double High) q, Func<double, double, double> f)
    {
        double[] corners = [f(p.Low, q.Low), f(p.Low, q.High), f(p.High, q.Low), f(p.High, q.High)];
        return (corners.Min(), corners.Max());
    }

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
