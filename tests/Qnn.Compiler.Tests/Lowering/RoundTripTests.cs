using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Lowering;

public sealed class RoundTripTests
{
    [Fact]
    public void AGraphBecomesAnArtifactThatRuns()
    {
        var builder = new GraphBuilder("reshape");
        var input = builder.AddInput("x", new TensorType(ElementType.S16, new Shape(2, 3), new Quantization(0.5f, 0)));
        builder.AddOutput(builder.Add(new Reshape(new Shape(3, 2)), [input], SourceLocation.None, input.Type.Quantization));
        builder.AddOutput(builder.Add(new Reshape(new Shape(2)), [Value.Of("c", Tensor.Of<int>(new Shape(2, 1), [7, 8]))], SourceLocation.None));

        byte[] artifact = ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None);
        using var model = QuantizedModel.Load(artifact);
        using var session = model.CreateSession();
        short[] data = [1, -2, 3, -4, 5, -6];
        data.CopyTo(session.Input<short>(0));
        session.Run();

        Assert.Equal(new[] { 3, 2 }, model.Outputs[0].Shape);
        Assert.Equal(data, session.Output<short>(0));
        Assert.Equal(new[] { 7, 8 }, session.Output<int>(1));
    }
}
