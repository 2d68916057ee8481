using System.Globalization;
using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>A node's attributes, written as MXNet's parameter structures print them: <c>(3, 3)</c>, <c>True</c>, <c>None</c>, <c>6.000000</c>.</summary>
internal sealed class MxNetAttributes(IReadOnlyDictionary<string, string> values, string owner)
{
    /// <summary>A text; null where it is absent or None.</summary>
    public string? Text(string name) => values.TryGetValue(name, out string? text) && text != "None" ? text : null;

    /// <summary>A text, or what it is by default.</summary>
    public string Text(string name, string otherwise) => Text(name) ?? otherwise;

    /// <summary>A truth value.</summary>
    public bool Flag(string name, bool otherwise = false) => Text(name) switch
    {
        null => otherwise,
        "True" or "true" or "1" => true,
        "False" or "false" or "0" => false,
        var text => throw Malformed(name, text),
    };

    /// <summary>An integer.</summary>
    public int Int(string name, int otherwise) => Text(name) is not { } text ? otherwise : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Malformed(name, text);

    /// <summary>A real number in double precision; null where it is absent.</summary>
    public double? Real(string name) => Text(name) is not { } text ? null : double.TryParse(text.TrimEnd('f'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Malformed(name, text);

    /// <summary>A float32; null where it is absent.</summary>
    public float? Float(string name) => Text(name) is not { } text ? null : float.TryParse(text.TrimEnd('f'), NumberStyles.Float, CultureInfo.InvariantCulture, out float value) ? value : throw Malformed(name, text);

    /// <summary>A tuple of integers, None among them as null.</summary>
    public int?[]? Tuple(string name)
    {
        if (Text(name) is not { } text) return null;
        return [.. text.Trim('(', ')', '[', ']', ' ').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part == "None" ? (int?)null : int.TryParse(part.TrimEnd('L'), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : throw Malformed(name, text))];
    }

    /// <summary>Two integers, one for rows and one for columns.</summary>
    public (int Rows, int Columns) Pair(string name, int otherwise)
    {
        var tuple = Tuple(name);
        if (tuple is null or []) return (otherwise, otherwise);
        if (tuple is [{ } rows, { } columns]) return (rows, columns);
        throw new ModelException(DiagnosticCodes.UnsupportedForm, $"{owner}: {name} {Text(name)} is not over two axes, which is not supported.");
    }

    private ModelException Malformed(string name, string text) => new(DiagnosticCodes.InconsistentModel, $"{owner}: attribute {name} is '{text}'.");
}
