using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Emit;

/// <summary>Label files as editors save them.</summary>
public sealed class LabelFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qnn-labels-").FullName;

    [Theory]
    [InlineData("a\nb\nc")]
    [InlineData("\uFEFFa\r\n b \r\nc\r\n\r\n\n")]
    public void LineEndsAndBlankLinesAtTheEndDoNotCount(string text)
    {
        Assert.Equal(["a", "b", "c"], Read(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(["a", "b", "c"], Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text.TrimStart('\uFEFF'))]));
    }

    [Theory]
    [InlineData("a\n\nb\nc\n", "4 names", "1, the first is line 2")]
    [InlineData("a,b,c", "1 names", "A name a line")]
    public void AWrongCountIsExplained(string text, params string[] words) => AssertFault(Encoding.UTF8.GetBytes(text), words);

    [Fact]
    public void OtherEncodingsAreRefused() => AssertFault([(byte)'a', (byte)'\n', 0xE9, (byte)'\n', (byte)'c'], "not UTF-8");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void AssertFault(byte[] labels, params string[] words)
    {
        var diagnostic = Assert.Single(Assert.Throws<ModelException>(() => Read(labels)).Diagnostics);
        Assert.Equal(DiagnosticCodes.LabelMismatch, diagnostic.Code);
        foreach (string word in words) Assert.Contains(word, diagnostic.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Read(byte[] labels)
    {
        var model = new TfLiteModelBuilder();
        string path = Path.Combine(_folder, "net.tflite"), file = Path.Combine(_folder, "labels.txt");
        File.WriteAllBytes(path, model.Output(model.Input("x", TensorType.FLOAT32, [1, 3])).Build());
        File.WriteAllBytes(file, labels);
        return ModelCompiler.ReadSignature(new CompileOptions { ModelPath = path, LabelsPath = file }).Metadata.Labels;
    }
}
