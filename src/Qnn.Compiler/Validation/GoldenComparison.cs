namespace Qnn.Compiler.Validation;

/// <summary>An output beside its golden.</summary>
/// <param name="Case">The case.</param>
/// <param name="Output">The output's name in the model.</param>
/// <param name="Elements">Elements compared.</param>
/// <param name="Different">Elements that are not equal.</param>
/// <param name="LargestDifference">The largest difference, in quanta for quantized outputs; infinite where one side is no number and the other is.</param>
/// <param name="FirstDifference">The index of the first element that is not equal, or -1.</param>
/// <param name="Outside">Elements whose difference is over the tolerance.</param>
public sealed record GoldenComparison(string Case, string Output, int Elements, int Different, double LargestDifference, int FirstDifference, int Outside)
{
    /// <summary>The places of the greatest elements of the model's output, greatest first, where it looks like scores of classes: one axis of ten or more. Else empty.</summary>
    public IReadOnlyList<int> Top { get; init; } = [];

    /// <summary>The same of the recorded output.</summary>
    public IReadOnlyList<int> ExpectedTop { get; init; } = [];

    /// <summary>Whether every element is within the tolerance.</summary>
    public bool Passed => Outside == 0;

    /// <summary>One line for a person.</summary>
    public override string ToString() => Different == 0
        ? $"case '{Case}', output '{Output}': all {Elements} elements are identical{Tops}"
        : $"case '{Case}', output '{Output}': {Different} of {Elements} elements differ, by {LargestDifference:G6} at most, the first at index {FirstDifference}{Tops}";

    private string Tops => Top.Count == 0 ? ""
        : Top.SequenceEqual(ExpectedTop) ? $"; top {Top.Count}: {string.Join(", ", Top)}"
        : $"; top {Top.Count}: {string.Join(", ", Top)}, recorded: {string.Join(", ", ExpectedTop)}";
}
