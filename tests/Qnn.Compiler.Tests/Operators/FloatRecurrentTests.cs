using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>PyTorch's float recurrent layers, held to their steps written out as operators, on every tier.</summary>
public sealed class FloatRecurrentTests
{
    private const int Steps = 3;

    [Theory]
    [InlineData(1, 3, 7, MatMulOrder.Dots, false, 0)]
    [InlineData(2, 1, 33, MatMulOrder.Vector, true, 0)]
    [InlineData(3, 2, 33, MatMulOrder.Dots, false, 0)]
    [InlineData(3, 5, 40, 16, true, 0)]
    [InlineData(4, 5, 40, 40, false, 0)]
    [InlineData(4, 1, 18, MatMulOrder.Vector, true, 0)]
    [InlineData(4, 2, 1, MatMulOrder.Columns, false, 0)]
    [InlineData(4, 4, 24, 24, false, 13)]
    [InlineData(4, 13, 40, 16, true, 0)]
    [InlineData(3, 9, 37, 37, false, 0)]
    [InlineData(4, 1, 24, MatMulOrder.Vector, true, 6)]
    public void ALayerIsItsSteps(int kind, int batches, int hidden, int order, bool reverse, int projected)
    {
        var cell = (RecurrentCell)kind;
        int gates = cell.Gates(), width = gates * hidden, state = projected > 0 ? projected : hidden;
        var random = new Random(kind + hidden);
        Value x = Named("x", random, Steps, batches, width), state0 = Named("h", random, batches, state), cells0 = Named("c", random, batches, hidden);
        Value weights = Named("w", random, width, state), bias = Named("b", random, width), projection = Named("p", random, state, hidden);
        int projectionOrder = projected == 0 ? 0 : batches == 1 ? MatMulOrder.Vector : order;
        var expected = Run(null, b =>
        {
            Value Add(Operator op, params Value[] operands) => b.Add(op, operands, new SourceLocation("node", "TEST"));
            Value Part(Value value, int axis, int at, int count) => Add(StridedSlice.OfAxis(value.Type.Shape, axis, at, count), value);
            Value Product(Value rows, Value matrix, int by) => Add(new BatchMatMul(by, by == MatMulOrder.Dots ? rows.Type.Shape[1] & 3 : 0), rows, Add(new Transpose(new Ints(1, 0)), matrix));
            Value Sum(Value p, Value q) => Add(new Binary(BinaryKind.Add), p, q);
            Value Times(Value p, Value q) => Add(new Binary(BinaryKind.Multiply), p, q);
            Value Sigma(Value value) => Add(new Unary(UnaryKind.TorchLogistic, hidden), value);
            Value Tanh(Value value) => Add(new Unary(UnaryKind.Tanh), value);
            var all = new Value[Steps];
            var (h, c) = (state0, cells0);
            for (int i = 0; i < Steps; i++)
            {
                int t = reverse ? Steps - 1 - i : i;
                Value input = Add(new Reshape(new Shape(batches, width)), Part(x, 0, t, 1)), own;
                // The biases come before the sums of several runs.
                if (order > 0) own = Add(new BatchMatMul(order), h, Add(new Transpose(new Ints(1, 0)), weights), bias);
                else own = Sum(Product(h, weights, order), bias);
                Value Gate(Value value, int g) => Part(value, 1, g * hidden, hidden);
                Value Both(int g) => Sum(Gate(own, g), Gate(input, g));
                switch (cell)
                {
                    case RecurrentCell.Tanh: h = Tanh(Both(0)); break;
                    case RecurrentCell.Relu: h = Add(Unary.Clamp(0, float.PositiveInfinity), Both(0)); break;
                    case RecurrentCell.Gru:
                        var candidate = Tanh(Sum(Gate(input, 2), Times(Gate(own, 2), Sigma(Both(0)))));
                        h = Sum(Times(Add(new Binary(BinaryKind.Subtract), h, candidate), Sigma(Both(1))), candidate);
                        break;
                    default:
                        c = Sum(Times(Sigma(Both(1)), c), Times(Sigma(Both(0)), Tanh(Both(2))));
                        h = Times(Tanh(c), Sigma(Both(3)));
                        if (projected > 0) h = Product(h, projection, projectionOrder);
                        break;
                }
                all[t] = Add(new Reshape(new Shape(1, batches, state)), h);
            }
            return cell == RecurrentCell.Lstm ? [Add(new Concat(0), all), h, c] : [Add(new Concat(0), all), h];
        });
        foreach (var tier in KernelTiers.Available)
        {
            var actual = Run(tier, b => b.Add(new FloatRecurrent(cell, reverse, order, projectionOrder), [b.AddInput("x", x.Type), state0, cell == RecurrentCell.Lstm ? cells0 : null, weights, bias, projected > 0 ? projection : null, null], new SourceLocation("node", "TEST"), []), x);
            Assert.Equal(expected, actual);
        }
    }

