// Reads handwritten digits: dotnet run --project samples/Digits [picture ...]
using Qnn.Runtime;
using ReadDigits;
using StbImageSharp;

string[] paths = args.Length > 0 ? args : Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "images"));
Array.Sort(paths, StringComparer.Ordinal);

foreach (string path in paths)
{
    ImageResult picture = ImageResult.FromMemory(File.ReadAllBytes(path), ColorComponents.RedGreenBlue);
    var result = Digits.Predict(ImageView.Rgb(picture.Data, picture.Width, picture.Height));
    Console.WriteLine($"{Path.GetFileName(path)}: {result.Best.Label}   ({result.Top(3)})");
}
