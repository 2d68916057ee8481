using System.Buffers;
using System.Text;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>Texts of a file. They should be UTF-8 but need not be; what is not becomes U+FFFD.</summary>
internal static class TfLiteText
{
    private static readonly SearchValues<char> s_controls = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '\x7f', '\x85', '\u2028', '\u2029']);

    /// <summary>Text of any kind; empty where it is left out. Ends before a NUL, with which some converters pad.</summary>
    public static string Decode(ReadOnlyMemory<byte>? bytes, TfLiteReadBudget budget)
    {
        if (bytes is not { } present) return "";
        var span = present.Span;
        if (span.IndexOf((byte)0) is >= 0 and var end) span = span[..end];
        budget.Charge(span.Length);
        return Encoding.UTF8.GetString(span);
    }

    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}?, TfLiteReadBudget)"/>
    public static string Decode(ArraySegment<byte>? bytes, TfLiteReadBudget budget) => Decode(bytes is { } present ? present.AsMemory() : (ReadOnlyMemory<byte>?)null, budget);

    /// <summary>A name, which goes into messages and generated code: on one line.</summary>
    public static string DecodeName(ArraySegment<byte>? bytes, TfLiteReadBudget budget)
    {
        string text = Decode(bytes, budget);
        return text.AsSpan().ContainsAny(s_controls) ? string.Create(text.Length, text, static (span, source) =>
        {
            for (int i = 0; i < span.Length; i++) span[i] = s_controls.Contains(source[i]) ? '\ufffd' : source[i];
        }) : text;
    }
}
