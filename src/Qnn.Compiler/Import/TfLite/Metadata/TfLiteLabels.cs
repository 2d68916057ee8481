using System.Text;

namespace Qnn.Compiler.Import.TfLite.Metadata;

/// <summary>Label files: a name a line.</summary>
internal static class TfLiteLabels
{
    private const int MaxLines = 1 << 20;

    /// <summary>The lines, without what ends them and without empty ones at the end. An empty line between others is an empty name, so that the count stays right.</summary>
    public static IReadOnlyList<string> Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) utf8 = utf8[3..];
        if (utf8.Count((byte)'\n') > MaxLines) throw TfLiteFault.TooLarge($"A label file has more than {MaxLines} lines.");
        var lines = Encoding.UTF8.GetString(utf8).Split('\n').Select(line => line.Trim()).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return lines;
    }
}
