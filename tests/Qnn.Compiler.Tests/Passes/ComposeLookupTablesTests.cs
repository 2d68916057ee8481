using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Passes;

/// <summary><c>qnn.lookup(qnn.lookup(x, t1), t2) => qnn.lookup(x, t2[t1])</c></summary>
public sealed class ComposeLookupTablesTests
{
    private static readonly Quantization s_quantization = new(0.05f, 3), s_moved = new(0.05f, -125);

    [Theory]
    [InlineData(ElementType.U8)]
    [InlineData(ElementType.S16)]
    public void TwoTablesBecomeOne(ElementType element)
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        var first = Lookup(builder, x, Permutation(ElementType.U8, 7));
        builder.AddOutput(Lookup(builder, first, Permutation(element, 5)));
        Assert.IsType<LookupTable>(Assert.Single(Check(builder.Build()).Nodes).Operator);
    }

    [Fact]
    public void ATableAndAFlipThatUndoesItGo()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        byte[] flip = [.. Enumerable.Range(0, 256).Select(i => (byte)(i ^ 0x80))];
        var table = Value.Of("t", new Tensor(new TensorType(ElementType.S8, new Shape(256)), flip));
        var signed = builder.Add(new LookupTable(), [x, table], SourceLocation.None, s_moved);
        builder.AddOutput(builder.Add(new FlipSign(), [signed], SourceLocation.None, s_quantization));
        Assert.Empty(Check(builder.Build()).Nodes);
    }

    [Fact]
    public void TheSameBytesOfAnotherScaleStayATable()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        var flipped = builder.Add(new FlipSign(), [x], SourceLocation.None, s_moved);
        builder.AddOutput(builder.Add(new FlipSign(), [flipped], SourceLocation.None, new Quantization(0.06f, 3)));
        Assert.IsType<LookupTable>(Assert.Single(Check(builder.Build()).Nodes).Operator);
    }

    [Fact]
    public void ATableOfSixteenBitDataStays()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(1, 256), s_quantization));
        var wide = Lookup(builder, x, Permutation(ElementType.S16, 3));
        var table = Value.Of("w", Tensor.Of(new Shape(65536), [.. Enumerable.Range(0, 65536).Select(i => (short)(i * 3))]));
        builder.AddOutput(builder.Add(new LookupTable(), [wide, table], SourceLocation.None));
        Assert.Equal(2, Check(builder.Build()).Nodes.Count);
    }

    private static Value Lookup(GraphBuilder builder, Value x, Value table) => builder.Add(new LookupTable(), [x, table], SourceLocation.None);

    private static Value Permutation(ElementType element, int factor)
    {
        int size = element.Size();
        byte[] bytes = new byte[256 * size];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)(i * factor + i / 50);
        return Value.Of($"table{factor}", new Tensor(new TensorType(element, new Shape(256)), bytes));
    }

    // Both graphs give the same for all numbers.
    private static Graph Check(Graph graph)
    {
        var after = new ComposeLookupTables().Run(graph);
        GraphVerifier.Verify(after);
        byte[] all = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        var input = new Tensor(graph.Inputs[0].Type, all);
        byte[] expected = Run(graph), actual = Run(after);
        Assert.Equal(expected, actual);
        return after;

        byte[] Run(Graph g) => Evaluator.Run(g, [input])[0].Bytes.ToArray();
    }
}
