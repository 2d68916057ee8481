using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Metadata.Schema;
using Qnn.Runtime;
using Qnn.Testing;
using StbImageSharp;

namespace Qnn.Conformance.Tests;

/// <summary>The digit reader that the repository ships, from picture to answer.</summary>
public class DigitsSampleTests
{
    private static readonly string s_sample = Path.Combine(TestModels.RepositoryRoot, "samples", "Digits");

    [Fact]
    public void TheModelDescribesItself()
    {
        TfLiteFile file = TfLiteFile.Open(File.ReadAllBytes(Path.Combine(s_sample, "digits.tflite")));
        var metadata = file.ReadMetadata()!;
        Assert.Empty(metadata.Remarks);
        Assert.Equal("serving_default", Assert.Single(file.Signatures).Key);
        Assert.Equal(ColorSpaceType.GRAYSCALE, metadata.Inputs[0]!.Image!.ColorSpace);
        Assert.Equal([0f], metadata.Inputs[0]!.Normalization!.Mean);
        Assert.Equal([255f], metadata.Inputs[0]!.Normalization!.Std);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], metadata.Outputs[0]!.AxisLabels);
        Assert.Equal(metadata.Outputs[0]!.AxisLabels, File.ReadAllLines(Path.Combine(s_sample, "labels.txt")));
    }

    [Theory]
    [MemberData(nameof(Digits))]
    public void APictureBecomesTheInputThatTheGoldensHold(int digit)
    {
        var input = new ImagePreprocessor(28, 28, 1, ElementType.S8, 1 / 255f, -128, ImageLayout.ChannelsLast, new ImageInputOptions { Mean = [0], Std = [255] });
        byte[] tensor = new byte[input.ByteLength];
        ImageResult picture = Picture(digit);
        input.Convert(ImageView.Rgb(picture.Data, picture.Width, picture.Height), tensor);
        Assert.Equal(File.ReadAllBytes(Path.Combine(s_sample, "golden", $"digit{digit}.in.bin")), tensor);
    }

    public static IEnumerable<object[]> Digits() => Enumerable.Range(0, 10).Select(digit => new object[] { digit });

    private static ImageResult Picture(int digit) =>
        ImageResult.FromMemory(File.ReadAllBytes(Path.Combine(s_sample, "images", $"{digit}.png")), ColorComponents.RedGreenBlue);
}
