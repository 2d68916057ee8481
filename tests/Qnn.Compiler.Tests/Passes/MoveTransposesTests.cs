using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Tests.Passes;

/// <summary><c>f(transpose(x)) => transpose(f'(x))</c></summary>
public sealed class MoveTransposesTests
{
    private static readonly int[] s_toLast = [0, 2, 3, 1];
    private static readonly int[] s_toSecond = [0, 3, 1, 2];

    [Fact]
    public void APairAroundAnElementwiseOperatorVanishes()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(1, 4, 5, 3)));
        var second = Add(builder, new Transpose(new Ints(s_toSecond)), x);
        var bias = Value.Of("bias", Tensor.Of<float>(new Shape(3, 1, 1), [1, 2, 3]));
        var sum = Add(builder, new Binary(BinaryKind.Add), second, bias);
        var relu = Add(builder, Unary.Clamp(0, float.PositiveInfinity), sum);
        builder.AddOutput(Add(builder, new Transpose(new Ints(s_toLast)), relu));
        var after = Check(builder.Build());
        Assert.DoesNotContain(after.Nodes, n => n.Operator is Transpose);
    }

    [Fact]
    public void AJoinMovesItsAxisAlong()
    {
        var builder = new GraphBuilder("test");
        var a = builder.AddInput("a", new TensorType(ElementType.F32, new Shape(1, 4, 5, 3)));
        var b = builder.AddInput("b", new TensorType(ElementType.F32, new Shape(1, 4, 5, 2)));
        var joined = Add(builder, new Concat(1), Add(builder, new Transpose(new Ints(s_toSecond)), a), Add(builder, new Transpose(new Ints(s_toSecond)), b));
        builder.AddOutput(Add(builder, new Transpose(new Ints(s_toLast)), joined));
        var after = Check(builder.Build());
        Assert.Equal(new Concat(3), Assert.Single(after.Nodes).Operator);
    }

    [Fact]
    public void AMeanOverTheImageThatDropsItsAxesLeavesNoTranspose()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(2, 4, 5, 3)));
        var second = Add(builder, new Transpose(new Ints(s_toSecond)), x);
        builder.AddOutput(Add(builder, new Reduce(ReduceKind.Mean, new Ints(2, 3), false), second));
        var after = Check(builder.Build());
        Assert.IsType<Reduce>(Assert.Single(after.Nodes).Operator);
    }

    [Fact]
    public void AFlattenedImageOfOnePixelTakesNoTranspose()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(2, 1, 1, 6)));
        builder.AddOutput(Add(builder, new Reshape(new Shape(2, 6)), Add(builder, new Transpose(new Ints(s_toSecond)), x)));
        Assert.IsType<Reshape>(Assert.Single(Check(builder.Build()).Nodes).Operator);
    }

    [Fact]
    public void AReshapeThatNeedsTheOrderKeepsTheTranspose()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(2, 2, 1, 6)));
        builder.AddOutput(Add(builder, new Reshape(new Shape(2, 12)), Add(builder, new Transpose(new Ints(s_toSecond)), x)));
        Assert.Contains(Check(builder.Build()).Nodes, n => n.Operator is Transpose);
    }

    [Fact]
    public void ASumWhoseOrderWouldChangeKeepsTheTranspose()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(2, 4, 5, 3)));
        builder.AddOutput(Add(builder, new Reduce(ReduceKind.Sum, new Ints(1, 2), true), Add(builder, new Transpose(new Ints(s_toSecond)), x)));
        Assert.Contains(Check(builder.Build()).Nodes, n => n.Operator is Transpose);
    }

    [Fact]
    public void PaddingAndSlicesMoveAlong()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(1, 4, 5, 3)));
        var second = Add(builder, new Transpose(new Ints(s_toSecond)), x);
        var padded = Add(builder, new Pad(new Ints(0, 1, 2, 3), new Ints(0, 0, 1, 2), 7), second);
        var slice = Add(builder, StridedSlice.Contiguous([0, 1, 0, 2], new Shape(1, 2, 6, 5)), padded);
        builder.AddOutput(Add(builder, new Transpose(new Ints(s_toLast)), slice));
        Assert.DoesNotContain(Check(builder.Build()).Nodes, n => n.Operator is Transpose);
    }

    [Fact]
    public void AFlattenedImageOfOnePixelIsAddedToTransposedData()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.F32, new Shape(1, 4, 5, 3)));
        var pixel = builder.AddInput("pixel", new TensorType(ElementType.F32, new Shape(1, 1, 1, 3)));
        var second = Add(builder, new Transpose(new Ints(s_toSecond)), x);
        var flat = Add(builder, new Reshape(new Shape(3, 1, 1)), Add(builder, new Transpose(new Ints(s_toSecond)), pixel));
        builder.AddOutput(Add(builder, new Transpose(new Ints(s_toLast)), Add(builder, new Binary(BinaryKind.Add), second, flat)));
        Assert.DoesNotContain(Check(builder.Build()).Nodes, n => n.Operator is Transpose);
    }

    private static Value Add(GraphBuilder builder, Operator op, params Value[] inputs) => builder.Add(op, inputs, SourceLocation.None);

    private static Graph Check(Graph before)
    {
        var after = new MoveTransposes().Run(before);
        GraphVerifier.Verify(after);
        var random = new Random(5);
        var inputs = before.Inputs.Select(i => Tensor.Of<float>(i.Type.Shape, [.. Enumerable.Range(0, i.Type.Shape.ElementCount).Select(_ => random.NextSingle() - 0.5f)])).ToArray();
        var (expected, actual) = (Evaluator.Run(before, inputs), Evaluator.Run(after, inputs));
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Type.Shape, actual[i].Type.Shape);
            Assert.True(expected[i].Bytes.Span.SequenceEqual(actual[i].Bytes.Span));
        }
        return after;
    }
}
