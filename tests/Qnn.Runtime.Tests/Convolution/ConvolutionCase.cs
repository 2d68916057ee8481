using CsCheck;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Tests.Convolution;

/// <summary>A random convolution or dense layer as a graph of one operator, with data for it.</summary>
internal sealed record ConvolutionCase
{
    internal enum Kind { Conv2D, Depthwise, SaturatingDepthwise, Dense }

    public required Kind Op { get; init; }
    public required int Seed { get; init; }
    public required int Batch { get; init; }
    public required int Height { get; init; }
    public required int Width { get; init; }
    public required int Inputs { get; init; }
    public required int Outputs { get; init; }
    public required int Groups { get; init; }
    public required int KernelHeight { get; init; }
    public required int KernelWidth { get; init; }
    public required int Stride { get; init; }
    public required int Dilation { get; init; }
    public required int Pad { get; init; }
    public required int Arithmetic { get; init; }
    public required bool SignedData { get; init; }
    public required bool SignedWeights { get; init; }
    public required bool PerChannel { get; init; }
    public required bool Extreme { get; init; }
    public required bool Bias { get; init; }

    internal static Gen<ConvolutionCase> Conv2D { get; } = Any(Kind.Conv2D, Gen.Int[1, 40], Gen.Int[1, 40], OneOf(1, 1, 1, 2, 3));

    internal static Gen<ConvolutionCase> Depthwise { get; } = Any(Kind.Depthwise, Gen.Int[1, 70], OneOf(1, 1, 1, 2, 3), Gen.Const(1));

    internal static Gen<ConvolutionCase> SaturatingDepthwise { get; } =
        Any(Kind.SaturatingDepthwise, Gen.Int[1, 70], Gen.Const(1), Gen.Const(1)).Select(c => c with { SignedData = false, SignedWeights = true });

    internal static Gen<ConvolutionCase> Dense { get; } = Any(Kind.Dense, Gen.Int[1, 300], Gen.Int[1, 70], Gen.Const(1));

    /// <summary>The graph.</summary>
    internal Graph Build()
    {
        var random = new Random(Seed);
        var builder = new GraphBuilder("case");
        var element = SignedData ? ElementType.S8 : ElementType.U8;
        int low = SignedData ? -128 : 0;
        var shape = Op == Kind.Dense ? new Shape(Batch * Height, Inputs) : new Shape(Batch, Height, Width, Inputs * Groups);
        var data = builder.AddInput("data", new TensorType(element, shape, new Quantization(0.05f, low + (Extreme ? random.Next(2) * 255 : random.Next(256)))));

        int outputs = Op switch { Kind.Conv2D => Outputs * Groups, Kind.Depthwise or Kind.SaturatingDepthwise => Inputs * Outputs, _ => Outputs };
        var (weightShape, axis) = Op switch
        {
            Kind.Conv2D => (new Shape(outputs, KernelHeight, KernelWidth, Inputs), 0),
            Kind.Depthwise or Kind.SaturatingDepthwise => (new Shape(1, KernelHeight, KernelWidth, outputs), 3),
            _ => (new Shape(outputs, Inputs), 0),
        };
        int weightLow = SignedWeights ? -128 : 0;
        int WeightZeroPoint() => SignedWeights && !Extreme ? 0 : weightLow + random.Next(256);
        float WeightScale() => 0.001f + random.NextSingle() * 0.01f;
        var quantization = PerChannel
            ? new Quantization([.. Enumerable.Range(0, outputs).Select(_ => WeightScale())], [.. Enumerable.Range(0, outputs).Select(_ => WeightZeroPoint())], axis)
            : new Quantization(WeightScale(), WeightZeroPoint());
        var weights = Value.Of("weights", new Tensor(new TensorType(SignedWeights ? ElementType.S8 : ElementType.U8, weightShape, quantization), WeightBytes(random, weightShape.ElementCount)));
        var bias = Bias ? Value.Of("bias", Tensor.Of<int>(new Shape(outputs), [.. Enumerable.Range(0, outputs).Select(_ => random.Next(-20000, 20000))])) : null;

        var window = new Window2D(KernelHeight, KernelWidth, Stride, Stride, Dilation, Dilation, Pad, Pad / 2, Pad, Pad);
        Operator op = Op switch
        {
            Kind.Conv2D => new QnnConv2D(window, Groups),
            Kind.Depthwise => new QnnDepthwiseConv2D(window),
            Kind.SaturatingDepthwise => new QnnDepthwiseConv2D(window, SaturatesPairs: true),
            _ => new QnnDense(),
        };
        var sums = builder.Add(op, [data, weights, bias], SourceLocation.None);
        builder.AddOutput(Arithmetic == 0 ? sums : builder.Add(Epilogue(random, outputs, weightShape.ElementCount / outputs), [sums], SourceLocation.None, new Quantization(0.1f, 0)));
        return builder.Build();
    }

