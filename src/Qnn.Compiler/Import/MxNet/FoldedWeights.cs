namespace Qnn.Compiler.Import.MxNet;

/// <summary>Float weights of a fused layer with its batch normalization folded in, and their quantization, as MXNet does both on first use: docs/numerics.md.</summary>
internal sealed class FoldedWeights
{
    private FoldedWeights(float[] weights, float[]? bias, int outputs) => (Weights, Bias, Outputs) = (weights, bias, outputs);

    public float[] Weights { get; }

    public float[]? Bias { get; }

    public int Outputs { get; }

    /// <summary>The magnitude of the largest weight.</summary>
    public float MaxAbs => Weights.Select(MathF.Abs).DefaultIfEmpty(0).Max();

    public static FoldedWeights Plain(float[] weights, float[]? bias, int outputs) => new(weights, bias, outputs);

    /// <summary>w' = w * alpha, b' = beta + alpha * (b - mean), alpha = gamma / sqrt(var + eps), whose root and quotient are in double precision.</summary>
    public static FoldedWeights WithBatchNorm(float[] weights, float[]? bias, float[] gamma, float[] beta, float[] mean, float[] variance, double eps)
    {
        int outputs = gamma.Length, depth = weights.Length / outputs;
        var (w, b) = (new float[weights.Length], new float[outputs]);
        for (int o = 0; o < outputs; o++)
        {
            float alpha = (float)(gamma[o] / Math.Sqrt(variance[o] + eps));
            for (int i = o * depth; i < (o + 1) * depth; i++) w[i] = weights[i] * alpha;
            b[o] = bias is null ? beta[o] - alpha * mean[o] : beta[o] + alpha * (bias[o] - mean[o]);
        }
        return new FoldedWeights(w, b, outputs);
    }

    /// <summary>127.5 / the largest magnitude of a channel, but no more than keeps its bias inside half of int32.</summary>
    /// <param name="dataScale">The data's scale; null where it is not known before run time, and biases then go unchecked.</param>
    public float[] ChannelScales(float? dataScale)
    {
        var scales = new float[Outputs];
        int depth = Weights.Length / Outputs;
        for (int o = 0; o < Outputs; o++)
        {
            scales[o] = Scale(Weights.AsSpan(o * depth, depth).ToArray().Select(MathF.Abs).DefaultIfEmpty(0).Max());
            if (Bias is not null && Bias[o] != 0 && dataScale is { } scale) scales[o] = MathF.Min(scales[o], (Bias[o] > 0 ? 2147483648f : -2147483648f) / 2 / Bias[o] / scale);
        }
        return scales;
    }

    /// <summary>One scale for all.</summary>
    public float TensorScale => Scale(MaxAbs);

    /// <summary>
    /// sat8(RNE(w * scale)). MXNet's reorder takes the first scales of a grouped convolution, one a group, where it should take the channel's own; where groups have one channel that is the same.
    /// </summary>
    public sbyte[] Quantized(float[] scales, int groups)
    {
        var result = new sbyte[Weights.Length];
        int depth = Weights.Length / Outputs, perGroup = Outputs / groups;
        for (int i = 0; i < result.Length; i++)
        {
            int channel = i / depth;
            float scale = scales.Length == 1 ? scales[0] : scales[groups > 1 ? channel / perGroup : channel];
            result[i] = (sbyte)MathF.Round(Math.Clamp(Weights[i] * scale, -128, 127), MidpointRounding.ToEven);
        }
        return result;
    }

    private static float Scale(float maxAbs) => maxAbs == 0 ? 2147483647f : 127.5f / maxAbs;
}
