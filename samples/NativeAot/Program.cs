// A digit reader as one native file: dotnet publish -c Release samples/NativeAot, then run the published NativeAot [28x28 gray pixels as a raw file ...]
using Qnn.Runtime;
using ReadDigits;

if (args.Length == 0)
{
    // A seven, drawn.
    var pixels = new byte[Digits.InputWidth * Digits.InputHeight];
    for (int y = 5; y < 7; y++) pixels.AsSpan(y * Digits.InputWidth + 7, 14).Fill(255);
    for (int y = 7; y < 24; y++) pixels.AsSpan(y * Digits.InputWidth + 20 - (y - 7) / 2, 2).Fill(255);
    Console.WriteLine(Digits.Predict(ImageView.Gray(pixels, Digits.InputWidth, Digits.InputHeight)).Best);
}
foreach (string path in args)
{
    byte[] pixels = File.ReadAllBytes(path);
    Console.WriteLine($"{Path.GetFileName(path)}: {Digits.Predict(ImageView.Gray(pixels, Digits.InputWidth, Digits.InputHeight)).Best}");
}
