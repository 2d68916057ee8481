using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering;

/// <summary>What the lowerings of convolutions and dense layers have in common.</summary>
internal static class ConvolutionOperands
{
    /// <summary>The data as uint8, flipped first where it is int8 still, and its zero point.</summary>
    public static (int Tensor, int ZeroPoint) Unsigned(Node node, LoweringContext context)
    {
        var data = node.Input(0);
        if (data.Type.Element == ElementType.U8) return (context.Tensor(data), data.Type.ZeroPoint);
        var type = FlipSign.Flipped(data.Type);
        int flipped = context.Temporary(type, $"{data.Name}/unsigned");
        context.Step(OpCode.FlipSign, node.Location.Node, [context.Tensor(data)], [flipped]);
        return (flipped, data.Type.ZeroPoint + 128);
    }

    /// <summary>A constant operand, or null where it is absent.</summary>
    /// <exception cref="ModelException">The operand is computed at run time.</exception>
    public static Tensor? Constant(Node node, int index) => node.OptionalInput(index) switch
    {
        null => null,
        { IsConstant: true } value => value.Constant,
        _ => throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{node.Location}: {(index == 1 ? "weights" : "bias")} computed at run time; they must be constant."),
    };

    /// <summary>The parameter structure.</summary>
    public static ConvolutionParameters Parameters(Window2D window, int groups, int zeroPoint, Requantize? epilogue) => new()
    {
        KernelHeight = window.KernelHeight,
        KernelWidth = window.KernelWidth,
        StrideHeight = window.StrideHeight,
        StrideWidth = window.StrideWidth,
        DilationHeight = window.DilationHeight,
        DilationWidth = window.DilationWidth,
        PadTop = window.PadTop,
        PadLeft = window.PadLeft,
        Groups = groups,
        InputZeroPoint = zeroPoint,
        Epilogue = EpilogueLowering.Parameters(epilogue),
    };
}
