using System.Runtime.Intrinsics.X86;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.MachineCode;
using Qnn.Compiler.Tests.MachineCode.Interpreter;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Tests.MachineCode;

/// <summary>Random layers: the answers of the machine code are those of the evaluator, for every arithmetic, tail, padding and thread count.</summary>
public sealed class MachineCodeTests
{
    private const int Cases = 250;

    private static readonly RequantizeArithmetic[] s_arithmetics =
        [RequantizeArithmetic.FixedPointDouble, RequantizeArithmetic.FixedPointSingle, RequantizeArithmetic.Float32NearestEven, RequantizeArithmetic.Float32Bias, RequantizeArithmetic.Float32Stepped];

    private static readonly KernelTier[] s_tiers = [KernelTier.Native, KernelTier.Amx];

    [Fact]
    public void Convolutions() => Check("conv2d", Cases, random =>
    {
        var window = RandomWindow(random, random.Next(3) == 0 ? 1 : 1 + random.Next(4));
        int inputs = 1 + random.Next(random.Next(2) == 0 ? 9 : 70), outputs = 1 + random.Next(random.Next(2) == 0 ? 20 : 150);
        var (height, width) = Extent(random, window);
        return Layer(random, new Shape(1 + random.Next(2), height, width, inputs), new Shape(outputs, window.KernelHeight, window.KernelWidth, inputs), 0, window, null);
    }, hasAmx: true);

    // With AMX all lines of such are a set, if they are as far apart as some rows; those of channels are divided among threads.
    [Fact]
    public void ConvolutionsOfSmallImages() => Check("conv2d", Cases, random =>
    {
        int kernel = 2 + random.Next(3), stride = random.Next(4) == 0 ? 2 : 1, inputs = 1 + random.Next(random.Next(2) == 0 ? 20 : 150), outputs = 1 + random.Next(random.Next(2) == 0 ? 40 : 200);
        int[] pads = [.. Enumerable.Range(0, 4).Select(_ => random.Next(kernel))];
        return Layer(
            random, new Shape(1 + random.Next(3), kernel + random.Next(6), kernel + random.Next(6), inputs), new Shape(outputs, kernel, kernel, inputs), 0,
            new Window2D(kernel, kernel, stride, stride, 1, 1, pads[0], pads[1], pads[2], pads[3]), null);
    }, hasAmx: true);

    // With AMX inputs become blocks of two lines and columns where that is less work: channels that are few, or whole chunks over small images.
    [Fact]
    public void ConvolutionsOfStride2() => Check("conv2d", Cases, random =>
    {
        int kernel = 2 + random.Next(6), inputs = random.Next(4) == 0 ? 64 : 1 + random.Next(8), outputs = 1 + random.Next(70);
        int[] pads = [.. Enumerable.Range(0, 4).Select(_ => random.Next(kernel))];
        return Layer(
            random, new Shape(1 + random.Next(2), kernel + random.Next(20), kernel + random.Next(30), inputs), new Shape(outputs, kernel, kernel, inputs), 0,
            new Window2D(kernel, kernel, 2, 2, 1, 1, pads[0], pads[1], pads[2], pads[3]), null);
    }, hasAmx: true);

    [Fact]
    public void GroupedConvolutions() => Check("conv2d", Cases, random =>
    {
        var window = RandomWindow(random, random.Next(3) == 0 ? 1 : 1 + random.Next(3));
        int groups = 2 + random.Next(4), inputs = 1 + random.Next(20), outputs = 1 + random.Next(random.Next(2) == 0 ? 20 : 70);
        var (height, width) = Extent(random, window);
        return Layer(random, new Shape(1 + random.Next(2), height, width, groups * inputs), new Shape(groups * outputs, window.KernelHeight, window.KernelWidth, inputs), 0, window, null, groups: groups);
    });