    [Theory]
    [InlineData(1, 9, false, false)]
    [InlineData(3, 41, true, false)]
    [InlineData(3, 41, false, true)]
    [InlineData(2, 16, true, true)]
    [InlineData(11, 43, false, true)]
    public void OneDnnsLstmFollowsItsFormulas(int batches, int hidden, bool reverse, bool continued)
    {
        int width = 4 * hidden;
        var random = new Random(hidden);
        Value x = Named("x", random, Steps, batches, width), h0 = Named("h", random, batches, hidden), c0 = Named("c", random, batches, hidden), weights = Named("w", random, width, hidden), bias = Named("b", random, width);
        float[] inputs = Floats(x), h = Floats(h0), c = Floats(c0), w = Floats(weights), biases = Floats(bias), all = new float[Steps * batches * hidden];
        for (int i = 0; i < Steps; i++)
        {
            int t = reverse ? Steps - 1 - i : i;
            float[] before = [.. h];
            for (int n = 0; n < batches * hidden; n++)
            {
                int b = n / hidden, j = n % hidden;
                float Gate(int g)
                {
                    float input = inputs[(t * batches + b) * width + g * hidden + j], sum = continued ? input : 0;
                    for (int k = 0; k < hidden; k++) sum = MathF.FusedMultiplyAdd(before[b * hidden + k], w[(g * hidden + j) * hidden + k], sum);
                    return (continued ? sum : input + sum) + biases[g * hidden + j];
                }
                c[n] = MathF.FusedMultiplyAdd(OneDnnMath.Logistic(Gate(0)), OneDnnTanh.Apply(Gate(2)), c[n] * OneDnnMath.Logistic(Gate(1)));
                all[t * batches * hidden + n] = h[n] = OneDnnTanh.Apply(c[n]) * OneDnnMath.Logistic(Gate(3));
            }
        }
        foreach (var tier in KernelTiers.Available)
        {
            var op = new FloatRecurrent(RecurrentCell.OneDnnLstm, reverse, continued ? MatMulOrder.Continued : hidden);
            Assert.Equal([all, h, c], Run(tier, b => b.Add(op, [b.AddInput("x", x.Type), h0, c0, weights, bias, null, null], new SourceLocation("node", "TEST"), []), x));
        }

        static float[] Floats(Value value) => value.Constant!.Span<float>().ToArray();
    }

    [Fact]
    public void OneDnnsTanhIsNearTheRealOne()
    {
        for (float x = 1e-6f; x < 20; x *= 1.0003f)
        {
            double real = Math.Tanh(x);
            Assert.InRange(OneDnnTanh.Apply(x) - real, -4e-7 * real, 4e-7 * real);
            Assert.Equal(-OneDnnTanh.Apply(x), OneDnnTanh.Apply(-x));
        }
        Assert.Equal(1, OneDnnTanh.Apply(float.PositiveInfinity));
        Assert.Equal(float.NaN, OneDnnTanh.Apply(float.NaN));
        Assert.Equal(0, OneDnnTanh.Apply(0));
    }

    [Fact]
    public void ASequenceOfItsOwnLengthIsThatSequence()
    {
        const int Batches = 4, Hidden = 12, Width = 4 * Hidden;
        var random = new Random(5);
        Value x = Named("x", random, Steps, Batches, Width), h = Named("h", random, Batches, Hidden), c = Named("c", random, Batches, Hidden), weights = Named("w", random, Width, Hidden);
        long[] lengths = [3, 2, 1, 0];
        float[][] Layer(int steps, long[]? n) => Run(null, b => b.Add(new FloatRecurrent(RecurrentCell.Lstm, false, MatMulOrder.Columns), [b.Add(StridedSlice.OfAxis(x.Type.Shape, 0, 0, steps), [x], new SourceLocation("node", "TEST")), h, c, weights, null, null, n is null ? null : Value.Of("n", Tensor.Of<long>(new Shape(Batches), n))], new SourceLocation("node", "TEST"), []));
        var ragged = Layer(Steps, lengths);
        for (int b = 0; b < Batches; b++)
        {
            int length = (int)lengths[b];
            float[] whole = ragged[0];
            for (int t = length; t < Steps; t++) Assert.All(whole.AsSpan((t * Batches + b) * Hidden, Hidden).ToArray(), v => Assert.Equal(0, v));
            if (length == 0) continue;
            var alone = Layer(length, null);
            for (int t = 0; t < length; t++) Assert.Equal(alone[0].AsSpan((t * Batches + b) * Hidden, Hidden).ToArray(), whole.AsSpan((t * Batches + b) * Hidden, Hidden).ToArray());
            for (int i = 1; i < 3; i++) Assert.Equal(alone[i].AsSpan(b * Hidden, Hidden).ToArray(), ragged[i].AsSpan(b * Hidden, Hidden).ToArray());
        }
    }

    private static Value Named(string name, Random random, params int[] shape) =>
        Value.Of(name, Tensor.Of<float>(new Shape(shape), [.. Enumerable.Range(0, new Shape(shape).ElementCount).Select(_ => (float)(random.NextDouble() * 2 - 1))]));

    // The answers of a graph; its operands are constants, or one is an input, so that the kernel runs and is not folded.
    private static float[][] Run(KernelTier? tier, Func<GraphBuilder, IReadOnlyList<Value>> build, Value? input = null)
    {
        var builder = new GraphBuilder("test");
        foreach (var value in build(builder)) builder.AddOutput(value);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        using var session = model.CreateSession(tier is { } named ? new InferenceOptions { Kernels = named } : new InferenceOptions());
        if (input is not null) input.Constant!.Bytes.Span.CopyTo(session.Input(0));
        session.Run();
        return [.. Enumerable.Range(0, model.Outputs.Count).Select(i => MemoryMarshal.Cast<byte, float>(session.Output(i)).ToArray())];
    }
}
