namespace Qnn.Tool.Tests;

public sealed class CompileTests : ToolTest
{
    [Fact]
    public void WritesTheSameArtifactEveryTime()
    {
        string model = WritePixelModel();
        Assert.Equal(0, Run("compile", model, "-o", "a.qnnc").ExitCode);
        Assert.Equal(0, Run("compile", model, "--output", PathOf("sub/b.qnnc")).ExitCode);
        Assert.Equal(File.ReadAllBytes(PathOf("a.qnnc")), File.ReadAllBytes(PathOf("sub/b.qnnc")));
        Assert.Equal(["a.qnnc", "pixels.tflite", "sub/b.qnnc"], Files());
    }

    [Fact]
    public void TakesItsNameFromTheModel()
    {
        Assert.Equal(0, Run("compile", WritePixelModel()).ExitCode);
        Assert.Contains("pixels.qnnc", Files());
    }

    [Fact]
    public void JsonNamesFileAndSizes()
    {
        var json = Run("compile", WritePixelModel(), "-o", "a.qnnc", "--json").Json();
        Assert.Equal("pixels", json.GetProperty("model").GetString());
        Assert.Equal("a.qnnc", json.GetProperty("file").GetString());
        Assert.Equal(new FileInfo(PathOf("a.qnnc")).Length, json.GetProperty("artifact_bytes").GetInt64());
        Assert.True(json.GetProperty("operators").GetInt32() >= 0);
        Assert.True(json.GetProperty("milliseconds").GetDouble() > 0);
    }

    [Fact]
    public void DumpsTheGraph()
    {
        Assert.Equal(0, Run("compile", WritePixelModel(), "-o", "a.qnnc", "--dump-ir", "ir").ExitCode);
        string import = Assert.Single(Files(), f => f.StartsWith("ir/00-import", StringComparison.Ordinal));
        Assert.Contains("graph @pixels(", File.ReadAllText(PathOf(import)), StringComparison.Ordinal);
    }

    [Fact]
    public void ADamagedModelLeavesNothingBehind()
    {
        byte[] bytes = File.ReadAllBytes(WritePixelModel());
        string model = Write("half.tflite", bytes[..(bytes.Length / 2)]);
        Run("compile", model, "-o", "a.qnnc", "--dump-ir", "ir").Failed(1, "QNN1003", "half.tflite");
        Assert.Equal(["half.tflite", "pixels.tflite"], Files());
    }

    [Fact]
    public void AMissingModelIsAnError() => Run("compile", "none.tflite", "-o", "a.qnnc").Failed(1, "QNN1001", "none.tflite");

    [Fact]
    public void AnUnknownFormatIsAnError() => Run("compile", Write("x.bin", new byte[100]), "-o", "a.qnnc").Failed(1, "QNN1002");

    [Fact]
    public void AFolderThatCannotBeMadeIsAnError() => Run("compile", WritePixelModel(), "-o", "pixels.tflite/a.qnnc").Failed(1, "QNN0008");

    [Fact]
    public void UnknownNumericsAreUsage() => Run("compile", WritePixelModel(), "--numerics", "exact").Failed(2, "QNN0001", "exact", "builtin", "reference", "xnnpack");

    [Fact]
    public void MalformedInputShapesAreUsage() => Run("compile", WritePixelModel(), "--input-shapes", "image:1xax3").Failed(2, "QNN0001");

    [Fact]
    public void AnArtifactIsNotCompiledAgain()
    {
        Run("compile", WritePixelModel(), "-o", "a.qnnc");
        Run("compile", "a.qnnc").Failed(2, "QNN0001");
    }
}
