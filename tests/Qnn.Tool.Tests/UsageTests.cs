namespace Qnn.Tool.Tests;

public sealed class UsageTests : ToolTest
{
    [Fact]
    public void NoCommandIsUsage() => Run().Failed(2, "QNN0001", "compile, run, inspect, bench, validate", "'qnn --help'");

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("run")]
    [InlineData("run", "m.tflite", "--frobnicate")]
    [InlineData("validate", "m.tflite")]
    [InlineData("compile", "a.tflite", "b.tflite")]
    public void BadCommandLinesAreUsage(params string[] arguments) => Run(arguments).Failed(2, "QNN0001");

    [Theory]
    [InlineData("Did you mean 'inspect'?", "inspct", "m.tflite")]
    [InlineData("Did you mean '--threads'?", "bench", "m.tflite", "--theads", "2")]
    [InlineData("--threads many: a number is expected", "bench", "m.tflite", "--threads", "many")]
    [InlineData("'qnn validate --help'", "validate", "m.tflite")]
    public void FaultsSayWhatWasMeant(string words, params string[] arguments) => Run(arguments).Failed(2, "QNN0001", words);

    [Fact]
    public void AnEmptyPathIsNoModel() => Run("inspect", "").Failed(1, "QNN1001");

    [Theory]
    [InlineData("compile", "--output", "--target-cpu", "--numerics", "--input-shapes", "--dump-ir")]
    [InlineData("run", "--input", "--image", "--output-dir", "--threads", "--kernels", "--numerics", "--input-shapes", "--json")]
    [InlineData("inspect", "--ir", "--json")]
    [InlineData("bench", "--threads", "--warmup", "--repeat", "--kernels", "--numerics", "--input-shapes", "--json", "--profile")]
    [InlineData("validate", "--golden", "--tolerance")]
    public void HelpNamesTheOptions(string command, params string[] options)
    {
        var result = Run(command, "--help");
        Assert.Equal(0, result.ExitCode);
        foreach (string option in options) Assert.Contains(option, result.Output, StringComparison.Ordinal);
    }
}
