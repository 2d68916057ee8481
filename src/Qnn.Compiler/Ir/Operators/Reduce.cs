using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>
/// Reduces axes to one element each, in row-major order of the reduced elements. Float sums, products and means accumulate in float.
/// Operand: data (float32, int32, int64; for Max and Min also 8 and 16-bit integers of unchanged quantization; for Any and All bool).
/// </summary>
/// <param name="Kind">What is computed.</param>
/// <param name="Axes">The reduced axes; negative ones count from the end. None leaves the data as it is.</param>
/// <param name="KeepDims">Whether reduced axes stay with extent 1.</param>
internal sealed record Reduce(ReduceKind Kind, Ints Axes, bool KeepDims) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => "reduce";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes)
    {
        int[] from0 = [.. Axes.Select(axis => axis < 0 ? axis + axes.Count : axis).Distinct().Order()];
        int[] moved = [.. from0.Select(axis => axes[axis])];
        // Another order of the reduced elements would be another sum of floats.
        return moved.SequenceEqual(moved.Order()) ? this with { Axes = new Ints(moved) } : null;
    }

    /// <inheritdoc/>
    internal override int? CarriedAxis(int operand, int axis, IReadOnlyList<TensorType?> inputs, IReadOnlyList<TensorType> outputs)
    {
        var mask = Mask(Required(inputs, 0).Shape);
        return mask[axis] ? null : KeepDims ? axis : axis - mask.Take(axis).Count(reduced => reduced);
    }

    /// <inheritdoc/>
    internal override Bounds? BoundsOf(int result, IReadOnlyList<Bounds?> operands, IReadOnlyList<TensorType?> inputs)
    {
        if (operands[0] is not { } data) return null;
        var shape = Required(inputs, 0).Shape;
        int count = Mask(shape).Select((reduced, axis) => reduced ? shape[axis] : 1).Aggregate(1, (n, e) => n * e);
        // Each element by itself where all are reduced to one.
        bool isEach = count == shape.ElementCount && data.Elements.Count == count;
        IEnumerable<(double Low, double High)> elements = isEach ? data.Elements : Enumerable.Repeat(data.Hull, Math.Min(count, Bounds.Most));
        Bounds? bounds = count == 0 ? null : Kind switch
        {
            ReduceKind.Max => Bounds.Of(elements.Max(e => e.Low), elements.Max(e => e.High)),
            ReduceKind.Min => Bounds.Of(elements.Min(e => e.Low), elements.Min(e => e.High)),
            ReduceKind.Sum => isEach ? Bounds.Of(elements.Sum(e => e.Low), elements.Sum(e => e.High)) : Bounds.Of(data.Hull.Low * count, data.Hull.High * count),
            ReduceKind.Product when isEach && elements.All(e => e.Low >= 0) => Bounds.Of(elements.Aggregate(1.0, (n, e) => n * e.Low), elements.Aggregate(1.0, (n, e) => n * e.High)),
            _ => null,
        };
        return bounds?.Hull is ( > -1e15, < 1e15) ? bounds : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        bool fits = Kind switch
        {
            ReduceKind.Any or ReduceKind.All => data.Element == ElementType.Bool,
            ReduceKind.InfiniteMax or ReduceKind.InfiniteMin => data.Element == ElementType.F32,
            ReduceKind.Max or ReduceKind.Min => data.Element is ElementType.F32 or ElementType.S32 or ElementType.S64 or ElementType.S16 or ElementType.S8 or ElementType.U8,
            _ => data.Element is ElementType.F32 or ElementType.S32 or ElementType.S64,
        };
        Require(fits, $"{Kind} does not take {data.Element.Name()}");
        return [new TensorType(data.Element, Reduced(data.Shape))];
    }

    /// <summary>Which axes of a shape are reduced.</summary>
    public bool[] Mask(Shape shape)
    {
        var mask = new bool[shape.Rank];
        foreach (int axis in Axes)
        {
            int from0 = axis < 0 ? axis + shape.Rank : axis;
            Require((uint)from0 < (uint)shape.Rank, $"axis {axis} is none of {shape}");
            mask[from0] = true;
        }
        return mask;
    }

    private Shape Reduced(Shape shape)
    {
        var mask = Mask(shape);
        var extents = new List<int>();
        for (int axis = 0; axis < shape.Rank; axis++)
        {
            if (!mask[axis]) extents.Add(shape[axis]);
            else if (KeepDims) extents.Add(1);
        }
        return new Shape([.. extents]);
    }
}
