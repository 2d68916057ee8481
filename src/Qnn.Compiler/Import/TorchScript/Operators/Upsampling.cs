using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Resized images. Quantized ones are interpolated on their integers, as floats, and the zero point is taken off before rounding.</summary>
internal static class Upsampling
{
    [TorchOperator("aten::upsample_nearest1d", "aten::upsample_nearest2d")]
    public static object? Nearest(TorchCall call)
    {
        int axes = call.Operator[^2] - '0';
        var x = new Spatial(call, call.Tensor(0), axes);
        var (height, width) = Size(call, x, axes, 2);
        var s = x.Extents;
        var image = call.Reshape(x.Value, s[0], s[2], s[3], s[4]);
        var resized = call.EmitQuantized(new Resize2D(false, height, width, false, false), image.Type.Quantization, image);
        return x.With(call.Reshape(resized, s[0], 1, height, width, s[4])).Back();
    }

    [TorchOperator("aten::upsample_bilinear2d")]
    public static object? Bilinear(TorchCall call)
    {
        var x = new Spatial(call, call.Tensor(0), 2);
        bool aligned = call.Flag(2, "align_corners");
        var (height, width) = Size(call, x, 2, 3);
        var s = x.Extents;
        var image = call.Reshape(x.Value, s[0], s[2], s[3], s[4]);
        var resize = new Resize2D(true, height, width, aligned, !aligned);
        Value resized;
        if (image.Type.Quantization is { } same)
        {
            var numbers = call.Emit(new Cast(Qnn.Runtime.ElementType.F32), image);
            var centered = call.Emit(new Binary(BinaryKind.Subtract), call.Emit(resize, numbers), TorchCall.Constant((float)same.ZeroPoint));
            var quantized = call.Quantize(centered, new Quantization(1, same.ZeroPoint), image.Type.Element);
            resized = call.EmitQuantized(new Reshape(quantized.Type.Shape), same, quantized);
        }
        else resized = call.Emit(resize, image);
        return x.With(call.Reshape(resized, s[0], 1, height, width, s[4])).Back();
    }

    private static (int Height, int Width) Size(TorchCall call, Spatial x, int axes, int factors)
    {
        int[] size;
        if (call.OptionalInts(1, "output_size") is { } given) size = given;
        else
        {
            double[] by = call.OptionalReals(factors, "scale_factors") ?? throw call.Malformed("has neither a size nor factors");
            if (by.Length != axes) throw call.Malformed($"has {by.Length} factors");
            size = [.. by.Select((f, a) => (int)Math.Clamp(Math.Floor(x.Extents[4 - axes + a] * f), 0, 1 << 20))];
            // With a factor the coordinates are divided by it, not by the quotient of the extents.
            if (size.Where((n, a) => n != x.Extents[4 - axes + a] * by[a]).Any()) throw call.Unsupported("its factors make no whole extents");
        }
        if (size.Length != axes || size.Any(n => n <= 0)) throw call.Malformed("has a bad size");
        return axes == 1 ? (1, size[0]) : (size[0], size[1]);
    }
}
