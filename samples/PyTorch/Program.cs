// Draws shapes and names them, compares the answers to recorded pictures with PyTorch's, and measures: dotnet run -c Release --project samples/PyTorch
using System.Runtime.InteropServices;
using NameShapes;
using Qnn.Runtime;

const int Size = 64;

Name("circle", (x, y) => x * x + y * y <= 18 * 18);
Name("square", (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)) <= 15);
Name("triangle", (x, y) => y <= 14 && y >= 2 * Math.Abs(x) - 18);
Name("cross", (x, y) => Math.Min(Math.Abs(x), Math.Abs(y)) <= 4 && Math.Max(Math.Abs(x), Math.Abs(y)) <= 18);

Compare(Path.Combine(AppContext.BaseDirectory, "golden"));

var time = Shapes.Compiled.Measure(warmup: 10, number: 10, repeat: 20);
Console.WriteLine($"time: {time.Median:F3} ms a picture, {time.Minimum:F3} at best");

// The labels of both sides, and how many of their numbers are identical. The build has compared them too, and would have failed.
static void Compare(string golden)
{
    int identical = 0, all = 0;
    foreach (string path in Directory.GetFiles(golden, "*.in.bin").Order())
    {
        float[] recorded = Floats(path.Replace(".in.", ".out.", StringComparison.Ordinal));
        var ours = Shapes.Predict(Floats(path));
        string theirs = Shapes.Labels[Array.IndexOf(recorded, recorded.Max())];
        Console.WriteLine($"picture {Path.GetFileName(path)[..1]}: {ours.Best.Label}, PyTorch says {theirs}");
        identical += ours.Dequant.Values.ToArray().Zip(recorded).Count(pair => pair.First.Equals(pair.Second));
        all += recorded.Length;
    }
    Console.WriteLine($"{identical} of {all} numbers are identical to PyTorch's");
}

static float[] Floats(string path) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path)).ToArray();

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
