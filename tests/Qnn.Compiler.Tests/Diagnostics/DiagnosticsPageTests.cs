using System.Reflection;
using System.Text.RegularExpressions;
using Qnn.Compiler.Diagnostics;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Diagnostics;

public sealed partial class DiagnosticsPageTests
{
    private static readonly string[] s_codes = [.. typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    [Fact]
    public void EveryCodeHasASectionAndEverySectionACode()
    {
        string page = File.ReadAllText(Path.Combine(TestModels.RepositoryRoot, "DIAGNOSTICS.md"));
        Assert.Equal(s_codes.Order(), Headings().Matches(page).Select(m => m.Groups[1].Value));
        foreach (string section in page.Split("\n## ").Skip(1)) Assert.Contains("**What to do:** ", section, StringComparison.Ordinal);
    }

    [Fact]
    public void CodesAreDistinctAndWellFormed()
    {
        Assert.Equal(s_codes.Distinct(), s_codes);
        Assert.All(s_codes, code => Assert.Matches("^QNN[0-3][0-9]{3}$", code));
    }

    [GeneratedRegex("^## (QNN[0-9]{4}): ", RegexOptions.Multiline)]
    private static partial Regex Headings();
}
