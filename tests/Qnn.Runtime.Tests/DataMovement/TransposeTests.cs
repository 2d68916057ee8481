using Qnn.Runtime.Kernels.DataMovement;

namespace Qnn.Runtime.Tests.DataMovement;

public sealed unsafe class TransposeTests
{
    [Fact]
    public void TilesOfEverySizeOfElement()
    {
        var random = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            Tiles<byte>(random);
            Tiles<ushort>(random);
            Tiles<uint>(random);
            Tiles<ulong>(random);
        }
    }

    [Fact]
    public void ThreePlanesThereAndBack()
    {
        var random = new Random(2);
        for (int i = 0; i < 100; i++)
        {
            Planes<byte>(random);
            Planes<ushort>(random);
            Planes<uint>(random);
            Planes<ulong>(random);
        }
    }

    private static void Tiles<T>(Random random) where T : unmanaged
    {
        int rows = random.Next(1, 90), columns = random.Next(1, 90), fromStep = rows + random.Next(5), toStep = columns + random.Next(5);
        T[] from = Elements<T>(random, fromStep * columns), to = new T[toStep * rows], expected = new T[to.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++) expected[row * toStep + column] = from[row + column * fromStep];
        }
        fixed (T* source = from, destination = to) TileTranspose.Copy(source, fromStep, destination, toStep, rows, columns);
        Assert.Equal(expected, to);
    }

    private static void Planes<T>(Random random) where T : unmanaged
    {
        int count = random.Next(1, 200), step = count + random.Next(5);
        T[] planes = Elements<T>(random, 3 * step), pixels = new T[3 * count], back = new T[3 * step];
        fixed (T* source = planes, destination = pixels) ThreePlanes.Interleave(source, step, destination, count);
        fixed (T* source = pixels, destination = back) ThreePlanes.Separate(source, destination, step, count);
        for (int c = 0; c < 3; c++)
        {
            for (int i = 0; i < count; i++) Assert.Equal(planes[c * step + i], pixels[3 * i + c]);
            Assert.Equal(planes[(c * step)..(c * step + count)], back[(c * step)..(c * step + count)]);
            Assert.Equal(new T[step - count], back[(c * step + count)..((c + 1) * step)]);
        }
    }

    private static T[] Elements<T>(Random random, int count) where T : unmanaged
    {
        var elements = new T[count];
        random.NextBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(elements.AsSpan()));
        return elements;
    }
}
