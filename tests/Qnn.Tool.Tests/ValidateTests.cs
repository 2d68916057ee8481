namespace Qnn.Tool.Tests;

public sealed class ValidateTests : ToolTest
{
    private static readonly byte[] s_pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255];

    private void WriteGolden(byte[] output, byte[]? xnnpack = null)
    {
        Write("golden/in.bin", s_pixels);
        Write("golden/out.bin", output);
        string others = "";
        if (xnnpack is not null)
        {
            Write("golden/out.xnnpack.bin", xnnpack);
            others = """, "others": { "xnnpack": "out.xnnpack.bin" }""";
        }
        File.WriteAllText(PathOf("golden/golden.json"), $$"""
            { "name": "pixels", "cases": [ { "name": "one", "inputs": [{ "name": "image", "file": "in.bin" }], "outputs": [{ "name": "pixels", "file": "out.bin"{{others}} }] } ] }
            """);
    }

    [Fact]
    public void EqualAnswersPass()
    {
        WriteGolden(s_pixels);
        var result = Run("validate", WritePixelModel(), "--golden", "golden");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("1 of 1 outputs agree", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherAnswersFailWithTheirNumberAndSize()
    {
        byte[] other = [.. s_pixels];
        other[2] += 2;
        other[5] += 1;
        WriteGolden(other);
        string model = WritePixelModel();
        Run("validate", model, "--golden", "golden").Failed(1, "QNN3001", "'one'", "'pixels'", "2 of 12", "by 2 at most", "index 2");
        Run("validate", model, "--golden", "golden", "--tolerance", "1").Failed(1, "QNN3001");
        Assert.Equal(0, Run("validate", model, "--golden", "golden", "--tolerance", "2").ExitCode);
    }

    [Fact]
    public void NumericsChooseTheRecordedAnswer()
    {
        byte[] other = [.. s_pixels];
        other[0]++;
        WriteGolden(other, xnnpack: s_pixels);
        string model = WritePixelModel();
        Assert.Equal(0, Run("validate", model, "--golden", "golden", "--numerics", "xnnpack").ExitCode);
        Run("validate", model, "--golden", "golden", "--numerics", "reference").Failed(1, "QNN3001");
    }

    [Fact]
    public void AFolderOfRunsOutputsServes()
    {
        string model = WritePixelModel();
        Write("golden/input_0.bin", s_pixels);
        Run("run", model, "--input", "golden/input_0.bin", "--output-dir", "golden");
        Assert.True(Run("validate", model, "--golden", "golden", "--json").Json().GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void UnusableFoldersAreErrors()
    {
        string model = WritePixelModel();
        Run("validate", model, "--golden", "none").Failed(1, "QNN3002", "none");
        Run("validate", model, "--golden", model).Failed(1, "QNN3002", "it is a file");
        WriteGolden(new byte[5]);
        Run("validate", model, "--golden", "golden").Failed(1, "QNN3002", "5 bytes");
        File.WriteAllText(PathOf("golden/golden.json"), "{ \"cases\": 3 }");
        Run("validate", model, "--golden", "golden").Failed(1, "QNN3002");
        File.WriteAllText(PathOf("golden/golden.json"), "{");
        Run("validate", model, "--golden", "golden").Failed(1, "QNN3002");
        File.Delete(PathOf("golden/golden.json"));
        Run("validate", model, "--golden", "golden").Failed(1, "QNN3002", "no cases");
    }

    [Fact]
    public void ShapesThatTheModelLeavesOpenAreThoseOfTheRecording()
    {
        string encoder = Path.Combine(Testing.TestModels.RepositoryRoot, "tests", "models", "onnx", "encoder_static");
        var result = Run("validate", Path.Combine(encoder, "model.onnx"), "--golden", encoder);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("3 of 3 outputs agree", result.Output, StringComparison.Ordinal);
    }
}
