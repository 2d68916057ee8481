using System.Globalization;
using Qnn.Testing;

namespace Qnn.Conformance.Tests;

public sealed class TolerancePageTests
{
    [Fact]
    public void TheNumericsPageListsEveryTolerance()
    {
        string[] rows = [.. Tolerance.All.Select(t => string.Create(CultureInfo.InvariantCulture, $"| {t.Model} | {t.Numerics} | {t.Largest} | {t.Reason} |"))];
        string page = File.ReadAllText(Path.Combine(TestModels.RepositoryRoot, "docs", "numerics.md"));
        string section = page[page.IndexOf("## Where answers may differ", StringComparison.Ordinal)..];
        Assert.Equal(rows, section.Split('\n').SkipWhile(l => !l.StartsWith('|')).TakeWhile(l => l.StartsWith('|')).Where(l => l.StartsWith("| ", StringComparison.Ordinal)).Skip(1));
    }
}
