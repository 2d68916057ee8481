using System.Globalization;
using Qnn.Runtime;

namespace Qnn.Tool.Output;

/// <summary>Parts of a model in words.</summary>
internal static class ModelText
{
    /// <summary>The source model's format: <c>tflite</c>.</summary>
    public static string Format(QuantizedModel model) => model.Numerics.Split('/')[0];

    /// <summary>The kernel set whose answers the model gives: <c>builtin</c>.</summary>
    public static string Numerics(QuantizedModel model) => model.Numerics[(model.Numerics.LastIndexOf('/') + 1)..];

    /// <summary><c>ids 1x128, mask 1x128</c></summary>
    public static string Inputs(QuantizedModel model) => string.Join(", ", model.Inputs.Select(i => $"{i.Name} {string.Join('x', i.Shape)}"));

    /// <summary><c>3.4 MB</c></summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 10_000 => $"{bytes} B",
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:F1} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F1} MB"),
    };

    /// <summary><c>300.7 M</c></summary>
    public static string Count(long count) => count switch
    {
        < 10_000 => count.ToString(CultureInfo.InvariantCulture),
        < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:F1} k"),
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:F1} M"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{count / 1e9:F1} G"),
    };

    /// <summary>Milliseconds with three digits after the point; microseconds with two where that would leave less than three digits.</summary>
    public static string Milliseconds(double milliseconds) =>
        milliseconds < 0.1 ? string.Create(CultureInfo.InvariantCulture, $"{milliseconds * 1000:F2} us") : string.Create(CultureInfo.InvariantCulture, $"{milliseconds:F3} ms");
}
