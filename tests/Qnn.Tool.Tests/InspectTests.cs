using System.Text.Json;

namespace Qnn.Tool.Tests;

public sealed class InspectTests : ToolTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ShowsTensorsAndSizes(bool compiled)
    {
        string model = WritePixelModel(labels: true);
        if (compiled)
        {
            Run("compile", model, "-o", "a.qnnc");
            model = "a.qnnc";
        }
        var json = Run("inspect", model, "--json").Json();
        Assert.Equal(("pixels", "tflite", "builtin"), (json.GetProperty("model").GetString(), json.GetProperty("format").GetString(), json.GetProperty("numerics").GetString()));
        Assert.Equal("image", json.GetProperty("inputs")[0].GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Array, json.GetProperty("operators").ValueKind);
        Assert.Equal(12, json.GetProperty("labels").GetInt32());
        // A uint8 input takes pixels as they are, whatever normalisation the metadata names.
        Assert.Equal(0, json.GetProperty("images")[0].GetProperty("mean").GetArrayLength());
        Assert.Equal(64, json.GetProperty("source_sha256").GetString()!.Length);
        string text = Run("inspect", model).Output;
        Assert.Contains("input   image: uint8 1x2x2x3, real = 0.0078125 * (q - 128)", text, StringComparison.Ordinal);
        Assert.Contains("output  pixels: uint8 1x12", text, StringComparison.Ordinal);
    }

    [Fact]
    public void PrintsTheGraph()
    {
        string model = WritePixelModel();
        Assert.Contains("graph @pixels(", Run("inspect", model, "--ir").Output, StringComparison.Ordinal);
        Assert.Contains("graph @pixels(", Run("inspect", model, "--ir", "--json").Json().GetProperty("ir").GetString(), StringComparison.Ordinal);
        Run("compile", model, "-o", "a.qnnc");
        Run("inspect", "a.qnnc", "--ir").Failed(2, "QNN0001", "--ir");
    }
}
