namespace Qnn.Compiler.Ir.Operators;

/// <summary>The same elements in the same row-major order under another shape. Operand: data.</summary>
/// <param name="Shape">The new shape, of as many elements.</param>
public sealed record Reshape(Shape Shape) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "reshape";

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs)
    {
        // The axis with as many elements before and behind it: one that others only stand beside.
        var (from, to) = (Required(inputs, 0).Shape, outputs[0].Shape);
        for (int a = 0; a < to.Rank; a++)
        {
            if (to[a] == from[axis] && Before(to, a) == Before(from, axis)) return a;
        }
        return null;

        static long Before(Shape shape, int axis) => shape.Take(axis).Aggregate(1L, (n, e) => n * e);
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) => operands[0];

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Shape.ElementCount == Shape.ElementCount, $"{data.Shape} does not hold as many elements as {Shape}");
        return [data with { Shape = Shape, Quantization = null }];
    }
}
