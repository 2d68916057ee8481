using System.Globalization;
using System.Security.Cryptography;
using Qnn.Runtime;

namespace Qnn.Runtime.Tests.Imaging;

/// <summary>Resizing gives Pillow's bytes; pillow.txt holds the hashes of what Pillow made.</summary>
public class PillowTests
{
    public static TheoryData<string> Cases()
    {
        var cases = new TheoryData<string>();
        using Stream stream = typeof(PillowTests).Assembly.GetManifestResourceStream("pillow.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#')) cases.Add(line);
        }
        return cases;
    }

    [Theory, MemberData(nameof(Cases))]
    public void GivesPillowsBytes(string golden)
    {
        string[] parts = golden.Split(' ');
        int[] sizes = [.. new[] { 3, 4, 6, 7 }.Select(i => int.Parse(parts[i], CultureInfo.InvariantCulture))];
        int channels = parts[0].Length;
        byte[] pixels = TestImages.Pixels(parts[2], sizes[0], sizes[1], channels);
        ResizeMode mode = parts[5] switch { "stretch" => ResizeMode.Stretch, "crop" => ResizeMode.CenterCrop, _ => ResizeMode.Letterbox };

        byte[] result = TestImages.Bytes(sizes[2], sizes[3], parts[1].Length, mode)
            .Convert(pixels, sizes[0], sizes[1], channels == 1 ? PixelFormat.Gray8 : PixelFormat.Rgb24);

        Assert.Equal(parts[8], Convert.ToHexStringLower(SHA256.HashData(result)));
    }
}
