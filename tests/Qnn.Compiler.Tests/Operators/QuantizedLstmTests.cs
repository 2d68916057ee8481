using System.Runtime.InteropServices;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Recurrent;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>TensorFlow Lite's integer LSTM, held to its formulas on every tier.</summary>
public sealed unsafe class QuantizedLstmTests
{
    private const int Steps = 3, Features = 11, CellExponent = -11;

    [Theory]
    [InlineData(1, 20, 20, false, false, false, false)]
    [InlineData(3, 37, 37, true, true, false, false)]
    [InlineData(2, 33, 9, false, false, true, true)]
    [InlineData(4, 16, 21, true, true, true, true)]
    public void ALayerFollowsItsFormulas(int batches, int cells, int outputs, bool timeMajor, bool coupled, bool peeps, bool norms)
    {
        var random = new Random(cells);
        bool projected = cells != outputs;
        sbyte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-128, 128))];
        short[] Shorts(int count) => [.. Enumerable.Range(0, count).Select(_ => (short)random.Next(-9000, 9000))];
        int[] Ints(int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-20000, 20000))];
        var (inputs, states, biases, normWeights, peepholes) = (new sbyte[4][], new sbyte[4][], new int[4][], new short[4][], new short[4][]);
        for (int g = 0; g < 4; g++) (inputs[g], states[g], biases[g], normWeights[g], peepholes[g]) = (Bytes(cells * Features), Bytes(cells * outputs), Ints(cells), Shorts(cells), Shorts(cells));
        sbyte[] projection = Bytes(outputs * cells), data = Bytes(batches * Steps * Features);
        int[] projectionBias = Ints(outputs);
        double[] factors = [.. Enumerable.Range(0, 18).Select(i => i % 4 == 3 && i < 16 ? 0.4 : i % 4 == 2 && i < 16 ? 0.002 : random.NextDouble() * 0.1),];
        factors[16] = 1 / 4200000.0;
        factors[17] = 0.004;
        var op = new QnnLstm(timeMajor, new Doubles(factors), new Ints(5, 6, 7, 8), CellExponent, 15000, projected ? 100 : 0, -3, projected ? 7 : -3);
        var type = new Shape(timeMajor ? [Steps, batches, Features] : [batches, Steps, Features]);

        sbyte[] expected = Expected();
        foreach (var tier in KernelTiers.Available)
        {
            var builder = new GraphBuilder("test");
            var x = builder.AddInput("x", new TensorType(ElementType.S8, type, new Quantization(0.1f, 4)));
            var operands = new Value?[LstmOperands.Count];
            operands[LstmOperands.Data] = x;
            for (int g = coupled ? 1 : 0; g < 4; g++)
            {
                operands[LstmOperands.InputWeights + g] = Constant($"w{g}", inputs[g], cells, Features);
                operands[LstmOperands.RecurrentWeights + g] = Constant($"r{g}", states[g], cells, outputs);
                operands[LstmOperands.Biases + g] = Constant($"b{g}", biases[g], cells);
                if (norms) operands[LstmOperands.Norms + g] = Constant($"n{g}", normWeights[g], cells);
                if (peeps && g != 2) operands[LstmOperands.Peephole(g)] = Constant($"p{g}", peepholes[g], cells);
            }
            if (projected) (operands[LstmOperands.Projection], operands[LstmOperands.ProjectionBias]) = (Constant("p", projection, outputs, cells), Constant("pb", projectionBias, outputs));
            operands[LstmOperands.OutputState] = Value.Variable("h", new TensorType(ElementType.S8, new Shape(batches, outputs), new Quantization(0.1f, op.OutputZeroPoint)));
            operands[LstmOperands.CellState] = Value.Variable("c", new TensorType(ElementType.S16, new Shape(batches, cells), new Quantization(1f / 2048, 0)));
            foreach (var result in builder.Add(op, operands, new SourceLocation("node", "TEST"), [])) builder.AddOutput(result);
            using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier });
            for (int call = 0; call < 2; call++)
            {
                data.CopyTo(MemoryMarshal.Cast<byte, sbyte>(session.Input(0)));
                session.Run();
                Assert.Equal(expected[(call * expected.Length / 2)..((call + 1) * expected.Length / 2)], MemoryMarshal.Cast<byte, sbyte>(session.Output(0)).ToArray());
            }
        }

        static Value Constant<T>(string name, T[] values, params int[] shape) where T : unmanaged => Value.Of(name, Tensor.Of<T>(new Shape(shape), values));

        // Two calls, of which the second goes on with the first one's states.
        sbyte[] Expected()
        {
            var h = new sbyte[batches * outputs];
            Array.Fill(h, (sbyte)op.OutputZeroPoint);
            var c = new short[batches * cells];
            var all = new sbyte[2 * batches * Steps * outputs];
            for (int step = 0; step < 2 * Steps; step++)
                for (int b = 0; b < batches; b++)
                {
                    int t = step % Steps, place = timeMajor ? t * batches + b : b * Steps + t;
                    sbyte[] before = h[(b * outputs)..((b + 1) * outputs)];
                    var cell = c.AsSpan(b * cells, cells);
                    short[] forget = Gate(1, place, before, cell), update = Gate(2, place, before, default), input = coupled ? [] : Gate(0, place, before, cell);
                    for (int i = 0; i < cells; i++)
                    {
                        short f = FixedPoint16.Logistic(forget[i]), taken = coupled ? (short)(short.MaxValue - f) : FixedPoint16.Logistic(input[i]);
                        int kept = FixedPoint.DivideByPowerOfTwo(f * cell[i], 15), added = FixedPoint.DivideByPowerOfTwo(taken * FixedPoint16.Tanh(update[i], 3), 30 + CellExponent);
                        cell[i] = (short)Math.Clamp(kept + added, -op.CellClip, op.CellClip);
                    }
                    short[] output = Gate(3, place, before, cell);
                    var hidden = new sbyte[cells];
                    for (int i = 0; i < cells; i++) hidden[i] = (sbyte)Math.Clamp(Rescale(FixedPoint16.Logistic(output[i]) * FixedPoint16.Tanh(cell[i], 15 + CellExponent), 16) - op.HiddenZeroPoint, -128, 127);
                    for (int o = 0; o < outputs; o++)
                    {
                        int value = hidden[Math.Min(o, cells - 1)];
                        if (projected)
                        {
                            int sum = projectionBias[o];
                            for (int i = 0; i < cells; i++) sum += projection[o * cells + i] * (hidden[i] + op.HiddenZeroPoint);
                            value = Math.Clamp(Math.Clamp(Rescale(sum, 17) + op.OutputZeroPoint, -128, 127), -op.ProjectionClip, op.ProjectionClip);
                        }
                        h[b * outputs + o] = all[(step / Steps * batches * Steps + place) * outputs + o] = (sbyte)value;
                    }
                }
            return all;
        }

        short[] Gate(int g, int place, sbyte[] before, ReadOnlySpan<short> cell)
        {
            var gate = new short[cells];
            for (int i = 0; i < cells; i++)
            {
                int sum = norms ? 0 : biases[g][i], own = 0;
                for (int k = 0; k < Features; k++) sum += inputs[g][i * Features + k] * (data[place * Features + k] - 4);
                for (int k = 0; k < outputs; k++) own += states[g][i * outputs + k] * (before[k] - op.OutputZeroPoint);
                gate[i] = Short(Rescale(own, g * 4 + 1) + Short(Rescale(sum, g * 4)));
                // As LiteRT has it: weights are counted by outputs, over all of the batch.
                int flat = (timeMajor ? place % batches : place / Steps) * cells + i, period = Math.Min(outputs, cells);
                if (peeps && !cell.IsEmpty && flat < batches * period) gate[i] = Short(Rescale(peepholes[g][flat % period] * cell[i], g * 4 + 2) + gate[i]);
            }
            if (!norms) return gate;
            long total = gate.Sum(v => (long)v), squares = gate.Sum(v => (long)v * v);
            int mean = (int)(total * 1024 / cells), variance = (int)((squares * ((1 << 20) / cells) - (long)mean * mean) / (1 << 20));
            var (inverse, exponent) = InverseSquareRoot.Of(variance < 1 ? op.VarianceGuards[g] : variance);
            var multiplier = FixedPointMultiplier.From(factors[g * 4 + 3]);
            for (int i = 0; i < cells; i++)
            {
                int scaled = FixedPoint.MultiplyDouble(1024 * gate[i] - mean, inverse, exponent);
                long weighted = unchecked(scaled * normWeights[g][i] + biases[g][i]);
                gate[i] = Short(FixedPoint.MultiplyDouble((int)((weighted > 0 ? weighted + 512 : weighted - 512) / 1024), multiplier.Value, multiplier.Exponent + 12));
            }
            return gate;
        }

        int Rescale(int value, int at)
        {
            var multiplier = FixedPointMultiplier.From(factors[at]);
            return FixedPoint.MultiplyDouble(value, multiplier.Value, multiplier.Exponent);
        }

        static short Short(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);
    }

    [Fact]
    public void VectorsOfFixedPointNumbersAreThoseNumbers()
    {
        if (!FixedPoint16Vectors.IsSupported) return;
        short[] all = [.. Enumerable.Range(short.MinValue, 1 << 16).Select(v => (short)v)], result = [.. all];
        fixed (short* values = result) FixedPoint16Vectors.Logistic(values, result.Length);
        Assert.Equal(all.Select(FixedPoint16.Logistic), result);
        for (int bits = 0; bits <= 6; bits++)
        {
            result = [.. all];
            fixed (short* values = result) FixedPoint16Vectors.Tanh(values, result.Length, bits);
            Assert.Equal(all.Select(v => FixedPoint16.Tanh(v, bits)), result);
        }
    }
}
