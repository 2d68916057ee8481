using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Normalization;
using Qnn.Runtime.Kernels.Quantization;
using Qnn.Runtime.Kernels.Rows;

namespace Qnn.Compiler.Tests.Lowering;

/// <summary>Steps on rows that become one: which do, that the answers are those of the evaluator, which knows no chains, and that faulty parameters are rejected.</summary>
public sealed class RowChainsTests
{
    private static readonly Quantization s_in = new(0.037f, 117), s_out = new(0.029f, 99);

    [Theory]
    [InlineData(ElementType.U8, 64, 300, false)]
    [InlineData(ElementType.U8, 256, 37, true)]
    [InlineData(ElementType.S8, 192, 101, true)]
    [InlineData(ElementType.U8, 100, 131, true)]
    [InlineData(ElementType.S8, 33, 700, false)]
    public void BytesWithAFloatBias(ElementType type, int columns, int rows, bool gelu)
    {
        var (before, after) = type == ElementType.U8 ? (s_in, s_out) : (s_in.WithZeroPointOffset(-128), s_out.WithZeroPointOffset(-128));
        Check(["RowChain"], b =>
        {
            var x = b.AddInput("x", new TensorType(type, new Shape(1, rows, columns), before));
            var sum = Add(b, b.Add(new Dequantize(), [x], SourceLocation.None), Constant(b, 1, columns));
            if (gelu) sum = b.Add(new Unary(UnaryKind.MlasGelu), [sum], SourceLocation.None);
            b.AddOutput(b.Add(new Quantize(type, QuantizeArithmetic.DivideEven), [sum], SourceLocation.None, after));
        });
    }

    [Theory]
    [InlineData(37, 301)]
    [InlineData(128, 128)]
    [InlineData(5000, 3)]
    public void SoftmaxBetweenBytes(int columns, int rows) => Check(["RowChain"], b =>
    {
        var x = b.AddInput("x", new TensorType(ElementType.U8, new Shape(1, rows, columns), s_in));
        var scaled = b.Add(new Binary(BinaryKind.Divide), [b.Add(new Dequantize(), [x], SourceLocation.None), Value.Of("d", Tensor.Scalar(5.656854f))], SourceLocation.None);
        b.AddOutput(b.Add(new Quantize(ElementType.U8, QuantizeArithmetic.DivideEven), [b.Add(new Softmax(1, RowFunction.MlasSoftmax), [scaled], SourceLocation.None)], SourceLocation.None, new Quantization(1 / 256f, 0)));
    });

    [Theory]
    [InlineData(256, 70, LayerNormalizationKind.Running)]
    [InlineData(96, 129, LayerNormalizationKind.TwoPasses)]
    public void SumsThatAreNormalized(int columns, int rows, object kind) => Check(["RowChain", "Unary"], b =>
    {
        var type = new TensorType(ElementType.F32, new Shape(rows, columns));
        var sum = Add(b, Add(b, b.AddInput("x", type), Constant(b, 2, columns)), b.AddInput("y", type));
        var normalized = b.Add(new LayerNormalization(1e-5f, (LayerNormalizationKind)kind), [sum, Constant(b, 3, columns), Constant(b, 4, columns)], SourceLocation.None);
        // Two users: the chain's result, and then it ends.
        b.AddOutput(normalized);
        b.AddOutput(b.Add(new Unary(UnaryKind.Tanh), [Columns(b, normalized, columns)], SourceLocation.None));
    });

    [Fact]
    public void AStepMovesUpToItsOperand() => Check(["RowChain", "RowChain", "QuantizedMatMul"], b =>
    {
        var type = new TensorType(ElementType.U8, new Shape(1, 130, 64), s_in);
        var (x, y) = (b.AddInput("x", type), b.AddInput("y", type with { Shape = new Shape(1, 64, 130) }));
        var (first, second) = (Add(b, b.Add(new Dequantize(), [x], SourceLocation.None), Constant(b, 5, 64)), Add(b, b.Add(new Dequantize(), [y], SourceLocation.None), Constant(b, 6, 130)));
        var (left, right) = (b.Add(new Quantize(ElementType.U8, QuantizeArithmetic.DivideEven), [first], SourceLocation.None, s_out), b.Add(new Quantize(ElementType.U8, QuantizeArithmetic.DivideEven), [second], SourceLocation.None, s_out));
        b.AddOutput(b.Add(new QuantizedMatMul(0, ElementType.S32), [left, right, Value.Of("za", Tensor.Scalar((byte)99)), Value.Of("zb", Tensor.Scalar((byte)99))], SourceLocation.None));
    });

    [Theory]
    [InlineData(96, 200, "RowChain")]
    [InlineData(50, 301, "Binary", "Unary", "Binary")]
    public void FunctionsOfBlocksStayApartWhereRowsDoNotFillThem(int columns, int rows, params string[] steps) => Check(steps, b =>
    {
        var sum = Add(b, b.AddInput("x", new TensorType(ElementType.F32, new Shape(rows, columns))), Constant(b, 1, columns));
        b.AddOutput(Add(b, b.Add(new Unary(UnaryKind.TorchSilu), [sum], SourceLocation.None), Constant(b, 2, columns)));
    });

