// Draws shapes and names them: dotnet run --project samples/PyTorch
using NameShapes;
using Qnn.Runtime;

const int Size = 64;

Name("circle", (x, y) => x * x + y * y <= 18 * 18);
Name("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) <= 15);
Name("triangle", (x, y) => y <= 14 && y >= 2 * Math.Abs(x) - 18);
Name("cross", (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) <= 4 && Math.Max(Math.Abs(x), Math.Abs(y)) <= 18);

// Yellow on blue, resized to what the network takes.
static void Name(string shape, Func<int, int, bool> inside)
{
    byte[] pixels = new byte[Size * Size * 3];
    for (int i = 0; i < Size * Size; i++)
    {
        ReadOnlySpan<byte> color = inside(i % Size - Size / 2, i / Size - Size / 2) ? [230, 200, 40] : [20, 40, 120];
        color.CopyTo(pixels.AsSpan(i * 3));
    }
    Console.WriteLine($"{shape}: {Shapes.Predict(ImageView.Rgb(pixels, Size, Size)).Top(3)}");
}
