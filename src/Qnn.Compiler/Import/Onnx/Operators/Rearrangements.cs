using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Operators that put what windows saw back, and that cut or pad around the middle.</summary>
internal static class Rearrangements
{
    /// <summary>Columns [N, C * taps, windows] added up where their windows lie, tap by tap. Operands: columns, the image's extents, the windows' extents.</summary>
    [OnnxOperator("Col2Im")]
    public static void Col2Im(OnnxNode node)
    {
        var x = node.Input(0);
        int[] extents = node.ConstantInts(1, "image"), kernel = node.ConstantInts(2, "windows");
        int axes = extents.Length;
        int[] ones = [.. Enumerable.Repeat(1, axes)], pads = node.Ints("pads") ?? new int[2 * axes];
        var s = x.Type.Shape;
        int taps = kernel.Aggregate(1, (n, k) => checked(n * k));
        if (s.Rank != 3 || axes < 1 || kernel.Length != axes || pads.Length != 2 * axes || kernel.Any(k => k < 1) || extents.Any(e => e < 1) || s[1] % taps != 0) throw node.Malformed($"has columns {x.Type} of {axes} axes");
        var windows = new Windows(kernel, node.Ints("strides") ?? ones, node.Ints("dilations") ?? ones, pads[..axes], pads[axes..]);
        int[] counts = windows.Counts([.. extents.Select((e, a) => e + pads[a] + pads[axes + a])]);
        int places = counts.Aggregate(1, (n, c) => checked(n * c)), pixels = extents.Aggregate(1, (n, e) => checked(n * e)), channels = s[1] / taps;
        if (places != s[2]) throw node.Malformed($"has columns {x.Type} for {places} windows");
        var ordered = Channels.Permute(node.Importer.Builder, node.Reshape(x, s[0], channels, taps, places), [2, 3, 0, 1], node.Location);
        var sums = node.Emit(new ScatterNd(new Shape(pixels, s[0] * channels), ScatterReduction.Add), windows.Targets(counts, extents), node.Reshape(ordered, taps * places, s[0] * channels));
        var y = Channels.Permute(node.Importer.Builder, node.Reshape(sums, pixels, s[0], channels), [1, 2, 0], node.Location);
        node.Result(node.Reshape(y, [s[0], channels, .. extents]));
    }

    /// <summary>Numbers put back to where MaxPool found them, 0 elsewhere. Operands: numbers, their places in the whole result, the result's shape (optional).</summary>
    [OnnxOperator("MaxUnpool")]
    public static void MaxUnpool(OnnxNode node)
    {
        var (x, places) = (node.Input(0), node.Input(1));
        var s = x.Type.Shape;
        int axes = s.Rank - 2;
        if (axes < 1 || places.Type.Shape.ElementCount != s.ElementCount) throw node.Malformed($"has data {x.Type} and places {places.Type}");
        int[] kernel = node.Ints("kernel_shape") ?? throw node.Malformed("has no window"), strides = node.Ints("strides") ?? [.. Enumerable.Repeat(1, axes)], pads = node.Ints("pads") ?? new int[2 * axes];
        if (kernel.Length != axes || strides.Length != axes || pads.Length != 2 * axes) throw node.Malformed("has a malformed window");
        int[] extents = node.OptionalInput(2) is null
            ? [s[0], s[1], .. Enumerable.Range(0, axes).Select(a => (s[a + 2] - 1) * strides[a] - pads[a] - pads[axes + a] + kernel[a])]
            : node.ConstantInts(2, "shape");
        var shape = new Shape(extents);
        var flat = node.Emit(new ScatterNd(new Shape(shape.ElementCount), ScatterReduction.None), node.Reshape(places, s.ElementCount, 1), node.Reshape(x, s.ElementCount));
        node.Result(node.Reshape(flat, extents));
    }

    /// <summary>Cut to, or padded to, stated extents, as much before as behind, one more behind where that is odd.</summary>
    [OnnxOperator("CenterCropPad")]
    public static void CenterCropPad(OnnxNode node) => Shaping.Moved(node, x =>
    {
        var s = x.Type.Shape;
        int[] sizes = node.ConstantInts(1, "shape"), axes = [.. (node.Ints("axes") ?? [.. Enumerable.Range(0, s.Rank)]).Select(a => node.Axis(a, s.Rank))];
        if (sizes.Length != axes.Length || sizes.Any(e => e < 0)) throw node.Malformed($"has {sizes.Length} extents for {axes.Length} axes");
        var (before, after) = (new int[s.Rank], new int[s.Rank]);
        for (int i = 0; i < axes.Length; i++)
        {
            int extent = s[axes[i]], more = sizes[i] - extent;
            if (more < 0) x = node.Move(StridedSlice.OfAxis(x.Type.Shape, axes[i], -more / 2, sizes[i]), x);
            else (before[axes[i]], after[axes[i]]) = (more / 2, more - more / 2);
        }
        return before.Concat(after).All(p => p == 0) ? x : node.Move(new Pad(new Ints(before), new Ints(after), 0), x);
    });
}
