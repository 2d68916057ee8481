using Qnn.Compiler.Diagnostics;

namespace Qnn.Compiler.Tests.Diagnostics;

public sealed class SuggestionTests
{
    private static readonly string[] s_known = ["TargetCpu", "ClassName", "Labels", "InputShapes", "Mean", "Std", "Report"];

    [Theory]
    [InlineData("Lables", "Labels")]
    [InlineData("labels ", "Labels")]
    [InlineData("InputShape", "InputShapes")]
    [InlineData("Shapes", "InputShapes")]
    [InlineData("TARGETCPUS", "TargetCpu")]
    [InlineData("Class", "ClassName")]
    [InlineData("Maen", "Mean")]
    [InlineData("Pack", null)]
    [InlineData("Visible", null)]
    [InlineData("Link", null)]
    [InlineData("", null)]
    [InlineData("x", null)]
    public void TheNearestNameOrNone(string name, string? near) => Assert.Equal(near, Suggestion.Nearest(name, s_known));

    [Fact]
    public void NothingIsNearNothing() => Assert.Null(Suggestion.Nearest("Labels", []));
}
