using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Reduction;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>The window, as numbers.</summary>
internal sealed class QuantizedPool2DLowering : OperatorLowering<QuantizedPool2D>
{
    protected override void Lower(QuantizedPool2D op, Node node, LoweringContext context) => context.Step(OpCode.QuantizedPool2D, node, new QuantizedPool2DParameters
    {
        Kind = op.Kind,
        KernelHeight = op.Window.KernelHeight,
        KernelWidth = op.Window.KernelWidth,
        StrideHeight = op.Window.StrideHeight,
        StrideWidth = op.Window.StrideWidth,
        PadTop = op.Window.PadTop,
        PadLeft = op.Window.PadLeft,
        Origin = op.Origin,
        Min = op.Min,
        Max = op.Max,
    });
}
