using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Tests.Passes;

/// <summary><c>qnn.quantize(f(qnn.dequantize(x))) => qnn.lookup(x, table)</c></summary>
public sealed class FuseLookupTablesTests
{
    private static readonly Quantization s_quantization = new(0.05f, 3);

    [Theory]
    [InlineData(ElementType.U8)]
    [InlineData(ElementType.S8)]
    public void AFunctionOfOneValueBecomesATable(ElementType element)
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(element, new Shape(2, 128), s_quantization));
        var real = Add(builder, new Dequantize(), x);
        var three = Value.Of("three", Tensor.Of<float>(new Shape(1), [3]));
        var gate = Add(builder, Unary.Clamp(0, 6), Add(builder, new Binary(BinaryKind.Add), real, three));
        var product = Add(builder, new Binary(BinaryKind.Multiply), real, gate);
        builder.AddOutput(builder.Add(new Quantize(element, default(QuantizeArithmetic)), [product], SourceLocation.None, s_quantization));
        Assert.IsType<LookupTable>(Assert.Single(Check(builder.Build()).Nodes).Operator);
    }

    [Fact]
    public void QuantizingWhatWasJustDequantizedIsNothing()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        builder.AddOutput(builder.Add(new Quantize(ElementType.U8, default(QuantizeArithmetic)), [Add(builder, new Dequantize(), x)], SourceLocation.None, s_quantization));
        Assert.Empty(Check(builder.Build()).Nodes);
    }

    [Fact]
    public void AFunctionOfTwoValuesStays()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        var y = builder.AddInput("y", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        var product = Add(builder, new Binary(BinaryKind.Multiply), Add(builder, new Dequantize(), x), Add(builder, new Dequantize(), y));
        builder.AddOutput(builder.Add(new Quantize(ElementType.U8, default(QuantizeArithmetic)), [product], SourceLocation.None, s_quantization));
        Assert.DoesNotContain(Check(builder.Build()).Nodes, n => n.Operator is LookupTable);
    }

    [Fact]
    public void AFactorForEachChannelStays()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(128, 2), s_quantization));
        var factors = Value.Of("factors", Tensor.Of<float>(new Shape(2), [3, 0.5f]));
        var product = Add(builder, new Binary(BinaryKind.Multiply), Add(builder, new Dequantize(), x), factors);
        builder.AddOutput(builder.Add(new Quantize(ElementType.U8, default(QuantizeArithmetic)), [product], SourceLocation.None, s_quantization));
        Assert.DoesNotContain(Check(builder.Build()).Nodes, n => n.Operator is LookupTable);
    }

    private static Value Add(GraphBuilder builder, Operator op, params Value[] inputs) => builder.Add(op, inputs, SourceLocation.None);

    private static Graph Check(Graph before)
    {
        var after = new FuseLookupTables().Run(before);
        GraphVerifier.Verify(after);
        var inputs = before.Inputs.Select(i => new Tensor(i.Type, Enumerable.Range(0, 256).Select(v => (byte)v).ToArray())).ToArray();
        var (expected, actual) = (Evaluator.Run(before, inputs), Evaluator.Run(after, inputs));
        Assert.True(expected[0].Bytes.Span.SequenceEqual(actual[0].Bytes.Span));
        return after;
    }
}