    /// <summary>Data for a graph's inputs: anything, and the ends of the range where the case is extreme.</summary>
    internal IReadOnlyList<Tensor> Data(Graph graph)
    {
        var random = new Random(Seed + 1);
        return [.. graph.Inputs.Select(i => new Tensor(i.Type, DataBytes(random, i.Type.Shape.ElementCount)))];
    }

    // Half of the saturating cases have mostly 7-bit data, as networks calibrated to it: they take both ways.
    private byte[] DataBytes(Random random, int count)
    {
        byte[] bytes = Bytes(random, count);
        if (Op == Kind.SaturatingDepthwise && Seed / 2 % 2 == 0) for (int i = 0; i < count; i++) if (random.Next(200) != 0) bytes[i] &= 127;
        return bytes;
    }

    // Multipliers spread results over the range; in extreme cases some are over 1, tiny, or 0.
    private Requantize Epilogue(Random random, int outputs, int depth)
    {
        double typical = 1 / (Math.Sqrt(depth) * 60);
        double Multiplier() => (Extreme ? random.Next(8) : 7) switch { 0 => 0, 1 => 1.5, 2 => 0.5, 3 => 1e-9, 4 => 1.0 / 3, _ => typical * (0.5 + random.NextDouble()) };
        double[] multipliers = [.. Enumerable.Range(0, PerChannel ? outputs : 1).Select(_ => Multiplier())];
        if (Arithmetic == (int)RequantizeArithmetic.Float32NearestEven) multipliers = [.. multipliers.Select(m => (double)(float)m)];
        int low = SignedData ? -128 : 0;
        int minimum = low + random.Next(100), maximum = minimum + random.Next(low + 256 - minimum);
        if (random.Next(2) == 0) (minimum, maximum) = (low, low + 255);
        return new Requantize((RequantizeArithmetic)Arithmetic, new Doubles(multipliers), SignedData ? ElementType.S8 : ElementType.U8, low + random.Next(256), minimum, maximum);
    }

    // A third of the cases have mostly small weights, another ones around 0 that use the whole range, as trained layers do: kernels for those differ.
    private byte[] WeightBytes(Random random, int count)
    {
        byte[] bytes = Bytes(random, count);
        int zero = SignedWeights ? 0 : 128;
        for (int i = 0; i < count; i++)
        {
            bytes[i] = ((uint)Seed % 3) switch
            {
                0 when random.Next(500) != 0 => (byte)(random.Next(-64, 65) + zero),
                1 => (byte)(random.Next(-32, 32) + random.Next(-32, 32) + random.Next(-32, 32) + random.Next(-31, 32) + zero),
                _ => bytes[i],
            };
        }
        return bytes;
    }

    private byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        byte[] ends = [0, 255, 127, 128];
        if (Extreme) for (int i = 0; i < count; i++) bytes[i] = ends[bytes[i] % 4];
        return bytes;
    }

    private static Gen<int> OneOf(params int[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Gen<ConvolutionCase> Any(Kind kind, Gen<int> inputs, Gen<int> outputs, Gen<int> groups) =>
        from sizes in Gen.Select(Gen.Int, Gen.Int[1, 2], Gen.Int[1, 9], Gen.Int[1, 20])
        from channels in Gen.Select(inputs, outputs, groups)
        from window in Gen.Select(OneOf(1, 1, 2, 3, 3, 5), OneOf(1, 1, 2, 3, 3, 5), OneOf(1, 1, 2, 3), OneOf(1, 1, 2), Gen.Int[0, 2])
        from flags in Gen.Select(Gen.Int[0, 3], Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        let conv = new ConvolutionCase
        {
            Op = kind,
            Seed = sizes.Item1,
            Batch = sizes.Item2,
            Height = sizes.Item3,
            Width = sizes.Item4,
            Inputs = channels.Item1,
            Outputs = channels.Item2,
            Groups = channels.Item3,
            KernelHeight = window.Item1,
            KernelWidth = window.Item2,
            Stride = window.Item3,
            Dilation = window.Item4,
            Pad = window.Item5,
            Arithmetic = flags.Item1,
            SignedData = flags.Item2,
            SignedWeights = flags.Item3,
            PerChannel = flags.Item4,
            Extreme = flags.Item5,
            Bias = flags.Item6,
        }
        where kind == Kind.Dense || conv.Height + 2 * conv.Pad > (conv.KernelHeight - 1) * conv.Dilation && conv.Width + conv.Pad + conv.Pad / 2 > (conv.KernelWidth - 1) * conv.Dilation
        select conv;
}
