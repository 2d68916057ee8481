using Qnn.Runtime;

namespace Qnn.Compiler.Emit;

/// <summary>Which output of a model holds the scores of classes.</summary>
internal static class ClassScores
{
    /// <summary>
    /// The first output with as many elements as there are labels; without labels the only output, where all its extents but the last are 1
    /// and it does not repeat the input's shape, as an autoencoder's does. -1 where there is none.
    /// </summary>
    public static int Find(ModelSignature model)
    {
        int labels = model.Metadata.Labels.Count;
        if (labels > 0) return model.Outputs.ToList().FindIndex(o => IsScore(o.Type) && o.Count == labels);
        return model.Outputs is [var only] && IsScore(only.Type) && IsRow(only) && !model.Inputs.Any(i => i.Shape.SequenceEqual(only.Shape)) ? 0 : -1;
    }

    /// <summary>Whether an output is one row of at least two elements.</summary>
    public static bool IsRow(TensorDescription output) => output.Count >= 2 && output.VaryingAxis < 0 && output.Shape.Count > 0 && output.Shape[^1] == output.Count;

    private static bool IsScore(ElementType type) =>
        type is ElementType.U8 or ElementType.S8 or ElementType.U16 or ElementType.S16 or ElementType.S32 or ElementType.F16 or ElementType.F32;
}
