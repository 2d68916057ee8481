using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>
/// A row times a matrix [K, N] in the orders of MKL's kernels of vectors of 16 bytes: <see cref="MatMulOrder.Dots"/>, <see cref="MatMulOrder.Columns"/> and <see cref="MatMulOrder.Vector"/>. Found by trial on libtorch.
/// </summary>
internal readonly unsafe struct MklRows
{
    private const int Width = 8, Lanes = 4;

    private readonly int _depth, _columns, _panel;
    private readonly bool _vectors;

    /// <summary>For matrices of so many rows and columns, all in a row or in panels of so many, one after the other.</summary>
    public MklRows(int depth, int columns, bool vectors, int panel = 0) => (_depth, _columns, _vectors, _panel) = (depth, columns, vectors, panel > 0 ? panel : columns);

    // A column's first element. The next one is a panel's width further on.
    private float* At(float* right, int n) => right + (nint)(n / _panel) * _panel * _depth + n % _panel;

    /// <summary>Elements in front of the next one on a boundary of 16 bytes.</summary>
    public static int BeforeBoundary(long place) => (int)(-place & 3);

    /// <summary>A row in the order <see cref="MatMulOrder.Dots"/>, with so many products in front of the lanes.</summary>
    public void Dots(float* left, float* right, float* to, int before)
    {
        before = Math.Min(before, _depth);
        int whole = _columns / Lanes * Lanes;
        Fours(left, right, to, whole, before, before + (_depth - before) / Lanes * Lanes);
        for (int n = whole; n < _columns; n++) to[n] = Dot(left, At(right, n), before, before + (_depth - before) / Width * Width, Width);
    }

    /// <summary>A row in the order <see cref="MatMulOrder.Vector"/>.</summary>
    public void Vector(float* left, float* right, float* to)
    {
        int whole = _columns / Lanes * Lanes, left4 = Math.Min(Lanes, _depth), end = left4 + (_depth - left4) / Width * Width;
        Fours(left, right, to, whole, _depth % Lanes == 0 ? left4 : _depth % Lanes, _depth);
        for (int n = whole; n < _columns; n++) to[n] = Dot(left, At(right, n), left4, end, n == whole + 1 ? Lanes : Width);
    }

    /// <summary>All columns in four lanes, what does not fill them last.</summary>
    public void Fours(float* left, float* right, float* to) => Fours(left, right, to, _columns, 0, _depth / Lanes * Lanes);

    // Columns of four lanes.
    private void Fours(float* left, float* right, float* to, int columns, int before, int end)
    {
        int n = 0;
        if (_vectors) for (; n <= columns - Width; n += Width) Eight(left, At(right, n), before, end).Store(to + n);
        for (; n < columns; n++) to[n] = Dot(left, At(right, n), before, end, Lanes);
    }

    private Vector256<float> Eight(float* left, float* right, int before, int end)
    {
        Vector256<float> sum0 = default, sum1 = default, sum2 = default, sum3 = default;
        nint step = _panel;
        int k = 0;
        for (; k < before; k++, right += step) sum0 += Vector256.Create(left[k]) * Vector256.Load(right);
        for (; k < end; k += Lanes, right += Lanes * step)
        {
            sum0 += Vector256.Create(left[k]) * Vector256.Load(right);
            sum1 += Vector256.Create(left[k + 1]) * Vector256.Load(right + step);
            sum2 += Vector256.Create(left[k + 2]) * Vector256.Load(right + 2 * step);
            sum3 += Vector256.Create(left[k + 3]) * Vector256.Load(right + 3 * step);
        }
        var sum = sum0 + sum2 + (sum1 + sum3);
        for (; k < _depth; k++, right += step) sum += Vector256.Create(left[k]) * Vector256.Load(right);
        return sum;
    }

    private float Dot(float* left, float* right, int before, int end, int lanes)
    {
        float* sums = stackalloc float[Width];
        new Span<float>(sums, Width).Clear();
        int k = 0;
        for (; k < before; k++) sums[0] += left[k] * right[(nint)k * _panel];
        for (; k < end; k++) sums[(k - before) % lanes] += left[k] * right[(nint)k * _panel];
        float sum = sums[0] + sums[4] + (sums[2] + sums[6]) + (sums[1] + sums[5] + (sums[3] + sums[7]));
        for (; k < _depth; k++) sum += left[k] * right[(nint)k * _panel];
        return sum;
    }

    /// <summary>A row in the order <see cref="MatMulOrder.Columns"/>, beginning with a row to add, if there is one.</summary>
    public void Columns(float* left, float* right, float* to, float* start, int before)
    {
        int n = 0;
        if (before <= _columns - Lanes) for (; n < before; n++) to[n] = ByFours(left, At(right, n), start is null ? 0 : start[n]);
        if (_vectors)
        {
            // A vector lies within a panel.
            for (; n < _columns && n % Width != 0; n++) to[n] = InOrder(left, At(right, n), start is null ? 0 : start[n]);
            for (; n <= _columns - Width; n += Width)
            {
                var sum = start is null ? default : Vector256.Load(start + n);
                float* column = At(right, n);
                for (int k = 0; k < _depth; k++, column += _panel) sum += Vector256.Create(left[k]) * Vector256.Load(column);
                sum.Store(to + n);
            }
        }
        for (; n < _columns; n++) to[n] = InOrder(left, At(right, n), start is null ? 0 : start[n]);
    }

    private float InOrder(float* left, float* right, float sum)
    {
        for (int k = 0; k < _depth; k++) sum += left[k] * right[(nint)k * _panel];
        return sum;
    }

    private float ByFours(float* left, float* right, float sum)
    {
        int k = 0;
        for (; k <= _depth - Width; k += Width)
        {
            for (int i = k; i < k + Lanes; i++) sum += left[i] * right[(nint)i * _panel];
            float part = left[k + Lanes] * right[(nint)(k + Lanes) * _panel];
            for (int i = k + Lanes + 1; i < k + Width; i++) part += left[i] * right[(nint)i * _panel];
            sum += part;
        }
        for (; k < _depth; k++) sum += left[k] * right[(nint)k * _panel];
        return sum;
    }
}
