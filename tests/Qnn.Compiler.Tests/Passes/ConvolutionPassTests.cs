using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Reduction;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>The passes over convolutions: what they rewrite, what they leave alone, and that the answers stay.</summary>
public sealed class ConvolutionPassTests
{
    private static readonly Quantization s_data = new(0.05f, -3);

    [Fact]
    public void RequantizationBecomesTheEpilogue()
    {
        var graph = Build(b => Requantize(b, Conv(b, Input(b))));
        var after = Run(new FuseRequantize(), graph);
        Assert.NotNull(Assert.IsType<QnnConv2D>(Assert.Single(after.Nodes).Operator).Epilogue);
    }

    [Fact]
    public void AccumulatorsThatAreAnOutputStay()
    {
        var graph = Build(b =>
        {
            var sums = Conv(b, Input(b));
            b.AddOutput(sums);
            return Requantize(b, sums);
        });
        Assert.Same(graph, new FuseRequantize().Run(graph));
    }

    [Fact]
    public void PaddingBecomesPartOfTheWindow()
    {
        var graph = Build(b => Conv(b, Pad(b, Input(b), s_data.ZeroPoint)));
        var after = Run(new FoldPadding(), graph);
        var window = Assert.IsType<QnnConv2D>(Assert.Single(after.Nodes).Operator).Window;
        Assert.Equal((1, 2, 0, 1), (window.PadTop, window.PadBottom, window.PadLeft, window.PadRight));
    }

    [Fact]
    public void PaddingWithAnotherNumberStays()
    {
        var graph = Build(b => Conv(b, Pad(b, Input(b), 0)));
        Assert.Same(graph, new FoldPadding().Run(graph));
    }

    [Fact]
    public void SignsFlipAtTheEdgesOnly()
    {
        var graph = Build(b =>
        {
            var first = Requantize(b, Conv(b, Input(b)));
            var pool = b.Add(new QuantizedPool2D(PoolKind.Average, new Window2D(2, 2), -100, 90), [first], SourceLocation.None, first.Type.Quantization);
            return Requantize(b, Conv(b, b.Add(new Concat(3), [pool, pool], SourceLocation.None, first.Type.Quantization)));
        });
        var after = Run(new FlipSigns(), Run(new FuseRequantize(), graph));
        Assert.Equal(2, after.Nodes.Count(n => n.Operator is FlipSign));
        Assert.Equal(ElementType.S8, Assert.Single(after.Outputs).Type.Element);
        Assert.Equal(graph.Outputs[0].Name, after.Outputs[0].Name);
    }

    [Fact]
    public void SignsStayFlippedThroughTablesMeansAndWhatMovesElements()
    {
        var graph = Build(b =>
        {
            var q = Requantize(b, Conv(b, Input(b)));
            var table = Value.Of("table", Tensor.Of<sbyte>(new Shape(256), [.. Enumerable.Range(0, 256).Select(i => (sbyte)(i * 7 + 3))]));
            var looked = b.Add(new LookupTable(), [q, table], SourceLocation.None, q.Type.Quantization);
            var gathered = b.Add(new Gather(1), [looked, Value.Of("rows", Tensor.Of<int>(new Shape(3), [2, 0, 1]))], SourceLocation.None, q.Type.Quantization);
            var resized = b.Add(new Resize2D(BilinearOrder.None, 8, 8, false, false), [gathered], SourceLocation.None, q.Type.Quantization);
            foreach (var arithmetic in (ResizeArithmetic[])[ResizeArithmetic.Fixed10, ResizeArithmetic.Fixed11]) resized = b.Add(new QuantizedResizeBilinear(arithmetic, 11, 9, false, true), [resized], SourceLocation.None, q.Type.Quantization);
            var means = ((MeanRounding[])[MeanRounding.Exact, MeanRounding.Folded, MeanRounding.Float32])
                .Select(rounding => b.Add(new QuantizedMean(false, rounding, new Ints(1, 2), true), [resized], SourceLocation.None, new Quantization(0.04f, -7))).ToArray();
            var column = b.Add(new Concat(1), means, SourceLocation.None, means[0].Type.Quantization);
            return Requantize(b, Conv(b, b.Add(new Concat(2), [column, column, column], SourceLocation.None, means[0].Type.Quantization)));
        });
        var after = Run(new FlipSigns(), Run(new FuseRequantize(), graph));
        Assert.Equal(2, after.Nodes.Count(n => n.Operator is FlipSign));
    }

    [Fact]
    public void UnsignedGraphsKeepTheirSigns()
    {
        var graph = Build(b => Conv(b, b.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 6, 6, 4), new Quantization(0.05f, 128)))));
        Assert.Same(graph, new FlipSigns().Run(graph));
    }

    private static Graph Run(GraphPass pass, Graph graph)
    {
        var after = pass.Run(graph);
        GraphVerifier.Verify(after);
        var random = new Random(1);
        var inputs = graph.Inputs.Select(i =>
        {
            var tensor = new Tensor(i.Type);
            random.NextBytes(tensor.MutableSpan<byte>());
            return tensor;
        }).ToArray();
        var (expected, actual) = (Evaluator.Run(graph, inputs), Evaluator.Run(after, inputs));
        for (int i = 0; i < expected.Count; i++) Assert.Equal(expected[i].Bytes.ToArray(), actual[i].Bytes.ToArray());
        return after;
    }

    private static Graph Build(Func<GraphBuilder, Value> body)
    {
        var builder = new GraphBuilder("test");
        builder.AddOutput(body(builder));
        return builder.Build();
    }

    private static Value Input(GraphBuilder b) => b.AddInput("x", new TensorType(ElementType.S8, new Shape(1, 6, 6, 4), s_data));

    private static Value Conv(GraphBuilder b, Value data)
    {
        int channels = data.Type.Shape[3];
        var weights = new sbyte[5 * 3 * 3 * channels];
        for (int i = 0; i < weights.Length; i++) weights[i] = (sbyte)(i * 37);
        return b.Add(new QnnConv2D(new Window2D(3, 3)), [data, Value.Of("w", Tensor.Of<sbyte>(new Shape(5, 3, 3, channels), weights, new Quantization(0.01f, 0)))], SourceLocation.None);
    }

    private static Value Requantize(GraphBuilder b, Value sums) =>
        b.Add(new Requantize(RequantizeArithmetic.FixedPointSingle, new Doubles(0.002), ElementType.S8, -3, -128, 120), [sums], SourceLocation.None, s_data);

    private static Value Pad(GraphBuilder b, Value data, int value) =>
        b.Add(new Pad(new Ints(0, 1, 0, 0), new Ints(0, 2, 1, 0), value), [data], SourceLocation.None, data.Type.Quantization);
}
