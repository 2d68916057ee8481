using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Six rows of four blocks in twenty-four registers of AVX-512: ten loads for twenty-four products of sixteen.</summary>
internal readonly unsafe struct FloatTiles512 : IFloatTiles
{
    private const int Block = FloatConv2DKernel.Block, Width = 16;

    public static string Name => "avx512";

    public static int Channels => Width;

    public static int Blocks => 4;

    public static void Sum<TProducts>(FloatTile* tile, FloatRun* run, float* start, nint startStep, float* sums) where TProducts : struct, IFloatProducts
    {
        switch (run->Blocks)
        {
            case 1: Sum<TProducts, One>(tile, run, start, startStep, sums); break;
            case 2: Sum<TProducts, Two>(tile, run, start, startStep, sums); break;
            case 3: Sum<TProducts, Three>(tile, run, start, startStep, sums); break;
            default: Sum<TProducts, Four>(tile, run, start, startStep, sums); break;
        }
    }

    private static void Sum<TProducts, TBlocks>(FloatTile* tile, FloatRun* run, float* start, nint startStep, float* sums) where TProducts : struct, IFloatProducts where TBlocks : struct, INumber
    {
        switch (tile->Rows)
        {
            case 1: Sum<TProducts, TBlocks, One>(tile, run, start, startStep, sums); break;
            case 2: Sum<TProducts, TBlocks, Two>(tile, run, start, startStep, sums); break;
            case 3: Sum<TProducts, TBlocks, Three>(tile, run, start, startStep, sums); break;
            case 4: Sum<TProducts, TBlocks, Four>(tile, run, start, startStep, sums); break;
            case 5: Sum<TProducts, TBlocks, Five>(tile, run, start, startStep, sums); break;
            default: Sum<TProducts, TBlocks, Six>(tile, run, start, startStep, sums); break;
        }
    }

    public static void Add(FloatTile* tile, float* sums, int width, float* terms, nint pitch, int channels)
    {
        for (int row = 0; row < tile->Rows; row++, sums += width)
        {
            float* from = terms + tile->Pixels[row] * pitch;
            int i = 0;
            for (; i <= channels - Width; i += Width) (Vector512.Load(sums + i) + Vector512.Load(from + i)).Store(sums + i);
            for (; i <= channels - 8; i += 8) (Vector256.Load(sums + i) + Vector256.Load(from + i)).Store(sums + i);
            for (; i < channels; i++) sums[i] += from[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Finish(FloatTile* tile, float* sums, int width, float* bias, float* output, nint pitch, int channels, float min, float max)
    {
        Vector512<float> low = Vector512.Create(min), high = Vector512.Create(max);
        for (int row = 0; row < tile->Rows; row++, sums += width)
        {
            float* to = output + tile->Pixels[row] * pitch;
            int i = 0;
            for (; i <= channels - Width; i += Width)
            {
                var v = Vector512.Load(sums + i);
                if (bias != null) v += Vector512.Load(bias + i);
                Clamp(v, low, high).Store(to + i);
            }
            for (; i <= channels - 8; i += 8)
            {
                var v = Vector256.Load(sums + i);
                if (bias != null) v += Vector256.Load(bias + i);
                v = Vector256.ConditionalSelect(Vector256.GreaterThan(v, high.GetLower()), high.GetLower(), v);
                Vector256.ConditionalSelect(Vector256.LessThan(v, low.GetLower()), low.GetLower(), v).Store(to + i);
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
        Vector512<float> low = Vector512.Create(min), high = Vector512.Create(max);
        for (int channel = 0; channel < channels; channel += Width)
        {
            if (channel > channels - Width) channel = channels - Width;
            Vector512<float> a = fromBias ? Vector512.Load(bias + channel) : default, b = a, c = a, d = a, e = a, f = a;
            float* line = run->Image + tile->Input + channel, w = run->Weights + (nint)tile->Tap * channels + channel;
            for (int lines = tile->Lines; lines > 0; lines--, line += run->LineStep, w += (nint)skipped * channels)
            {
                float* x = line;
                for (int columns = tile->Columns; columns > 0; columns--, x += run->ColumnStep, w += channels)
                {
                    var v = Vector512.Load(w);
                    a = TProducts.Add(a, Vector512.Load(x), v);
                    if (TRows.Value > 1) b = TProducts.Add(b, Vector512.Load(x + second), v);
                    if (TRows.Value > 2) c = TProducts.Add(c, Vector512.Load(x + third), v);
                    if (TRows.Value > 3) d = TProducts.Add(d, Vector512.Load(x + fourth), v);
                    if (TRows.Value > 4) e = TProducts.Add(e, Vector512.Load(x + fifth), v);
                    if (TRows.Value > 5) f = TProducts.Add(f, Vector512.Load(x + sixth), v);
                }
            }
            if (bias != null && !fromBias)
            {
                var v = Vector512.Load(bias + channel);
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
    private static void Sum<TProducts, TBlocks, TRows>(FloatTile* tile, FloatRun* run, float* start, nint startStep, float* sums) where TProducts : struct, IFloatProducts where TBlocks : struct, INumber where TRows : struct, INumber
    {
        Vector512<float> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector512<float> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector512<float> c0 = default, c1 = default, c2 = default, c3 = default;
        Vector512<float> d0 = default, d1 = default, d2 = default, d3 = default;
        Vector512<float> e0 = default, e1 = default, e2 = default, e3 = default;
        Vector512<float> f0 = default, f1 = default, f2 = default, f3 = default;
        Load<TBlocks>(start, ref a0, ref a1, ref a2, ref a3);
        if (TRows.Value > 1) Load<TBlocks>(start += startStep, ref b0, ref b1, ref b2, ref b3);
        if (TRows.Value > 2) Load<TBlocks>(start += startStep, ref c0, ref c1, ref c2, ref c3);
        if (TRows.Value > 3) Load<TBlocks>(start += startStep, ref d0, ref d1, ref d2, ref d3);
        if (TRows.Value > 4) Load<TBlocks>(start += startStep, ref e0, ref e1, ref e2, ref e3);
        if (TRows.Value > 5) Load<TBlocks>(start += startStep, ref f0, ref f1, ref f2, ref f3);
        int count = run->Count, skipped = run->WindowWidth - tile->Columns;
        nint second = (nint)tile->Offsets[1], third = (nint)tile->Offsets[2], fourth = (nint)tile->Offsets[3], fifth = (nint)tile->Offsets[4], sixth = (nint)tile->Offsets[5];
        nint step = run->BlockStep;
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
                    Vector512<float> w0 = Vector512.Load(w), w1 = default, w2 = default, w3 = default;
                    if (TBlocks.Value > 1) w1 = Vector512.Load(w + step);
                    if (TBlocks.Value > 2) w2 = Vector512.Load(w + 2 * step);
                    if (TBlocks.Value > 3) w3 = Vector512.Load(w + 3 * step);
                    Multiply<TProducts, TBlocks>(x, w0, w1, w2, w3, ref a0, ref a1, ref a2, ref a3);
                    if (TRows.Value > 1) Multiply<TProducts, TBlocks>(x + second, w0, w1, w2, w3, ref b0, ref b1, ref b2, ref b3);
                    if (TRows.Value > 2) Multiply<TProducts, TBlocks>(x + third, w0, w1, w2, w3, ref c0, ref c1, ref c2, ref c3);
                    if (TRows.Value > 3) Multiply<TProducts, TBlocks>(x + fourth, w0, w1, w2, w3, ref d0, ref d1, ref d2, ref d3);
                    if (TRows.Value > 4) Multiply<TProducts, TBlocks>(x + fifth, w0, w1, w2, w3, ref e0, ref e1, ref e2, ref e3);
                    if (TRows.Value > 5) Multiply<TProducts, TBlocks>(x + sixth, w0, w1, w2, w3, ref f0, ref f1, ref f2, ref f3);
                }
            }
        }
        bool adds = run->Adds;
        Put<TBlocks>(sums, adds, a0, a1, a2, a3);
        if (TRows.Value > 1) Put<TBlocks>(sums += TBlocks.Value * Block, adds, b0, b1, b2, b3);
        if (TRows.Value > 2) Put<TBlocks>(sums += TBlocks.Value * Block, adds, c0, c1, c2, c3);
        if (TRows.Value > 3) Put<TBlocks>(sums += TBlocks.Value * Block, adds, d0, d1, d2, d3);
        if (TRows.Value > 4) Put<TBlocks>(sums += TBlocks.Value * Block, adds, e0, e1, e2, e3);
        if (TRows.Value > 5) Put<TBlocks>(sums += TBlocks.Value * Block, adds, f0, f1, f2, f3);
    }

    // What is no number stays.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Clamp(Vector512<float> v, Vector512<float> low, Vector512<float> high)
    {
        v = Vector512.ConditionalSelect(Vector512.GreaterThan(v, high), high, v);
        return Vector512.ConditionalSelect(Vector512.LessThan(v, low), low, v);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TBlocks>(float* from, ref Vector512<float> v0, ref Vector512<float> v1, ref Vector512<float> v2, ref Vector512<float> v3) where TBlocks : struct, INumber
    {
        v0 = Vector512.Load(from);
        if (TBlocks.Value > 1) v1 = Vector512.Load(from + 16);
        if (TBlocks.Value > 2) v2 = Vector512.Load(from + 32);
        if (TBlocks.Value > 3) v3 = Vector512.Load(from + 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<TProducts, TBlocks>(float* x, Vector512<float> w0, Vector512<float> w1, Vector512<float> w2, Vector512<float> w3, ref Vector512<float> sum0, ref Vector512<float> sum1, ref Vector512<float> sum2, ref Vector512<float> sum3) where TProducts : struct, IFloatProducts where TBlocks : struct, INumber
    {
        // Read where it is spread, in one load: else it is spread from a register, by the port of half of the products.
        var v = Vector512.Create(*x);
        sum0 = TProducts.Add(sum0, v, w0);
        if (TBlocks.Value > 1) sum1 = TProducts.Add(sum1, v, w1);
        if (TBlocks.Value > 2) sum2 = TProducts.Add(sum2, v, w2);
        if (TBlocks.Value > 3) sum3 = TProducts.Add(sum3, v, w3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TBlocks>(float* to, bool adds, Vector512<float> v0, Vector512<float> v1, Vector512<float> v2, Vector512<float> v3) where TBlocks : struct, INumber
    {
        if (adds)
        {
            v0 = Vector512.Load(to) + v0;
            if (TBlocks.Value > 1) v1 = Vector512.Load(to + 16) + v1;
            if (TBlocks.Value > 2) v2 = Vector512.Load(to + 32) + v2;
            if (TBlocks.Value > 3) v3 = Vector512.Load(to + 48) + v3;
        }
        v0.Store(to);
        if (TBlocks.Value > 1) v1.Store(to + 16);
        if (TBlocks.Value > 2) v2.Store(to + 32);
        if (TBlocks.Value > 3) v3.Store(to + 48);
    }
}
