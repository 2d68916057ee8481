using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>Clamps join the convolution or dense layer in front of them, and nothing changes.</summary>
public sealed class FuseClampsTests
{
    [Theory]
    [InlineData(0f, float.PositiveInfinity)]
    [InlineData(-0.25f, 0.5f)]
    public void OneNodeGivesTheSameResults(float min, float max)
    {
        (Operator Op, Shape Weights)[] producers =
        [
            (new Conv2D(new Window2D(3, 3, PadTop: 1, PadLeft: 1)), new Shape(5, 3, 3, 4)),
            (new DepthwiseConv2D(new Window2D(2, 2)), new Shape(1, 2, 2, 4)),
            (new Dense(), new Shape(7, 4)),
        ];
        foreach (var (op, shape) in producers)
        {
            var data = Numbers(new Shape(1, 6, 7, 4), 1);
            var graph = Clamped(op, data.Type, Numbers(shape, 2), min, max, usesSums: false);
            var fused = new FuseClamps().Run(graph);
            Assert.Equal(op.Mnemonic, Assert.Single(fused.Nodes).Operator.Mnemonic);
            Assert.Equal(Evaluator.Run(graph, [data])[0].Bytes.ToArray(), Evaluator.Run(fused, [data])[0].Bytes.ToArray());
        }
    }

    [Fact]
    public void ValuesThatAreClampedAlreadyOrTakenElsewhereAreLeftAlone()
    {
        var type = new TensorType(ElementType.F32, new Shape(3, 4));
        foreach (var graph in (Graph[])[Clamped(new Dense(Min: -1), type, Numbers(new Shape(2, 4), 1), 0, 1, usesSums: false), Clamped(new Dense(), type, Numbers(new Shape(2, 4), 1), 0, 1, usesSums: true)])
        {
            Assert.Same(graph, new FuseClamps().Run(graph));
        }
    }

    private static Graph Clamped(Operator op, TensorType data, Tensor weights, float min, float max, bool usesSums)
    {
        var builder = new GraphBuilder("clamped");
        var sums = builder.Add(op, [builder.AddInput("x", data), Value.Of("w", weights)], SourceLocation.None);
        builder.AddOutput(builder.Add(new Unary(UnaryKind.Clamp, min, max), [sums], SourceLocation.None));
        if (usesSums) builder.AddOutput(sums);
        return builder.Build();
    }

    private static Tensor Numbers(Shape shape, int seed)
    {
        var random = new Random(seed);
        return Tensor.Of<float>(shape, [.. Enumerable.Range(0, shape.ElementCount).Select(_ => random.NextSingle() * 2 - 1)]);
    }
}
