using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Normalization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Makes the tables and factors that TensorFlow Lite makes in Prepare, and ONNX Runtime when it loads a model.</summary>
internal sealed class QuantizedSoftmaxLowering : OperatorLowering<QuantizedSoftmax>
{
    protected override void Lower(QuantizedSoftmax op, Node node, LoweringContext context)
    {
        var (x, y) = (node.Input(0).Type, node.Output.Type);
        var inputs = new List<int> { context.Tensor(node.Input(0)) };
        var p = new QuantizedSoftmaxParameters { Arithmetic = op.Arithmetic };
        switch (op.Arithmetic)
        {
            case SoftmaxArithmetic.FloatTable:
                inputs.Add(context.Constant<float>(ExponentialTable(x.Scale, op.Beta), node.Location.Node + "/exp"));
                (p.OutputScale, p.OutputZeroPoint, p.HalfUp) = (y.Scale, y.ZeroPoint, y.Element == ElementType.U8 ? 1 : 0);
                break;
            case SoftmaxArithmetic.FixedPoint:
                {
                    var factor = FixedPointMultiplier.From(Math.Min((double)op.Beta * x.Scale * (1 << 26), (1L << 31) - 1.0));
                    (p.Multiplier, p.Shift) = (factor.Value, factor.Exponent);
                    // Differences whose exponential is beyond the fixed-point numbers' range.
                    p.DiffMin = -(int)Math.Floor(31.0 * (1L << 26) / (1L << factor.Exponent));
                    break;
                }
            case SoftmaxArithmetic.Parts:
                inputs.Add(context.Constant<float>(LargeExponentials(x.Scale, x.Shape[-1]), node.Location.Node + "/exp"));
                (p.OutputScale, p.OutputZeroPoint) = (MathF.Floor(1 / y.Scale), y.ZeroPoint);
                break;
            default:
                {
                    const int Range = 65535;
                    inputs.Add(context.Constant<short>(TfLiteTables.Interpolated(10.0 / Range, 32767, 2.0 / Range, 0, Math.Exp), "exp"));
                    inputs.Add(context.Constant<short>(TfLiteTables.Interpolated(1.0 / Range, -32768, 2.0 / Range, 0, v => 1.0 / (1.0 + v)), "reciprocal"));
                    var factor = FixedPointMultiplier.From(x.Scale * op.Beta / (10.0 / 65535.0));
                    (p.Multiplier, p.Shift) = (factor.Value, factor.Exponent);
                    break;
                }
        }
        context.Step(OpCode.QuantizedSoftmax, node.Location.Node, inputs, [context.Tensor(node.Output)], p);
    }

    /// <summary>Entry 255 - d is exp((shift - d) * scale): as large as leaves the sum of a row finite. MLAS's.</summary>
    public static float[] LargeExponentials(float scale, int depth)
    {
        double shift = Math.Max(0, (float)Math.Log(float.MaxValue / depth) - 5d) / scale;
        return [.. Enumerable.Range(0, 256).Select(i => (float)Math.Exp((i - 255 + shift) * scale))];
    }

    /// <summary>Entry 255 - d is exp(-scale * beta * d).</summary>
    public static float[] ExponentialTable(float scale, float beta)
    {
        float factor = -scale * beta;
        var table = new float[256];
        for (int value = 0; value < 256; value++) table[255 - value] = (float)Math.Exp(factor * value);
        return table;
    }
}
