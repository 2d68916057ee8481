using System.Buffers;
using System.Globalization;
using System.Text;

namespace Qnn.Tasks;

/// <summary>MSBuild's escaping, for paths with its special characters.</summary>
internal static class EscapingUtilities
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("%*?@$();'");

    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(s_special)) return text;
        var escaped = new StringBuilder();
        foreach (char c in text)
        {
            if (s_special.Contains(c)) escaped.Append('%').Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
            else escaped.Append(c);
        }
        return escaped.ToString();
    }
}
