using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>What normalizes rows of 8-bit data, against its formula; rows longer than the pieces that 32 bits hold, too.</summary>
public sealed class QuantizedRowMomentsTests
{
    [Theory]
    [InlineData(true, 7)]
    [InlineData(false, 300)]
    [InlineData(true, 70_000)]
    public void RowsHaveTheirMoments(bool isSigned, int length)
    {
        const int Rows = 3, ZeroPoint = 5;
        const float Scale = 0.03f;
        const double Epsilon = 1e-5;
        byte[] data = new byte[Rows * length];
        new Random(length).NextBytes(data);
        // The sums of the greatest numbers.
        data.AsSpan(0, length).Fill(isSigned ? (byte)128 : (byte)255);
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(isSigned ? ElementType.S8 : ElementType.U8, new Shape(Rows, length), new Quantization(Scale, ZeroPoint)));
        foreach (var result in builder.Add(new QuantizedRowMoments(Epsilon), [x], new SourceLocation("node", "TEST"), [])) builder.AddOutput(result);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(new InferenceOptions());
        data.CopyTo(session.Input(0));
        session.Run();
        for (int r = 0; r < Rows; r++)
        {
            long[] row = [.. data.AsSpan(r * length, length).ToArray().Select(b => isSigned ? (long)(sbyte)b : b)];
            float mean = (float)row.Sum() / length, variance = MathF.Max(MathF.FusedMultiplyAdd(-mean, mean, (float)row.Sum(v => v * v) / length), 0);
            Assert.Equal((float)(Scale / Math.Sqrt(variance * Scale * Scale + Epsilon)), MemoryMarshal.Cast<byte, float>(session.Output(0))[r]);
            Assert.Equal(mean - ZeroPoint, MemoryMarshal.Cast<byte, float>(session.Output(1))[r]);
        }
    }
}
