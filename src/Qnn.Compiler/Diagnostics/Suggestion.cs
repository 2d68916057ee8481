namespace Qnn.Compiler.Diagnostics;

/// <summary>The known name that a mistyped one probably stands for.</summary>
internal static class Suggestion
{
    // A name and its beginning or end of so many letters are near each other, too: Shapes and InputShapes.
    private const int ShortestPart = 5;

    /// <summary><c> Did you mean 'cascadelake'?</c>, or nothing.</summary>
    public static string For(string name, IEnumerable<string> known) => Nearest(name, known) is { } near ? $" Did you mean '{near}'?" : "";

    /// <summary>The nearest name, case aside: at most one letter in three is wrong, missing, too many or has changed places with its neighbour; or null.</summary>
    public static string? Nearest(string name, IEnumerable<string> known)
    {
        string wanted = name.ToUpperInvariant();
        var (near, distance) = known.Select(k => (Name: k, Distance: Distance(wanted, k.ToUpperInvariant()))).DefaultIfEmpty(("", int.MaxValue)).MinBy(k => k.Item2);
        if (distance <= Math.Min(name.Length, near.Length) / 3) return near;
        return known.FirstOrDefault(k => Math.Min(k.Length, name.Length) >= ShortestPart && (IsPart(name, k) || IsPart(k, name)));
    }

    private static bool IsPart(string part, string whole) => whole.StartsWith(part, StringComparison.OrdinalIgnoreCase) || whole.EndsWith(part, StringComparison.OrdinalIgnoreCase);

    // Damerau and Levenshtein's, each pair of neighbours changed once.
    private static int Distance(string a, string b)
    {
        var costs = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) costs[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) costs[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = Math.Min(Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1, costs[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost = Math.Min(cost, costs[i - 2, j - 2] + 1);
                costs[i, j] = cost;
            }
        }
        return costs[a.Length, b.Length];
    }
}