    [Fact]
    public void WhatIsSmallStaysApart() => Check(["Dequantize", "Binary", "Quantize"], b =>
    {
        var x = b.AddInput("x", new TensorType(ElementType.U8, new Shape(8, 64), s_in));
        b.AddOutput(b.Add(new Quantize(ElementType.U8, QuantizeArithmetic.DivideEven), [Add(b, b.Add(new Dequantize(), [x], SourceLocation.None), Constant(b, 1, 64))], SourceLocation.None, s_out));
    });

    [Fact]
    public void RowsOfAnotherLengthAreAnotherChain() => Check(["RowChain", "RowChain"], b =>
    {
        var x = b.AddInput("x", new TensorType(ElementType.F32, new Shape(128, 128)));
        var first = b.Add(new Unary(UnaryKind.Abs), [Add(b, x, Constant(b, 1, 128))], SourceLocation.None);
        var other = b.Add(new Reshape(new Shape(256, 64)), [first], SourceLocation.None);
        b.AddOutput(b.Add(new Unary(UnaryKind.Negate), [Add(b, other, Constant(b, 2, 64))], SourceLocation.None));
    });

    [Fact]
    public void FaultyParametersAreRejectedOrHarmless()
    {
        var builder = new GraphBuilder("test");
        var x = builder.AddInput("x", new TensorType(ElementType.U8, new Shape(300, 64), s_in));
        builder.AddOutput(builder.Add(new Quantize(ElementType.U8, QuantizeArithmetic.DivideEven), [Add(builder, builder.Add(new Dequantize(), [x], SourceLocation.None), Constant(builder, 1, 64))], SourceLocation.None, s_out));
        var program = GraphLowering.Lower(builder.Build());
        byte[] good = Assert.Single(program.Steps).Parameters;
        int rejected = 0;
        for (int at = 0; at < good.Length; at += 4)
        {
            foreach (int number in (int[])[-1, 0, 1, 2, 3, 7, 63, 65, 80, 111, 255, 300, 1 << 20, int.MaxValue, int.MinValue])
            {
                byte[] bad = [.. good];
                BitConverter.TryWriteBytes(bad.AsSpan(at), number);
                rejected += IsRejected(bad) ? 1 : 0;
            }
        }
        for (int length = 0; length < good.Length; length++) rejected += IsRejected(good[..length]) ? 1 : 0;
        Assert.InRange(rejected, good.Length, int.MaxValue);
        Assert.False(IsRejected(good));

        bool IsRejected(byte[] parameters)
        {
            var changed = new LoweredProgram
            {
                Name = "test",
                Tensors = program.Tensors,
                Steps = [program.Steps[0] with { Parameters = parameters }],
                Inputs = program.Inputs,
                Outputs = program.Outputs,
                ArenaBytes = program.ArenaBytes,
            };
            try
            {
                using var model = QuantizedModel.Load(ArtifactWriter.Write(changed, ArtifactMetadata.None));
                using var session = model.CreateSession(new InferenceOptions { Threads = 1 });
                session.Run();
                return false;
            }
            catch (QnnFormatException)
            {
                return true;
            }
        }
    }

    private static Value Add(GraphBuilder b, Value x, Value y) => b.Add(new Binary(BinaryKind.Add), [x, y], SourceLocation.None);

    // Keeps a value out of the chain, which a function of it would join.
    private static Value Columns(GraphBuilder b, Value x, int columns) => b.Add(new Transpose(new Ints(1, 0)), [b.Add(new Reshape(new Shape(x.Type.Shape.ElementCount / columns, columns)), [x], SourceLocation.None)], SourceLocation.None);

    private static Value Constant(GraphBuilder b, int seed, int count)
    {
        var r = new Random(seed);
        return Value.Of($"c{seed}", Tensor.Of<float>(new Shape(count), [.. Enumerable.Range(0, count).Select(_ => r.NextSingle() * 4 - 2)]));
    }

    private static void Check(string[] steps, Action<GraphBuilder> body)
    {
        var builder = new GraphBuilder("test");
        body(builder);
        var graph = builder.Build();
        var program = GraphLowering.Lower(graph);
        Assert.Equal(steps, program.Steps.Select(s => s.OpCode.ToString()).Where(name => name != nameof(OpCode.StridedCopy)));
        var random = new Random(9);
        Tensor[] inputs = [.. graph.Inputs.Select(i => Fill(i.Type, random))];
        var expected = Evaluator.Run(graph, inputs);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(program, ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                for (int i = 0; i < inputs.Length; i++) inputs[i].Bytes.Span.CopyTo(session.Input(i));
                session.Run();
                for (int i = 0; i < expected.Count; i++) Assert.True(expected[i].Bytes.Span.SequenceEqual(session.Output(i)), $"output {i} differs on {tier.Name()} with {threads} threads");
            }
        }
    }

    private static Tensor Fill(TensorType type, Random random)
    {
        var tensor = new Tensor(type);
        if (type.Element == ElementType.F32) foreach (ref float x in tensor.MutableSpan<float>()) x = random.NextSingle() * 6 - 3;
        else random.NextBytes(tensor.MutableSpan<byte>());
        return tensor;
    }
}
