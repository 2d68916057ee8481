using System.Runtime.InteropServices;
using System.Text;

namespace Qnn.Tool.Tests;

public sealed class RunTests : ToolTest
{
    private static readonly byte[] s_pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WritesItsOutputs(bool compiled)
    {
        string model = WritePixelModel();
        if (compiled)
        {
            Run("compile", model, "-o", "a.qnnc");
            model = "a.qnnc";
        }
        var result = Run("run", model, "--input", Write("in.bin", s_pixels), "--output-dir", "out");
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal(s_pixels, File.ReadAllBytes(PathOf("out/output_0.bin")));
        Assert.DoesNotContain(Files(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void JsonTellsTensorsKernelsAndTime()
    {
        var json = Run("run", WritePixelModel(), "--input", Write("in.bin", s_pixels), "--output-dir", "out", "--kernels", "scalar", "--threads", "2", "--json").Json();
        Assert.Equal("scalar", json.GetProperty("kernels").GetString());
        Assert.Equal("builtin", json.GetProperty("numerics").GetString());
        Assert.Equal(2, json.GetProperty("threads").GetInt32());
        Assert.True(json.GetProperty("milliseconds").GetDouble() >= 0);
        var input = Assert.Single(json.GetProperty("inputs").EnumerateArray().ToArray());
        Assert.Equal("image", input.GetProperty("name").GetString());
        Assert.Equal("uint8", input.GetProperty("type").GetString());
        Assert.Equal([1, 2, 2, 3], input.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(1f / 128, input.GetProperty("scale").GetSingle());
        Assert.Equal(128, input.GetProperty("zero_point").GetInt32());
        var output = Assert.Single(json.GetProperty("outputs").EnumerateArray().ToArray());
        Assert.Equal("pixels", output.GetProperty("name").GetString());
        Assert.Equal(s_pixels, File.ReadAllBytes(PathOf(output.GetProperty("file").GetString()!)));
    }

    [Fact]
    public void NamedAndPlacedInputsMix()
    {
        string model = WriteTwoInputModel();
        byte[] a = MemoryMarshal.AsBytes<short>([1, -2, 3, -4, 5, -6]).ToArray(), b = MemoryMarshal.AsBytes<float>([1.5f, -2, 0, 9]).ToArray();
        string fileA = Write("a.bin", a), fileB = Write("b=1.bin", b);
        foreach (string[] inputs in new[] { new[] { fileA, fileB }, [$"b:0={fileB}", fileA], [$"b:0={fileB}", $"a={fileA}"] })
        {
            var json = Run(["run", model, .. inputs.SelectMany(i => new[] { "--input", i }), "--output-dir", "out", "--json"]).Json();
            Assert.Equal(["y", "x"], json.GetProperty("outputs").EnumerateArray().Select(o => o.GetProperty("name").GetString()));
            Assert.Equal(b, File.ReadAllBytes(PathOf("out/output_0.bin")));
            Assert.Equal(a, File.ReadAllBytes(PathOf("out/output_1.bin")));
        }
    }

    [Theory]
    [InlineData("|u1", "(1, 2, 2, 3)", 0)]
    [InlineData("|u1", "(2, 2, 3)", 0)]
    [InlineData("|u1", "(12,)", 1)]
    [InlineData("|i1", "(1, 2, 2, 3)", 1)]
    [InlineData(">f4", "(1, 2, 2, 3)", 1)]
    public void ReadsNpy(string descr, string shape, int exitCode)
    {
        string header = $"{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}";
        header = header.PadRight(118 - 1) + "\n";
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), .. s_pixels];
        var result = Run("run", WritePixelModel(), "--input", Write("in.npy", file), "--output-dir", "out");
        if (exitCode == 0) Assert.Equal(s_pixels, File.ReadAllBytes(PathOf("out/output_0.bin")));
        else result.Failed(exitCode, "QNN0007", "in.npy");
    }

    [Fact]
    public void AnInputOfTheWrongSizeIsTheDatasFault()
    {
        Run("run", WritePixelModel(), "--input", Write("in.bin", new byte[13]), "--output-dir", "out").Failed(1, "QNN0007", "13 bytes", "12", "image");
        Assert.DoesNotContain(Files(), f => f.StartsWith("out", StringComparison.Ordinal));
    }

    [Fact]
    public void AMissingInputFileIsTheDatasFault() => Run("run", WritePixelModel(), "--input", "none.bin").Failed(1, "QNN1001", "none.bin");

    [Fact]
    public void MissingInputsAreUsage() => Run("run", WriteTwoInputModel(), "--input", Write("a.bin", new byte[12])).Failed(2, "QNN0001", "b:0");

    [Fact]
    public void TooManyInputsAreUsage()
    {
        string file = Write("in.bin", s_pixels);
        Run("run", WritePixelModel(), "--input", file, "--input", file).Failed(2, "QNN0001", "2 inputs");
    }

    [Fact]
    public void AnUnknownInputIsUsage() => Run("run", WritePixelModel(), "--input", $"picture={Write("in.bin", s_pixels)}").Failed(2, "QNN0001", "picture", "image");

    [Fact]
    public void UnknownKernelsAreUsage() => Run("run", WritePixelModel(), "--input", Write("in.bin", s_pixels), "--kernels", "best").Failed(2, "QNN0001", "best", "scalar", "avx2", "neon");

    [Fact]
    public void KernelsThatCannotRunHereAreUsage()
    {
        string missing = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "avx2" : "neon";
        Run("run", WritePixelModel(), "--input", Write("in.bin", s_pixels), "--kernels", missing).Failed(2, "QNN0001", missing, "scalar");
    }

    [Fact]
    public void NativeNamesTheKernelsThatRan()
    {
        string kernels = Run("run", WritePixelModel(), "--input", Write("in.bin", s_pixels), "--kernels", "native", "--json").Json().GetProperty("kernels").GetString()!;
        Assert.Contains(kernels, Runtime.KernelTiers.Available.Select(Runtime.KernelTiers.Name));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("5000")]
    [InlineData("two")]
    public void BadThreadsAreUsage(string threads) => Run("run", WritePixelModel(), "--input", Write("in.bin", s_pixels), "--threads", threads).Failed(2, "QNN0001");

    [Fact]
    public void ADamagedArtifactIsAnError()
    {
        Run("compile", WritePixelModel(), "-o", "a.qnnc");
        byte[] bytes = File.ReadAllBytes(PathOf("a.qnnc"));
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(PathOf("a.qnnc"), bytes);
        Run("run", "a.qnnc", "--input", Write("in.bin", s_pixels)).Failed(1, "QNN1003", "a.qnnc");
    }

    [Fact]
    public void AnArtifactKeepsItsNumerics()
    {
        Run("compile", WritePixelModel(), "-o", "a.qnnc", "--numerics", "xnnpack");
        Assert.Equal("xnnpack", Run("run", "a.qnnc", "--input", Write("in.bin", s_pixels), "--numerics", "xnnpack", "--json").Json().GetProperty("numerics").GetString());
        Run("run", "a.qnnc", "--input", "in.bin", "--numerics", "builtin").Failed(2, "QNN0001", "xnnpack");
        Run("run", "a.qnnc", "--input", "in.bin", "--input-shapes", "1x2x2x3").Failed(2, "QNN0001", "--input-shapes");
    }

    [Fact]
    public void PicturesBecomeInputs()
    {
        byte[] ppm = [.. "P6\n# a comment\n2 2\n255\n"u8, .. s_pixels];
        var json = Run("run", WritePixelModel(labels: true), "--image", Write("in.ppm", ppm), "--output-dir", "out", "--json").Json();
        Assert.Equal(s_pixels, File.ReadAllBytes(PathOf("out/output_0.bin")));
        var top = json.GetProperty("top")[0];
        Assert.Equal((11, "class 11"), (top.GetProperty("index").GetInt32(), top.GetProperty("label").GetString()));
    }

    [Fact]
    public void GrayPicturesInTextAreReadToo()
    {
        byte[] pgm = [.. "P2 2 2 15\n0 15 5 10\n"u8];
        Assert.Equal(0, Run("run", WritePixelModel(), "--image", Write("in.pgm", pgm), "--output-dir", "out").ExitCode);
        Assert.Equal(new byte[] { 0, 0, 0, 255, 255, 255, 85, 85, 85, 170, 170, 170 }, File.ReadAllBytes(PathOf("out/output_0.bin")));
    }

    [Fact]
    public void BitmapsAreReadToo()
    {
        byte[] bmp =
        [
            .. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, .. new byte[24],
            9, 8, 7, 255, 11, 10, 0, 0, 3, 2, 1, 6, 5, 4, 0, 0,
        ];
        Assert.Equal(0, Run("run", WritePixelModel(), "--image", Write("in.bmp", bmp), "--output-dir", "out").ExitCode);
        Assert.Equal(s_pixels, File.ReadAllBytes(PathOf("out/output_0.bin")));
    }

    [Theory]
    [InlineData("P6\n2 2\n255\nabc")]
    [InlineData("P6\n200000 200000\n255\nabc")]
    [InlineData("not a picture at all")]
    [InlineData("\u0089PNG")]
    public void DamagedPicturesAreTheDatasFault(string text) =>
        Run("run", WritePixelModel(), "--image", Write("in.ppm", Encoding.Latin1.GetBytes(text))).Failed(1, "QNN0007", "in.ppm");

    [Fact]
    public void AMissingPictureIsTheDatasFault() => Run("run", WritePixelModel(), "--image", "none.png").Failed(1, "QNN1001", "none.png");

    [Fact]
    public void AModelWithoutAnImageInputTakesNoPicture() => Run("run", WriteTwoInputModel(), "--image", "x.png").Failed(2, "QNN0001");

    [Fact]
    public void ThreadsComeFromTheEnvironmentUnlessSaid() =>
        Assert.Equal(1, Run("run", WritePixelModel(), "--input", Write("in.bin", s_pixels), "--json").Json().GetProperty("threads").GetInt32());
}