    // Large layers of 3 x 3 are transformed, if no weight is beyond a signed byte and there is no AMX: all numbers of tiles of four and three outputs, an odd number of blocks, weights that are kept and that are not, sums too.
    [Fact]
    public void ConvolutionsThatAreTransformed()
    {
        int ran = 0, interpreted = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            int inputs = 32 * (2 + random.Next(random.Next(4) == 0 ? 9 : 3)), outputs = 64 + random.Next(70), batch = 1 + random.Next(2);
            var (height, width) = seed % 8 == 0 ? (4, 113 + random.Next(20)) : (4 * (2 + random.Next(4)) - random.Next(4), 4 * (2 + random.Next(4)) - random.Next(4));
            var window = random.Next(3) == 0 ? new Window2D(3, 3, 1, 1, 1, 1, random.Next(2), 1, 2, random.Next(3)) : new Window2D(3, 3, 1, 1, 1, 1, 1, 1, 1, 1);
            var graph = Layer(random, new Shape(batch, height, width, inputs), new Shape(outputs, 3, 3, inputs), 0, window, null);
            var input = new Tensor(graph.Inputs[0].Type);
            random.NextBytes(input.MutableSpan<byte>());
            var expected = Evaluator.Run(graph, [input])[0];
            if (KernelTiers.IsSupported(KernelTier.Native) && RunOnCpu(graph, input, expected, KernelTier.Native, seed).Contains("conv2d.winograd.native")) ran++;
            if (seed % 8 == 1 && Interpret(graph, input, expected, withAmx: false, seed).Contains("conv2d.winograd.native")) interpreted++;
        }
        Assert.True(ran > 15 || !KernelTiers.IsSupported(KernelTier.Native), $"{ran} of 40 layers were transformed.");
        Assert.True(interpreted > 1 || !Avx2.IsSupported, $"{interpreted} of 5 layers were transformed.");
    }

    [Fact]
    public void DenseLayers() => Check("dense", Cases, random =>
        Layer(random, new Shape(1 + random.Next(random.Next(4) == 0 ? 80 : 20), 1 + random.Next(random.Next(4) == 0 ? 900 : 300)), new Shape(1 + random.Next(200), 0), 0, null, null), hasAmx: true);

    [Fact]
    public void DepthwiseConvolutions() => Check("depthwise", Cases, random =>
    {
        int stride = 1 + random.Next(2), channels = 1 + random.Next(200);
        var window = new Window2D(3, 3, 1 + random.Next(2), stride, 1 + random.Next(2), 1, random.Next(3), random.Next(3), random.Next(3), random.Next(3));
        var (height, width) = Extent(random, window);
        return Layer(random, new Shape(1 + random.Next(2), height, width, channels), new Shape(1, 3, 3, channels), 3, window, window);
    });

    [Fact]
    public void DilatedDepthwiseConvolutions() => Check("depthwise", Cases, random =>
    {
        int dilation = 2 + random.Next(3), channels = 1 + random.Next(100);
        var window = new Window2D(3, 3, 1 + random.Next(2), 1, 1 + random.Next(3), dilation, random.Next(3), random.Next(2 * dilation + 1), random.Next(3), random.Next(2 * dilation + 1));
        var (height, width) = Extent(random, window);
        return Layer(random, new Shape(1 + random.Next(2), height, width, channels), new Shape(1, 3, 3, channels), 3, window, window);
    });

    [Fact]
    public void DepthwiseConvolutionsOfLargeWindows() => Check("depthwise", Cases, random =>
    {
        int channels = 1 + random.Next(150), kernelHeight = 1 + random.Next(7), kernelWidth = 1 + random.Next(7), dilation = random.Next(4) == 0 ? 2 : 1;
        int Pad(int kernel) => random.Next((kernel + 1) / 2 * dilation + 1);
        var window = new Window2D(
            kernelHeight, kernelWidth, 1 + random.Next(3), 1 + random.Next(3), 1 + random.Next(2), dilation, Pad(kernelHeight), Pad(kernelWidth), Pad(kernelHeight), Pad(kernelWidth));
        int height = Math.Max(1, (kernelHeight - 1) * 2 + 1 - random.Next(4)) + random.Next(4), width = (kernelWidth - 1) * dilation + 1 + random.Next(20);
        if (window.OutputHeight(height) <= 0) height += kernelHeight;
        return Layer(random, new Shape(1 + random.Next(2), height, width, channels), new Shape(1, kernelHeight, kernelWidth, channels), 3, window, window);
    });

    [Fact]
    public void DepthwiseConvolutionsOfSaturatingPairs() => Check("depthwise.saturating", Cases, random =>
    {
        int stride = 1 + random.Next(2), channels = 1 + random.Next(200);
        var window = new Window2D(3, 3, 1 + random.Next(2), stride, 1 + random.Next(2), 1, random.Next(3), random.Next(3), random.Next(3), random.Next(3));
        var (height, width) = Extent(random, window);
        return Layer(random, new Shape(1 + random.Next(2), height, width, channels), new Shape(1, 3, 3, channels), 3, window, window, saturates: true);
    });

    [Fact]
    public void ProductsOfTwoVariables() => Check("qmatmul", Cases, random =>
    {
        var (left, right) = (RandomType(random), RandomType(random));
        int batch = 1 + random.Next(3), m = 1 + random.Next(random.Next(3) == 0 ? 250 : 30), k = 1 + random.Next(90), n = 1 + random.Next(random.Next(2) == 0 ? 40 : 150);
        // Both operands are parts of one input, b broadcast or not.
        var builder = new GraphBuilder("product");
        var x = builder.AddInput("x", new TensorType(left, new Shape(batch, m + k, Math.Max(k, n))));
        Value Add(Operator op, params Value?[] operands) => builder.Add(op, operands, SourceLocation.None, (Quantization?)null);
        Value Slice(int from, int batches, int rows, int columns) => Add(StridedSlice.Contiguous([0, from, 0], new Shape(batches, rows, columns)), x);
        var b = Slice(m, random.Next(2) == 0 ? 1 : batch, k, n);
        if (left != right) b = Add(new FlipSign(), b);
        Value? Zero(ElementType type) => random.Next(3) == 0 ? null : Value.Of("zero", new Tensor(new TensorType(type, new Shape(1)), new[] { (byte)random.Next(256) }));
        var output = random.Next(3) == 0 ? ElementType.S32 : RandomType(random);
        var product = output == ElementType.S32 ? new QuantizedMatMul() : new QuantizedMatMul(0.4f / (k * (1 + random.Next(100))), output, output == ElementType.U8 ? random.Next(256) : random.Next(-128, 128));
        builder.AddOutput(Add(product, Slice(0, batch, m, k), b, Zero(left), Zero(right)));
        return builder.Build();
    });

    [Fact]
    public void TheSameProgramGivesTheSameCode()
    {
        var graph = Layer(new Random(5), new Shape(1, 9, 9, 24), new Shape(70, 1, 1, 24), 0, new Window2D(1, 1), null);
        Assert.Equal(Compile(graph), Compile(graph));
    }

    [Fact]
    public void AnArtifactOfUnknownOriginRunsWithoutItsMachineCode()
    {
        byte[] artifact = Compile(Layer(new Random(5), new Shape(1, 9, 9, 24), new Shape(70, 1, 1, 24), 0, new Window2D(1, 1), null));
        using var unknown = QuantizedModel.Load(artifact);
        Assert.False(unknown.RunsMachineCode);
        using var known = QuantizedModel.LoadTrusted(artifact);
        Assert.Equal(KernelTiers.IsSupported(KernelTier.Native), known.RunsMachineCode);
    }

    [Fact]
    public void WithoutMachineCodeTheWidestVectorsAreUsed()
    {
        using var unknown = QuantizedModel.Load(Compile(Layer(new Random(5), new Shape(1, 9, 9, 24), new Shape(70, 1, 1, 24), 0, new Window2D(1, 1), null)));
        using var session = unknown.CreateSession();
        Assert.SkipWhen(Environment.GetEnvironmentVariable("QNN_KERNELS") is { Length: > 0 }, "QNN_KERNELS forces a tier.");
        Assert.Equal(KernelTiers.IsSupported(KernelTier.Avx512), session.Kernels.HasAvx512());
    }

    private static ElementType RandomType(Random random) => random.Next(2) == 0 ? ElementType.U8 : ElementType.S8;

    private static Window2D RandomWindow(Random random, int kernel)
    {
        int Next() => random.Next(kernel);
        return new Window2D(1 + Next(), 1 + Next(), 1 + random.Next(2), 1 + random.Next(2), 1 + random.Next(2), 1 + random.Next(2), Next(), Next(), Next(), Next());
    }

    private static (int, int) Extent(Random random, Window2D window)
    {
        while (true)
        {
            int height = 1 + random.Next(9), width = 1 + random.Next(random.Next(4) == 0 ? 80 : 24);
            if (window.OutputHeight(height) > 0 && window.OutputWidth(width) > 0) return (height, width);
        }
    }

    // A layer with random weights, biases and requantization. The weights' last extent is filled in where it is 0.
    private static Graph Layer(Random random, Shape data, Shape weights, int axis, Window2D? window, Window2D? depthwise, bool saturates = false, int groups = 1)
    {
        if (weights.Rank == 2) weights = new Shape(weights[0], data[-1]);
        int channels = weights[axis], depth = weights.ElementCount / channels;
        var arithmetic = s_arithmetics[random.Next(s_arithmetics.Length)];
        // oneDNN's multipliers leave out the result's scale.
        bool isStepped = arithmetic == RequantizeArithmetic.Float32Stepped;
        float scale = isStepped ? (float)(0.01 + random.NextDouble()) : 1;
        bool unsignedWeights = random.Next(3) == 0, unsignedData = random.Next(2) == 0, unsignedResult = random.Next(2) == 0;
        if (saturates) (unsignedWeights, unsignedData) = (false, true);
        var builder = new GraphBuilder("layer");
        var dataType = unsignedData ? ElementType.U8 : ElementType.S8;
        int zeroPoint = unsignedData ? random.Next(256) : random.Next(-128, 128);
        var x = builder.AddInput("x", new TensorType(dataType, data, new Quantization(0.1f, zeroPoint)));

        var bytes = new byte[weights.ElementCount];
        // Most weights small, as they are; some extreme.
        for (int i = 0; i < bytes.Length; i++) bytes[i] = random.Next(saturates ? 3 : 20) == 0 ? (byte)random.Next(256) : unchecked((byte)((unsignedWeights ? 128 : 0) + random.Next(-40, 40)));
        var weightType = new TensorType(unsignedWeights ? ElementType.U8 : ElementType.S8, weights, new Quantization(0.01f, unsignedWeights ? random.Next(100, 156) : 0));
        var w = Value.Of("w", new Tensor(weightType, bytes));
        var bias = Value.Of("b", Tensor.Of<int>(new Shape(channels), [.. Enumerable.Range(0, channels).Select(_ => random.Next(-3000, 3000))]));

        double spread = Math.Sqrt(depth) * 40 * 128;
        bool perChannel = random.Next(2) == 0;
        var multipliers = new double[perChannel ? channels : 1];
        for (int i = 0; i < multipliers.Length; i++)
        {
            double m = Math.Min(0.4, 60 / spread * Math.Pow(4, random.NextDouble() * 2 - 1));
            if (random.Next(10) == 0) m = Math.Pow(2, Math.Floor(Math.Log2(m)));
            // From one half on the fixed-point arithmetics shift to the left.
            if (random.Next(40) == 0) m = 0.5 + 3 * random.NextDouble();
            // Takes many corrections.
            if (random.Next(40) == 0) m /= 64;
            multipliers[i] = arithmetic is RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped ? (float)(m * scale) : m;
        }
        var (low, high) = unsignedResult ? (0, 255) : (-128, 127);
        int outZero = random.Next(low, high + 1);
        bool clamps = random.Next(3) == 0;
        // Few of them whole numbers; some none at all.
        var floatBias = arithmetic is RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped
            ? new Doubles([.. Enumerable.Range(0, channels).Select(_ => random.Next(5) == 0 ? 0 : (double)(float)((random.NextDouble() - 0.5) * (isStepped ? 300 * scale : 8000)))]) : null;
        Requantize? epilogue = new(
            arithmetic, new Doubles(multipliers), unsignedResult ? ElementType.U8 : ElementType.S8, outZero, clamps ? outZero : low, clamps ? random.Next(outZero, high + 1) : high, floatBias,
            isStepped ? 1 / scale : 0);
        // Accumulators as they are: products of matrices, sums that are added before they are requantized.
        if (depthwise is null && random.Next(5) == 0) epilogue = null;
        Operator op = depthwise is not null ? new QnnDepthwiseConv2D(depthwise, epilogue, saturates) : window is not null ? new QnnConv2D(window, groups, epilogue) : new QnnDense(epilogue);
        builder.AddOutput(builder.Add(op, [x, w, bias], SourceLocation.None, epilogue is null ? null : new Quantization(0.2f, outZero)));
        return builder.Build();
    }

    [Theory]
    [InlineData(16, 4)]
    [InlineData(16, 8)]
    [InlineData(32, 4)]
    [InlineData(32, 8)]
    [InlineData(64, 4)]
    [InlineData(64, 8)]
    [InlineData(128, 4)]
    [InlineData(128, 8)]
    public void WeightsOfFewBits(int block, int bits)
    {
        for (int seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed + block + bits);
            int rows = random.Next(1, 10), k = seed == 0 ? random.Next(1, 100) : random.Next(100, 700), n = random.Next(1, 50), blocks = (k - 1) / block + 1;
            float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() - 0.5f)];
            byte[] weights = [.. Enumerable.Range(0, n * blocks * block).Select(_ => (byte)random.Next(1 << bits))];
            var builder = new GraphBuilder("layer");
            var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(rows, k)));
            Value[] constants =
            [
                Value.Of("w", Tensor.Of<byte>(new Shape(n, blocks * block), weights)), Value.Of("s", Tensor.Of<float>(new Shape(n, blocks), Floats(n * blocks))),
                Value.Of("z", Tensor.Of<float>(new Shape(n, blocks), [.. Enumerable.Range(0, n * blocks).Select(_ => (float)random.Next(1 << bits))])),
            ];
            builder.AddOutput(builder.Add(new BlockedMatMul(block, bits, true), [x, .. constants], SourceLocation.None, (Quantization?)null));
            var (graph, input) = (builder.Build(), Tensor.Of<float>(new Shape(rows, k), Floats(rows * k)));
            var expected = Evaluator.Run(graph, [input])[0];
            Assert.Equal(["blocked_matmul.quantized.native"], Interpret(graph, input, expected, withAmx: false, seed));
            if (KernelTiers.IsSupported(KernelTier.Native)) Assert.Equal(["blocked_matmul.quantized.native"], RunOnCpu(graph, input, expected, KernelTier.Native, seed));
        }
    }

    private static byte[] Compile(Graph graph)
    {
        var program = GraphLowering.Lower(graph);
        byte[] artifact = ArtifactWriter.Write(program, ArtifactMetadata.None);
        var code = CompiledCode.Generate(artifact);
        return code is null ? artifact : ArtifactWriter.Write(program, ArtifactMetadata.None, code);
    }

    // Where the CPU has the instructions the runtime runs every case; the interpreter takes all of them elsewhere, and some of them there.
    private static void Check(string kernel, int cases, Func<Random, Graph> make, bool hasAmx = false)
    {
        int[] counts = [0, 0];
        for (int seed = 0; seed < cases; seed++)
        {
            var random = new Random(seed);
            var graph = make(random);
            var input = new Tensor(graph.Inputs[0].Type);
            bool extremes = random.Next(8) == 0;
            random.NextBytes(input.MutableSpan<byte>());
            if (extremes)
            {
                foreach (ref byte b in input.MutableSpan<byte>()) b = b < 128 ? (byte)0x7F : (byte)0x80;
            }
            var expected = Evaluator.Run(graph, [input])[0];
            string[] names = [];
            foreach (var tier in s_tiers)
            {
                bool withAmx = tier == KernelTier.Amx, runs = KernelTiers.IsSupported(tier);
                if (runs) names = RunOnCpu(graph, input, expected, tier, seed);
                if (!runs || seed % 10 == 0) names = Interpret(graph, input, expected, withAmx, seed);
                if (names.Contains(kernel + (withAmx ? ".amx" : ".native"))) counts[withAmx ? 1 : 0]++;
            }
        }
        Assert.True(counts[0] > cases * 3 / 4, $"{counts[0]} of {cases} layers had machine code.");
        // Depthwise layers, groups and products of two variables have none with AMX.
        Assert.True(!hasAmx || counts[1] > cases * 3 / 4, $"{counts[1]} of {cases} layers had code with AMX.");
    }

    private static string[] RunOnCpu(Graph graph, Tensor input, Tensor expected, KernelTier tier, int seed)
    {
        string[] names = [];
        using var model = QuantizedModel.LoadTrusted(Compile(graph));
        foreach (int threads in (ReadOnlySpan<int>)[1, 3])
        {
            // Steps that are timed do not overlap.
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true, Profile = threads == 1 });
            input.Bytes.Span.CopyTo(session.Input(0));
            session.Run();
            if (threads == 1) names = [.. session.Profile().Select(p => p.Kernel)];
            Compare($"case {seed} on {tier.Name()}, {threads} threads", names, graph, expected, session.Output(0));
        }
        return names;
    }

    private static string[] Interpret(Graph graph, Tensor input, Tensor expected, bool withAmx, int seed)
    {
        byte[] artifact = ArtifactWriter.Write(GraphLowering.Lower(graph), ArtifactMetadata.None);
        var (output, names) = InterpretedProgram.Run(artifact, input.Bytes.Span, withAmx, parts: 1 + seed % 3);
        Compare($"case {seed}, interpreted", names, graph, expected, output);
        return names;
    }

    private static void Compare(string title, string[] kernels, Graph graph, Tensor expected, ReadOnlySpan<byte> actual)
    {
        Assert.Equal(expected.Bytes.Length, actual.Length);
        int at = expected.Bytes.Span.CommonPrefixLength(actual);
        if (at == actual.Length) return;
        Assert.Fail($"{title}: {string.Join(", ", kernels)}, {graph.Nodes[0].Operator}, {graph.Inputs[0].Type}: element {at} is {actual[at]}, not {expected.Bytes.Span[at]}.");
    }
}
