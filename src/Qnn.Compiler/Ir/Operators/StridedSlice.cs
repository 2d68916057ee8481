namespace Qnn.Compiler.Ir.Operators;

/// <summary>Element i of axis a of the result is element Begin[a] + i * Strides[a] of the operand. Strides may be negative. Operand: data of any type.</summary>
/// <param name="Begin">The first index, one an axis.</param>
/// <param name="Strides">The step, one an axis; not 0.</param>
/// <param name="Shape">The shape of the result, of the operand's rank.</param>
internal sealed record StridedSlice(Ints Begin, Ints Strides, Shape Shape) : Operator
{
    /// <summary>A slice without gaps.</summary>
    public static StridedSlice Contiguous(ReadOnlySpan<int> begin, Shape shape)
    {
        var ones = new int[begin.Length];
        Array.Fill(ones, 1);
        return new StridedSlice(new Ints(begin), new Ints(ones), shape);
    }

    /// <summary>Indices [<paramref name="begin"/>, <paramref name="begin"/> + <paramref name="length"/>) of one axis of a shape.</summary>
    public static StridedSlice OfAxis(Shape shape, int axis, int begin, int length)
    {
        var starts = new int[shape.Rank];
        starts[axis] = begin;
        var extents = shape.ToArray();
        extents[axis] = length;
        return Contiguous(starts, new Shape(extents));
    }

    /// <inheritdoc/>
    public override string Mnemonic => "strided_slice";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes) => new StridedSlice(Begin.Scatter(axes), Strides.Scatter(axes), new Shape(new Ints(Shape.Span).Scatter(axes).Span));

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs) =>
        Begin[axis] == 0 && Strides[axis] == 1 && Shape[axis] == Required(inputs, 0).Shape[axis] ? axis : null;

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs) =>
        operands[0] is { } data ? Shape.Rank == 1 && Shape[0] > 0 ? data.At([.. Enumerable.Range(0, Shape[0]).Select(i => Begin[0] + i * Strides[0])]) : Bounds.Of(data.Hull.Low, data.Hull.High) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        int rank = data.Shape.Rank;
        Require(Begin.Count == rank && Strides.Count == rank && Shape.Rank == rank, $"the slice has another rank than {data.Shape}");
        for (int axis = 0; axis < rank; axis++)
        {
            Require(Strides[axis] != 0, "a stride is 0");
            if (Shape[axis] == 0) continue;
            long first = Begin[axis], last = first + (Shape[axis] - 1L) * Strides[axis];
            Require(Math.Min(first, last) >= 0 && Math.Max(first, last) < data.Shape[axis], $"axis {axis} takes elements {first} to {last} of {data.Shape}");
        }
        return [new TensorType(data.Element, Shape)];
    }
}
