using System.Globalization;
using System.Text;
using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Python's texts. Scripted code asks whether there is one, and seldom what it says.</summary>
internal static class Texts
{
    [TorchOperator("builtin::str", "aten::str")]
    public static object? Str(TorchCall call) => TextOf(call.Argument(0));

    /// <summary>(form, values): the values in the places that are marked <c>{}</c>.</summary>
    [TorchOperator("aten::format", "builtin::format")]
    public static object? Format(TorchCall call)
    {
        string form = call.Text(0) ?? "";
        var text = new StringBuilder();
        int at = 0;
        for (int value = 1; value < call.Count && form.IndexOf("{}", at, StringComparison.Ordinal) is >= 0 and var place; value++)
        {
            text.Append(form, at, place - at).Append(TextOf(call.Argument(value)));
            at = place + 2;
        }
        return text.Append(form, at, form.Length - at).ToString();
    }

    [TorchOperator("aten::find")]
    public static object? Find(TorchCall call) => (long)(call.Text(0) ?? "").IndexOf(call.Text(1) ?? "", StringComparison.Ordinal);

    [TorchOperator("aten::startswith")]
    public static object? StartsWith(TorchCall call) => (call.Text(0) ?? "").StartsWith(call.Text(1) ?? "", StringComparison.Ordinal);

    [TorchOperator("aten::endswith")]
    public static object? EndsWith(TorchCall call) => (call.Text(0) ?? "").EndsWith(call.Text(1) ?? "", StringComparison.Ordinal);

    [TorchOperator("aten::lower")]
    public static object? Lower(TorchCall call) => (call.Text(0) ?? "").ToLowerInvariant();

    [TorchOperator("aten::upper")]
    public static object? Upper(TorchCall call) => (call.Text(0) ?? "").ToUpperInvariant();

    [TorchOperator("aten::join")]
    public static object? Join(TorchCall call) => string.Join(call.Text(0) ?? "", call.Object<TorchList>(1).Items.Select(TextOf));

    [TorchOperator("aten::replace")]
    public static object? Replace(TorchCall call) => call.Argument(3) is null or -1L && call.Text(1) is { Length: > 0 } old ? (call.Text(0) ?? "").Replace(old, call.Text(2) ?? "", StringComparison.Ordinal) : throw call.Unsupported("it replaces some of a text");

    /// <summary>(text, characters): white space unless said.</summary>
    [TorchOperator("aten::strip", "aten::lstrip", "aten::rstrip")]
    public static object? Strip(TorchCall call)
    {
        char[] characters = [.. call.Text(1) ?? " \n\t\f\v\r"];
        string text = call.Text(0) ?? "";
        return call.Operator switch { "aten::lstrip" => text.TrimStart(characters), "aten::rstrip" => text.TrimEnd(characters), _ => text.Trim(characters) };
    }

    private static string TextOf(object? value) => value switch
    {
        null => "None",
        bool flag => flag ? "True" : "False",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        Value tensor => tensor.Type.ToString() ?? "",
        TorchList list => $"[{string.Join(", ", list.Items.Select(TextOf))}]",
        object?[] tuple => $"({string.Join(", ", tuple.Select(TextOf))})",
        _ => value.ToString() ?? "",
    };
}
