using System.Text;

namespace Qnn.Compiler.Emit;

/// <summary>C# text with indentation and <c>\n</c> line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>A line, or an empty one.</summary>
    public void Line(string text = "")
    {
        if (text.Length > 0) _text.Append(' ', _depth * 4).Append(text);
        _text.Append('\n');
    }

    /// <summary>Several lines.</summary>
    public void Lines(params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines) Line(line);
    }

    /// <summary>A line and an opening brace.</summary>
    public void Open(string header)
    {
        Lines(header, "{");
        _depth++;
    }

    /// <summary>A closing brace.</summary>
    public void Close()
    {
        _depth--;
        Line("}");
    }

    public override string ToString() => _text.ToString();

    /// <summary>
    /// Text from a model for a documentation comment: escaped, on one line. A line separator of any kind would end the comment and make
    /// the rest of a model's description into code.
    /// </summary>
    public static string Xml(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '<': result.Append("&lt;"); break;
                case '>': result.Append("&gt;"); break;
                case '&': result.Append("&amp;"); break;
                case '"': result.Append("&quot;"); break;
                default:
                    bool breaks = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFFFE or 0xFFFF or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
                    result.Append(breaks ? " " : rune.ToString());
                    break;
            }
        }
        return result.ToString().Trim();
    }

    /// <summary>A C# string literal.</summary>
    public static string Literal(string text)
    {
        var result = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') result.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~' || char.IsLetterOrDigit(c)) result.Append(c);
            else result.Append($"\\u{(int)c:x4}");
        }
        return result.Append('"').ToString();
    }
}
