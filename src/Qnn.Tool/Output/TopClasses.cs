using System.Globalization;
using System.Runtime.InteropServices;
using Qnn.Runtime;

namespace Qnn.Tool.Output;

/// <summary>A class and its score.</summary>
internal sealed record ClassScore(int Index, string Label, double Score)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index,5} {(Label == Index.ToString(CultureInfo.InvariantCulture) ? "" : Label + " ")}{Score:G4}");
}

/// <summary>The best classes of a model that has labels.</summary>
internal static class TopClasses
{
    /// <summary>The <paramref name="count"/> best classes; empty when the model has no labels or no output of their number. Of equal scores the first comes first.</summary>
    public static IReadOnlyList<ClassScore> Of(InferenceSession session, int count)
    {
        var model = session.Model;
        if (model.Labels.Count == 0) return [];
        int output = model.Outputs.ToList().FindIndex(o => o.VaryingAxis < 0 && o.Count == model.Labels.Count && o.Type is ElementType.U8 or ElementType.S8 or ElementType.F32);
        if (output < 0) return [];
        double[] scores = Real(model.Outputs[output], session.Output(output));
        return [.. scores.Select((score, i) => new ClassScore(i, model.Labels[i], score)).OrderByDescending(c => c.Score).ThenBy(c => c.Index).Take(count)];
    }

    private static double[] Real(TensorDescription tensor, ReadOnlySpan<byte> bytes)
    {
        var values = new double[tensor.Count];
        for (int i = 0; i < values.Length; i++)
        {
            double q = tensor.Type switch
            {
                ElementType.U8 => bytes[i],
                ElementType.S8 => (sbyte)bytes[i],
                _ => MemoryMarshal.Cast<byte, float>(bytes)[i],
            };
            values[i] = tensor.IsQuantized ? tensor.Scale * (q - tensor.ZeroPoint) : q;
        }
        return values;
    }
}
