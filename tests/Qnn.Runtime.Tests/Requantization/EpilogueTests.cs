using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Tests.Requantization;

/// <summary>The vector epilogues against the scalar one, on accumulators at and beside the ties of each channel, at the ends of 32 bits and anywhere.</summary>
public sealed unsafe class EpilogueTests
{
    private const int MostRows = 300, Stride = 20, Cases = 4000;

    public static TheoryData<string, int> Arithmetics => new(
        from tier in (string[])["avx2", "avx512"]
        from arithmetic in (RequantizeArithmetic[])[RequantizeArithmetic.FixedPointDouble, RequantizeArithmetic.FixedPointSingle, RequantizeArithmetic.Float32NearestEven, RequantizeArithmetic.Float32Bias, RequantizeArithmetic.Float32Stepped]
        select (tier, (int)arithmetic));

    [Theory, MemberData(nameof(Arithmetics))]
    public void AnswersAsTheScalarEpilogue(string tier, int arithmetic)
    {
        Assert.SkipUnless(tier == "avx2" ? Avx2.IsSupported : KernelTiers.IsSupported(KernelTier.Avx512), $"This CPU has no {tier}.");
        var store = tier == "avx2" ? EpilogueAvx2.For((RequantizeArithmetic)arithmetic) : EpilogueAvx512.For((RequantizeArithmetic)arithmetic);
        var random = new Random(arithmetic);
        int* numbers = (int*)NativeMemory.Alloc(3 * 16 * sizeof(int));
        int* sums = (int*)NativeMemory.Alloc(MostRows * 16 * sizeof(int)), copy = (int*)NativeMemory.Alloc(MostRows * 16 * sizeof(int));
        byte* expected = stackalloc byte[MostRows * Stride], actual = stackalloc byte[MostRows * Stride];
        try
        {
            for (int i = 0; i < Cases; i++)
            {
                var epilogue = Any(random, (RequantizeArithmetic)arithmetic, numbers);
                int rows = 1 + random.Next(random.Next(40) == 0 ? MostRows : 9), channels = random.Next(2) == 0 ? 16 : 1 + random.Next(16);
                for (int at = 0; at < rows * 16; at++) sums[at] = copy[at] = Accumulator(random, epilogue, at % 16);
                new Span<byte>(expected, MostRows * Stride).Fill(0xA5);
                new Span<byte>(actual, MostRows * Stride).Fill(0xA5);
                EpilogueScalar.Store(epilogue, sums, rows, expected, Stride, channels);
                store.Invoke(epilogue, copy, rows, actual, Stride, channels);
                Assert.True(
                    new ReadOnlySpan<byte>(expected, MostRows * Stride).SequenceEqual(new ReadOnlySpan<byte>(actual, MostRows * Stride)),
                    $"Case {i}: {epilogue.Arithmetic}, zero point {epilogue.ZeroPoint}, clamp {epilogue.Minimum} to {epilogue.Maximum}, {rows} rows of {channels}.");
            }
        }
        finally
        {
            NativeMemory.Free(numbers);
            NativeMemory.Free(sums);
            NativeMemory.Free(copy);
        }
    }

    private static Epilogue Any(Random random, RequantizeArithmetic arithmetic, int* numbers)
    {
        bool real = IsReal(arithmetic);
        // oneDNN's multipliers leave out the result's scale.
        float scale = arithmetic == RequantizeArithmetic.Float32Stepped ? (float)Math.ScaleB(1 + random.NextDouble(), random.Next(-8, 2)) : 1;
        bool wide = random.Next(8) == 0;
        for (int n = 0; n < 16; n++)
        {
            double multiplier = wide ? Math.ScaleB(1 + random.NextDouble(), random.Next(-31, 3)) : Math.ScaleB(1 + random.NextDouble(), random.Next(-14, -4));
            if (random.Next(40) == 0) multiplier = Math.ScaleB(1, -random.Next(2, 12));
            numbers[n] = random.Next(-30000, 30000);
            int exponent = Math.ILogB(multiplier) + 1;
            numbers[16 + n] = real ? BitConverter.SingleToInt32Bits((float)multiplier * scale) : (int)Math.Min(Math.ScaleB(multiplier, 31 - exponent), int.MaxValue);
            numbers[32 + n] = arithmetic switch
            {
                RequantizeArithmetic.Float32Bias => BitConverter.SingleToInt32Bits((random.NextSingle() - 0.5f) * (wide ? 1e12f : 60000)),
                RequantizeArithmetic.Float32Stepped => BitConverter.SingleToInt32Bits((random.NextSingle() - 0.5f) * (wide ? 1e12f : 200) * scale),
                RequantizeArithmetic.Float32NearestEven => 0,
                _ => exponent,
            };
        }
        int low = random.Next(2) == 0 ? 0 : sbyte.MinValue;
        int minimum = random.Next(2) == 0 ? low : low + random.Next(256), maximum = random.Next(2) == 0 ? low + 255 : random.Next(minimum, low + 256);
        return new Epilogue
        {
            Bias = numbers,
            Multipliers = numbers + 16,
            Exponents = numbers + 32,
            Arithmetic = arithmetic,
            ZeroPoint = random.Next(3) == 0 ? minimum : low + random.Next(256),
            Minimum = minimum,
            Maximum = maximum,
            Reciprocal = arithmetic == RequantizeArithmetic.Float32Stepped ? 1 / scale : 0,
        };
    }

    private static bool IsReal(RequantizeArithmetic arithmetic) => arithmetic is RequantizeArithmetic.Float32NearestEven or RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped;

    // Near a result's tie, at the ends of 32 bits, or anywhere.
    private static int Accumulator(Random random, in Epilogue epilogue, int channel)
    {
        bool real = IsReal(epilogue.Arithmetic);
        double multiplier = real
            ? BitConverter.Int32BitsToSingle(epilogue.Multipliers[channel])
            : Math.ScaleB(epilogue.Multipliers[channel], epilogue.Exponents[channel] - 31);
        double addend = epilogue.Arithmetic is RequantizeArithmetic.Float32Bias or RequantizeArithmetic.Float32Stepped ? BitConverter.Int32BitsToSingle(epilogue.Exponents[channel]) : 0;
        // In units of the accumulator.
        if (epilogue.Arithmetic == RequantizeArithmetic.Float32Stepped) (multiplier, addend) = (multiplier * epilogue.Reciprocal, addend / multiplier);
        double value = random.Next(20) switch
        {
            0 => int.MaxValue,
            1 => int.MinValue,
            < 5 => random.Next(int.MinValue, int.MaxValue),
            _ => Math.Round((random.Next(-270, 270) + 0.5) / multiplier - addend) + random.Next(-1, 2),
        };
        // Fixed-point arithmetics shift accumulators left by positive exponents, which real ones leave room for.
        double most = !real && epilogue.Exponents[channel] > 0 ? int.MaxValue >> epilogue.Exponents[channel] : int.MaxValue;
        return (int)Math.Clamp(value, -most - 1, most) - epilogue.Bias[channel];
    }
}
