using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>
/// MLAS's softmax of bytes, row by row: with t(x) = table[x - greatest x + 255], y = min(rint(t(x) * parts / sum of t) + zero point, most), halves to even. Sums are added up in order, those of several rows side by side,
/// since each addition waits for the one before it.
/// </summary>
internal readonly unsafe struct TableSoftmax
{
    private const int Rows = 4;

    // Of shorter rows each result is worked out; of longer ones that of each byte is.
    private const int ShortRow = 64;

    private readonly float* _table;
    private readonly int _depth, _zeroPoint, _most;
    private readonly float _parts;
    private readonly byte _flip;
    private readonly bool _vectors;

    /// <summary>Results have the data's type.</summary>
    public TableSoftmax(float* table, int depth, float parts, int zeroPoint, bool isSigned, bool vectors)
    {
        _table = table;
        (_depth, _parts, _zeroPoint) = (depth, parts, zeroPoint);
        (_most, _flip) = isSigned ? ((int)sbyte.MaxValue, (byte)128) : (byte.MaxValue, (byte)0);
        _vectors = vectors && Vector256.IsHardwareAccelerated;
    }

    /// <summary>Rows that follow each other.</summary>
    [SkipLocalsInit]
    public void Run(byte* x, byte* y, int rows)
    {
        float** tables = stackalloc float*[Rows];
        float* sums = stackalloc float[Rows];
        for (int row = 0; row < rows; row += Rows)
        {
            int some = Math.Min(Rows, rows - row);
            for (int i = 0; i < Rows; i++) tables[i] = _table + 255 - Largest(x + (nint)Math.Min(i, some - 1) * _depth);
            Sum(x, tables, sums, some);
            for (int i = 0; i < some; i++, x += _depth, y += _depth) Divide(x, y, tables[i], sums[i]);
        }
    }

    // As if bytes had no sign.
    private int Largest(byte* x)
    {
        int i = 0, largest = 0;
        if (_vectors && _depth >= Vector256<byte>.Count)
        {
            var flip = Vector256.Create(_flip);
            var most = Vector256<byte>.Zero;
            for (; i <= _depth - Vector256<byte>.Count; i += Vector256<byte>.Count) most = Vector256.Max(most, Vector256.Load(x + i) ^ flip);
            for (int lane = 0; lane < Vector256<byte>.Count; lane++) largest = Math.Max(largest, most.GetElement(lane));
        }
        for (; i < _depth; i++) largest = Math.Max(largest, x[i] ^ _flip);
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(byte* x, float** tables, float* sums, int rows)
    {
        int flip = _flip;
        nint second = Math.Min(1, rows - 1) * (nint)_depth, third = Math.Min(2, rows - 1) * (nint)_depth, fourth = Math.Min(3, rows - 1) * (nint)_depth;
        float a = 0, b = 0, c = 0, d = 0;
        for (int i = 0; i < _depth; i++, x++)
        {
            a += tables[0][x[0] ^ flip];
            b += tables[1][x[second] ^ flip];
            c += tables[2][x[third] ^ flip];
            d += tables[3][x[fourth] ^ flip];
        }
        (sums[0], sums[1], sums[2], sums[3]) = (a, b, c, d);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Divide(byte* x, byte* y, float* table, float sum)
    {
        int flip = _flip, largest = (int)(_table + 255 - table);
        if (!_vectors || _depth < ShortRow || largest < 15)
        {
            for (int i = 0; i < _depth; i++) y[i] = (byte)Math.Min((int)MathF.Round(table[x[i] ^ flip] * _parts / sum) + _zeroPoint, _most);
            return;
        }
        // Bytes above the greatest do not occur.
        byte* results = stackalloc byte[256];
        Vector256<float> parts = Vector256.Create(_parts), sums = Vector256.Create(sum);
        Vector256<int> zero = Vector256.Create(_zeroPoint), most = Vector256.Create(_most);
        for (int i = 0; i <= largest; i += 16)
        {
            // The last ones begin among those before them.
            int at = Math.Min(i, largest - 15);
            Vector256<int> low = Eight(table + at, parts, sums, zero, most), high = Eight(table + at + 8, parts, sums, zero, most);
            var words = Vector256.Narrow(low, high);
            Vector128.Narrow(words.GetLower(), words.GetUpper()).AsByte().Store(results + at);
        }
        for (int i = 0; i < _depth; i++) y[i] = results[x[i] ^ flip];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Eight(float* from, Vector256<float> parts, Vector256<float> sums, Vector256<int> zero, Vector256<int> most) =>
        Vector256.Min(Vector256.ConvertToInt32(Vector256.Round(Vector256.Load(from) * parts / sums)) + zero, most);
}
