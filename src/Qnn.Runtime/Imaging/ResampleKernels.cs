using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Qnn.Runtime;

/// <summary>
/// The inner loops of resampling. All sums are exact 32-bit integers, so every instruction set gives the same bytes.
/// Rows of colour hold four bytes a pixel, whatever the fourth is; rows of gray hold one.
/// </summary>
internal static class ResampleKernels
{
    /// <summary>Bytes that must be readable after a row's last pixel, because windows are read in whole vectors.</summary>
    public const int RowPadding = 4 * ResampleFilter.Padding;

    /// <summary>Resamples a row of colour pixels.</summary>
    /// <param name="row">Input pixels from <paramref name="origin"/> on, followed by <see cref="RowPadding"/> bytes of any value.</param>
    /// <param name="origin">The place along the axis of the row's first pixel.</param>
    /// <param name="filter">The weights.</param>
    /// <param name="result">Four bytes for each output pixel.</param>
    public static void Colour(ReadOnlySpan<byte> row, int origin, ResampleFilter filter, Span<byte> result)
    {
        CheckRow(row, origin, filter, 4);
        if (result.Length < filter.Outputs * 4) throw new ArgumentException("The result is shorter than a row.");

        ref byte pixels = ref MemoryMarshal.GetReference(row);
        ref int weights = ref MemoryMarshal.GetReference(filter.Weights);
        ReadOnlySpan<int> firsts = filter.First;
        ReadOnlySpan<int> counts = filter.Count;
        int stride = filter.Stride;
        ref byte output = ref MemoryMarshal.GetReference(result);
        for (int x = 0; x < counts.Length; x++)
        {
            ref byte window = ref Unsafe.Add(ref pixels, (firsts[x] - origin) * 4);
            ref int weight = ref Unsafe.Add(ref weights, x * stride);
            int count = counts[x];
            Vector128<int> sum = Vector128.Create(ResampleFilter.Half);
            if (Avx2.IsSupported)
            {
                // Two pixels a step; a window of odd length ends with a pixel of weight zero.
                Vector256<int> pair = Vector256<int>.Zero;
                Vector256<int> spread = Vector256.Create(0, 0, 0, 0, 1, 1, 1, 1);
                for (int i = 0; i < count; i += 2)
                {
                    Vector256<int> values = Avx2.ConvertToVector256Int32(
                        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref window, i * 4))).AsByte());
                    Vector256<int> factors = Avx2.PermuteVar8x32(
                        Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref weight, i)))).AsInt32().ToVector256Unsafe(),
                        spread);
                    pair += values * factors;
                }
                sum += pair.GetLower() + pair.GetUpper();
            }
            else
            {
                for (int i = 0; i < count; i++)
                {
                    uint value = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref window, i * 4));
                    sum += Widen(Vector128.CreateScalarUnsafe(value).AsByte()) * Vector128.Create(Unsafe.Add(ref weight, i));
                }
            }
            sum = Vector128.Min(sum >> ResampleFilter.Precision, Vector128.Create(255));
            Vector128<short> words = Vector128.Narrow(sum, sum);
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref output, x * 4), Vector128.Narrow(words.AsUInt16(), words.AsUInt16()).AsUInt32().ToScalar());
        }
    }

    /// <summary>Resamples a row of gray pixels; parameters as <see cref="Colour"/>, with one byte a pixel.</summary>
    public static void Gray(ReadOnlySpan<byte> row, int origin, ResampleFilter filter, Span<byte> result)
    {
        CheckRow(row, origin, filter, 1);
        if (result.Length < filter.Outputs) throw new ArgumentException("The result is shorter than a row.");

        ref byte pixels = ref MemoryMarshal.GetReference(row);
        ref int weights = ref MemoryMarshal.GetReference(filter.Weights);
        ReadOnlySpan<int> firsts = filter.First;
        ReadOnlySpan<int> counts = filter.Count;
        int stride = filter.Stride;
        for (int x = 0; x < counts.Length; x++)
        {
            ref byte window = ref Unsafe.Add(ref pixels, firsts[x] - origin);
            ref int weight = ref Unsafe.Add(ref weights, x * stride);
            int count = counts[x];
            int sum = ResampleFilter.Half;
            if (count <= 3)
            {
                // Enlarging: windows are too short for vectors to pay.
                for (int i = 0; i < count; i++) sum += Unsafe.Add(ref window, i) * Unsafe.Add(ref weight, i);
            }
            else
            {
                Vector256<int> octet = Vector256<int>.Zero;
                for (int i = 0; i < count; i += 8)
                {
                    octet += WidenEight(ref Unsafe.Add(ref window, i)) * Vector256.LoadUnsafe(ref weight, (nuint)i);
                }
                sum += Vector256.Sum(octet);
            }
            result[x] = (byte)Math.Min(sum >> ResampleFilter.Precision, 255);
        }
    }

    /// <summary>Sums one output row from the rows of its window.</summary>
    /// <param name="rows">Rows of equal length in a ring: row y of the axis is at place y modulo <paramref name="ringRows"/>.</param>
    /// <param name="rowBytes">Bytes from row to row in the ring.</param>
    /// <param name="ringRows">Rows that the ring holds.</param>
    /// <param name="filter">The weights of the vertical axis.</param>
    /// <param name="output">Which output row.</param>
    /// <param name="result">The output row; its length is the number of bytes summed.</param>
    public static void Vertical(ReadOnlySpan<byte> rows, int rowBytes, int ringRows, ResampleFilter filter, int output, Span<byte> result)
    {
        int first = filter.First[output];
        ReadOnlySpan<int> weights = filter.Weights.Slice(output * filter.Stride, filter.Count[output]);
        if (rowBytes < result.Length || rows.Length < rowBytes * ringRows || weights.Length > ringRows)
        {
            throw new ArgumentException("The ring does not hold the window.");
        }

        ref byte ring = ref MemoryMarshal.GetReference(rows);
        ref byte target = ref MemoryMarshal.GetReference(result);
        int start = first % ringRows;
        int column = 0;
        for (; column <= result.Length - 32; column += 32)
        {
            Vector256<int> a = Vector256.Create(ResampleFilter.Half), b = a, c = a, d = a;
            int place = start;
            foreach (int weight in weights)
            {
                ref byte source = ref Unsafe.Add(ref ring, place * rowBytes + column);
                Vector256<int> factor = Vector256.Create(weight);
                a += WidenEight(ref source) * factor;
                b += WidenEight(ref Unsafe.Add(ref source, 8)) * factor;
                c += WidenEight(ref Unsafe.Add(ref source, 16)) * factor;
                d += WidenEight(ref Unsafe.Add(ref source, 24)) * factor;
                if (++place == ringRows) place = 0;
            }
            Vector256<int> top = Vector256.Create(255);
            Vector256<short> ab = Vector256.Narrow(Vector256.Min(a >> ResampleFilter.Precision, top), Vector256.Min(b >> ResampleFilter.Precision, top));
            Vector256<short> cd = Vector256.Narrow(Vector256.Min(c >> ResampleFilter.Precision, top), Vector256.Min(d >> ResampleFilter.Precision, top));
            Vector256.Narrow(ab.AsUInt16(), cd.AsUInt16()).StoreUnsafe(ref target, (nuint)column);
        }
        for (; column < result.Length; column++)
        {
            int sum = ResampleFilter.Half;
            int place = start;
            foreach (int weight in weights)
            {
                sum += Unsafe.Add(ref ring, place * rowBytes + column) * weight;
                if (++place == ringRows) place = 0;
            }
            result[column] = (byte)Math.Min(sum >> ResampleFilter.Precision, 255);
        }
    }

    private static void CheckRow(ReadOnlySpan<byte> row, int origin, ResampleFilter filter, int pixel)
    {
        if (origin > filter.First[0] || row.Length < (filter.End - origin) * pixel + RowPadding)
        {
            throw new ArgumentException("The row does not hold the windows.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Widen(Vector128<byte> bytes) => Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> WidenEight(ref byte source)
    {
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(ref source)).AsByte();
        if (Avx2.IsSupported) return Avx2.ConvertToVector256Int32(bytes);
        (Vector128<uint> lower, Vector128<uint> upper) = Vector128.Widen(Vector128.WidenLower(bytes));
        return Vector256.Create(lower.AsInt32(), upper.AsInt32());
    }
}
