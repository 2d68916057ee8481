using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Compiler.Lowering.Operators;

/// <summary>Works out the neighbours and weights of rows and columns, each framework's in its own precision.</summary>
internal sealed class QuantizedResizeBilinearLowering : OperatorLowering<QuantizedResizeBilinear>
{
    protected override void Lower(QuantizedResizeBilinear op, Node node, LoweringContext context)
    {
        var shape = node.Input(0).Type.Shape;
        int Places(int inputs, int outputs, string name) => context.Constant<int>([.. Enumerable.Range(0, outputs).SelectMany(i => Place(op, i, inputs, outputs))], $"{node.Location.Node}/{name}");
        context.Step(OpCode.QuantizedResizeBilinear, node.Location.Node,
            [context.Tensor(node.Input(0)), Places(shape[1], op.Height, "rows"), Places(shape[2], op.Width, "columns")],
            [context.Tensor(node.Output)], new QuantizedResizeBilinearParameters { Arithmetic = op.Arithmetic, Origin = op.Origin });
    }

    /// <summary>The neighbour before, the one after, and the latter's weight.</summary>
    internal static int[] Place(QuantizedResizeBilinear op, int i, int inputs, int outputs) => op.Arithmetic switch
    {
        ResizeArithmetic.Fixed10 => Fixed10(op, i, inputs, outputs),
        ResizeArithmetic.Fixed11 => Fixed11(op, i, inputs, outputs),
        _ => Float(op, i, inputs, outputs),
    };

    /// <summary>TensorFlow Lite's ResizeBilinearInteger: scale and place have 10 fractional bits, integer divisions truncate.</summary>
    private static int[] Fixed10(QuantizedResizeBilinear op, int i, int inputs, int outputs)
    {
        int scale = op.AlignCorners && outputs > 1
            ? (1024 * (inputs - 1) + (outputs - 1) / 2) / (outputs - 1)
            : (1024 * inputs + outputs / 2) / outputs;
        int place = op.HalfPixelCenters ? i * scale + scale / 2 - 512 : i * scale;
        int before = Math.Max(place / 1024, 0), after = Math.Min((place + 1023) / 1024, inputs - 1);
        // The rounded scale may lead beyond the last element, where both neighbours are the same.
        return before >= inputs ? [inputs - 1, inputs - 1, 0] : [before, after, place - 1024 * before];
    }

    /// <summary>XNNPACK's init_resize_bilinear2d_hwc_q11.</summary>
    private static int[] Fixed11(QuantizedResizeBilinear op, int i, int inputs, int outputs)
    {
        int adjustment = op.AlignCorners && outputs != 1 ? 1 : 0;
        float scale = (float)(inputs - adjustment) / (outputs - adjustment);
        float place = op.HalfPixelCenters && !op.AlignCorners ? Math.Clamp(i * scale + (0.5f * scale - 0.5f), 0, inputs - 1) : i * scale;
        int before = Math.Min((int)place, inputs - 1), after = Math.Min(before + 1, inputs - 1);
        return [before, after, Math.Clamp((int)MathF.Round((place - before) * 2048), 0, 2048)];
    }

    /// <summary>TensorFlow Lite's ResizeBilinear in float.</summary>
    private static int[] Float(QuantizedResizeBilinear op, int i, int inputs, int outputs)
    {
        float scale = op.AlignCorners && outputs > 1 ? (float)(inputs - 1) / (outputs - 1) : (float)inputs / outputs;
        float place = op.HalfPixelCenters ? (i + 0.5f) * scale - 0.5f : i * scale;
        int before = Math.Clamp((int)MathF.Floor(place), 0, inputs - 1), after = Math.Clamp((int)MathF.Ceiling(place), 0, inputs - 1);
        return [before, after, BitConverter.SingleToInt32Bits(place - before)];
    }
}
