using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Operators with 64-bit accumulators and those with run-time quantization: the kernels of every tier against the evaluator, on random layers.</summary>
public sealed class WideOperatorTests
{
    private static readonly RequantizeArithmetic[] s_wide = [RequantizeArithmetic.FixedPointWide, RequantizeArithmetic.FixedPointDouble, RequantizeArithmetic.FixedPointSingle, RequantizeArithmetic.Float64Away];

    [Fact]
    public void ConvolutionsOf16BitData() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        int groups = random.Next(1, 3), depth = random.Next(4) == 0 ? random.Next(30, 110) : random.Next(1, 20), outputs = groups * random.Next(1, 40);
        var window = Window(random);
        var weights = Weights(random, ElementType.S8, 0, outputs, window.KernelHeight, window.KernelWidth, depth);
        var op = new QnnConv2D16(window, groups, Epilogue(random, s_wide[random.Next(3)], outputs, ElementType.S16));
        Check(op, [Data(random, ElementType.S16, 0, random.Next(1, 3), random.Next(3, 7), random.Next(3, 22), groups * depth)], [weights, Bias(random, outputs)], random);
    }, iter: 60);

    [Fact]
    public void SumsOfTheGreatestProducts()
    {
        foreach (int depth in (int[])[255, 256, 257, 512, 700])
        {
            var random = new Random(depth);
            var weights = Tensor.Of<sbyte>(new Shape(17, 1, 1, depth), [.. Enumerable.Repeat(sbyte.MinValue, 17 * depth)], new Quantization(0.5f, 0));
            var op = new QnnConv2D16(new Window2D(1, 1), 1, Epilogue(random, RequantizeArithmetic.FixedPointWide, 17, ElementType.S16) with { Multipliers = new Doubles(Math.Pow(2, -17) * 0.9) });
            Check(op, [Data(random, ElementType.S16, 0, 1, 1, 9, depth)], [Value.Of("weights", weights), null], random, least: true);
        }
    }

    [Fact]
    public void DepthwiseConvolutionsOf16BitData() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        int channels = random.Next(1, 40), outputs = channels * random.Next(1, 3);
        var window = Window(random);
        var weights = Weights(random, ElementType.S8, 0, 1, window.KernelHeight, window.KernelWidth, outputs);
        var op = new QnnDepthwiseConv2D16(window, Epilogue(random, s_wide[random.Next(3)], outputs, ElementType.S16));
        Check(op, [Data(random, ElementType.S16, 0, random.Next(1, 3), random.Next(3, 7), random.Next(3, 7), channels)], [weights, Bias(random, outputs)], random);
    }, iter: 60);

    [Fact]
    public void TransposedConvolutionsOfAnyQuantizedData() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        var element = new[] { ElementType.U8, ElementType.S8, ElementType.S16 }[random.Next(3)];
        int zeroPoint = element == ElementType.S16 ? 0 : random.Next(0, 128), outputs = random.Next(1, 6), depth = random.Next(1, 20);
        var window = Window(random) with { DilationHeight = 1, DilationWidth = 1, PadBottom = 0, PadRight = 0 };
        var weights = Weights(random, element == ElementType.U8 ? ElementType.U8 : ElementType.S8, element == ElementType.U8 ? random.Next(256) : 0, outputs, window.KernelHeight, window.KernelWidth, depth);
        var arithmetic = element == ElementType.S16 ? RequantizeArithmetic.FixedPointWide : new[] { RequantizeArithmetic.FixedPointDouble, RequantizeArithmetic.Float32NearestEven }[random.Next(2)];
        var op = new QnnConv2DTranspose(window, random.Next(1, 9), random.Next(1, 9), Epilogue(random, arithmetic, outputs, element));
        Check(op, [Data(random, element, zeroPoint, random.Next(1, 3), random.Next(1, 6), random.Next(1, 6), depth)], [weights, Bias(random, outputs)], random);
    }, iter: 60);

    [Fact]
    public void MatrixProductsOfAnyQuantizedData() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        var (a, b, result, arithmetic) = random.Next(3) switch
        {
            0 => (ElementType.S8, ElementType.S8, ElementType.S8, RequantizeArithmetic.FixedPointDouble),
            1 => (ElementType.S16, ElementType.S8, ElementType.S16, RequantizeArithmetic.FixedPointWide),
            _ => (ElementType.S16, ElementType.S16, ElementType.S16, RequantizeArithmetic.FixedPointWide),
        };
        int batch = random.Next(1, 4), rows = random.Next(1, 70), columns = random.Next(1, 40), depth = random.Next(4) == 0 ? random.Next(200, 600) : random.Next(1, 40);
        var left = Data(random, a, a == ElementType.S8 ? 3 : 0, batch, 2, rows, depth);
        var right = Data(random, b, b == ElementType.S8 && a == b ? -5 : 0, random.Next(2) == 0 ? batch : 1, 1, columns, depth);
        Check(new QnnBatchMatMul(Epilogue(random, arithmetic, 1, result)), [left, right], [], random);
    }, iter: 60);

    [Fact]
    public void ConvolutionsOfDataQuantizedAtRunTime() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        int groups = random.Next(1, 3), depth = random.Next(1, 20), outputs = groups * random.Next(1, 6), batch = random.Next(1, 3);
        var window = Window(random);
        var weights = Weights(random, ElementType.S8, 0, outputs, window.KernelHeight, window.KernelWidth, depth);
        weights = Value.Of(weights.Name, new Tensor(weights.Type with { Quantization = new Quantization([.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle() + 0.01f)], [.. new int[outputs]], 0) }, weights.Constant!.Bytes));
        var scales = Value.Of("scales", Tensor.Of<float>(new Shape(batch), [.. Enumerable.Range(0, batch).Select(_ => random.NextSingle())]));
        var zeroPoints = Value.Of("zero_points", Tensor.Of<int>(new Shape(batch), [.. Enumerable.Range(0, batch).Select(_ => random.Next(-128, 128))]));
        var bias = Value.Of("bias", Tensor.Of<float>(new Shape(outputs), [.. Enumerable.Range(0, outputs).Select(_ => random.NextSingle() - 0.5f)]));
        var op = new HybridConv2D(window, groups, (HybridScaling)random.Next(3), random.Next(2) == 0 ? 0 : float.NegativeInfinity);
        Check(op, [Data(random, ElementType.S8, 0, batch, random.Next(3, 7), random.Next(3, 7), groups * depth)], [scales, zeroPoints, weights, bias], random);
    }, iter: 60);

    [Fact]
    public void RunTimeQuantizationSpreadsTheRange()
    {
        float[] values = [0, 1, -2, 0.5f, 0, 0, 0, 0, 3, 1, 2, 4];
        var input = Value.Of("data", Tensor.Of<float>(new Shape(3, 4), values));
        var symmetric = Evaluate(new DynamicQuantize(false), input);
        Assert.Equal([0, 64, -127, 32, 0, 0, 0, 0, 95, 32, 64, 127], symmetric[0].ToInt64());
        Assert.Equal([2f / 127, 1, 4f / 127], symmetric[1].Span<float>().ToArray());
        var asymmetric = Evaluate(new DynamicQuantize(true), input);
        Assert.Equal([42, 0, -128], asymmetric[2].ToInt64());
        Assert.Equal([42, 127, -128, 85, 0, 0, 0, 0, 63, -64, -1, 127], asymmetric[0].ToInt64());
    }

    /// <summary>x / scale is a hair from 8.5 and -7.5; with the zero point, 60, the sums are 68.5 and 52.5.</summary>
    [Fact]
    public void FbgemmAddsTheZeroPointBeforeItRounds()
    {
        var input = Value.Of("data", Tensor.Of<float>(new Shape(1, 4), [-3.9375f, 4.4375f, 0.56053156f, -0.49458656f]));
        Assert.Equal([0 - 128, 127 - 128, 69 - 128, 53 - 128], Evaluate(new DynamicQuantize(true, 127), input)[0].ToInt64());
        Assert.Equal([0 - 128, 127 - 128, 68 - 128, 52 - 128], Evaluate(new DynamicQuantize(true, 127, Fused: true), input)[0].ToInt64());
    }

    private static IReadOnlyList<Tensor> Evaluate(Operator op, Value input)
    {
        var types = op.InferTypes([input.Type]);
        return Evaluator.Evaluate(op, [input.Constant], types);
    }

    private static void Check(Operator op, IReadOnlyList<TensorType> data, IReadOnlyList<Value?> constants, Random random, bool least = false)
    {
        Value[] inputs = [.. data.Select((type, i) => Value.Input($"data{i}", type))];
        Value?[] operands = [.. inputs, .. constants];
        var type = op.InferTypes([.. operands.Select(o => o?.Type)])[0];
        var result = Value.Result("result", type);
        var graph = new Graph("test", inputs, [result], [new Node(op, operands, [result], SourceLocation.None)]);
        var contents = data.Select(t =>
        {
            var tensor = new Tensor(t);
            random.NextBytes(tensor.MutableSpan<byte>());
            if (least) tensor.MutableSpan<short>().Fill(short.MinValue);
            return tensor;
        }).ToArray();
        byte[] expected = Evaluator.Evaluate(op, [.. contents, .. constants.Select(c => c?.Constant)], [type])[0].Bytes.ToArray();
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = 1 });
            for (int i = 0; i < contents.Length; i++) contents[i].Bytes.Span.CopyTo(session.Input(i));
            session.Run();
            Assert.Equal(expected, session.Output(0).ToArray());
        }
    }

    private static Window2D Window(Random random) => new(
        random.Next(1, 4), random.Next(1, 4), random.Next(1, 3), random.Next(1, 3), 1, 1, random.Next(2), random.Next(2), random.Next(2), random.Next(2));

    private static TensorType Data(Random random, ElementType element, int zeroPoint, params ReadOnlySpan<int> shape) => new(element, new Shape(shape), new Quantization(random.NextSingle() + 0.01f, zeroPoint));

    private static Value Weights(Random random, ElementType element, int zeroPoint, params ReadOnlySpan<int> shape)
    {
        var tensor = new Tensor(new TensorType(element, new Shape(shape), new Quantization(0.5f, zeroPoint)));
        random.NextBytes(tensor.MutableSpan<byte>());
        return Value.Of("weights", tensor);
    }

    private static Value? Bias(Random random, int count) =>
        random.Next(3) == 0 ? null : Value.Of("bias", Tensor.Of<long>(new Shape(count), [.. Enumerable.Range(0, count).Select(_ => random.NextInt64(-100000, 100000))]));

    private static Requantize Epilogue(Random random, RequantizeArithmetic arithmetic, int channels, ElementType output)
    {
        var (low, high) = output switch { ElementType.U8 => (0, 255), ElementType.S8 => (-128, 127), _ => (-32768, 32767) };
        double[] multipliers = [.. Enumerable.Range(0, random.Next(2) == 0 ? 1 : channels).Select(_ => Math.Pow(2, -random.NextDouble() * 14))];
        if (arithmetic == RequantizeArithmetic.Float32NearestEven) multipliers = [.. multipliers.Select(m => (double)(float)m)];
        return new Requantize(arithmetic, new Doubles(multipliers), output, output == ElementType.S16 ? 0 : low + 17, low, high - random.Next(2) * 40);
    }
}
