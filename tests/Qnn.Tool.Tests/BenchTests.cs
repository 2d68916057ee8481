using System.Text.Json;

namespace Qnn.Tool.Tests;

public sealed class BenchTests : ToolTest
{
    [Fact]
    public void JsonHasThePercentilesInOrder()
    {
        var json = Run("bench", WritePixelModel(), "--warmup", "1", "--repeat", "7", "--json").Json();
        double[] times = [.. new[] { "min_ms", "median_ms", "p90_ms", "p99_ms" }.Select(n => json.GetProperty(n).GetDouble())];
        Assert.Equal(times.Order(), times);
        Assert.Equal(7, json.GetProperty("repeat").GetInt32());
        Assert.False(json.TryGetProperty("operators", out _));
    }

    [Fact]
    public void ProfileListsOperators()
    {
        string model = WriteTwoInputModel();
        Assert.Equal(JsonValueKind.Array, Run("bench", model, "--repeat", "3", "--profile", "--json").Json().GetProperty("operators").ValueKind);
        Assert.Contains("share", Run("bench", model, "--repeat", "3", "--profile").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--repeat", "0")]
    [InlineData("--warmup", "-1")]
    [InlineData("--kernels", "sse")]
    public void BadOptionsAreUsage(string option, string value) => Run("bench", WritePixelModel(), option, value).Failed(2, "QNN0001", value);
}
