using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>Whether a and b compare so, element by element, shapes broadcast by NumPy's rule. Operands: a, b of one type. Result: bool.</summary>
/// <param name="Kind">The comparison.</param>
internal sealed record Compare(CompareKind Kind) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "compare";

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (operands[0] is not { } a || operands[1] is not { } b) return Bounds.Of(0, 1);
        // What is no number compares in no way but as different.
        bool areNumbers = Required(inputs, 0).Element != ElementType.F32;
        (double, double) Known(bool never, bool always) => never ? (0, 0) : always && areNumbers ? (1, 1) : (0, 1);
        Func<(double Low, double High), (double Low, double High), (double, double)>? pair = Kind switch
        {
            CompareKind.Equal => (p, q) => p.High < q.Low || q.High < p.Low ? (0, 0) : p.Low == p.High && p == q ? (1, 1) : (0, 1),
            CompareKind.Less => (p, q) => Known(p.Low >= q.High, p.High < q.Low),
            CompareKind.LessEqual => (p, q) => Known(p.Low > q.High, p.High <= q.Low),
            CompareKind.Greater => (p, q) => Known(p.High <= q.Low, p.Low > q.High),
            CompareKind.GreaterEqual => (p, q) => Known(p.High < q.Low, p.Low >= q.High),
            _ => null,
        };
        var (x, y) = (Required(inputs, 0).Shape, Required(inputs, 1).Shape);
        return pair is null ? Bounds.Of(0, 1) : Bounds.Of(a, x, b, y, Shape.Broadcast(x, y)!, pair);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var (a, b) = (Required(inputs, 0), Required(inputs, 1));
        Require(a.Element == b.Element, $"operands are {a.Element.Name()} and {b.Element.Name()}");
        Require(a.Element is not (ElementType.F16 or ElementType.F64), $"does not take {a.Element.Name()}");
        var shape = Shape.Broadcast(a.Shape, b.Shape);
        Require(shape is not null, $"shapes {a.Shape} and {b.Shape} do not broadcast");
        return [new TensorType(ElementType.Bool, shape!)];
    }
}
