using CsCheck;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Requantization that is no layer's epilogue, held to its meaning on every tier.</summary>
public sealed class RequantizeTests
{
    private static readonly ElementType[] s_inputs = [ElementType.S32, ElementType.S16, ElementType.S8, ElementType.U8], s_outputs = [ElementType.S16, ElementType.S8, ElementType.U8];

    private static readonly RequantizeArithmetic[] s_arithmetics =
        [RequantizeArithmetic.FixedPointDouble, RequantizeArithmetic.FixedPointSingle, RequantizeArithmetic.Float32NearestEven, RequantizeArithmetic.Float32Bias];

    [Fact]
    public void NumbersOfAnyTypeAreRequantized() => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        var (input, output, arithmetic) = (s_inputs[random.Next(4)], s_outputs[random.Next(3)], s_arithmetics[random.Next(4)]);
        int channels = random.Next(2) == 0 ? 1 : random.Next(1, 40), rows = channels == 1 ? random.Next(1, 3000) : random.Next(1, 200);
        var (low, high) = output switch { ElementType.U8 => (0, 255), ElementType.S8 => (-128, 127), _ => (-32768, 32767) };
        double[] multipliers = [.. Enumerable.Range(0, channels).Select(_ => (double)(float)Math.Pow(2, random.NextDouble() * 16 - (input == ElementType.S32 ? 24 : 12)))];
        var biases = arithmetic == RequantizeArithmetic.Float32Bias ? new Doubles([.. Enumerable.Range(0, channels).Select(_ => (double)(float)(random.NextDouble() * 100 - 50))]) : null;
        int zeroPoint = output == ElementType.S16 ? random.Next(-300, 300) : random.Next(low, high + 1), inputZero = input == ElementType.S32 ? 0 : random.Next(-100, 100) & (input == ElementType.U8 ? 127 : -1);
        var op = new Requantize(arithmetic, new Doubles(multipliers), output, zeroPoint, low + random.Next(20), high - random.Next(20), biases);
        var data = new Tensor(new TensorType(input, new Shape(rows, channels), new Quantization(0.5f, inputZero)));
        random.NextBytes(data.MutableSpan<byte>());
        if (input == ElementType.S32) foreach (ref int value in data.MutableSpan<int>()) value >>= random.Next(0, 20);

        var x = Value.Input("x", data.Type);
        var type = op.InferTypes([data.Type])[0];
        var result = Value.Result("y", type);
        byte[] expected = Evaluator.Evaluate(op, [data], [type])[0].Bytes.ToArray();
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(new Graph("test", [x], [result], [new Node(op, [x], [result], SourceLocation.None)])), ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = 1 });
            data.Bytes.Span.CopyTo(session.Input(0));
            session.Run();
            Assert.Equal(expected, session.Output(0).ToArray());
        }
    }, iter: 200);
}
