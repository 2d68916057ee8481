using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Passes;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Compiler.Tests.Passes;

/// <summary>What follows a oneDNN convolution that adds: one step instead of seven, with the same bits on every tier.</summary>
public sealed class FuseResidualSumsTests
{
    [Fact]
    public void OneStepGivesTheSameResults()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var graph = Chain(random, out var inputs);
            var fused = new FuseResidualSums().Run(graph);
            Assert.Equal("qnn.residual_sums", Assert.Single(fused.Nodes).Operator.Mnemonic);
            var expected = Evaluator.Run(graph, inputs)[0];
            Assert.Equal(expected.Bytes.ToArray(), Evaluator.Run(fused, inputs)[0].Bytes.ToArray());
            EveryTier.Gives(expected, fused, inputs);
        }
    }

    [Fact]
    public void AValueThatAnotherNodeTakesIsLeftAlone()
    {
        var graph = Chain(new Random(1), out _, sharesTheSum: true);
        Assert.Same(graph, new FuseResidualSums().Run(graph));
    }

    private static Graph Chain(Random random, out Tensor[] inputs, bool sharesTheSum = false)
    {
        var element = random.Next(2) == 0 ? ElementType.U8 : ElementType.S8;
        int channels = 1 + random.Next(70);
        var shape = new Shape(1 + random.Next(2), 1 + random.Next(40), 1 + random.Next(6), channels);
        var x = new Tensor(new TensorType(element, shape, new Quantization(0.1f, 0)));
        var sums = new Tensor(new TensorType(ElementType.S32, shape));
        random.NextBytes(x.MutableSpan<byte>());
        foreach (ref int sum in sums.MutableSpan<int>()) sum = random.Next(20) == 0 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-40000, 40000);
        inputs = [x, sums];

        var builder = new GraphBuilder("chain");
        Value data = builder.AddInput("x", x.Type), real = builder.AddInput("sums", sums.Type);
        Value Add(Operator op, Quantization? quantization, params Value[] operands) => builder.Add(op, operands, SourceLocation.None, quantization);
        Value Row(float scale)
        {
            float[] values = [.. Enumerable.Range(0, random.Next(3) == 0 ? 1 : channels).Select(_ => (random.NextSingle() - 0.5f) * scale)];
            return Value.Of("row", Tensor.Of<float>(new Shape(values.Length), values));
        }
        real = Add(new Cast(ElementType.F32), null, real);
        if (random.Next(4) != 0) real = Add(new Binary(BinaryKind.Add), null, real, Row(5000));
        real = Add(new Binary(BinaryKind.Multiply), null, real, Row(0.01f));
        real = Add(new MultiplyAdd(), null, Add(new Cast(ElementType.F32), null, data), Value.Of("factor", Tensor.Of<float>(new Shape(1), [random.NextSingle()])), real);
        if (sharesTheSum) builder.AddOutput(Add(new Unary(UnaryKind.Negate), null, real));
        builder.AddOutput(Add(new Quantize(element, QuantizeArithmetic.MultiplyEven), new Quantization(random.Next(2) == 0 ? 1 : 0.7f, 0), real));
        return builder.Build();
    }
}
