using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Lowering;

/// <summary>Weights of float recurrent layers as their kernels take them.</summary>
internal static class RecurrentLowering
{
    /// <summary>A weight matrix: floats as they are, int8 as padded int16 rows; -1 for an absent one.</summary>
    public static int Matrix(LoweringContext context, Value? weights, string name) => weights is null ? -1
        : weights.Type.Element == ElementType.F32 ? context.Tensor(weights)
        : context.Constant<short>(WideLowering.Rows(weights.Constant!, weights.Type.Shape[1]), name);

    /// <summary>The scale of int8 weights; 0 for others.</summary>
    public static float Scale(Value? weights) => weights is { Type.Element: ElementType.S8 } ? weights.Type.Scale : 0;

    /// <summary>A constant as floats; -1 for an absent one.</summary>
    public static int Floats(LoweringContext context, Value? value, string name)
    {
        if (value is null) return -1;
        if (value.Type.Element == ElementType.F32) return context.Tensor(value);
        float scale = value.Type.Scale;
        return context.Constant<float>([.. value.Constant!.ToInt64().Select(v => scale * v)], name, value.Type.Shape.Span);
    }
}
