using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>Reshapes of reshapes: what becomes one, what goes, and what stays.</summary>
public sealed class MergeReshapesTests
{
    private static readonly Quantization s_quantization = new(0.5f, 3);

    [Fact]
    public void AChainIsOne()
    {
        var after = Run(b => Negate(b, Reshape(b, Reshape(b, Reshape(b, Input(b), 2, 3), 6), 3, 2)));
        Assert.Equal([typeof(Reshape), typeof(Unary)], after.Nodes.Select(n => n.Operator.GetType()));
        Assert.Equal(new Shape(3, 2), after.Nodes[0].Output.Type.Shape);
    }

    [Fact]
    public void ThereAndBackIsNothing()
    {
        var after = Run(b => Negate(b, Reshape(b, Reshape(b, Input(b), 2, 3), 6)));
        Assert.IsType<Unary>(Assert.Single(after.Nodes).Operator);
    }

    [Fact]
    public void AResultKeepsItsNode()
    {
        var after = Run(b => Reshape(b, Reshape(b, Input(b), 2, 3), 6));
        Assert.IsType<Reshape>(Assert.Single(after.Nodes).Operator);
    }

    [Fact]
    public void AnotherQuantizationStays()
    {
        var after = Run(b => Negate(b, b.Add(new Reshape(new Shape(6)), [Input(b)], SourceLocation.None, s_quantization)));
        Assert.Equal(s_quantization, after.Nodes[0].Output.Type.Quantization);
    }

    private static Graph Run(Func<GraphBuilder, Value> body)
    {
        var builder = new GraphBuilder("test");
        builder.AddOutput(body(builder));
        var after = new MergeReshapes().Run(builder.Build());
        GraphVerifier.Verify(after);
        return after;
    }

    private static Value Input(GraphBuilder b) => b.AddInput("x", new TensorType(ElementType.F32, new Shape(6)));

    private static Value Reshape(GraphBuilder b, Value data, params int[] shape) => b.Add(new Reshape(new Shape(shape)), [data], SourceLocation.None);

    private static Value Negate(GraphBuilder b, Value data) => b.Add(new Unary(UnaryKind.Negate), [data], SourceLocation.None);
}
