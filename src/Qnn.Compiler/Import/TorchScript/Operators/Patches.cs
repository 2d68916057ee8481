using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Windows of pictures as columns of a matrix (torch.nn.functional.unfold), and back (fold).</summary>
internal static class Patches
{
    /// <summary>The windows over a picture: where each tap of each window lies.</summary>
    private sealed record Windows(int Height, int Width, int[] Kernel, int[] Dilation, int[] Padding, int[] Stride)
    {
        public int Taps => Kernel[0] * Kernel[1];

        public int Rows => Count(Height, 0);

        public int Columns => Count(Width, 1);

        /// <summary>The pixel that a tap of a window sees, or -1 in the padding.</summary>
        public long Pixel(int tap, int window)
        {
            int y = window / Columns * Stride[0] - Padding[0] + tap / Kernel[1] * Dilation[0], x = window % Columns * Stride[1] - Padding[1] + tap % Kernel[1] * Dilation[1];
            return y >= 0 && y < Height && x >= 0 && x < Width ? (long)y * Width + x : -1;
        }

        private int Count(int extent, int axis) => (int)(((long)extent + 2L * Padding[axis] - (long)Dilation[axis] * (Kernel[axis] - 1) - 1) / Stride[axis]) + 1;
    }

    /// <summary>(data [N, C, H, W], kernel, dilation, padding, stride): [N, C * taps, windows].</summary>
    [TorchOperator("aten::im2col")]
    public static object? Unfold(TorchCall call)
    {
        var data = call.Tensor(0);
        bool batched = data.Type.Shape.Rank == 4;
        if (!batched) data = call.Reshape(data, [1, .. data.Type.Shape]);
        var shape = data.Type.Shape;
        if (shape.Rank != 4 || data.Type.Quantization is not null) throw call.Unsupported($"it takes {data.Type}");
        var windows = Of(call, shape[2], shape[3], 1);
        int count = windows.Rows * windows.Columns;
        // The place behind the last pixel is none, which reads 0.
        long[] pixels = [.. Enumerable.Range(0, windows.Taps * count).Select(i => windows.Pixel(i / count, i % count))];
        var columns = call.Emit(new Gather(2), call.Reshape(data, shape[0], shape[1], shape[2] * shape[3]), TorchCall.Constant(Tensor.Of<long>(new Shape(pixels.Length), pixels)));
        return batched ? call.Reshape(columns, shape[0], shape[1] * windows.Taps, count) : call.Reshape(columns, shape[1] * windows.Taps, count);
    }

    /// <summary>(columns [N, C * taps, windows], extents, kernel, dilation, padding, stride): pictures [N, C, H, W]; where windows overlap, sums in the order of taps.</summary>
    [TorchOperator("aten::col2im")]
    public static object? Fold(TorchCall call)
    {
        var data = call.Tensor(0);
        bool batched = data.Type.Shape.Rank == 3;
        if (!batched) data = call.Reshape(data, [1, .. data.Type.Shape]);
        var shape = data.Type.Shape;
        int[] extents = call.Ints(1);
        if (shape.Rank != 3 || extents.Length != 2 || extents.Any(e => e is <= 0 or > 1 << 16) || data.Type.Quantization is not null) throw call.Unsupported($"it takes {data.Type}");
        var windows = Of(call, extents[0], extents[1], 2);
        int count = windows.Rows * windows.Columns, channels = shape[1] / windows.Taps, pixels = extents[0] * extents[1];
        if (count != shape[2] || channels * windows.Taps != shape[1]) throw call.Malformed($"does not put {shape} together to {extents[0]}x{extents[1]}");
        List<long>[] seen = [.. Enumerable.Range(0, pixels).Select(_ => new List<long>())];
        for (int i = 0; i < windows.Taps * count; i++)
        {
            if (windows.Pixel(i / count, i % count) is >= 0 and var pixel) seen[pixel].Add(i);
        }
        var columns = call.Reshape(data, shape[0], channels, windows.Taps * count);
        Value? sum = null;
        for (int term = 0; term < Math.Max(1, seen.Max(s => s.Count)); term++)
        {
            long[] places = [.. seen.Select(s => term < s.Count ? s[term] : -1)];
            var terms = call.Emit(new Gather(2), columns, TorchCall.Constant(Tensor.Of<long>(new Shape(pixels), places)));
            sum = sum is null ? terms : call.Emit(new Binary(BinaryKind.Add), sum, terms);
        }
        return batched ? call.Reshape(sum!, shape[0], channels, extents[0], extents[1]) : call.Reshape(sum!, channels, extents[0], extents[1]);
    }

    private static Windows Of(TorchCall call, int height, int width, int first)
    {
        int[] Pair(int index, string name, int otherwise) => call.Ints(index, name, 2, otherwise);
        var windows = new Windows(height, width, Pair(first, "kernel_size", 1), Pair(first + 1, "dilation", 1), Pair(first + 2, "padding", 0), Pair(first + 3, "stride", 1));
        bool valid = windows.Kernel.Concat(windows.Dilation).Concat(windows.Stride).All(n => n is > 0 and < 1 << 16) && windows.Padding.All(p => p is >= 0 and < 1 << 16);
        if (!valid || windows.Rows <= 0 || windows.Columns <= 0) throw call.Malformed($"has windows that do not fit {height}x{width}");
        return (long)windows.Taps * windows.Rows * windows.Columns <= 1 << 24 ? windows : throw call.Unsupported("it makes too many columns");
    }
}
