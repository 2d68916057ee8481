using System.Globalization;
using System.Text;

namespace Qnn.Bench;

/// <summary>Markdown tables.</summary>
internal sealed class Report
{
    private readonly StringBuilder _text = new();

    public void Line(string line = "") => _text.Append(line).Append('\n');

    public void Row(params string[] cells) => Line($"| {string.Join(" | ", cells)} |");

    /// <summary>A table's head; the first column is text, the others are numbers.</summary>
    public void Head(params string[] cells)
    {
        Row(cells);
        Line($"|---|{string.Concat(cells.Skip(1).Select(_ => "---:|"))}");
    }

    public static string Milliseconds(double milliseconds) => milliseconds.ToString(milliseconds < 1 ? "F3" : milliseconds < 100 ? "F2" : "F0", CultureInfo.InvariantCulture);

    public static string Millions(double count) => (count / 1e6).ToString("F1", CultureInfo.InvariantCulture);

    public static string Ratio(double ratio) => ratio.ToString("F2", CultureInfo.InvariantCulture);

    public override string ToString() => _text.ToString();
}
