using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class RequantizeLowering : OperatorLowering<Requantize>
{
    protected override void Lower(Requantize op, Node node, LoweringContext context)
    {
        string name = node.Location.Node;
        var channels = Enumerable.Range(0, Math.Max(op.Multipliers.Count, op.FloatBias?.Count ?? 1)).Select(c => EpilogueLowering.Multiplier(op, c)).ToArray();
        context.Step(
            OpCode.Requantize, name,
            [
                context.Tensor(node.Input(0)),
                context.Constant<int>([.. channels.Select(c => c.Multiplier)], $"{name}/multipliers"),
                context.Constant<int>([.. channels.Select(c => c.Exponent)], $"{name}/exponents"),
            ],
            [context.Tensor(node.Output)],
            new RequantizeParameters
            {
                Channels = channels.Length,
                InputZeroPoint = node.Input(0).Type.ZeroPoint,
                Arithmetic = (int)op.Arithmetic,
                OutputZeroPoint = op.OutputZeroPoint,
                Minimum = op.Minimum,
                Maximum = op.Maximum,
                Reciprocal = op.Reciprocal,
            });
    }
}
