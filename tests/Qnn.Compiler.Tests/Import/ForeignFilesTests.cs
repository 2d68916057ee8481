using System.IO.Compression;
using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import;

/// <summary>What lies in a model's place is named, whatever the file is called.</summary>
public sealed class ForeignFilesTests
{
    private static readonly string[] s_names = ["net.tflite", "net.onnx", "net.pt", "net-symbol.json", "net"];

    [Theory]
    [InlineData("", "empty")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "git lfs pull")]
    [InlineData("\r\n<!DOCTYPE html>\n<html><body>Not found</body></html>", "web page")]
    [InlineData("\u00EF\u00BB\u00BF<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "XML")]
    [InlineData("\u001F\u008B\u0008\0\0\0\0\0\0\0", "gzip")]
    [InlineData("\u0089HDF\r\n\u001A\n\0\0\0\0\0\0\0\0", "Keras")]
    [InlineData("GGUF\u0003\0\0\0\0\0\0\0", "GGUF")]
    [InlineData("\u0010\0\0\0\0\0\0\0{\"__metadata__\":{}}", "weights only")]
    public void IsNamed(string latin1, string words)
    {
        foreach (string name in s_names) AssertForeign(name, Encoding.Latin1.GetBytes(latin1), words);
    }

    [Fact]
    public void AnArchiveIsNotItsModel()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create)) archive.CreateEntry("model/digits.tflite");
        foreach (string name in s_names.Where(n => n != "net.pt")) AssertForeign(name, bytes.ToArray(), "'model/digits.tflite'");
    }

    [Fact]
    public void GraphsOfTensorFlowAreNotConverted() => AssertForeign("saved_model.pb", [8, 1, 18, 0], "TFLiteConverter");

    [Fact]
    public void ContentsCountMoreThanTheName()
    {
        var model = new TfLiteModelBuilder();
        byte[] bytes = model.Output(model.Input("x", TensorType.FLOAT32, [2])).Build();
        foreach (string name in s_names) Assert.Equal("tflite", ModelFormats.Find(name, bytes).Name);
    }

    private static void AssertForeign(string name, byte[] bytes, string words)
    {
        var diagnostic = Assert.Single(Assert.Throws<ModelException>(() => ModelFormats.Find(name, bytes)).Diagnostics);
        Assert.Equal(DiagnosticCodes.UnknownFormat, diagnostic.Code);
        Assert.Contains(words, diagnostic.Message, StringComparison.Ordinal);
    }
}
