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
    public void WritesTheTypedClass()
    {
        Assert.Equal(0, Run("compile", WritePixelModel(), "-o", "a.qnnc", "--wrapper", "Pixels.g.cs", "--class", "PixelReader", "--namespace", "My.Models").ExitCode);
        string text = File.ReadAllText(PathOf("Pixels.g.cs"));
        Assert.Contains("namespace My.Models;", text, StringComparison.Ordinal);
        Assert.Contains("class PixelReader", text, StringComparison.Ordinal);
        Assert.Contains("My.Models.PixelReader.qnnc", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--wrapper", "w.cs", "--class", "2D")]
    [InlineData("--wrapper", "w.cs", "--class", "Result")]
    [InlineData("--wrapper", "w.cs", "--namespace", "My..Models")]
    [InlineData("--class", "C")]
    public void BadNamesAreUsage(params string[] options)
    {
        Run(["compile", WritePixelModel(), "-o", "a.qnnc", .. options]).Failed(2, "QNN0001");
        Assert.Equal(["pixels.tflite"], Files());
    }

    [Fact]
    public void AnUnknownTargetIsUsage() => Run("compile", WritePixelModel(), "--target-cpu", "any;z80").Failed(2, "QNN0002", "z80", "cascadelake");

    [Fact]
    public void LabelsOfAnotherNumberAreTheDatasFault() => Run("compile", WritePixelModel(), "--labels", Write("l.txt", [.. "a\nb\n"u8])).Failed(1, "QNN0006");

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
