using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// A transposed convolution of images whose windows lie side by side: what each pixel gives is a convolution of one tap, with an output for each tap and channel, whose results are put where the taps lie.
/// Nothing is added up but products, which MLAS does as a matrix product.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="late">Its weights, [C, O, KH, KW], and bias.</param>
/// <param name="sum">The order of the products.</param>
internal sealed class SpreadWindows(OnnxNode node, LateQuantization late, FloatSum sum)
{
    /// <summary>Such a convolution of one group; null where windows overlap or leave gaps, or weights or bias are computed at run time.</summary>
    public static SpreadWindows? Of(OnnxNode node, LateQuantization late, Windows windows, int[] extents)
    {
        var shape = node.Input(0).Type.Shape;
        if (shape.Rank != 4 || !late.RealWeights.IsConstant || late.RealBias is { IsConstant: false }) return null;
        bool areApart = windows.Kernel.SequenceEqual(windows.Strides) && windows.Dilations.All(d => d == 1) && windows.Before.Concat(windows.After).All(p => p == 0)
            && extents.Select((e, i) => e == shape[i + 2] * windows.Kernel[i]).All(e => e);
        int products = shape[1], places = shape[2] * shape[3];
        // A single pixel, or a single output, has a kernel of its own.
        if (!areApart || places < 2 || products > RoundedSums.MostProducts || late.RealWeights.Type.Shape.ElementCount < 2 * products) return null;
        return new SpreadWindows(node, late, FloatSumOrder.OfProducts(MatrixProducts.Run(products, places)));
    }

    /// <summary>Gives the node's result, or that of the QuantizeLinear behind it.</summary>
    public void Finish()
    {
        if (node.Quantized(0) is { } x && late.Weights is { } w && node.Importer.Following(node, clamps: true) is { } target && RoundedSums.Fit(x, w, 1, target))
        {
            var q = w.Type.Quantization!;
            int taps = w.Type.Shape[2] * w.Type.Shape[3];
            var scales = q.IsPerChannel ? new Ir.Quantization([.. Enumerable.Repeat(q.Scales, taps).SelectMany(s => s)], [.. Enumerable.Repeat(q.ZeroPoints, taps).SelectMany(z => z)], 0) : q;
            var op = RoundedSums.Of(new Window2D(1, 1), sum, target);
            node.Importer.Finish(target, Spread(node.EmitQuantized(op, target.Quantization, Last(x), Turned<sbyte>(w, scales), Bias())));
            return;
        }
        node.Result(Spread(node.Emit(new Conv2D(new Window2D(1, 1), Sum: sum), Last(node.Input(0)), Turned<float>(late.RealWeights, null), Bias())));
    }

    private Value Last(Value x) => Channels.ToLast(node.Importer.Builder, x, node.Location);

    // [C, O, KH, KW] as [KH * KW * O, 1, 1, C].
    private static Value Turned<T>(Value weights, Ir.Quantization? quantization) where T : unmanaged
    {
        var shape = weights.Type.Shape;
        int channels = shape[0], outputs = shape[1], taps = shape[2] * shape[3];
        var stored = weights.Constant!.Span<T>();
        var turned = new T[stored.Length];
        for (int i = 0; i < turned.Length; i++)
        {
            int channel = i % channels, output = i / channels % outputs, tap = i / channels / outputs;
            turned[i] = stored[(channel * outputs + output) * taps + tap];
        }
        return Value.Of(weights.Name, Tensor.Of<T>(new Shape(taps * outputs, 1, 1, channels), turned, quantization));
    }

    // For each tap that of all outputs. MLAS adds to zeros, which are left where there is none.
    private Value Bias()
    {
        var shape = late.RealWeights.Type.Shape;
        float[] bias = late.RealBias?.Constant!.Span<float>().ToArray() ?? new float[shape[1]];
        return Value.Of("bias", Tensor.Of<float>(new Shape(bias.Length * shape[2] * shape[3]), [.. Enumerable.Repeat(bias, shape[2] * shape[3]).SelectMany(b => b)]));
    }

    // [N, H, W, KH * KW * O] as [N, O, H * KH, W * KW].
    private Value Spread(Value y)
    {
        var (s, k) = (y.Type.Shape, late.RealWeights.Type.Shape);
        var apart = Channels.Permute(node.Importer.Builder, node.Reshape(y, s[0], s[1], s[2], k[2], k[3], k[1]), [0, 1, 3, 2, 4, 5], node.Location);
        return Channels.ToSecond(node.Importer.Builder, node.Reshape(apart, s[0], s[1] * k[2], s[2] * k[3], k[1]), node.Location);
    }
}
