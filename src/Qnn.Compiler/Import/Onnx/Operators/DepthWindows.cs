using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// Windows of three axes as windows of two: the planes that an output plane's windows see become channels of an image of its own, a channel's one after the other.
/// So products keep the order in which a matrix product of weights and windows has them: channels, then the taps of depth, height and width. Where windows are single elements, planes lie below each other.
/// </summary>
internal static class DepthWindows
{
    /// <summary>A convolution [N, O, planes, OH, OW] of data [N, C, D, H, W], which are padded in depth only, and weights [O, C / groups, KD, KH, KW], by one of images and weights [O, C / groups * KD, KH, KW].</summary>
    public static Value Apply(OnnxNode node, Value x, Value weights, Windows windows, double padding, Func<Value, Value, Value> convolve)
    {
        var (s, w) = (x.Type.Shape, weights.Type.Shape);
        var planar = node.Reshape(weights, w[0], w[1] * w[2], w[3], w[4]);
        if (windows.IsPointwise) return node.Reshape(convolve(node.Reshape(x, s[0], s[1], s[2] * s[3], s[4]), planar), s[0], w[0], s[2], s[3], s[4]);
        int planes = windows.Counts([s[2] + windows.Before[0] + windows.After[0], s[3] + windows.Before[1] + windows.After[1], s[4] + windows.Before[2] + windows.After[2]])[0];
        if (planes < 1) throw node.Malformed("has a window larger than its data");
        var y = convolve(Unfold(node, x, windows, planes, padding), planar);
        return Channels.Permute(node.Importer.Builder, node.Reshape(y, s[0], planes, y.Type.Shape[1], y.Type.Shape[2], y.Type.Shape[3]), [0, 2, 1, 3, 4], node.Location);
    }

    /// <summary>[N, O, planes, OH, OW] as [N * planes, O, OH, OW].</summary>
    public static Value Images(OnnxNode node, Value y)
    {
        var s = y.Type.Shape;
        return node.Reshape(Channels.Permute(node.Importer.Builder, y, [0, 2, 1, 3, 4], node.Location), s[0] * s[2], s[1], s[3], s[4]);
    }

    // [N, C, D, H, W] as [N * planes, C * KD, H, W].
    private static Value Unfold(OnnxNode node, Value x, Windows windows, int planes, double padding)
    {
        var quantization = x.Type.Quantization;
        var padded = node.EmitQuantized(new Pad(new Ints(0, 0, windows.Before[0], 0, 0), new Ints(0, 0, windows.After[0], 0, 0), padding), quantization, x);
        var s = padded.Type.Shape;
        int taps = windows.Kernel[0];
        var table = new long[planes * taps];
        for (int i = 0; i < table.Length; i++) table[i] = i / taps * windows.Strides[0] + i % taps * windows.Dilations[0];
        // [N, C, planes, KD, H, W], then planes in front of channels.
        var seen = node.EmitQuantized(new Gather(2), quantization, padded, Value.Of("planes", Tensor.Of<long>(new Shape(planes, taps), table)));
        return node.Reshape(Channels.Permute(node.Importer.Builder, seen, [0, 2, 1, 3, 4, 5], node.Location), s[0] * planes, s[1] * taps, s[3], s[4]);
    }
}
