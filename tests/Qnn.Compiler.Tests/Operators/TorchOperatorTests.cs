using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>PyTorch's recurrent layers and embedding bags against their formulas in plain code, on every tier.</summary>
public sealed class TorchOperatorTests
{
    [Theory]
    [InlineData(4, false, 127, true, false, false)]
    [InlineData(4, true, 255, false, false, false)]
    [InlineData(3, false, 255, true, false, false)]
    [InlineData(1, true, 127, true, false, false)]
    [InlineData(2, false, 255, false, false, false)]
    [InlineData(4, false, 127, false, true, false)]
    [InlineData(3, true, 255, false, true, false)]
    [InlineData(4, false, 127, true, false, true)]
    [InlineData(3, true, 255, false, false, true)]
    [InlineData(4, false, 0, true, false, false)]
    [InlineData(3, true, 0, true, false, false)]
    public void RecurrentLayersFollowTheirFormulas(int kind, bool reverse, int range, bool fused, bool byReciprocal, bool ragged)
    {
        var cell = (RecurrentCell)kind;
        // A state of more than 512 makes a difference to half-precision weights only.
        foreach (int hidden in (int[])(range == 0 ? [3, 37, 70, 521] : [3, 16, 37, 70]))
        {
            var random = new Random(hidden + 100 * kind);
            const int Steps = 4, Batches = 3;
            int gates = cell.Gates(), width = gates * hidden;
            float[] inputs = Floats(random, Steps * Batches * width), state = Floats(random, Batches * hidden), cells = Floats(random, Batches * hidden), bias = Floats(random, width), plain = Floats(random, width * hidden);
            sbyte[] quantized = [.. Enumerable.Range(0, width * hidden).Select(_ => (sbyte)random.Next(-128, 128))];
            var weights = range > 0 ? Tensor.Of<sbyte>(new Shape(width, hidden), quantized, new Quantization(0.01f, 0)) : Tensor.Of<float>(new Shape(width, hidden), plain);
            // Sequences of their own lengths: beyond them a state stays, and does not count.
            long[] lengths = ragged ? [Steps, 2, 1] : [Steps, Steps, Steps];
            var expected = Expected();
            foreach (var tier in KernelTiers.Available)
            {
                var builder = new GraphBuilder("test");
                var (x, h, c) = (builder.AddInput("x", F32(Steps, Batches, width)), builder.AddInput("h", F32(Batches, hidden)), builder.AddInput("c", F32(Batches, hidden)));
                var op = new DynamicRecurrent(cell, reverse, range, fused, byReciprocal);
                foreach (var result in builder.Add(op, [x, h, cell == RecurrentCell.Lstm ? c : null, Value.Of("w", weights), Value.Of("b", Tensor.Of<float>(new Shape(width), bias)), ragged ? Value.Of("n", Tensor.Of<long>(new Shape(Batches), lengths)) : null], new SourceLocation("node", "TEST"), [])) builder.AddOutput(result);
                using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier });
                foreach (var (values, i) in ((float[][])[inputs, state, cells]).Select((v, i) => (v, i))) values.CopyTo(MemoryMarshal.Cast<byte, float>(session.Input(i)));
                session.Run();
                Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray());
            }

            float[] Expected()
            {
                float[] all = new float[Steps * Batches * hidden], h = [.. state], c = [.. cells];
                for (int i = 0; i < Steps; i++)
                {
                    int t = reverse ? Steps - 1 - i : i;
                    float[] own = Linear([.. h.Select((v, at) => t < lengths[at / hidden] ? v : 0)]);
                    for (int b = 0; b < Batches; b++)
                    {
                        if (t >= lengths[b]) continue;
                        float[][] a = [.. Enumerable.Range(0, gates).Select(g => inputs.AsSpan((t * Batches + b) * width + g * hidden, hidden).ToArray())];
                        float[][] o = [.. Enumerable.Range(0, gates).Select(g => own.AsSpan(b * width + g * hidden, hidden).ToArray())];
                        for (int j = 0; j < hidden; j++)
                        {
                            float Sigma(float v) => 1 / (1 + (j < hidden / 32 * 32 ? TorchActivations.SleefExp(-v) : FloatMath.LibraryExp(-v)));
                            ref float hj = ref h[b * hidden + j], cj = ref c[b * hidden + j];
                            switch (cell)
                            {
                                case RecurrentCell.Tanh: hj = Tanh(o[0][j] + a[0][j]); break;
                                case RecurrentCell.Relu: hj = MathF.Max(o[0][j] + a[0][j], 0); break;
                                case RecurrentCell.Gru:
                                    float candidate = Tanh(a[2][j] + o[2][j] * Sigma(o[0][j] + a[0][j]));
                                    hj = (hj - candidate) * Sigma(o[1][j] + a[1][j]) + candidate;
                                    break;
                                default:
                                    cj = Sigma(o[1][j] + a[1][j]) * cj + Sigma(o[0][j] + a[0][j]) * Tanh(o[2][j] + a[2][j]);
                                    hj = Sigma(o[3][j] + a[3][j]) * Tanh(cj);
                                    break;
                            }
                            all[(t * Batches + b) * hidden + j] = hj;
                        }
                    }
                }
                return all;
            }

            float[] Linear(float[] h)
            {
                var result = new float[Batches * width];
                float least = MathF.Min(h.Min(), 0), most = MathF.Max(h.Max(), 0);
                double step = ((double)most - least) / Math.Max(range, 1);
                int zero = range > 0 ? ZeroPoint(least, most, step, range) : 0;
                float inverse = 1 / (float)step, scale = byReciprocal ? 1 / (float)(1 / step) : (float)step;
                int Whole(float v) => fused ? (int)MathF.Round(MathF.FusedMultiplyAdd(v, inverse, zero)) : byReciprocal ? (int)MathF.Round(v * inverse + zero) : (int)MathF.Round(v * inverse) + zero;
                for (int i = 0; i < result.Length; i++)
                {
                    int b = i / width, g = i % width;
                    long exact = 0;
                    float sum = 0, before = 0;
                    for (int k = 0; k < hidden; k++)
                    {
                        float v = h[b * hidden + k];
                        if (range > 0) exact += (Math.Clamp(Whole(v), 0, 255) - zero) * quantized[g * hidden + k];
                        else sum = MathF.FusedMultiplyAdd(v, plain[g * hidden + k], sum);
                        if (g < width - width % 32 || k % 512 != 511) continue;
                        before += sum;
                        sum = 0;
                    }
                    if (g >= width - width % 32) sum += before;
                    result[i] = range == 0 ? sum + bias[g] : fused ? MathF.FusedMultiplyAdd(exact, scale * 0.01f, bias[g]) : exact * (scale * 0.01f) + bias[g];
                }
                return result;
            }
        }
    }

    [Fact]
    public void LogarithmsAreNearTheRealOnes()
    {
        for (float x = 1e-6f; x < 1e7f; x *= 1.0007f)
        {
            double real = Math.Log(x);
            Assert.InRange(TorchActivations.SleefLog(x) - real, -1.0 * Ulp(real), 1.0 * Ulp(real));
        }
        Assert.Equal(0, TorchActivations.SleefLog(1));
        Assert.Equal(float.PositiveInfinity, TorchActivations.SleefLog(float.PositiveInfinity));
        Assert.Equal(float.NegativeInfinity, TorchActivations.SleefLog(0));

        static double Ulp(double value) => Math.Max(MathF.BitIncrement((float)Math.Abs(value)) - (float)Math.Abs(value), 1e-9);
    }

    [Fact]
    public void SleefsFunctionsAreNearTheRealOnes()
    {
        for (float x = 1e-7f; x < 90; x *= 1.0007f)
        {
            foreach (float v in (float[])[x, -x])
            {
                Near(Math.Tanh(v), SleefFunctions.Tanh(v));
                if (v < 88) Near(x < 1e-3 ? v * (1 + v / 2.0 * (1 + v / 3.0)) : Math.Exp(v) - 1, SleefFunctions.ExpMinus1(v));
                if (v > -1) Near(x < 1e-3 ? v * (1 - v * (0.5 - v / 3.0)) : Math.Log(1.0 + v), SleefFunctions.Log1P(v));
            }
        }
        foreach (var function in (Func<float, float>[])[SleefFunctions.Tanh, SleefFunctions.ExpMinus1, SleefFunctions.Log1P])
        {
            Assert.Equal(0, function(0));
            Assert.Equal(float.NaN, function(float.NaN));
        }
        Assert.Equal(-1, SleefFunctions.ExpMinus1(float.NegativeInfinity));
        Assert.Equal(float.PositiveInfinity, SleefFunctions.Log1P(float.PositiveInfinity));
        Assert.Equal(float.NegativeInfinity, SleefFunctions.Log1P(-1));
        Assert.Equal(float.NaN, SleefFunctions.Log1P(-2));

        static void Near(double real, float value) => Assert.InRange(value - real, -1.3e-7 * Math.Abs(real), 1.3e-7 * Math.Abs(real));
    }

    [Fact]
    public void ExponentialsAreNearTheRealOnes()
    {
        for (float x = -110; x < 95; x += 0.013f)
        {
            double real = Math.Exp(x);
            double ulp = Math.Max(real * 6e-8, 1.4e-45);
            if (real > float.MaxValue) continue;
            Assert.InRange(TorchActivations.SleefExp(x), real - 2 * ulp, real + 2 * ulp);
            Assert.InRange(FloatMath.LibraryExp(x), real - 1.01 * ulp, real + 1.01 * ulp);
        }
        Assert.Equal(float.PositiveInfinity, FloatMath.LibraryExp(89));
        Assert.Equal(0, FloatMath.LibraryExp(float.NegativeInfinity));
        Assert.Equal(float.NaN, TorchActivations.SleefExp(float.NaN));
    }

    [Theory]
    [InlineData(8, false, false)]
    [InlineData(8, true, true)]
    [InlineData(4, false, true)]
    [InlineData(4, true, false)]
    public void EmbeddingBagsAddTheirRows(int bits, bool last, bool weighted)
    {
        var random = new Random(bits);
        const int Rows = 9, Bytes = 6, Count = 11;
        byte[] table = new byte[Rows * Bytes];
        random.NextBytes(table);
        float[] scales = Floats(random, Rows), biases = Floats(random, Rows), weights = Floats(random, Count);
        // Indices that are no row, and offsets beyond the indices, do no harm.
        long[] indices = [3, 8, 0, -1, 4, 4, 9, 2, 7, long.MaxValue, 1], offsets = [0, 2, 2, 7, 99];
        int columns = Bytes * 8 / bits, bags = offsets.Length - (last ? 1 : 0);
        var expected = new float[bags * columns];
        for (int bag = 0; bag < bags; bag++)
        {
            long to = bag + 1 < offsets.Length ? Math.Min(offsets[bag + 1], Count) : Count;
            for (long i = offsets[bag]; i < to; i++)
            {
                if (indices[i] is < 0 or >= Rows) continue;
                long row = indices[i];
                float w = weighted ? weights[i] : 1;
                for (int c = 0; c < columns; c++)
                {
                    int q = bits == 8 ? table[row * Bytes + c] : table[row * Bytes + c / 2] >> (c % 2 * 4) & 15;
                    expected[bag * columns + c] = MathF.FusedMultiplyAdd(w * scales[row], q, expected[bag * columns + c] + w * biases[row]);
                }
            }
        }
        var builder = new GraphBuilder("test");
        var (x, o) = (builder.AddInput("x", new TensorType(ElementType.S64, new Shape(Count))), builder.AddInput("o", new TensorType(ElementType.S64, new Shape(offsets.Length))));
        Value[] constants = [Value.Of("t", Tensor.Of<byte>(new Shape(Rows, Bytes), table)), Value.Of("s", Tensor.Of<float>(new Shape(Rows), scales)), Value.Of("b", Tensor.Of<float>(new Shape(Rows), biases))];
        var w0 = weighted ? Value.Of("w", Tensor.Of<float>(new Shape(Count), weights)) : null;
        builder.AddOutput(builder.Add(new EmbeddingBag(bits, last), [.. constants, x, o, w0], new SourceLocation("node", "TEST")));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions());
        indices.CopyTo(MemoryMarshal.Cast<byte, long>(session.Input(0)));
        offsets.CopyTo(MemoryMarshal.Cast<byte, long>(session.Input(1)));
        session.Run();
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(session.Output(0)).ToArray());
    }

    // ChooseQuantizationParams: the end of the range that rounds better decides.
    private static int ZeroPoint(float least, float most, double step, int range)
    {
        double fromLeast = -least / step, fromMost = range - most / step;
        double point = -Math.Abs(least / step) < range - Math.Abs(most / step) ? fromLeast : fromMost;
        return Math.Clamp((int)Math.Round(point), 0, range);
    }

    private static float Tanh(float x) => (float)Math.Tanh(x);

    private static TensorType F32(params int[] shape) => new(ElementType.F32, new Shape(shape));

    private static float[] Floats(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() * 2 - 1))];
}
