using System.Globalization;

namespace Qnn.Runtime;

/// <summary>A class that a classifier gave, and how sure it is.</summary>
/// <param name="Index">The place of the class in the output.</param>
/// <param name="Label">Its name; empty where the model has no labels.</param>
/// <param name="Score">The output's real number, dequantized.</param>
public readonly record struct Classification(int Index, string Label, float Score)
{
    /// <summary><c>283 tiger cat 0.62</c>; the index alone where there is no label, or one that says the same.</summary>
    public override string ToString()
    {
        string index = Index.ToString(CultureInfo.InvariantCulture);
        string name = string.IsNullOrEmpty(Label) || Label == index ? index : $"{index} {Label}";
        return string.Create(CultureInfo.InvariantCulture, $"{name} {Score:0.00}");
    }
}
