using System.Runtime.InteropServices;
using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Operators on floats and integers, against their formulas; and the same bits from every kernel set and number of threads.</summary>
public sealed class FloatOperatorTests
{
    private static readonly Gen<float> s_number = Gen.Float[-8, 8];

    [Fact]
    public void UnaryFunctionsFollowTheirFormulas()
    {
        float[] x = [-7.5f, -3, -2.5f, -1.5f, -1, -0.5f, -1e-6f, 0, 1e-6f, 0.5f, 1, 1.5f, 2.5f, 3, 6, 7.25f, 20, 0.1f, 0.7f];
        void Check(UnaryKind kind, Func<double, double> formula, float alpha = 0, float beta = 0)
        {
            float[] y = Floats(Run(new Unary(kind, alpha, beta), Tensor.Of<float>(new Shape(x.Length), x)));
            for (int i = 0; i < x.Length; i++) AssertNear(formula(x[i]), y[i], 1e-6, $"{kind}({x[i]})");
        }
        Check(UnaryKind.Abs, Math.Abs);
        Check(UnaryKind.Negate, v => -v);
        Check(UnaryKind.Square, v => v * v);
        Check(UnaryKind.Sqrt, Math.Sqrt);
        Check(UnaryKind.Exp, Math.Exp);
        Check(UnaryKind.OneDnnExp, Math.Exp);
        Check(UnaryKind.OneDnnLogistic, v => 1 / (1 + Math.Exp(-v)));
        Check(UnaryKind.TorchLogistic, v => 1 / (1 + Math.Exp(-v)));
        Check(UnaryKind.TorchSilu, v => v / (1 + Math.Exp(-v)));
        Check(UnaryKind.Log, Math.Log);
        Check(UnaryKind.TorchLog1PExp, v => Math.Log(1 + Math.Exp(v)));
        Check(UnaryKind.SleefLog1PExp, v => Math.Log(1 + Math.Exp(v)));
        Check(UnaryKind.TorchMish, v => v * Math.Tanh(Math.Log(1 + Math.Exp(v))));
        Check(UnaryKind.TorchGeluTanh, v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))));
        Check(UnaryKind.TorchExpMinus1, v => Math.Exp(v) - 1);
        Check(UnaryKind.ExpMinus1, v => Math.Exp(v) - 1);
        Check(UnaryKind.Log1P, v => Math.Log(1 + v));
        Check(UnaryKind.Log2, Math.Log2);
        Check(UnaryKind.Log10, Math.Log10);
        Check(UnaryKind.Exp2, v => Math.Pow(2, v));
        Check(UnaryKind.Sin, Math.Sin);
        Check(UnaryKind.Tanh, Math.Tanh);
        Check(UnaryKind.Logistic, v => 1 / (1 + Math.Exp(-v)));
        Check(UnaryKind.Floor, Math.Floor);
        Check(UnaryKind.Ceil, Math.Ceiling);
        Check(UnaryKind.Round, v => Math.Round(v, MidpointRounding.ToEven));
        Check(UnaryKind.Clamp, v => Math.Clamp(v, -1, 6), -1, 6);
        Check(UnaryKind.LeakyRelu, v => v > 0 ? v : 0.25 * v, 0.25f);
        Check(UnaryKind.Elu, v => v < 0 ? Math.Exp(v) - 1 : v);
        Check(UnaryKind.HardSwish, v => v * Math.Clamp(v + 3, 0, 6) / 6);
        Check(UnaryKind.GeluTanh, v => 0.5 * v * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))));
        // Known values of erf.
        Assert.Equal(0.8427008f, Floats(Run(new Unary(UnaryKind.Erf), Tensor.Of<float>(new Shape(1), [1f])))[0]);
        Assert.Equal(0.84134475f, Floats(Run(new Unary(UnaryKind.Gelu), Tensor.Of<float>(new Shape(1), [1f])))[0]);
    }

    public static TheoryData<int> FunctionsWithVectors => [.. new[] { UnaryKind.TorchLogistic, UnaryKind.TorchSilu, UnaryKind.TorchExpMinus1, UnaryKind.TorchGelu, UnaryKind.TorchGeluTanh, UnaryKind.OneDnnGelu }.Select(k => (int)k)];

    [Theory, MemberData(nameof(FunctionsWithVectors))]
    public void VectorsGiveTheBitsOfSingleNumbers(int kind)
    {
        // Of all sizes, what is none and what is infinite among them, and those between which functions change.
        var random = new Random(kind);
        float[] x = [.. Enumerable.Range(0, 1 << 16).Select(i => i % 2 == 0 ? BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32)) : random.NextSingle() * 40 - 20)];
        float[] ends = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, -104, 100, 8.664339742f, -8.664339742f, 88.7228317f, -16.6355324f, 5.542594f, -5.542594f, float.Epsilon, float.MaxValue, float.MinValue];
        foreach (float end in ends) for (int i = 0; i < 3; i++) x[random.Next(x.Length)] = i == 0 ? end : i == 1 ? MathF.BitIncrement(end) : MathF.BitDecrement(end);
        var data = Tensor.Of<float>(new Shape(x.Length), x);
        float[] Numbers(KernelTier tier) => MemoryMarshal.Cast<byte, float>(RunGraph(new Unary((UnaryKind)kind), data, [], tier, 1)).ToArray();
        float[] expected = Numbers(KernelTier.Scalar);
        foreach (var tier in KernelTiers.Available)
        {
            float[] y = Numbers(tier);
            for (int i = 0; i < y.Length; i++) Assert.True(BitConverter.SingleToInt32Bits(y[i]) == BitConverter.SingleToInt32Bits(expected[i]) || float.IsNaN(y[i]) && float.IsNaN(expected[i]), $"{(UnaryKind)kind}({x[i]:R}) on {tier.Name()} is {y[i]:R}, not {expected[i]:R}");
        }
    }

    [Fact]
    public void HalvesAreConvertedBothWays()
    {
        Half[] halves = [.. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        float[] singles = Floats(Run(new Cast(ElementType.F32), Tensor.Of<Half>(new Shape(halves.Length), halves)));
        for (int i = 0; i < halves.Length; i++) Assert.Equal(BitConverter.SingleToInt32Bits((float)halves[i]), BitConverter.SingleToInt32Bits(singles[i]));

        // Halves between neighbours, beside them, and anything.
        var random = new Random(1);
        float[] x = [.. singles.Where(float.IsFinite).SelectMany(s => new[] { s, MathF.BitIncrement(s), (s + (float)Half.BitIncrement((Half)s)) / 2, MathF.BitDecrement((s + (float)Half.BitIncrement((Half)s)) / 2), BitConverter.UInt32BitsToSingle((uint)random.NextInt64(1L << 32)) }), 65519.996f, 65520, -65520, float.PositiveInfinity, float.NaN, 1e-8f];
        var y = Run(new Cast(ElementType.F16), Tensor.Of<float>(new Shape(x.Length), x)).Span<Half>();
        for (int i = 0; i < x.Length; i++) Assert.Equal(BitConverter.HalfToUInt16Bits((Half)x[i]), BitConverter.HalfToUInt16Bits(y[i]));
    }

    [Fact]
    public void BinaryFunctionsBroadcastAndClamp() => Gen.Select(s_number.Array[30], s_number.Array[5]).Sample((a, b) =>
    {
        void Check(BinaryKind kind, Func<float, float, float> formula)
        {
            float[] y = Floats(Run(new Binary(kind, -5, 6), Tensor.Of<float>(new Shape(2, 3, 5), a), Tensor.Of<float>(new Shape(5), b)));
            for (int i = 0; i < 30; i++)
            {
                float expected = formula(a[i], b[i % 5]);
                Assert.Equal(expected < -5 ? -5 : expected > 6 ? 6 : expected, y[i]);
            }
        }
        Check(BinaryKind.Add, (x, y) => x + y);
        Check(BinaryKind.Subtract, (x, y) => x - y);
        Check(BinaryKind.Multiply, (x, y) => x * y);
        Check(BinaryKind.Divide, (x, y) => x / y);
        Check(BinaryKind.Maximum, Math.Max);
        Check(BinaryKind.Minimum, Math.Min);
        Check(BinaryKind.SquaredDifference, (x, y) => (x - y) * (x - y));
        Check(BinaryKind.PRelu, (x, y) => x >= 0 ? x : x * y);
    });

    [Fact]
    public void IntegerDivisionRoundsAsItsNameSays()
    {
        int[] a = [7, -7, 7, -7, 5, int.MinValue, 6], b = [2, 2, -2, -2, 0, -1, 3];
        int[] Of(BinaryKind kind) => Run(new Binary(kind), Tensor.Of<int>(new Shape(7), a), Tensor.Of<int>(new Shape(7), b)).ToInt32();
        Assert.Equal(new[] { 3, -3, -3, 3, 0, int.MinValue, 2 }, Of(BinaryKind.Divide));
        Assert.Equal(new[] { 3, -4, -4, 3, 0, int.MinValue, 2 }, Of(BinaryKind.FloorDivide));
        Assert.Equal(new[] { 1, 1, -1, -1, 0, 0, 0 }, Of(BinaryKind.FloorModulo));
    }

    [Fact]
    public void ReductionsTakeAnyAxes() => Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[0, 15], Gen.Bool).Sample((shape, mask, keep) =>
    {
        int[] axes = [.. Enumerable.Range(0, shape.Length).Where(a => (mask >> a & 1) != 0)];
        var data = Tensor.Of<int>(new Shape(shape), [.. Enumerable.Range(0, new Shape(shape).ElementCount).Select(i => i * 7919 % 101 - 50)]);
        int[] x = data.ToInt32();
        foreach (var kind in (ReduceKind[])[ReduceKind.Sum, ReduceKind.Mean, ReduceKind.Max, ReduceKind.Min])
        {
            var groups = new SortedDictionary<int, List<int>>();
            for (int i = 0; i < x.Length; i++)
            {
                int key = 0;
                for (int axis = 0, rest = i, size = x.Length; axis < shape.Length; axis++)
                {
                    size /= shape[axis];
                    int index = rest / size;
                    rest %= size;
                    if (!axes.Contains(axis)) key = key * shape[axis] + index;
                }
                (groups.TryGetValue(key, out var group) ? group : groups[key] = []).Add(x[i]);
            }
            int[] expected = [.. groups.Values.Select(g => kind switch { ReduceKind.Sum => g.Sum(), ReduceKind.Mean => g.Sum() / g.Count, ReduceKind.Max => g.Max(), _ => g.Min() })];
            Assert.Equal(expected, Run(new Reduce(kind, new Ints(axes), keep), data).ToInt32());
        }
    });

    [Fact]
    public void ConvolutionsFollowTheirFormula() => Gen.Select(Gen.Int[1, 9], Gen.Int[1, 3], Gen.Int[1, 2], Gen.Int[1, 5], Gen.Int[1, 20], Gen.Bool).Sample((size, kernel, stride, channels, outputs, same) =>
    {
        if (size < kernel) return;
        var window = Window2D.Padded(same, size, size + 3, kernel, kernel, stride, stride);
        float[] x = Random(size * (size + 3) * channels, 1), w = Random(outputs * kernel * kernel * channels, 2), b = Random(outputs, 3);
        var data = Tensor.Of<float>(new Shape(1, size, size + 3, channels), x);
        var y = Run(new Conv2D(window), data, Tensor.Of<float>(new Shape(outputs, kernel, kernel, channels), w), Tensor.Of<float>(new Shape(outputs), b));
        ForEach(y, (oy, ox, o) =>
        {
            double sum = b[o];
            for (int ky = 0; ky < kernel; ky++)
                for (int kx = 0; kx < kernel; kx++)
                    for (int c = 0; c < channels; c++)
                    {
                        int iy = oy * stride - window.PadTop + ky, ix = ox * stride - window.PadLeft + kx;
                        if (iy >= 0 && iy < size && ix >= 0 && ix < size + 3) sum += x[(iy * (size + 3) + ix) * channels + c] * w[((o * kernel + ky) * kernel + kx) * channels + c];
                    }
            return sum;
        });

        float[] dw = Random(kernel * kernel * channels * 2, 4), db = Random(channels * 2, 5);
        var depthwise = Run(new DepthwiseConv2D(window), data, Tensor.Of<float>(new Shape(1, kernel, kernel, channels * 2), dw), Tensor.Of<float>(new Shape(channels * 2), db));
        ForEach(depthwise, (oy, ox, o) =>
        {
            double sum = db[o];
            for (int ky = 0; ky < kernel; ky++)
                for (int kx = 0; kx < kernel; kx++)
                {
                    int iy = oy * stride - window.PadTop + ky, ix = ox * stride - window.PadLeft + kx;
                    if (iy >= 0 && iy < size && ix >= 0 && ix < size + 3) sum += x[(iy * (size + 3) + ix) * channels + o / 2] * dw[(ky * kernel + kx) * channels * 2 + o];
                }
            return sum;
        });

        int height = size * stride, width = (size + 3) * stride;
        var back = Window2D.Padded(same: true, height, width, kernel, kernel, stride, stride);
        var transposed = Run(new Conv2DTranspose(back, height, width), data, Tensor.Of<float>(new Shape(outputs, kernel, kernel, channels), w), Tensor.Of<float>(new Shape(outputs), b));
        var sums = new double[height * width * outputs];
        for (int iy = 0; iy < size; iy++)
            for (int ix = 0; ix < size + 3; ix++)
                for (int ky = 0; ky < kernel; ky++)
                    for (int kx = 0; kx < kernel; kx++)
                    {
                        int oy = iy * stride - back.PadTop + ky, ox = ix * stride - back.PadLeft + kx;
                        if (oy < 0 || oy >= height || ox < 0 || ox >= width) continue;
                        for (int o = 0; o < outputs; o++)
                            for (int c = 0; c < channels; c++) sums[(oy * width + ox) * outputs + o] += x[(iy * (size + 3) + ix) * channels + c] * w[((o * kernel + ky) * kernel + kx) * channels + c];
                    }
        ForEach(transposed, (oy, ox, o) => sums[(oy * width + ox) * outputs + o] + b[o]);
    }, iter: 40);

    [Fact]
    public void EveryKernelSetAndThreadCountGivesTheSameBits()
    {
        var image = Tensor.Of<float>(new Shape(1, 33, 37, 24), Random(33 * 37 * 24, 1));
        var weights = Value.Of("w", Tensor.Of<float>(new Shape(20, 3, 3, 24), Random(20 * 9 * 24, 2)));
        var depthwise = Value.Of("d", Tensor.Of<float>(new Shape(1, 3, 3, 24), Random(9 * 24, 3)));
        var dense = Value.Of("f", Tensor.Of<float>(new Shape(50, 24), Random(50 * 24, 4)));
        var bias = Value.Of("b", Tensor.Of<float>(new Shape(20), Random(20, 6)));
        var other = Value.Of("o", Tensor.Of<float>(new Shape(24), Random(24, 5)));
        var pointwise = Value.Of("p", Tensor.Of<float>(new Shape(24, 1, 1, 24), Random(24 * 24, 7)));
        var addend = Value.Of("a", Tensor.Of<float>(new Shape(1, 33, 37, 24), Random(33 * 37 * 24, 8)));
        (Operator Op, Value?[] Others)[] cases =
        [
            (new Conv2D(Window2D.Padded(true, 33, 37, 3, 3, 2, 1), -1, 1), [weights]),
            (new DepthwiseConv2D(Window2D.Padded(true, 33, 37, 3, 3, 1, 1)), [depthwise]),
            (new Conv2D(Window2D.Padded(true, 33, 37, 3, 3, 2, 1), Sum: FloatSum.FusedBiasLast), [weights, bias]),
            (new Conv2D(Window2D.Padded(true, 33, 37, 3, 3, 1, 1), Sum: FloatSum.FusedFromBias), [weights, bias]),
            (new DepthwiseConv2D(Window2D.Padded(true, 33, 37, 3, 3, 1, 1), Sum: FloatSum.FusedFromBias), [depthwise, other]),
            .. Enum.GetValues<FloatSum>().Where(sum => sum is not (FloatSum.RoundedByColumns or FloatSum.RoundedQuads)).Select(sum => ((Operator)new Conv2D(new Window2D(1, 1), Sum: sum), new Value?[] { pointwise, other, addend })),
            (new Conv2D(Window2D.Padded(true, 33, 37, 3, 3, 2, 1), Sum: FloatSum.FusedEights), [weights, bias]),
            (new Conv2D(Window2D.Padded(true, 33, 37, 3, 3, 1, 1), Sum: FloatSum.FusedChannels), [weights, bias]),
            (new Conv2D(Window2D.Padded(true, 33, 37, 3, 3, 2, 1), Sum: FloatSum.RoundedPairs), [weights, bias]),
            (new DepthwiseConv2D(Window2D.Padded(true, 33, 37, 3, 3, 1, 1), Sum: FloatSum.RoundedByColumns), [depthwise, other]),
            (new Dense(Sum: FloatSum.FusedLanes), [dense]),
            (new Pool2D(PoolKind.Average, Window2D.Padded(true, 33, 37, 4, 3, 2, 2), Order: PoolOrder.Nines), []),
            (new Pool2D(PoolKind.Average, Window2D.Padded(true, 33, 37, 3, 2, 2, 1), Order: PoolOrder.Columns), []),
            (new Softmax(1, RowFunction.MlasLogSoftmax), []),
            (new Softmax(1, RowFunction.XnnSoftmax), []),
            (new MultiplyAdd(), [other, other]),
            (new Softmax(1, RowFunction.OneDnnSoftmax), []),
            (new Softmax(1, RowFunction.TorchSoftmax), []),
            (new Softmax(1, RowFunction.TorchLogSoftmax), []),
            (new Softmax(1, RowFunction.TorchAxisLogSoftmax), []),
            (new Softmax(1, RowFunction.TorchEdgeLogSoftmax), []),
            (new Interpolate2D(InterpolationOrder.Chained), [Neighbours(0, 3, 32, 40), Weights(0.25f, 0.75f, 1, 0), Neighbours(1, 0, 36, 35), Weights(0.5f, 0.5f, 0.1f, 0.9f)]),
            (new Unary(UnaryKind.OneDnnGelu), []),
            (new Unary(UnaryKind.TorchLogistic), []),
            (new Unary(UnaryKind.TorchSilu), []),
            (new BatchMatMul(MatMulOrder.Dots, 13), [Value.Of("m", Tensor.Of<float>(new Shape(24, 45), Random(24 * 45, 6)))]),
            (new Conv2DTranspose(Window2D.Padded(true, 66, 74, 3, 3, 2, 2), 66, 74), [weights]),
            (new Conv2DTranspose(Window2D.Padded(true, 66, 74, 3, 3, 2, 2), 66, 74, Sum: FloatSum.RoundedLanes), [weights]),
            (new Conv2DTranspose(Window2D.Padded(true, 66, 74, 3, 3, 2, 2), 66, 74, Sum: FloatSum.RoundedPairs), [weights]),
            (new Dense(), [dense]),
            (new Binary(BinaryKind.Multiply, -0.5f, 0.5f), [other]),
            (new Unary(UnaryKind.HardSwish), []),
            (new Unary(UnaryKind.Logistic), []),
            (new Reduce(ReduceKind.Mean, new Ints(1, 2), false), []),
            (new Pool2D(PoolKind.Average, Window2D.Padded(true, 33, 37, 3, 3, 2, 2)), []),
            (new Softmax(1), []),
            (new Softmax(1, RowFunction.MlasSoftmax), []),
            (new Unary(UnaryKind.MlasErf), []),
            (new Unary(UnaryKind.XnnElu), []),
            (new Unary(UnaryKind.MlasExp), []),
            (new Unary(UnaryKind.MlasLogistic), []),
            (new Unary(UnaryKind.MlasTanh), []),
            (new LayerNormalization(1e-5f), [other, other]),
            (new LayerNormalization(1e-5f, LayerNormalizationKind.Running), [other]),
            (new LayerNormalization(1e-5f, LayerNormalizationKind.LaneMoments), [other]),
            (new BatchMatMul(10), [Value.Of("m", Tensor.Of<float>(new Shape(24, 45), Random(24 * 45, 6)))]),
            (new BatchMatMul(10), [Value.Of("m", Tensor.Of<float>(new Shape(24, 45), Random(24 * 45, 6))), Value.Of("row", Tensor.Of<float>(new Shape(45), Random(45, 7)))]),
            (new BatchMatMul(MatMulOrder.Columns), [Value.Of("m", Tensor.Of<float>(new Shape(24, 45), Random(24 * 45, 6))), Value.Of("row", Tensor.Of<float>(new Shape(45), Random(45, 7)))]),
            (new Interpolate2D(), [Neighbours(0, 3, 32, 40), Weights(0.25f, 0.75f, 1, 0), Neighbours(1, 0, 36, 35), Weights(0.5f, 0.5f, 0.1f, 0.9f)]),
            (new Interpolate2D(InterpolationOrder.Paired), [Neighbours(0, 3, 32, 40), Weights(0.25f, 0.75f, 1, 0), Neighbours(1, 0, 36, 35), Weights(0.5f, 0.5f, 0.1f, 0.9f)]),
            (new Unary(UnaryKind.EigenExp), []),
            (new Unary(UnaryKind.EigenLog), []),
            (new Unary(UnaryKind.EigenLog1P), []),
            (new Unary(UnaryKind.EigenSin), []),
            (new Unary(UnaryKind.EigenCos), []),
            (new Unary(UnaryKind.EigenAsin), []),
            (new Unary(UnaryKind.EigenAcos), []),
            (new Unary(UnaryKind.EigenAtan), []),
            (new Unary(UnaryKind.LibraryTan), []),
            (new Unary(UnaryKind.XnnExp), []),
            (new Unary(UnaryKind.XnnLog), []),
            (new Unary(UnaryKind.XnnSin), []),
            (new Unary(UnaryKind.XnnCos), []),
            (new Unary(UnaryKind.XnnGelu), []),
            (new Unary(UnaryKind.XnnGeluTanh), []),
            (new Unary(UnaryKind.TfLiteLogistic), []),
            (new Unary(UnaryKind.TfLiteTanh), []),
            (new Unary(UnaryKind.TfLiteElu), []),
            (new Unary(UnaryKind.TfLiteHardSwish), []),
            (new Unary(UnaryKind.TfLiteGelu), []),
            (new Unary(UnaryKind.TfLiteGeluTanh), []),
            (new Unary(UnaryKind.TfLiteRound), []),
            (new Unary(UnaryKind.MuslSin), []),
            (new Unary(UnaryKind.MuslCos), []),
            (new Unary(UnaryKind.LibraryExp), []),
            (new Unary(UnaryKind.LibraryLog), []),
            (new Resize2D(BilinearOrder.Neighbours, 50, 60, false, true), []),
            (new Resize2D(BilinearOrder.Products, 50, 60, false, true), []),
            (new Resize2D(BilinearOrder.Doubled, 80, 72, false, false), []),
        ];
        foreach (var (op, rest) in cases)
        {
            byte[] expected = RunGraph(op, image, rest, KernelTier.Scalar, 1);
            foreach (var tier in KernelTiers.Available)
            {
                foreach (int threads in (int[])[1, 2, 5]) Assert.True(expected.AsSpan().SequenceEqual(RunGraph(op, image, rest, tier, threads)), $"{op} differs on {tier} with {threads} threads");
            }
        }
    }

    private static Value Neighbours(params int[] indices) => Value.Of("neighbours", Tensor.Of<int>(new Shape(2, 2), indices));

    private static Value Weights(params float[] weights) => Value.Of("weights", Tensor.Of<float>(new Shape(2, 2), weights));

    [Fact]
    public void PolynomialsAreNearTheirFunctions()
    {
        float[] x = [-120, -20, -4, -1.5f, -0.3f, 0, 1e-3f, 0.92f, 0.93f, 2, 5, 80];
        var data = Tensor.Of<float>(new Shape(x.Length), x);
        (UnaryKind Kind, Func<double, double> Function)[] cases =
        [
            (UnaryKind.MlasExp, Math.Exp), (UnaryKind.EigenExp, Math.Exp), (UnaryKind.EigenSin, Math.Sin), (UnaryKind.EigenCos, Math.Cos), (UnaryKind.EigenAtan, Math.Atan), (UnaryKind.LibraryTan, Math.Tan), (UnaryKind.EigenLog, v => Math.Log(v)), (UnaryKind.EigenLog1P, v => Math.Log(1 + v)), (UnaryKind.MlasTanh, Math.Tanh), (UnaryKind.MlasLogistic, v => 1 / (1 + Math.Exp(-v))),
            (UnaryKind.XnnTanh, Math.Tanh), (UnaryKind.XnnLogistic, v => 1 / (1 + Math.Exp(-v))), (UnaryKind.XnnElu, v => v < 0 ? Math.Exp(v) - 1 : v), (UnaryKind.XnnHardSwish, v => v * Math.Clamp(v / 6 + 0.5, 0, 1)),
        ];
        foreach (var (kind, function) in cases)
        {
            float[] y = Floats(Run(new Unary(kind), data));
            for (int i = 0; i < x.Length; i++) AssertNear(function(x[i]), y[i], 2e-6 * Math.Max(1, function(x[i])), $"{kind} of {x[i]}");
        }
        float[] erf = Floats(Run(new Unary(UnaryKind.MlasErf), data)), exact = Floats(Run(new Unary(UnaryKind.Erf), data));
        for (int i = 0; i < x.Length; i++) AssertNear(exact[i], erf[i], 2e-6, $"erf of {x[i]}");
    }

    [Theory]
    [InlineData(5, 0)]
    [InlineData(19, 0)]
    [InlineData(19, 1)]
    [InlineData(5, 2)]
    [InlineData(19, 2)]
    [InlineData(2900, 2)]
    [InlineData(15, 5)]
    [InlineData(21, 5)]
    public void RowsAreNormalized(int width, int number)
    {
        var kind = (LayerNormalizationKind)number;
        float[] x = Random(width, 9), scale = Random(width, 10), bias = Random(width, 11);
        double mean = x.Average(v => (double)v), deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + 1e-5);
        var shape = new Shape(width);
        float[] y = Floats(Run(new LayerNormalization(1e-5f, kind), Tensor.Of<float>(shape, x), Tensor.Of<float>(shape, scale), Tensor.Of<float>(shape, bias)));
        for (int i = 0; i < width; i++) AssertNear((x[i] - mean) / deviation * scale[i] + bias[i], y[i], 1e-5, "layer normalization");
    }

    [Theory]
    [InlineData(5)]
    [InlineData(19)]
    [InlineData(256)]
    public void RowsSideBySideAreNormalizedAsRowsAlone(int width)
    {
        const int rows = 21;
        float[] x = Random(rows * width, 12);
        Tensor scale = Tensor.Of<float>(new Shape(width), Random(width, 13)), bias = Tensor.Of<float>(new Shape(width), Random(width, 14));
        foreach (var kind in (LayerNormalizationKind[])[LayerNormalizationKind.Running, LayerNormalizationKind.TwoPasses, LayerNormalizationKind.TwoPassesOfHalves])
        {
            var op = new LayerNormalization(1e-5f, kind);
            float[] together = Floats(Run(op, Tensor.Of<float>(new Shape(rows, width), x), scale, bias));
            for (int row = 0; row < rows; row++)
            {
                float[] alone = Floats(Run(op, Tensor.Of<float>(new Shape(1, width), x.AsSpan(row * width, width)), scale, bias));
                Assert.Equal(alone, together[(row * width)..((row + 1) * width)]);
            }
        }
    }

    [Fact]
    public void FusedSumsRoundOnce()
    {
        // (1 + e) * (1 - e) - 1 = -e * e, which vanishes where the product is rounded.
        const float E = 1f / 8192;
        float Of(FloatSum sum, float bias, params float[] weights) => Floats(Run(new Conv2D(new Window2D(1, 1), Sum: sum),
            Tensor.Of<float>(new Shape(1, 1, 1, weights.Length), [1 + E, .. Enumerable.Repeat(1f, weights.Length - 1)]), Tensor.Of<float>(new Shape(1, 1, 1, weights.Length), weights), Tensor.Of<float>(new Shape(1), [bias])))[0];
        Assert.Equal(0, Of(FloatSum.Rounded, -1, 1 - E));
        Assert.Equal(-E * E, Of(FloatSum.FusedFromBias, -1, 1 - E));
        Assert.Equal(0, Of(FloatSum.FusedBiasLast, -1, 1 - E));
        // Four terms that are lost one by one in a sum of 1, but not where they are summed by themselves.
        float[] Tail(int run) => [1, .. Enumerable.Repeat(0f, run - 1), 2 * E * E, 2 * E * E, 2 * E * E, 2 * E * E];
        foreach (var sum in (FloatSum[])[FloatSum.FusedFromBias, FloatSum.FusedBiasLast, FloatSum.FusedEights, FloatSum.FusedChannels]) Assert.Equal(1 + E, Of(sum, 0, Tail(256)));
        Assert.Equal(1 + E + 8 * E * E, Of(FloatSum.FusedRuns128, 0, Tail(128)));
        Assert.Equal(1 + E, Of(FloatSum.FusedRuns256, 0, Tail(128)));
        Assert.Equal(1 + E + 8 * E * E, Of(FloatSum.FusedRuns256, 0, Tail(256)));
        Assert.Equal(1 + E + 8 * E * E, Of(FloatSum.FusedLanes, 0, Tail(16)));
    }

    /// <summary>The order of taps and channels, and where an addend goes, against sums written out.</summary>
    [Theory]
    [InlineData(FloatSum.FusedBiasLast)]
    [InlineData(FloatSum.FusedEights)]
    [InlineData(FloatSum.FusedRuns128)]
    [InlineData(FloatSum.FusedChannels)]
    [InlineData(FloatSum.FusedProducts128)]
    [InlineData(FloatSum.FusedProducts256)]
    [InlineData(FloatSum.FusedProducts1024)]
    internal void FusedSumsKeepTheirOrder(FloatSum sum)
    {
        const int Channels = 200, Taps = 3;
        float[] x = Random(Taps * Channels, 1), w = Random(Taps * Channels, 2), bias = Random(1, 3), addend = Random(1, 4);
        float Run(float start, int tap, int first, int count)
        {
            for (int c = first; c < first + count; c++) start = MathF.FusedMultiplyAdd(x[tap * Channels + c], w[tap * Channels + c], start);
            return start;
        }
        float Taken(float start, int first, int count)
        {
            for (int tap = 0; tap < Taps; tap++) start = Run(start, tap, first, count);
            return start;
        }
        // Product i is of channel i / taps.
        float Products(float start, int first, int count)
        {
            for (int i = first; i < first + count; i++) start = Run(start, i % Taps, i / Taps, 1);
            return start;
        }
        float expected = sum switch
        {
            FloatSum.FusedProducts128 => Products(0, 0, 128) + addend[0] + Products(0, 128, 128) + Products(0, 256, 128) + Products(0, 384, 128) + Products(0, 512, 88) + bias[0],
            FloatSum.FusedProducts256 => Products(0, 0, 256) + addend[0] + Products(0, 256, 256) + Products(0, 512, 88) + bias[0],
            FloatSum.FusedProducts1024 => Products(0, 0, 600) + addend[0] + bias[0],
            FloatSum.FusedBiasLast => Taken(0, 0, Channels) + bias[0] + addend[0],
            FloatSum.FusedEights => Enumerable.Range(0, Channels / 8).Aggregate(addend[0] + bias[0], (s, i) => Taken(s, i * 8, 8)),
            FloatSum.FusedRuns128 => Taken(bias[0], 0, 128) + addend[0] + Taken(0, 128, Channels - 128),
            _ => Enumerable.Range(0, Channels).Aggregate(0f, (s, c) => Taken(s, c, 1)) + bias[0] + addend[0],
        };
        float actual = Floats(FloatOperatorTests.Run(new Conv2D(new Window2D(1, Taps), Sum: sum), Tensor.Of<float>(new Shape(1, 1, Taps, Channels), x),
            Tensor.Of<float>(new Shape(1, 1, Taps, Channels), w), Tensor.Of<float>(new Shape(1), bias), Tensor.Of<float>(new Shape(1, 1, 1, 1), addend)))[0];
        Assert.Equal(expected, actual);
    }

    /// <summary>Products of a depthwise convolution rounded apart, four of them, two and one.</summary>
    [Fact]
    public void QuadsKeepTheirOrder()
    {
        float[] x = Random(14, 1), w = Random(14, 2), bias = Random(2, 3);
        // Two channels, seven taps.
        float Product(int tap, int channel) => x[tap * 2 + channel] * w[tap * 2 + channel];
        float Expected(int c)
        {
            float four = Product(0, c) + Product(1, c) + Product(2, c) + Product(3, c), two = Product(4, c) + Product(5, c);
            return two + four + Product(6, c) + bias[c];
        }
        float[] actual = Floats(Run(new DepthwiseConv2D(new Window2D(1, 7), Sum: FloatSum.RoundedQuads), Tensor.Of<float>(new Shape(1, 1, 7, 2), x), Tensor.Of<float>(new Shape(1, 1, 7, 2), w), Tensor.Of<float>(new Shape(2), bias)));
        Assert.Equal([Expected(0), Expected(1)], actual);
    }

    /// <summary>Rounded sums whose order is not that of the products, against sums written out.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 3)]
    [InlineData(5, 30)]
    [InlineData(6, 900, 456)]
    public void RoundedSumsKeepTheirOrder(int pixels, int channels, int block = 1000)
    {
        float[] x = Random(pixels * channels, 1), w = Random(channels, 2), bias = Random(1, 3);
        float[] Of(FloatSum sum) => Floats(Run(new Conv2D(new Window2D(1, 1), Sum: sum), Tensor.Of<float>(new Shape(1, 1, pixels, channels), x), Tensor.Of<float>(new Shape(1, 1, 1, channels), w), Tensor.Of<float>(new Shape(1), bias)));
        float InOrder(int pixel, float start, int first, int end, int step)
        {
            for (int c = first; c < end; c += step) start += x[pixel * channels + c] * w[c];
            return start;
        }
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            float pairs = 0;
            for (int begin = 0; begin < channels; begin += block)
            {
                int end = Math.Min(begin + block, channels), whole = begin + (end - begin) / 8 * 8;
                pairs += pixel < pixels / 4 * 4 ? InOrder(pixel, InOrder(pixel, 0, begin, whole, 2) + InOrder(pixel, 0, begin + 1, whole, 2), whole, end, 1) : InOrder(pixel, 0, begin, end, 1);
            }
            Assert.Equal(pairs + bias[0], Of(FloatSum.RoundedPairs)[pixel]);
            Assert.Equal(InOrder(pixel, bias[0], 0, channels, 1), Of(FloatSum.RoundedFromBias)[pixel]);
            float lanes = InOrder(pixel, bias[0], 0, channels, 4) + InOrder(pixel, 0, 2, channels, 4) + (InOrder(pixel, 0, 1, channels, 4) + InOrder(pixel, 0, 3, channels, 4));
            Assert.Equal(lanes, Of(FloatSum.RoundedLanes)[pixel]);
        }
    }

    [Fact]
    public void RowFunctionsFollowTheirFormulas()
    {
        float[] x = [1, 2, 3, -1];
        var data = Tensor.Of<float>(new Shape(1, 4), x);
        double sum = x.Sum(v => Math.Exp(v - 3)), norm = Math.Sqrt(x.Sum(v => v * v));
        float[] soft = Floats(Run(new Softmax(1), data)), polynomial = Floats(Run(new Softmax(1, RowFunction.OneDnnSoftmax), data)), torch = Floats(Run(new Softmax(1, RowFunction.TorchSoftmax), data)), log = Floats(Run(new LogSoftmax(), data)), unit = Floats(Run(new L2Normalize(), data));
        float[] local = Floats(Run(new LocalResponseNormalization(1, 0.5f, 0.75f, 2), data));
        for (int i = 0; i < 4; i++)
        {
            AssertNear(Math.Exp(x[i] - 3) / sum, soft[i], 1e-6, "softmax");
            AssertNear(Math.Exp(x[i] - 3) / sum, polynomial[i], 1e-6, "softmax by polynomial");
            AssertNear(Math.Exp(x[i] - 3) / sum, torch[i], 1e-6, "softmax of PyTorch");
            AssertNear(x[i] - 3 - Math.Log(sum), log[i], 1e-6, "log softmax");
            AssertNear(x[i] / norm, unit[i], 1e-6, "l2");
            double squares = Enumerable.Range(0, 4).Where(j => Math.Abs(j - i) <= 1).Sum(j => x[j] * x[j]);
            AssertNear(x[i] * Math.Pow(2 + 0.5 * squares, -0.75), local[i], 1e-6, "lrn");
        }
    }

    /// <summary>Column 9 of 11 is one of those that do not fill four.</summary>
    [Theory]
    [InlineData(MatMulOrder.Dots, 21)]
    [InlineData(MatMulOrder.Dots, 3)]
    [InlineData(MatMulOrder.Columns, 21)]
    [InlineData(MatMulOrder.Columns, 16)]
    [InlineData(MatMulOrder.Vector, 21)]
    [InlineData(MatMulOrder.Vector, 20)]
    [InlineData(MatMulOrder.Vector, 3)]
    [InlineData(8, 21)]
    public void ProductsAddInTheirOrder(int order, int depth)
    {
        const int Columns = 11;
        int rows = order == MatMulOrder.Vector ? 1 : 3;
        bool adds = order is MatMulOrder.Columns or > 0;
        float[] a = Random(rows * depth, 1), b = Random(depth * Columns, 2), c = Random(rows * Columns, 3);
        // Rows begin at 1, 4 and 7.
        var op = new BatchMatMul(order, order == MatMulOrder.Dots ? 3 | 1 << 4 : 0);
        Tensor[] operands = [Tensor.Of<float>(new Shape(rows, depth), a), Tensor.Of<float>(new Shape(depth, Columns), b), Tensor.Of<float>(new Shape(rows, Columns), c)];
        float[] y = Floats(Run(op, adds ? operands : operands[..2]));
        for (int i = 0; i < y.Length; i++)
        {
            int row = i / Columns, column = i % Columns;
            bool isLeft = column >= 8;
            float[] products = [.. Enumerable.Range(0, depth).Select(k => a[row * depth + k] * b[k * Columns + column])];
            float expected = order switch
            {
                MatMulOrder.Dots => Dot(products, (4 - (1 + 3 * row) % 4) % 4, isLeft ? 8 : 4, isLeft ? 8 : 4),
                MatMulOrder.Vector => isLeft ? Dot(products, 4, 8, column == 9 ? 4 : 8) : Dot(products, depth % 4 == 0 ? 4 : depth % 4, 4, 4),
                MatMulOrder.Columns => InOrder(products, c[i], (4 - row * Columns % 4) % 4 > column),
                _ => Enumerable.Range(0, (depth + 7) / 8).Aggregate(c[i], (sum, run) => sum + Fused(run * 8, Math.Min(depth, run * 8 + 8))),
            };
            Assert.Equal(expected, y[i]);

            float Fused(int from, int to) => Enumerable.Range(from, to - from).Aggregate(0f, (sum, k) => MathF.FusedMultiplyAdd(a[row * depth + k], b[k * Columns + column], sum));
        }

        static float InOrder(float[] products, float start, bool byFours)
        {
            int pairs = products.Length / 8 * 8;
            for (int k = 0; k < products.Length; k++)
            {
                if (!byFours || k >= pairs || k % 8 < 4) start += products[k];
                else if (k % 8 == 4) start += products[k] + products[k + 1] + products[k + 2] + products[k + 3];
            }
            return start;
        }

        // Some in front, then lanes as long as there are so many, then the rest.
        static float Dot(float[] products, int before, int step, int lanes)
        {
            before = Math.Min(before, products.Length);
            int end = before + (products.Length - before) / step * step;
            float[] sums = new float[8];
            foreach (float product in products[..before]) sums[0] += product;
            for (int k = before; k < end; k++) sums[(k - before) % lanes] += products[k];
            float sum = sums[0] + sums[4] + (sums[2] + sums[6]) + (sums[1] + sums[5] + (sums[3] + sums[7]));
            foreach (float product in products[end..]) sum += product;
            return sum;
        }
    }

    [Fact]
    public void OneDnnGeluIsNearTheRealOneOnEveryPiece()
    {
        float[] x = [.. Enumerable.Range(-140, 281).Select(i => MathF.CopySign(MathF.Pow(2, MathF.Abs(i) / 10f - 10), i)), 0, 5.54f, -5.54f, 5.55f, -5.55f, 1e20f, -1e20f];
        float[] y = Floats(Run(new Unary(UnaryKind.OneDnnGelu), Tensor.Of<float>(new Shape(x.Length), x))), exact = Floats(Run(new Unary(UnaryKind.Gelu), Tensor.Of<float>(new Shape(x.Length), x)));
        for (int i = 0; i < x.Length; i++) AssertNear(exact[i], y[i], 1e-6 * Math.Max(1, Math.Abs(x[i])), $"gelu({x[i]})");
    }

    [Fact]
    public void OrderingPrefersTheFirstOfEquals()
    {
        var data = Tensor.Of<sbyte>(new Shape(2, 5), [3, 9, -4, 9, -4, 1, 1, 1, 2, 0]);
        Assert.Equal(new[] { 1, 3 }, Run(new ArgReduce(1, false, ElementType.S32), data).ToInt32());
        Assert.Equal(new long[] { 2, 4 }, Run(new ArgReduce(1, true, ElementType.S64), data).ToInt64());
        var top = RunAll(new TopK(3), data);
        Assert.Equal(new[] { 9, 9, 3, 2, 1, 1 }, top[0].ToInt32());
        Assert.Equal(new[] { 1, 3, 0, 3, 0, 1 }, top[1].ToInt32());
        var line = Tensor.Of<int>(new Shape(4), [1, 2, 3, 4]);
        Assert.Equal(new[] { 1, 3, 6, 10 }, Run(new CumulativeSum(0, false, false), line).ToInt32());
        Assert.Equal(new[] { 9, 7, 4, 0 }, Run(new CumulativeSum(0, true, true), line).ToInt32());
    }

    [Fact]
    public void GatheringLooksUpAndGivesZerosOutside()
    {
        var data = Tensor.Of<int>(new Shape(2, 3), [1, 2, 3, 4, 5, 6]);
        Assert.Equal(new[] { 3, 1, 0, 6, 4, 0 }, Run(new Gather(1), data, Tensor.Of<int>(new Shape(3), [2, 0, 7])).ToInt32());
        Assert.Equal(new[] { 2, 6 }, Run(new Gather(1, 1), data, Tensor.Of<int>(new Shape(2, 1), [1, 2])).ToInt32());
        Assert.Equal(new[] { 6, 2, 0 }, Run(new GatherNd(), data, Tensor.Of<long>(new Shape(3, 2), [1, 2, 0, 1, -1, 0])).ToInt32());
        Assert.Equal(new[] { 0, 5, 0, 7, 0 }, Run(new ScatterNd(new Shape(5), ScatterReduction.Add), Tensor.Of<int>(new Shape(3, 1), [1, 3, 1]), Tensor.Of<int>(new Shape(3), [2, 7, 3])).ToInt32());
        Assert.Equal(new[] { 9, 3, 9 }, Run(new ScatterNd(new Shape(3), ScatterReduction.None), Tensor.Of<int>(new Shape(2, 1), [1, 1]), Tensor.Of<int>(new Shape(2), [2, 3]), Tensor.Scalar(9)).ToInt32());
        Assert.Equal(new[] { 2, 1, 3, 6, 5, 4 }, Run(new ReverseSequence(1, 0), data, Tensor.Of<int>(new Shape(2), [2, 3])).ToInt32());
        Assert.Equal(new[] { 1, 5, 3, 4, 2, 6 }, Run(new Select(), Tensor.Of<bool>(new Shape(3), [true, false, true]), Tensor.Of<int>(new Shape(2, 3), [1, 2, 3, 4, 5, 6]), Tensor.Of<int>(new Shape(2, 3), [6, 5, 4, 3, 2, 1])).ToInt32());
        Assert.Equal(new[] { -1, 127, 0 }, Run(new Cast(ElementType.S8), Tensor.Of<float>(new Shape(3), [-1.9f, 300, float.NaN])).ToInt32());
    }

    [Fact]
    public void OverlappingBoxesAreSuppressed()
    {
        float[] boxes = [0, 0, 1, 1, 0, 0.1f, 1, 1.1f, 0, -0.1f, 1, 0.9f, 0, 10, 1, 11, 0, 10.1f, 1, 11.1f, 0, 100, 1, 101];
        var results = RunAll(new NonMaxSuppression(4),
            Tensor.Of<float>(new Shape(6, 4), boxes), Tensor.Of<float>(new Shape(6), [0.9f, 0.75f, 0.6f, 0.95f, 0.5f, 0.3f]),
            Tensor.Scalar(4), Tensor.Scalar(0.5f), Tensor.Scalar(0.4f));
        Assert.Equal(new[] { 3, 0, 0, 0 }, results[0].ToInt32());
        Assert.Equal(new[] { 2 }, results[1].ToInt32());

        // TensorFlow Lite's own example: six anchors, two classes and a background.
        float[] codes = [0, 0, 0, 0, 0, 1, 0, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];
        float[] scores = [0, .9f, .8f, 0, .75f, .72f, 0, .6f, .5f, 0, .93f, .95f, 0, .5f, .4f, 0, .3f, .2f];
        float[] anchors = [.5f, .5f, 1, 1, .5f, .5f, 1, 1, .5f, .5f, 1, 1, .5f, 10.5f, 1, 1, .5f, 10.5f, 1, 1, .5f, 100.5f, 1, 1];
        foreach (bool regular in (bool[])[false, true])
        {
            var found = RunAll(new DetectionPostProcess(2, 3, 1, 1, regular, 0, 0.5f, 10, 10, 5, 5),
                Tensor.Of<float>(new Shape(1, 6, 4), codes), Tensor.Of<float>(new Shape(1, 6, 3), scores), Tensor.Of<float>(new Shape(6, 4), anchors));
            Assert.Equal(regular ? [.95f, .93f, 0] : new[] { .95f, .9f, .3f }, Floats(found[2]));
            Assert.Equal(regular ? [1f, 0, 0] : new[] { 1f, 0, 0 }, Floats(found[1]));
            Assert.Equal(regular ? 2 : 3, Floats(found[3])[0]);
            Assert.Equal(new[] { 0, 10f, 1, 11 }, Floats(found[0])[..4]);
        }
    }

    private static Tensor Run(Operator op, params Tensor[] inputs) => RunAll(op, inputs)[0];

    private static IReadOnlyList<Tensor> RunAll(Operator op, params Tensor[] inputs) =>
        Evaluation.Evaluator.Evaluate(op, inputs, op.InferTypes([.. inputs.Select(i => i.Type)]));

    private static byte[] RunGraph(Operator op, Tensor data, Value?[] rest, KernelTier tier, int threads)
    {
        var builder = new GraphBuilder("test");
        builder.AddOutput(builder.Add(op, [builder.AddInput("x", data.Type), .. rest], SourceLocation.None));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions { Threads = threads, SplitsAll = true, Kernels = tier });
        data.Bytes.Span.CopyTo(session.Input(0));
        session.Run();
        return session.Output(0).ToArray();
    }

    private static void ForEach(Tensor images, Func<int, int, int, double> expected)
    {
        var shape = images.Type.Shape;
        float[] y = Floats(images);
        for (int i = 0; i < y.Length; i++) AssertNear(expected(i / shape[3] / shape[2], i / shape[3] % shape[2], i % shape[3]), y[i], 1e-4, $"{shape} at {i}");
    }

    private static void AssertNear(double expected, float actual, double tolerance, string what) =>
        Assert.True(double.IsNaN(expected) ? float.IsNaN(actual) : expected == actual || Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{what}: expected {expected}, got {actual}");

    private static float[] Floats(Tensor tensor) => tensor.Span<float>().ToArray();

    private static float[] Random(int count, int seed)
    {
        uint state = (uint)seed * 0x9E3779B9u | 1;
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            values[i] = (int)state / 2147483648f;
        }
        return values;
    }
}
