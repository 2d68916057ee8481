using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>PAD with the number 0, PADV2 with a value of the model's, MIRROR_PAD. Nothing is rescaled: the result has the operand's quantization.</summary>
internal static class Padding
{
    [TfLiteOperator(BuiltinOperator.PAD)]
    public static void Pad(TfLiteNode node)
    {
        var (before, after) = Paddings(node);
        node.EmitResult(new Ir.Operators.Pad(before, after, node.OutputQuantization()?.ZeroPoint ?? 0), node.Input(0));
    }

    [TfLiteOperator(BuiltinOperator.PADV2)]
    public static void PadV2(TfLiteNode node)
    {
        var (before, after) = Paddings(node);
        double number = Windows.Scalar(node, node.Constant(2, "the value"), node.Input(0));
        node.EmitResult(new Ir.Operators.Pad(before, after, number), node.Input(0));
    }

    [TfLiteOperator(BuiltinOperator.MIRROR_PAD)]
    public static void MirrorPad(TfLiteNode node)
    {
        var (before, after) = Paddings(node);
        node.EmitResult(new Ir.Operators.MirrorPad(before, after, node.Options<MirrorPadOptions>().Mode == MirrorPadMode.REFLECT), node.Input(0));
    }

    private static (Ints Before, Ints After) Paddings(TfLiteNode node)
    {
        int rank = node.Input(0).Type.Shape.Rank;
        int[] paddings = node.ConstantInts(1, "the paddings", 2 * rank);
        return (new Ints([.. Enumerable.Range(0, rank).Select(axis => paddings[2 * axis])]), new Ints([.. Enumerable.Range(0, rank).Select(axis => paddings[2 * axis + 1])]));
    }
}
