using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Rows of floats as bytes with a step for each block, as MLAS quantizes the data of MatMulNBits: rint(x * (127 / greatest magnitude)), the step the greatest magnitude / 127.</summary>
internal static unsafe class BlockQuantizer
{
    private const int Width = 8;

    /// <summary>Quantizes a row.</summary>
    /// <param name="x">The row.</param>
    /// <param name="count">Its elements.</param>
    /// <param name="block">Elements of a block, a multiple of <see cref="Width"/>.</param>
    /// <param name="to">The bytes of whole blocks, zeros behind the last element.</param>
    /// <param name="steps">Each block's step.</param>
    /// <param name="sums">Each block's sum times its step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantize(float* x, int count, int block, sbyte* to, float* steps, float* sums)
    {
        for (int b = 0, first = 0; first < count; b++, first += block, x += block, to += block)
        {
            int length = Math.Min(block, count - first), i = 0;
            var eight = Vector256<float>.Zero;
            for (; i <= length - Width; i += Width) eight = Vector256.Max(eight, Vector256.Abs(Vector256.Load(x + i)));
            var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
            four = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
            float most = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(1, 0, 3, 2))).ToScalar();
            for (; i < length; i++) most = MathF.Max(most, MathF.Abs(x[i]));
            steps[b] = most / 127;
            float factor = most != 0 ? 127 / most : 0;
            var sum = Vector256<int>.Zero;
            for (i = 0; i <= length - Width; i += Width)
            {
                var integers = Integers(Vector256.Load(x + i) * factor);
                var words = Vector128.Narrow(integers.GetLower(), integers.GetUpper());
                Vector128.Narrow(words, words).GetLower().Store(to + i);
                sum += integers;
            }
            int total = Vector256.Sum(sum);
            for (; i < length; i++) total += to[i] = (sbyte)Integers(Vector256.CreateScalar(x[i] * factor))[0];
            new Span<sbyte>(to + length, block - length).Clear();
            sums[b] = steps[b] * total;
        }
    }

    // What is no number of 8 bits becomes 0.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Integers(Vector256<float> v)
    {
        var rounded = Vector256.Round(v);
        var fits = Vector256.GreaterThanOrEqual(rounded, Vector256.Create(-128f)) & Vector256.LessThanOrEqual(rounded, Vector256.Create(127f));
        return Vector256.ConvertToInt32(rounded & fits);
    }
}
