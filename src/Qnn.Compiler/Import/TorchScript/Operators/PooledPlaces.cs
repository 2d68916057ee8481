using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Maximum pools of floats that also say where in a picture the maxima are, and their inverse.</summary>
internal static class PooledPlaces
{
    /// <summary>(data, kernel_size, stride, padding, dilation, ceil_mode): the maxima, and the places of the first of them among the elements of a picture.</summary>
    [TorchOperator("aten::max_pool1d_with_indices", "aten::max_pool2d_with_indices")]
    public static object? Max(TorchCall call)
    {
        const int MaxTaps = 1 << 22;
        int axes = call.Operator["aten::max_pool".Length] - '0';
        var data = call.Tensor(0);
        var maxima = (Value)Pools.Max(call)!;
        int[] extents = [.. data.Type.Shape.Span[^axes..]], outputs = [.. maxima.Type.Shape.Span[^axes..]], leading = [.. data.Type.Shape.Span[..^axes]];
        int[] kernel = call.Ints(1, "kernel_size", axes, 1), padding = call.Ints(3, "padding", axes, 0), dilation = call.Ints(4, "dilation", axes, 1);
        int[] stride = call.OptionalInts(2, "stride") is { Length: > 0 } ? call.Ints(2, "stride", axes, 1) : kernel;
        int pixels = Count(extents), windows = Count(outputs), taps = Count(kernel);
        if (data.Type.Element != ElementType.F32 || (long)windows * taps > MaxTaps) throw call.Unsupported($"it looks for maxima of {data.Type} in windows of {taps}");
        // Behind the pixels is what padding holds.
        var seen = new long[taps * windows];
        for (int i = 0; i < seen.Length; i++)
        {
            long pixel = 0;
            for (int a = 0; a < axes && pixel >= 0; a++)
            {
                int at = Part(i % windows, outputs, a) * stride[a] - padding[a] + Part(i / windows, kernel, a) * dilation[a];
                pixel = at < 0 || at >= extents[a] ? -1 : pixel * extents[a] + at;
            }
            seen[i] = pixel < 0 ? pixels : pixel;
        }
        int pictures = Count(leading);
        var flat = call.Emit(new Concat(1), call.Reshape(data, pictures, pixels), TorchCall.Constant(Tensor.Of<float>(new Shape(pictures, 1), [.. Enumerable.Repeat(float.NegativeInfinity, pictures)])));
        var columns = call.Emit(new Gather(1), flat, TorchCall.Constant(Tensor.Of<long>(new Shape(taps, windows), seen)));
        var tap = call.Emit(new ArgReduce(1, false, ElementType.S64), columns);
        var numbers = TorchCall.Constant(Tensor.Of<long>(new Shape(windows), [.. Enumerable.Range(0, windows).Select(i => (long)i)]));
        var place = call.Emit(new Binary(BinaryKind.Add), call.Emit(new Binary(BinaryKind.Multiply), tap, TorchCall.Constant((long)windows)), numbers);
        var places = call.Emit(new Gather(0), TorchCall.Constant(Tensor.Of<long>(new Shape(seen.Length), seen)), place);
        return new object?[] { maxima, call.Reshape(places, maxima.Type.Shape.Span) };
    }

    /// <summary>(data, places, output_size): data at its places in larger pictures, 0 elsewhere.</summary>
    [TorchOperator("aten::max_unpool2d", "aten::max_unpool3d")]
    public static object? Unpool(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        Value data = call.Tensor(0), places = call.Tensor(1);
        int[] size = call.Ints(2);
        if (size.Length != axes || data.Type.Quantization is not null || !places.Type.Shape.Equals(data.Type.Shape) || data.Type.Shape.Rank < axes) throw call.Malformed($"does not put {data.Type} at {places.Type}");
        int[] leading = [.. data.Type.Shape.Span[..^axes]];
        int pictures = Count(leading), pixels = Count(size), count = data.Type.Shape.ElementCount / Math.Max(1, pictures);
        var starts = TorchCall.Constant(Tensor.Of<long>(new Shape(pictures, 1), [.. Enumerable.Range(0, pictures).Select(i => (long)i * pixels)]));
        var all = call.Reshape(call.Emit(new Binary(BinaryKind.Add), call.Reshape(places, pictures, count), starts), pictures * count, 1);
        return call.Reshape(call.Emit(new ScatterNd(new Shape(pictures * pixels), ScatterReduction.None), all, call.Reshape(data, pictures * count)), [.. leading, .. size]);
    }

    private static int Count(int[] extents) => extents.Aggregate(1, (n, e) => checked(n * e));

    // The place along an axis of an element, by its number.
    private static int Part(int number, int[] extents, int axis) => number / Count(extents[(axis + 1)..]) % extents[axis];
}
