using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>
/// Images between three planes and pixels of three channels, sixteen bytes of each plane at a time. As three divides no register's number of elements, a place belongs to another plane in each of the three
/// registers of pixels: the elements of a plane are shuffled once, to where they belong, and two selections a register take what is theirs.
/// </summary>
internal static unsafe class ThreePlanes
{
    /// <summary>pixels[3 * i + c] = planes[c * step + i] for i below <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave<T>(T* planes, nint step, T* pixels, nint count) where T : unmanaged
    {
        int width = 16 / sizeof(T);
        nint i = 0;
        if (CanShuffle<T>())
        {
            Vector128<byte> order0 = Orders<T>.ToPixels0, order1 = Orders<T>.ToPixels1, order2 = Orders<T>.ToPixels2, first = Orders<T>.First, second = Orders<T>.Second;
            for (; i <= count - width; i += width)
            {
                var a = Vector128.ShuffleNative(Vector128.Load((byte*)(planes + i)), order0);
                var b = Vector128.ShuffleNative(Vector128.Load((byte*)(planes + step + i)), order1);
                var c = Vector128.ShuffleNative(Vector128.Load((byte*)(planes + 2 * step + i)), order2);
                Select(first, a, second, b, c).Store((byte*)(pixels + 3 * i));
                // The next register begins with the second plane if a width leaves one over, else with the third.
                (Vector128<byte> next, Vector128<byte> last) = (Select(first, b, second, c, a), Select(first, c, second, a, b));
                (width % 3 == 1 ? next : last).Store((byte*)(pixels + 3 * i + width));
                (width % 3 == 1 ? last : next).Store((byte*)(pixels + 3 * i + 2 * width));
            }
        }
        for (; i < count; i++)
        {
            for (int c = 0; c < 3; c++) pixels[3 * i + c] = planes[c * step + i];
        }
    }

    /// <summary>planes[c * step + i] = pixels[3 * i + c] for i below <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Separate<T>(T* pixels, T* planes, nint step, nint count) where T : unmanaged
    {
        int width = 16 / sizeof(T);
        nint i = 0;
        if (CanShuffle<T>())
        {
            Vector128<byte> order0 = Orders<T>.ToPlanes0, order1 = Orders<T>.ToPlanes1, order2 = Orders<T>.ToPlanes2, first = Orders<T>.First, second = Orders<T>.Second;
            for (; i <= count - width; i += width)
            {
                var a = Vector128.Load((byte*)(pixels + 3 * i));
                (Vector128<byte> next, Vector128<byte> last) = (Vector128.Load((byte*)(pixels + 3 * i + width)), Vector128.Load((byte*)(pixels + 3 * i + 2 * width)));
                var (b, c) = width % 3 == 1 ? (next, last) : (last, next);
                Vector128.ShuffleNative(Select(first, a, second, c, b), order0).Store((byte*)(planes + i));
                Vector128.ShuffleNative(Select(first, b, second, a, c), order1).Store((byte*)(planes + step + i));
                Vector128.ShuffleNative(Select(first, c, second, b, a), order2).Store((byte*)(planes + 2 * step + i));
            }
        }
        for (; i < count; i++)
        {
            for (int c = 0; c < 3; c++) planes[c * step + i] = pixels[3 * i + c];
        }
    }

    private static bool CanShuffle<T>() where T : unmanaged => Vector128.IsHardwareAccelerated && sizeof(T) <= 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Select(Vector128<byte> isA, Vector128<byte> a, Vector128<byte> isB, Vector128<byte> b, Vector128<byte> c) =>
        Vector128.ConditionalSelect(isA, a, Vector128.ConditionalSelect(isB, b, c));

    private static class Orders<T> where T : unmanaged
    {
        /// <summary>Places of the first and second channel in a register that begins with a pixel, as masks.</summary>
        public static readonly Vector128<byte> First = Mask(0), Second = Mask(1);

        /// <summary>For a place of pixels, in the one register where it is the plane's: the number of its pixel, as bytes to shuffle by.</summary>
        public static readonly Vector128<byte> ToPixels0 = ToPixels(0), ToPixels1 = ToPixels(1), ToPixels2 = ToPixels(2);

        /// <summary>For a pixel: its place in its register.</summary>
        public static readonly Vector128<byte> ToPlanes0 = ToPlanes(0), ToPlanes1 = ToPlanes(1), ToPlanes2 = ToPlanes(2);

        private static int Width => 16 / sizeof(T);

        private static Vector128<byte> Mask(int channel)
        {
            var mask = Vector128<byte>.Zero;
            for (int i = 0; i < 16; i++) mask = mask.WithElement(i, (byte)(i / sizeof(T) % 3 == channel ? 255 : 0));
            return mask;
        }

        private static Vector128<byte> ToPixels(int plane)
        {
            var order = Vector128<byte>.Zero;
            for (int i = 0; i < 16; i++)
            {
                int place = i / sizeof(T);
                while (place % 3 != plane) place += Width;
                order = order.WithElement(i, (byte)(place / 3 * sizeof(T) + i % sizeof(T)));
            }
            return order;
        }

        private static Vector128<byte> ToPlanes(int plane)
        {
            var order = Vector128<byte>.Zero;
            for (int i = 0; i < 16; i++) order = order.WithElement(i, (byte)((3 * (i / sizeof(T)) + plane) % Width * sizeof(T) + i % sizeof(T)));
            return order;
        }
    }
}
