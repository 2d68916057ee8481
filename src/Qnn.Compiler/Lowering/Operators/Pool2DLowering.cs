using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>One step.</summary>
internal sealed class Pool2DLowering : OperatorLowering<Pool2D>
{
    protected override void Lower(Pool2D op, Node node, LoweringContext context) =>
        context.Step(OpCode.Pool2D, node, Parameters(op));

    private static FloatPool2DParameters Parameters(Pool2D op) => new()
    {
        Kind = (int)op.Kind,
        KernelHeight = op.Window.KernelHeight,
        KernelWidth = op.Window.KernelWidth,
        StrideHeight = op.Window.StrideHeight,
        StrideWidth = op.Window.StrideWidth,
        PadTop = op.Window.PadTop,
        PadLeft = op.Window.PadLeft,
        Min = op.Min,
        Max = op.Max,
        Order = op.Order,
    };
}
