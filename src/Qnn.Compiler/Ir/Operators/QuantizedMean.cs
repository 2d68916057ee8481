using Qnn.Runtime;

namespace Qnn.Compiler.Ir.Operators;

/// <summary>How a quantized mean or sum rounds.</summary>
internal enum MeanRounding
{
    /// <summary>TensorFlow Lite's reference kernels, and builtin ones but for the next case: a fixed-point factor on the sum less its zero points.</summary>
    Exact,
    /// <summary>TensorFlow Lite's optimised 8-bit kernel for a mean over height and width: the zero points rounded apart.</summary>
    Folded,
    /// <summary>XNNPACK: the sum less its zero points times a float factor, plus the result's zero point, ties to even: of a tie the zero point decides.</summary>
    Float32,
    /// <summary>TensorFlow Lite's optimised sum: a float factor and a float bias, ties away from zero.</summary>
    FloatBias,
    /// <summary>MLAS's global average pool: as Float32, but the factor is sx / (sy * n).</summary>
    Float32Product,
}

/// <summary>
/// Mean, or sum, over axes: y = clamp(round(sx / sy * (sum of (x - zx)) / n) + zy), n the number of elements for a mean and 1 for a sum; <see cref="MeanRounding"/> says how it is rounded.
/// Operand: data (uint8, int8 or int16).
/// </summary>
/// <param name="Sum">Whether it is a sum.</param>
/// <param name="Rounding">The framework's way to round.</param>
/// <param name="Axes">The reduced axes; negative ones count from the end.</param>
/// <param name="KeepDims">Whether reduced axes stay with extent 1.</param>
/// <param name="Origin">What is taken from elements and zero points before, and added to the result: a sum that rounds zero points apart depends on where numbers count from. 128 for int8 that travels as uint8.</param>
internal sealed record QuantizedMean(bool Sum, MeanRounding Rounding, Ints Axes, bool KeepDims, int Origin = 0) : Operator
{
    /// <inheritdoc/>
    public override string Mnemonic => Sum ? "qnn.sum" : "qnn.mean";

    /// <inheritdoc/>
    public override Operator? OnTransposed(Ints axes)
    {
        int[] from0 = [.. Axes.Select(axis => axis < 0 ? axis + axes.Count : axis).Distinct().Order()];
        int[] moved = [.. from0.Select(axis => axes[axis])];
        // Another order of the reduced elements would be another sum of floats.
        return moved.SequenceEqual(moved.Order()) ? this with { Axes = new Ints(moved) } : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType?> inputs)
    {
        var data = Required(inputs, 0);
        Require(data.Element is ElementType.U8 or ElementType.S8 or ElementType.S16, $"does not take {data.Element.Name()}");
        var mask = Mask(data.Shape);
        var extents = new List<int>();
        for (int axis = 0; axis < mask.Length; axis++)
        {
            if (!mask[axis]) extents.Add(data.Shape[axis]);
            else if (KeepDims) extents.Add(1);
        }
        return [new TensorType(data.Element, new Shape([.. extents]))];
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

    /// <summary>How many elements become one.</summary>
    public int Count(Shape shape)
    {
        var mask = Mask(shape);
        return shape.Where((_, axis) => mask[axis]).Aggregate(1, (n, extent) => n * extent);
    }
}
