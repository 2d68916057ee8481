using System.Text.RegularExpressions;
using System.Xml.Linq;
using Qnn.Tasks;
using Qnn.Testing;

namespace Qnn.Sdk.Tests;

/// <summary>The tables of metadata that people and editors read, against what the build does.</summary>
public sealed partial class MetadataTableTests
{
    private static readonly string s_build = Path.Combine(TestModels.RepositoryRoot, "src", "Qnn.Sdk", "build");

    private static IEnumerable<string> Documented => MetadataNames.All.Where(n => n != "target").Order(StringComparer.Ordinal);

    [Theory]
    [InlineData("docs/metadata.md")]
    [InlineData("README.md")]
    public void TablesHaveAllMetadataWithTheirDefaults(string file)
    {
        string path = Path.Combine(TestModels.RepositoryRoot, file);
        Assert.SkipUnless(File.Exists(path) && File.ReadAllText(path).Contains("| `TargetCpu`", StringComparison.Ordinal), $"{file} has no table of metadata.");
        var rows = File.ReadAllLines(path).SkipWhile(l => !l.StartsWith("| `TargetCpu`", StringComparison.Ordinal)).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|')).ToList();
        var described = rows.SelectMany(cells => Code().Matches(cells[1]).Select(m => m.Groups[1].Value)).Where(n => n != "target");
        Assert.Equal(Documented, described.Order(StringComparer.Ordinal));

        foreach (var (name, value) in Defaults())
        {
            string[] row = Assert.Single(rows, cells => Code().Matches(cells[1]).Any(m => m.Groups[1].Value == name));
            Assert.Contains($"`{value}`", row[2]);
        }
    }

    [Fact]
    public void DefaultsAreConditionalAndOfKnownNames()
    {
        var definitions = XDocument.Load(Path.Combine(s_build, "Qnn.Sdk.targets")).Descendants("ItemDefinitionGroup").Single().Element("QuantizedModel")!.Elements();
        Assert.All(definitions, d =>
        {
            Assert.Contains(d.Name.LocalName, MetadataNames.All);
            Assert.Equal($"'%(QuantizedModel.{d.Name.LocalName})' == ''", d.Attribute("Condition")?.Value);
        });
    }

    [Fact]
    public void ThePropertyPageHasAllMetadata()
    {
        var page = XDocument.Load(Path.Combine(s_build, "QuantizedModel.xaml"));
        var properties = page.Descendants().Where(e => e.Name.LocalName.EndsWith("Property", StringComparison.Ordinal) && e.Name.LocalName != "DynamicEnumProperty").Select(e => e.Attribute("Name")!.Value);
        Assert.Equal(Documented, properties.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<(string Name, string Value)> Defaults() =>
        XDocument.Load(Path.Combine(s_build, "Qnn.Sdk.targets")).Descendants("ItemDefinitionGroup").Single().Element("QuantizedModel")!.Elements().Select(e => (e.Name.LocalName, e.Value));

    [GeneratedRegex("`([A-Za-z]+)`")]
    private static partial Regex Code();
}
