// Says what is in pictures: dotnet run -c Release --project samples/ImageNet [picture ...]
using System.Diagnostics;
using ClassifyImages;
using Qnn.Runtime;
using StbImageSharp;

const int Side = 224;
string folder = Path.Combine(AppContext.BaseDirectory, "images");
string[] paths = args.Length > 0 ? args : Directory.Exists(folder) ? Directory.GetFiles(folder, "*.bin") : [];
if (paths.Length == 0) Console.WriteLine("Name a picture: dotnet run --project samples/ImageNet -- picture.jpg");
Array.Sort(paths, StringComparer.Ordinal);

foreach (string path in paths)
{
    long start = Stopwatch.GetTimestamp();
    var result = MobilenetV2.Predict(Read(path));
    Console.WriteLine($"{Path.GetFileName(path)}: {result.Best.Label}, {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F1} ms");
    foreach (var guess in result.Top(3)) Console.WriteLine($"  {guess}");
}

// A .bin file holds the pixels alone, 224 x 224 RGB; anything else is a picture file.
static ImageView Read(string path)
{
    byte[] bytes = File.ReadAllBytes(path);
    if (Path.GetExtension(path) == ".bin") return ImageView.Rgb(bytes, Side, Side);
    var picture = ImageResult.FromMemory(bytes, ColorComponents.RedGreenBlue);
    return ImageView.Rgb(picture.Data, picture.Width, picture.Height);
}
