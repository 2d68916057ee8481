using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step over packed weights.</summary>
internal sealed class Conv2DTransposeLowering : OperatorLowering<Conv2DTranspose>
{
    protected override void Lower(Conv2DTranspose op, Node node, LoweringContext context)
    {
        var p = FloatConvolution.Parameters(op.Window, node.Input(0).Type.Shape, node.Output.Type.Shape, op.Min, op.Max);
        p.Sum = (int)op.Sum;
        FloatConvolution.Add(context, node, OpCode.Conv2DTranspose, p, p.InputChannels);
    }
}
