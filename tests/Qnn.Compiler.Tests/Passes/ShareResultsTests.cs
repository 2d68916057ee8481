using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>What is computed once, and what only looks alike.</summary>
public sealed class ShareResultsTests
{
    [Fact]
    public void WhatIsEqualIsComputedOnce()
    {
        var after = Run(b =>
        {
            var x = Input(b);
            return b.Add(new Binary(BinaryKind.Multiply), [Quantized(b, x, 0.5f), Quantized(b, x, 0.5f)], SourceLocation.None);
        });
        Assert.Equal(3, after.Nodes.Count);
        Assert.Same(after.Nodes[^1].Input(0), after.Nodes[^1].Input(1));
    }

    [Fact]
    public void OtherResultsOperandsAndAttributesStay()
    {
        var after = Run(b =>
        {
            var x = Input(b);
            var (first, second) = (Quantized(b, x, 0.5f), Quantized(b, x, 0.25f));
            var third = b.Add(new Binary(BinaryKind.Add), [x, Number(1)], SourceLocation.None);
            var fourth = b.Add(new Binary(BinaryKind.Add), [x, Number(2)], SourceLocation.None);
            var fifth = b.Add(new Binary(BinaryKind.Add, 0), [x, Number(1)], SourceLocation.None);
            return new[] { second, third, fourth, fifth }.Aggregate(first, (sum, v) => b.Add(new Binary(BinaryKind.Subtract), [sum, v], SourceLocation.None));
        });
        Assert.Equal(11, after.Nodes.Count);
    }

    [Fact]
    public void ConstantsAreComparedByContents()
    {
        var after = Run(b =>
        {
            var x = Input(b);
            return b.Add(new Binary(BinaryKind.Multiply), [b.Add(new Binary(BinaryKind.Add), [x, Number(1)], SourceLocation.None), b.Add(new Binary(BinaryKind.Add), [x, Number(1)], SourceLocation.None)], SourceLocation.None);
        });
        Assert.Equal(2, after.Nodes.Count);
    }

    [Fact]
    public void ResultsOfTheGraphKeepTheirNodes()
    {
        var builder = new GraphBuilder("test");
        var x = Input(builder);
        builder.AddOutput(builder.Add(new Unary(UnaryKind.Negate), [x], SourceLocation.None));
        builder.AddOutput(builder.Add(new Unary(UnaryKind.Negate), [x], SourceLocation.None));
        var graph = builder.Build();
        Assert.Same(graph, new ShareResults().Run(graph));
    }

    private static Value Quantized(GraphBuilder b, Value x, float scale)
    {
        var q = b.Add(new Quantize(ElementType.U8, QuantizeArithmetic.DivideEven), [x], SourceLocation.None, new Quantization(scale, 3));
        return b.Add(new Dequantize(), [q], SourceLocation.None);
    }

    private static Value Number(float value) => Value.Of("number", Tensor.Scalar(value));

    private static Value Input(GraphBuilder b) => b.AddInput("x", new TensorType(ElementType.F32, new Shape(6)));

    private static Graph Run(Func<GraphBuilder, Value> body)
    {
        var builder = new GraphBuilder("test");
        builder.AddOutput(body(builder));
        var after = new ShareResults().Run(builder.Build());
        GraphVerifier.Verify(after);
        return after;
    }
}
