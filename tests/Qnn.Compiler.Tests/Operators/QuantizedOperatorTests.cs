using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Quantized operators outside convolutions: every tier and thread count gives what the evaluator gives, on random shapes, scales and zero points.</summary>
public sealed class QuantizedOperatorTests
{
    private static readonly Gen<Random> s_random = Gen.Int.Select(seed => new Random(seed));

    [Fact]
    public void AddAndSubtract() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8, ElementType.S16);
        var (a, b) = BroadcastPair(r, element);
        var arithmetic = element == ElementType.S16 ? AddArithmetic.FixedPoint : Pick(r, AddArithmetic.FixedPoint, AddArithmetic.Shift, AddArithmetic.ShiftAway, AddArithmetic.DequantizedFused, AddArithmetic.Dequantized);
        var (min, max) = Clamp(r, element);
        Check(new QuantizedAdd(arithmetic, arithmetic < AddArithmetic.Linear && r.Next(2) == 0, min, max), RandomQuantization(r, element), Fill(r, a), Fill(r, b));
    }, iter: 60);

    [Fact]
    public void AddsPowersOfTwo() => s_random.Sample(r =>
    {
        Quantization Q(int exponent) => new(MathF.ScaleB(1, exponent), 0);
        var (a, b) = BroadcastPair(r, ElementType.S16);
        Check(new QuantizedAdd(AddArithmetic.PowerOfTwo, r.Next(2) == 0, short.MinValue, short.MaxValue), Q(-10), Fill(r, a with { Quantization = Q(-10) }), Fill(r, b with { Quantization = Q(-10 - r.Next(5)) }));
    }, iter: 20);

    [Fact]
    public void Multiply() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8, ElementType.S16);
        var (a, b) = BroadcastPair(r, element);
        var (min, max) = Clamp(r, element);
        var arithmetic = element == ElementType.S16 ? MulArithmetic.FixedPoint : Pick(r, MulArithmetic.FixedPoint, MulArithmetic.Float32NearestEven, MulArithmetic.Float32Inverse);
        Check(new QuantizedMul(arithmetic, element, min, max), RandomQuantization(r, element), Fill(r, a), Fill(r, b));
    }, iter: 60);

    [Fact]
    public void OverwritesAnOperand() => s_random.Sample(r =>
    {
        // The sum may lie where the product did, and its rows have ends that fill no vector.
        var element = Pick(r, ElementType.U8, ElementType.S8);
        var type = new TensorType(element, new Shape(r.Next(1, 4), r.Next(1, 30), r.Next(1, 90)), RandomQuantization(r, element));
        var x = Fill(r, type);
        var y = Fill(r, type with { Shape = r.Next(2) == 0 ? new Shape(type.Shape[2]) : new Shape(type.Shape[1], 1) });
        var (min, max) = Clamp(r, element);
        Quantization product = RandomQuantization(r, element), sum = RandomQuantization(r, element);
        byte[] Run(KernelTier tier)
        {
            var builder = new GraphBuilder("test");
            Value a = builder.AddInput("a", x.Type), b = builder.AddInput("b", y.Type);
            SourceLocation at = new("node", "TEST");
            var middle = builder.Add(new QuantizedAdd(AddArithmetic.DequantizedFused, false, min, max), [builder.Add(new QuantizedMul(MulArithmetic.FixedPoint, element, min, max), [a, a], at, product), b], at, sum);
            builder.AddOutput(builder.Add(new QuantizedMul(MulArithmetic.FixedPoint, element, min, max), [middle, b], at, product));
            using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier });
            x.Bytes.Span.CopyTo(session.Input(0));
            y.Bytes.Span.CopyTo(session.Input(1));
            session.Run();
            return session.Output(0).ToArray();
        }

        var expected = Run(KernelTier.Scalar);
        foreach (var tier in KernelTiers.Available) Assert.Equal(expected, Run(tier));
    }, iter: 40);

    [Fact]
    public void CompareAndChoose() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8);
        var (a, b) = BroadcastPair(r, element);
        var (x, y) = (Fill(r, a), Fill(r, b));
        Check(new QuantizedCompare((CompareKind)r.Next(1, 7)), null, x, y);
        Check(new QuantizedMinMax(r.Next(2) == 0), a.Quantization, x, y);
        Check(new QuantizedSquaredDifference(), RandomQuantization(r, element), x, y);
        var alpha = Fill(r, new TensorType(element, new Shape(a.Shape.Rank == 0 ? 1 : a.Shape[-1]), RandomQuantization(r, element)));
        if (a.Shape.Rank > 0) Check(new QuantizedPRelu(), RandomQuantization(r, element), x, alpha);
    }, iter: 40);

    [Fact]
    public void LookUp() => s_random.Sample(r =>
    {
        var type = new TensorType(Pick(r, ElementType.U8, ElementType.S8), RandomShape(r), new Quantization(1, 0));
        Check(new LookupTable(), null, Fill(r, type), Fill(r, new TensorType(Pick(r, ElementType.U8, ElementType.S8, ElementType.S16), new Shape(256))));
        var wide = Fill(r, new TensorType(ElementType.S16, RandomShape(r), new Quantization(1, 0)));
        Check(new LookupTable(), null, wide, Fill(r, new TensorType(ElementType.S16, new Shape(Pick(r, 513, 65536)))));
    }, iter: 20);

    [Fact]
    public void Piecewise() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.S16, ElementType.S32);
        var output = Pick(r, ElementType.U8, ElementType.S8, ElementType.S16);
        var data = Fill(r, new TensorType(element, RandomShape(r), new Quantization(1, r.Next(-100, 100))));
        if (element == ElementType.S32) for (int i = 0; i < data.Type.Shape.ElementCount; i++) data.MutableSpan<int>()[i] >>= 8;
        var (min, max) = Range(output);
        Check(new QuantizedPiecewise(output, Scale(r), r.NextDouble() - 0.3, min, max), RandomQuantization(r, output), data);
    }, iter: 40);

    [Fact]
    public void QuantizeAndDequantize() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8, ElementType.S16, ElementType.U16);
        var reals = new Tensor(new TensorType(ElementType.F32, RandomShape(r)));
        // Halves are as likely as anything else.
        foreach (ref float x in reals.MutableSpan<float>()) x = r.Next(9) switch { 0 => float.PositiveInfinity, 1 => float.NaN, 2 => -1e30f, < 6 => r.Next(-400, 400) / 2f, _ => (float)(r.NextDouble() * 300 - 150) };
        Check(new Quantize(element, (QuantizeArithmetic)r.Next(1, 5)), r.Next(2) == 0 ? new Quantization(1, 3) : RandomQuantization(r, element), reals);
        Check(new Dequantize(), null, Fill(r, new TensorType(Pick(r, element, ElementType.S32), RandomShape(r), RandomQuantization(r, element))));
    }, iter: 40);

    [Fact]
    public void Pool() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8, ElementType.S16);
        var type = new TensorType(element, new Shape(r.Next(1, 3), r.Next(1, 9), r.Next(1, 9), r.Next(1, 40)), RandomQuantization(r, element));
        var window = Window2D.Padded(r.Next(2) == 0, type.Shape[1], type.Shape[2], r.Next(1, type.Shape[1] + 1), r.Next(1, type.Shape[2] + 1), r.Next(1, 3), r.Next(1, 3));
        var (min, max) = Clamp(r, element);
        Check(new QuantizedPool2D(Pick(r, PoolKind.Average, PoolKind.Max), window, min, max, Pick(r, 0, 128)), type.Quantization, Fill(r, type));
    }, iter: 60);

    [Fact]
    public void MeanAndSum() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8, ElementType.S16);
        var type = new TensorType(element, new Shape([.. Enumerable.Range(0, r.Next(1, 5)).Select(i => r.Next(1, i == 2 ? 80 : 20))]), RandomQuantization(r, element));
        int[] axes = [.. Enumerable.Range(0, type.Shape.Rank).Where(_ => r.Next(2) == 0)];
        bool sum = r.Next(3) == 0;
        var rounding = sum ? Pick(r, MeanRounding.Exact, MeanRounding.FloatBias) : Pick(r, MeanRounding.Exact, MeanRounding.Folded, MeanRounding.Float32, MeanRounding.Float32Product);
        Check(new QuantizedMean(sum, rounding, new Ints(axes), r.Next(2) == 0), RandomQuantization(r, element), Fill(r, type));
    }, iter: 60);

    // Whole lines of channels, and more of them than 16 bits can sum.
    [Fact]
    public void MeansOfManyChannels() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8);
        var type = new TensorType(element, new Shape(r.Next(1, 3), r.Next(1, 40), r.Next(1, 30), r.Next(1, 300)), RandomQuantization(r, element));
        bool sum = r.Next(3) == 0;
        var rounding = sum ? MeanRounding.FloatBias : Pick(r, MeanRounding.Exact, MeanRounding.Float32, MeanRounding.Float32Product);
        var values = Fill(r, type);
        if (r.Next(4) == 0) values.MutableSpan<byte>().Fill(element == ElementType.U8 ? byte.MaxValue : (byte)0x80);
        Check(new QuantizedMean(sum, rounding, new Ints(1, 2), r.Next(2) == 0), RandomQuantization(r, element), values);
    }, iter: 20);

    [Fact]
    public void Resize() => s_random.Sample(r =>
    {
        var arithmetic = Pick(r, ResizeArithmetic.Fixed10, ResizeArithmetic.Fixed11, ResizeArithmetic.Float32, ResizeArithmetic.Float32Products);
        var element = arithmetic switch { ResizeArithmetic.Float32 or ResizeArithmetic.Float32Products => ElementType.U8, ResizeArithmetic.Fixed10 => Pick(r, ElementType.S8, ElementType.S16), _ => Pick(r, ElementType.S8, ElementType.U8) };
        var type = new TensorType(element, new Shape(r.Next(1, 3), r.Next(1, 9), r.Next(1, 9), r.Next(1, 40)), new Quantization(1, 0));
        bool align = r.Next(2) == 0;
        int origin = type.Element == ElementType.U8 && arithmetic == ResizeArithmetic.Fixed10 ? r.Next(2) * 128 : 0;
        Check(new QuantizedResizeBilinear(arithmetic, r.Next(1, 17), r.Next(1, 17), align, !align && r.Next(2) == 0, origin), type.Quantization, Fill(r, type));
    }, iter: 40);

    // Few different numbers, so that many are equal.
    [Fact]
    public void IndicesOfTheGreatestAndTheLeast() => Gen.Int.Sample(seed =>
    {
        var r = new Random(seed);
        var type = new TensorType(r.Next(2) == 0 ? ElementType.U8 : ElementType.S8, new Shape(r.Next(1, 90), r.Next(1, 70)), new Quantization(1, 0));
        var data = Fill(r, type);
        int kinds = r.Next(1, 256);
        foreach (ref byte b in data.MutableSpan<byte>()) b = (byte)(b % kinds * 255 / kinds);
        Check(new ArgReduce(1, r.Next(2) == 0, r.Next(2) == 0 ? ElementType.S32 : ElementType.S64), null, data);
    }, iter: 60);

    // TensorFlow Lite's own example.
    [Fact]
    public void RowsAreNormalizedToLengthOne()
    {
        byte[] x = [58, 166, 173, 205, 83, 134];
        var data = Tensor.Of<byte>(new Shape(1, 6), x);
        var unsigned = Run(new QuantizedL2Normalize(), new Quantization(1f / 128, 128), KernelTier.Scalar, 1, new Tensor(data.Type with { Quantization = new Quantization(4f / 255, 128) }, data.Bytes));
        Assert.Equal(x, unsigned.Bytes.ToArray());
        var signed = new Tensor(new TensorType(ElementType.S8, new Shape(1, 6), new Quantization(4f / 255, 0)), x.Select(v => (byte)(v - 128)).ToArray());
        Assert.Equal([-70, 38, 45, 77, -45, 6], Run(new QuantizedL2Normalize(), new Quantization(1f / 128, 0), KernelTier.Scalar, 1, signed).ToInt32());
    }

    [Fact]
    public void LogSoftmaxInFixedPointIsTheFrameworks()
    {
        // The numbers of TensorFlow Lite's own test.
        sbyte[] x = [0, -77, 26, 51, 38, -26, 127, 13];
        var data = new Tensor(new TensorType(ElementType.S8, new Shape(2, 4), new Quantization(20f / 255, 0)), x.Select(v => (byte)v).ToArray());
        Assert.Equal([61, -36, 93, 125, 15, -65, 127, -16], Run(new QuantizedLogSoftmax(FixedPoint: true), new Quantization(16f / 256, 127), KernelTier.Scalar, 1, data).ToInt32());
    }

    [Fact]
    public void LogSoftmaxIsNearTheRealOne() => s_random.Sample(r =>
    {
        bool fixedPoint = r.Next(2) == 0;
        double tolerance = fixedPoint ? 1.01 : 0.51;
        var element = Pick(r, ElementType.U8, ElementType.S8);
        var data = Fill(r, new TensorType(element, new Shape(r.Next(1, 4), r.Next(1, 40)), RandomQuantization(r, element)));
        var output = new Quantization(16f / 256, element == ElementType.U8 ? 255 : 127);
        int[] y = Run(new QuantizedLogSoftmax(fixedPoint), output, KernelTier.Scalar, 1, data).ToInt32();
        double[] x = [.. data.ToInt32().Select(v => (v - data.Type.ZeroPoint) * (double)data.Type.Scale)];
        int length = data.Type.Shape[1];
        for (int i = 0; i < x.Length; i++)
        {
            double log = x[i] - Math.Log(x.Skip(i / length * length).Take(length).Sum(Math.Exp));
            double real = Math.Clamp(log / output.Scale + output.ZeroPoint, IntegerRange.Of(element).Min, IntegerRange.Of(element).Max);
            Assert.InRange(y[i], real - tolerance, real + tolerance);
        }
    }, iter: 80);

    [Fact]
    public void DivisionIsNearTheRealOne() => s_random.Sample(r =>
    {
        var (a, b) = BroadcastPair(r, ElementType.U8);
        var (x, by) = (Fill(r, a), Fill(r, b));
        var output = new Quantization(0.05f + r.NextSingle(), r.Next(256));
        Check(new QuantizedDiv(0, 255), output, x, by);
        if (!a.Shape.Equals(b.Shape)) return;
        int[] y = Run(new QuantizedDiv(0, 255), output, KernelTier.Scalar, 1, x, by).ToInt32(), p = x.ToInt32(), q = by.ToInt32();
        for (int i = 0; i < y.Length; i++)
        {
            if (q[i] == b.ZeroPoint) continue;
            double quotient = (p[i] - a.ZeroPoint) * (double)a.Scale / ((q[i] - b.ZeroPoint) * (double)b.Scale) / output.Scale;
            // The framework's shift is undefined where so little is left, or nothing.
            if (Math.Abs(quotient) <= 0.5001) continue;
            double real = Math.Clamp(quotient + output.ZeroPoint, 0, 255);
            Assert.InRange(y[i], real - 0.51, real + 0.51);
        }
    }, iter: 60);

    /// <summary>What LiteRT 2.5.3 answers: shifts of more than 31 bits are x86's.</summary>
    [Theory]
    [InlineData(235, 0)]
    [InlineData(223, 0)]
    [InlineData(145, 127)]
    public void DivisionOfLittleIsTheFrameworks(int dividend, int expected)
    {
        var x = new Tensor(new TensorType(ElementType.U8, new Shape(1), new Quantization(0.0027740917f, 255)), new byte[] { (byte)dividend });
        var by = new Tensor(new TensorType(ElementType.U8, new Shape(1), new Quantization(0.03f, 0)), new byte[] { 193 });
        Assert.Equal([expected], Run(new QuantizedDiv(0, 255), new Quantization(0.07661051f, 128), KernelTier.Scalar, 1, x, by).ToInt32());
    }

    [Fact]
    public void ProductsAreNearTheRealOnes() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.S8, ElementType.S16);
        var type = new TensorType(element, new Shape(3, r.Next(1, 4), 5), new Quantization(element == ElementType.S8 ? 0.02f : 0.0001f, 0));
        var data = Fill(r, type);
        var output = new Quantization(element == ElementType.S8 ? 0.03f : 0.0005f, 0);
        Check(new QuantizedProduct(new Ints(1), true), output, data);
        int[] y = Run(new QuantizedProduct(new Ints(1), true), output, KernelTier.Scalar, 1, data).ToInt32(), x = data.ToInt32();
        int count = type.Shape[1];
        for (int i = 0; i < y.Length; i++)
        {
            double product = 1;
            for (int k = 0; k < count; k++) product *= x[(i / 5 * count + k) * 5 + i % 5] * (double)type.Scale;
            double real = Math.Clamp(product / output.Scale, IntegerRange.Of(element).Min, IntegerRange.Of(element).Max);
            // Each multiplication rounds, and those that follow may enlarge that.
            Assert.InRange(y[i], real - 4 - Math.Abs(real) * 1e-3, real + 4 + Math.Abs(real) * 1e-3);
        }
    }, iter: 60);

    [Fact]
    public void SoftmaxOfLongRows() => s_random.Sample(r =>
    {
        var element = Pick(r, ElementType.U8, ElementType.S8);
        var data = Fill(r, new TensorType(element, new Shape(r.Next(1, 11), r.Next(1, 300)), new Quantization(0.02f + r.NextSingle() * 0.1f, 0)));
        // Of rows without large numbers the table's end is near.
        if (r.Next(3) == 0) foreach (ref byte x in data.MutableSpan<byte>()) x = (byte)(x % 24 + (element == ElementType.S8 ? 128 : 0));
        Check(new QuantizedSoftmax(SoftmaxArithmetic.Parts, 1, element), new Quantization(1f / 256, element == ElementType.U8 ? 0 : -128), data);
    }, iter: 60);

    // Softmax has no evaluator: its answers are near the real ones.
    [Fact]
    public void SoftmaxIsNearTheRealOne() => s_random.Sample(r =>
    {
        var (element, arithmetic) = Pick(r, (ElementType.U8, SoftmaxArithmetic.FloatTable), (ElementType.U8, SoftmaxArithmetic.Parts), (ElementType.S8, SoftmaxArithmetic.Parts), (ElementType.S8, SoftmaxArithmetic.FloatTable), (ElementType.S8, SoftmaxArithmetic.FixedPoint), (ElementType.U8, SoftmaxArithmetic.FixedPoint), (ElementType.S16, SoftmaxArithmetic.Table16));
        var input = element == ElementType.S16 ? new Quantization(10f / 32768, 0) : new Quantization(0.1f, r.Next(-10, 10));
        var output = element switch { ElementType.U8 => new Quantization(1f / 256, 0), ElementType.S8 => new Quantization(1f / 256, -128), _ => new Quantization(1f / 32768, 0) };
        var data = Fill(r, new TensorType(element, new Shape(r.Next(1, 5), r.Next(1, 30)), input));
        var result = Run(new QuantizedSoftmax(arithmetic, 1, element), output, KernelTier.Scalar, 1, data).ToInt32();
        int depth = data.Type.Shape[1];
        int[] x = data.ToInt32();
        for (int i = 0; i < x.Length; i++)
        {
            var row = x.Skip(i / depth * depth).Take(depth).Select(v => Math.Exp(v * (double)input.Scale)).ToArray();
            double expected = row[i % depth] / row.Sum() / output.Scale + output.ZeroPoint;
            Assert.True(Math.Abs(Math.Min(expected, Range(element).Max) - result[i]) <= (element == ElementType.S16 ? 40 : 1.1), $"{arithmetic}: {expected} but {result[i]}");
        }
    }, iter: 40);

    private static void Check(Operator op, Quantization? quantization, params Tensor[] inputs)
    {
        var type = op.InferTypes([.. inputs.Select(i => i.Type)])[0] with { Quantization = quantization };
        var expected = Evaluator.Evaluate(op, inputs, [type])[0];
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                var actual = Run(op, quantization, tier, threads, inputs);
                if (expected.Bytes.Span.SequenceEqual(actual.Bytes.Span)) continue;
                int at = expected.Bytes.Span.CommonPrefixLength(actual.Bytes.Span) / type.Element.Size();
                Assert.Fail($"{op} of {string.Join(", ", inputs.Select(i => i.Type))} to {type} on {tier.Name()}: element {at} of {type.Shape.ElementCount} differs.");
            }
        }
    }

    private static Tensor Run(Operator op, Quantization? quantization, KernelTier tier, int threads, params Tensor[] inputs)
    {
        var builder = new GraphBuilder("test");
        // A table is a constant of its step; everything else comes from outside.
        var values = inputs.Select((t, i) => op is LookupTable && i == 1 ? Value.Of("table", t) : builder.AddInput($"x{i}", t.Type)).ToArray();
        builder.AddOutput(builder.Add(op, values, new SourceLocation("node", "TEST"), quantization));
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
        for (int i = 0; i < model.Inputs.Count; i++) inputs[i].Bytes.Span.CopyTo(session.Input(i));
        session.Run();
        var type = op.InferTypes([.. inputs.Select(i => i.Type)])[0] with { Quantization = quantization };
        return new Tensor(type, session.Output(0).ToArray());
    }

    private static (TensorType A, TensorType B) BroadcastPair(Random r, ElementType element)
    {
        int[] shape = RandomShape(r).ToArray();
        int[] other = [.. shape.Select(e => r.Next(4) == 0 ? 1 : e).Skip(r.Next(2))];
        var (a, b) = (new TensorType(element, new Shape(shape), RandomQuantization(r, element)), new TensorType(element, new Shape(other), RandomQuantization(r, element)));
        // Either operand may be the smaller one; prelu wants the first to be the larger, and gets it where ranks are equal.
        return other.Length == shape.Length && r.Next(3) == 0 ? (a, b with { Shape = a.Shape }) : (a, b);
    }

    private static Shape RandomShape(Random r) => r.Next(5) == 0 ? new Shape(r.Next(1, 9000)) : new Shape([.. Enumerable.Range(0, r.Next(1, 5)).Select(i => r.Next(1, i == 2 ? 80 : 20))]);

    private static Quantization RandomQuantization(Random r, ElementType element)
    {
        var (min, max) = Range(element);
        return new Quantization(Scale(r), element == ElementType.S16 ? 0 : r.Next(min, max + 1));
    }

    private static float Scale(Random r) => 0.01f + r.NextSingle() * 0.1f;

    private static (int Min, int Max) Clamp(Random r, ElementType element)
    {
        var (min, max) = Range(element);
        return r.Next(2) == 0 ? (min, max) : (r.Next(min, max / 2), r.Next(max / 2, max + 1));
    }

    private static (int Min, int Max) Range(ElementType element) => element switch { ElementType.U8 => (0, 255), ElementType.S8 => (-128, 127), ElementType.U16 => (0, 65535), _ => (-32768, 32767) };

    private static Tensor Fill(Random r, TensorType type)
    {
        var tensor = new Tensor(type);
        r.NextBytes(tensor.MutableSpan<byte>());
        return tensor;
    }

    private static T Pick<T>(Random r, params T[] choices) => choices[r.Next(choices.Length)];
}
