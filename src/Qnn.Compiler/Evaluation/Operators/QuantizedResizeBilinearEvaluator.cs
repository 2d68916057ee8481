using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering.Operators;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Evaluation.Operators;

/// <summary>Element by element, in 64 bits or float. Where neighbours lie is the lowering's to say: it is arithmetic of the framework, not of a kernel.</summary>
internal sealed class QuantizedResizeBilinearEvaluator : OperatorEvaluator<QuantizedResizeBilinear>
{
    protected override void Evaluate(QuantizedResizeBilinear op, IReadOnlyList<Tensor?> inputs, IReadOnlyList<Tensor> outputs)
    {
        Shape from = inputs[0]!.Type.Shape, to = outputs[0].Type.Shape;
        long[] x = inputs[0]!.ToInt64();
        for (int i = 0; i < to.ElementCount; i++)
        {
            int channel = i % to[3], column = i / to[3] % to[2], row = i / to[3] / to[2] % to[1], image = i / to[3] / to[2] / to[1];
            int[] down = QuantizedResizeBilinearLowering.Place(op, row, from[1], to[1]), across = QuantizedResizeBilinearLowering.Place(op, column, from[2], to[2]);
            long At(int y, int z) => x[((image * from[1] + y) * from[2] + z) * from[3] + channel] - op.Origin;
            long topLeft = At(down[0], across[0]), topRight = At(down[0], across[1]), bottomLeft = At(down[1], across[0]), bottomRight = At(down[1], across[1]);
            BroadcastEvaluation.Set(outputs[0], i, (int)Interpolate(op.Arithmetic, topLeft, topRight, bottomLeft, bottomRight, down[2], across[2]) + op.Origin);
        }
    }

    private static long Interpolate(ResizeArithmetic arithmetic, long topLeft, long topRight, long bottomLeft, long bottomRight, int down, int across)
    {
        switch (arithmetic)
        {
            case ResizeArithmetic.Fixed10:
                {
                    long sum = (1024 - down) * ((1024 - across) * topLeft + across * topRight) + down * ((1024 - across) * bottomLeft + across * bottomRight);
                    return (long)Math.Round(sum / 1048576m, MidpointRounding.AwayFromZero);
                }
            case ResizeArithmetic.Fixed11:
                {
                    long sum = (2048 - down) * ((2048 - across) * topLeft + across * topRight) + down * ((2048 - across) * bottomLeft + across * bottomRight);
                    return (long)Math.Floor(sum / 4194304m + 0.5m);
                }
            case ResizeArithmetic.Float32Products:
                {
                    float d = BitConverter.Int32BitsToSingle(down), a = BitConverter.Int32BitsToSingle(across);
                    float[] weights = [(1 - d) * (1 - a), (1 - d) * a, d * (1 - a), d * a];
                    long[] neighbours = [topLeft, topRight, bottomLeft, bottomRight];
                    float sum = 0;
                    for (int i = 0; i < 4; i++) sum += neighbours[i] * weights[i];
                    return (long)(sum + 0.5f);
                }
            default:
                {
                    float d = BitConverter.Int32BitsToSingle(down), a = BitConverter.Int32BitsToSingle(across);
                    float sum = topLeft * (1 - d) * (1 - a) + bottomLeft * d * (1 - a);
                    sum += topRight * (1 - d) * a;
                    sum += bottomRight * d * a;
                    return (long)(sum + 0.5f);
                }
        }
    }
}
