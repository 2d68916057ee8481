namespace Qnn.Compiler.Ir.Operators;

/// <summary>Surrounds the operand with its own elements, mirrored at its borders. Operand: data of any type.</summary>
/// <param name="Before">Elements before, one an axis.</param>
/// <param name="After">Elements after, one an axis.</param>
/// <param name="Reflect">Whether the mirror goes through the outermost element (which is not repeated) or lies outside it.</param>
internal sealed record MirrorPad(Ints Before, Ints After, bool Reflect) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "mirror_pad";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => this with { Before = Before.Scatter(axes), After = After.Scatter(axes) };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        int rank = data.Shape.Rank;
        Require(Before.Count == rank && After.Count == rank, $"{Before} and {After} do not pad {data.Shape}");
        var extents = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int extent = data.Shape[axis], most = Reflect ? Math.Max(0, extent - 1) : extent;
            Require(Before[axis] >= 0 && After[axis] >= 0 && Before[axis] <= most && After[axis] <= most, $"{Before} and {After} do not mirror {data.Shape}");
            extents[axis] = (int)Math.Min((long)Before[axis] + extent + After[axis], int.MaxValue);
        }
        return [new TensorType(data.Element, new Shape(extents))];
    }
}
