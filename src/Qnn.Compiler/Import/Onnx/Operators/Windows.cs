using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>The window of a convolution or pool over one to three spatial axes.</summary>
/// <param name="Kernel">Taps, one an axis.</param>
/// <param name="Strides">Steps.</param>
/// <param name="Dilations">Distances of taps.</param>
/// <param name="Before">Padding before.</param>
/// <param name="After">Padding after.</param>
internal sealed record Windows(int[] Kernel, int[] Strides, int[] Dilations, int[] Before, int[] After)
{
    /// <summary>How much of the padding after is there because the number of windows is rounded up.</summary>
    public int[] RoundedUp { get; init; } = new int[Kernel.Length];

    /// <summary>The window that a node's attributes state for data [N, C, spatial...].</summary>
    public static Windows Of(OnnxNode node, Shape data, int[] kernel)
    {
        int axes = data.Rank - 2;
        if (axes is < 1 or > 3 || kernel.Length != axes) throw node.Unsupported($"its data has shape {data} and its window {kernel.Length} axes");
        int[] ones = [.. Enumerable.Repeat(1, axes)];
        var (strides, dilations, pads) = (node.Ints("strides") ?? ones, node.Ints("dilations") ?? ones, node.Ints("pads") ?? new int[2 * axes]);
        if (strides.Length != axes || dilations.Length != axes || pads.Length != 2 * axes || strides.Any(s => s < 1) || dilations.Any(d => d < 1) || pads.Any(p => p < 0) || kernel.Any(k => k < 1)) throw node.Malformed("has a malformed window");
        var (before, after) = (pads[..axes], pads[axes..]);
        string auto = node.Text("auto_pad", "NOTSET");
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            for (int i = 0; i < axes; i++)
            {
                int extent = data[i + 2], outputs = (extent + strides[i] - 1) / strides[i];
                int total = Math.Max(0, (outputs - 1) * strides[i] + (kernel[i] - 1) * dilations[i] + 1 - extent);
                before[i] = auto == "SAME_UPPER" ? total / 2 : total - total / 2;
                after[i] = total - before[i];
            }
        }
        else if (auto == "VALID")
        {
            Array.Clear(before);
            Array.Clear(after);
        }
        int[] roundedUp = new int[axes];
        if (node.Int("ceil_mode", 0) != 0 && auto is not ("SAME_UPPER" or "SAME_LOWER"))
        {
            for (int i = 0; i < axes; i++)
            {
                int reach = (kernel[i] - 1) * dilations[i] + 1, padded = data[i + 2] + before[i] + after[i];
                if (padded < reach) throw node.Malformed("has a window larger than its data");
                int outputs = (padded - reach + strides[i] - 1) / strides[i] + 1;
                // A window that would begin in the padding behind is left out.
                if ((outputs - 1) * strides[i] >= data[i + 2] + before[i]) outputs--;
                roundedUp[i] = Math.Max(0, (outputs - 1) * strides[i] + reach - padded);
                after[i] += roundedUp[i];
            }
        }
        return new Windows(kernel, strides, dilations, before, after) { RoundedUp = roundedUp };
    }

    /// <summary>The window of a transposed convolution, and the extents of its result, stated or that follow.</summary>
    public static (Windows Windows, int[] Extents) Transposed(OnnxNode node, int[] spatial, int[] kernel)
    {
        int axes = spatial.Length;
        int[] ones = [.. Enumerable.Repeat(1, axes)], zeros = new int[axes];
        var (strides, dilations, pads, more) = (node.Ints("strides") ?? ones, node.Ints("dilations") ?? ones, node.Ints("pads") ?? new int[2 * axes], node.Ints("output_padding") ?? zeros);
        int[]? stated = node.Ints("output_shape");
        if (strides.Length != axes || dilations.Length != axes || pads.Length != 2 * axes || more.Length != axes || strides.Any(v => v < 1) || dilations.Any(d => d < 1) || kernel.Any(k => k < 1) || stated is { } o && o.Length < axes) throw node.Malformed("has a malformed window");
        var (before, after, extents) = (pads[..axes], pads[axes..], new int[axes]);
        string auto = node.Text("auto_pad", "NOTSET");
        bool same = auto is "SAME_UPPER" or "SAME_LOWER";
        for (int i = 0; i < axes; i++)
        {
            int reach = checked((spatial[i] - 1) * strides[i] + more[i] + (kernel[i] - 1) * dilations[i] + 1);
            if (stated is not null || same)
            {
                extents[i] = stated is not null ? stated[stated.Length - axes + i] : spatial[i] * strides[i];
                int total = Math.Max(0, reach - extents[i]);
                before[i] = auto == "SAME_UPPER" ? total / 2 : total - total / 2;
            }
            else
            {
                extents[i] = reach - before[i] - after[i];
            }
            if (extents[i] < 1) throw node.Malformed("has an empty result");
        }
        return (new Windows(kernel, strides, dilations, before, after), extents);
    }

    /// <summary>For each tap, and each element of a transposed convolution's data, where their product goes; -1 where it goes nowhere.</summary>
    public Value Targets(int[] spatial, int[] extents)
    {
        int[] all = [.. Kernel, .. spatial], strides = new Shape(all).Strides(), results = new Shape(extents).Strides();
        int count = new Shape(all).ElementCount;
        if (count > OnnxNode.MostIndices) throw new ArgumentException($"{count} products are too many.");
        var targets = new int[count];
        for (int i = 0; i < targets.Length; i++)
        {
            for (int axis = 0; axis < extents.Length && targets[i] >= 0; axis++)
            {
                int tap = i / strides[axis] % Kernel[axis], place = i / strides[extents.Length + axis] % spatial[axis];
                int at = place * Strides[axis] + tap * Dilations[axis] - Before[axis];
                targets[i] = (uint)at < (uint)extents[axis] ? targets[i] + at * results[axis] : -1;
            }
        }
        return Value.Of("targets", Tensor.Of<int>(new Shape(targets.Length, 1), targets));
    }

    /// <summary>Whether a window is the element of the data at its place.</summary>
    public bool IsPointwise => Kernel.Concat(Strides).All(k => k == 1) && Before.Concat(After).All(p => p == 0);

    /// <summary>The windows without their first axis.</summary>
    public Windows Planes => new(Kernel[1..], Strides[1..], Dilations[1..], Before[1..], After[1..]) { RoundedUp = RoundedUp[1..] };

    /// <summary>How many windows padded data have along each axis.</summary>
    public int[] Counts(int[] padded) => [.. padded.Select((extent, i) => extent - (Kernel[i] - 1L) * Dilations[i] - 1 is >= 0 and var room ? (int)(room / Strides[i]) + 1 : 0)];

    /// <summary>The window over the last two axes; one row where there is one axis.</summary>
    public Window2D Last2D()
    {
        int w = Kernel.Length - 1;
        return w == 0
            ? new Window2D(1, Kernel[0]) { StrideWidth = Strides[0], DilationWidth = Dilations[0], PadLeft = Before[0], PadRight = After[0] }
            : new Window2D(Kernel[w - 1], Kernel[w])
            {
                StrideHeight = Strides[w - 1],
                StrideWidth = Strides[w],
                DilationHeight = Dilations[w - 1],
                DilationWidth = Dilations[w],
                PadTop = Before[w - 1],
                PadBottom = After[w - 1],
                PadLeft = Before[w],
                PadRight = After[w],
            };
    }
}
