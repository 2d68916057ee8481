using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Six rows of a block in twelve registers of AVX2.</summary>
internal readonly unsafe struct FloatTiles256 : IFloatTiles
{
    private const int Block = FloatConv2DKernel.Block, Width = 8;

    public static string Name => "avx2";

    public static int Channels => Width;

    public static int Blocks => 1;

    public static void Sum<TProducts>(FloatTile* tile, FloatRun* run, float* start, nint startStep, float* sums) where TProducts : struct, IFloatProducts
    {
        switch (tile->Rows)
        {
            case 1: Sum<TProducts, One>(tile, run, start, startStep, sums); break;
            case 2: Sum<TProducts, Two>(tile, run, start, startStep, sums); break;
            case 3: Sum<TProducts, Three>(tile, run, start, startStep, sums); break;
            case 4: Sum<TProducts, Four>(tile, run, start, startStep, sums); break;
            case 5: Sum<TProducts, Five>(tile, run, start, startStep, sums); break;
            default: Sum<TProducts, Six>(tile, run, start, startStep, sums); break;
        }
    }

    public static void Add(FloatTile* tile, float* sums, int width, float* terms, nint pitch, int channels)
    {
        for (int row = 0; row < tile->Rows; row++, sums += width)
        {
            float* from = terms + tile->Pixels[row] * pitch;
            int i = 0;
            for (; i <= channels - Width; i += Width) (Vector256.Load(sums + i) + Vector256.Load(from + i)).Store(sums + i);
            for (; i < channels; i++) sums[i] += from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Finish(FloatTile* tile, float* sums, int width, float* bias, float* output, nint pitch, int channels, float min, float max)
    {
        Vector256<float> low = Vector256.Create(min), high = Vector256.Create(max);
        for (int row = 0; row < tile->Rows; row++, sums += width)
        {
            float* to = output + tile->Pixels[row] * pitch;
            int i = 0;
            for (; i <= channels - Width; i += Width)
            {
                var v = Vector256.Load(sums + i);
                if (bias != null) v += Vector256.Load(bias + i);
                Clamp(v, low, high).Store(to + i);
            }
            for (; i < channels; i++)
            {
                float v = bias == null ? sums[i] : sums[i] + bias[i];
                to[i] = v < min ? min : v > max ? max : v;
            }
        }
    }

    public static void Depthwise<TProducts>(FloatTile* tile, FloatRun* run, float* bias, bool fromBias, float* output, float min, float max) where TProducts : struct, IFloatProducts
    {
        switch (tile->Rows)
        {
            case 1: Depthwise<TProducts, One>(tile, run, bias, fromBias, output, min, max); break;
            case 2: Depthwise<TProducts, Two>(tile, run, bias, fromBias, output, min, max); break;
            case 3: Depthwise<TProducts, Three>(tile, run, bias, fromBias, output, min, max); break;
            case 4: Depthwise<TProducts, Four>(tile, run, bias, fromBias, output, min, max); break;
            case 5: Depthwise<TProducts, Five>(tile, run, bias, fromBias, output, min, max); break;
            default: Depthwise<TProducts, Six>(tile, run, bias, fromBias, output, min, max); break;
        }
    }

    // A vector of channels of all outputs, then the next one; the last one may begin in the one before it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Depthwise<TProducts, TRows>(FloatTile* tile, FloatRun* run, float* bias, bool fromBias, float* output, float min, float max) where TProducts : struct, IFloatProducts where TRows : struct, INumber
    {
        int channels = run->Count, skipped = run->WindowWidth - tile->Columns;
        nint second = (nint)tile->Offsets[1], third = (nint)tile->Offsets[2], fourth = (nint)tile->Offsets[3], fifth = (nint)tile->Offsets[4], sixth = (nint)tile->Offsets[5];
        Vector256<float> low = Vector256.Create(min), high = Vector256.Create(max);
        for (int channel = 0; channel < channels; channel += Width)
        {
            if (channel > channels - Width) channel = channels - Width;
            Vector256<float> a = fromBias ? Vector256.Load(bias + channel) : default, b = a, c = a, d = a, e = a, f = a;
            float* line = run->Image + tile->Input + channel, w = run->Weights + (nint)tile->Tap * channels + channel;
            for (int lines = tile->Lines; lines > 0; lines--, line += run->LineStep, w += (nint)skipped * channels)
            {
                float* x = line;
                for (int columns = tile->Columns; columns > 0; columns--, x += run->ColumnStep, w += channels)
                {
                    var v = Vector256.Load(w);
                    a = TProducts.Add(a, Vector256.Load(x), v);
                    if (TRows.Value > 1) b = TProducts.Add(b, Vector256.Load(x + second), v);
                    if (TRows.Value > 2) c = TProducts.Add(c, Vector256.Load(x + third), v);
                    if (TRows.Value > 3) d = TProducts.Add(d, Vector256.Load(x + fourth), v);
                    if (TRows.Value > 4) e = TProducts.Add(e, Vector256.Load(x + fifth), v);
                    if (TRows.Value > 5) f = TProducts.Add(f, Vector256.Load(x + sixth), v);
                }
            }
            if (bias != null && !fromBias)
            {
                var v = Vector256.Load(bias + channel);
                a += v;
                b += v;
                c += v;
                d += v;
                e += v;
                f += v;
            }
            float* to = output + channel;
            Clamp(a, low, high).Store(to + tile->Pixels[0] * (nint)channels);
            if (TRows.Value > 1) Clamp(b, low, high).Store(to + tile->Pixels[1] * (nint)channels);
            if (TRows.Value > 2) Clamp(c, low, high).Store(to + tile->Pixels[2] * (nint)channels);
            if (TRows.Value > 3) Clamp(d, low, high).Store(to + tile->Pixels[3] * (nint)channels);
            if (TRows.Value > 4) Clamp(e, low, high).Store(to + tile->Pixels[4] * (nint)channels);
            if (TRows.Value > 5) Clamp(f, low, high).Store(to + tile->Pixels[5] * (nint)channels);
        }
    }

    // Every sum has its register, which the compiler keeps because rows and blocks are known to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum<TProducts, TRows>(FloatTile* tile, FloatRun* run, float* start, nint startStep, float* sums) where TProducts : struct, IFloatProducts where TRows : struct, INumber
    {
        Vector256<float> a0 = default, a1 = default;
        Vector256<float> b0 = default, b1 = default;
        Vector256<float> c0 = default, c1 = default;
        Vector256<float> d0 = default, d1 = default;
        Vector256<float> e0 = default, e1 = default;
        Vector256<float> f0 = default, f1 = default;
        Load(start, ref a0, ref a1);
        if (TRows.Value > 1) Load(start += startStep, ref b0, ref b1);
        if (TRows.Value > 2) Load(start += startStep, ref c0, ref c1);
        if (TRows.Value > 3) Load(start += startStep, ref d0, ref d1);
        if (TRows.Value > 4) Load(start += startStep, ref e0, ref e1);
        if (TRows.Value > 5) Load(start += startStep, ref f0, ref f1);
        int count = run->Count, skipped = run->WindowWidth - tile->Columns;
        nint second = (nint)tile->Offsets[1], third = (nint)tile->Offsets[2], fourth = (nint)tile->Offsets[3], fifth = (nint)tile->Offsets[4], sixth = (nint)tile->Offsets[5];
        nint next = run->ColumnStep - count;
        float* line = run->Image + tile->Input, w = run->Weights + (nint)tile->Tap * count * Block;
        for (int lines = tile->Lines; lines > 0; lines--, line += run->LineStep, w += (nint)skipped * count * Block)
        {
            int* places = run->Places;
            float* x = places == null ? line : line + *places;
            for (int columns = tile->Columns; columns > 0; columns--, x = places == null ? x + next : line + *++places)
            {
                for (float* end = x + count; x != end; x++, w += Block)
                {
                    Vector256<float> w0 = Vector256.Load(w), w1 = Vector256.Load(w + 8);
                    Multiply<TProducts>(x, w0, w1, ref a0, ref a1);
                    if (TRows.Value > 1) Multiply<TProducts>(x + second, w0, w1, ref b0, ref b1);
                    if (TRows.Value > 2) Multiply<TProducts>(x + third, w0, w1, ref c0, ref c1);
                    if (TRows.Value > 3) Multiply<TProducts>(x + fourth, w0, w1, ref d0, ref d1);
                    if (TRows.Value > 4) Multiply<TProducts>(x + fifth, w0, w1, ref e0, ref e1);
                    if (TRows.Value > 5) Multiply<TProducts>(x + sixth, w0, w1, ref f0, ref f1);
                }
            }
        }
        bool adds = run->Adds;
        Put(sums, adds, a0, a1);
        if (TRows.Value > 1) Put(sums += Block, adds, b0, b1);
        if (TRows.Value > 2) Put(sums += Block, adds, c0, c1);
        if (TRows.Value > 3) Put(sums += Block, adds, d0, d1);
        if (TRows.Value > 4) Put(sums += Block, adds, e0, e1);
        if (TRows.Value > 5) Put(sums += Block, adds, f0, f1);
    }

    // What is no number stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Clamp(Vector256<float> v, Vector256<float> low, Vector256<float> high)
    {
        v = Vector256.ConditionalSelect(Vector256.GreaterThan(v, high), high, v);
        return Vector256.ConditionalSelect(Vector256.LessThan(v, low), low, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float* from, ref Vector256<float> v0, ref Vector256<float> v1)
    {
        v0 = Vector256.Load(from);
        v1 = Vector256.Load(from + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TProducts>(float* x, Vector256<float> w0, Vector256<float> w1, ref Vector256<float> sum0, ref Vector256<float> sum1) where TProducts : struct, IFloatProducts
    {
        var v = Vector256.Create(*x);
        sum0 = TProducts.Add(sum0, v, w0);
        sum1 = TProducts.Add(sum1, v, w1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(float* to, bool adds, Vector256<float> v0, Vector256<float> v1)
    {
        if (adds)
        {
            v0 = Vector256.Load(to) + v0;
            v1 = Vector256.Load(to + 8) + v1;
        }
        v0.Store(to);
        v1.Store(to + 8);
    }
}
