using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Lowering;

/// <summary>
/// An addition of two 8-bit tensors as two fused float multiply-adds, which take a fifth of the instructions of fixed point, and three quarters of those that dequantize.
/// There are 65536 pairs of operands, so a form is tried on all of them: it is equal, or it is not used.
/// </summary>
internal static class FloatAddition
{
    private const int Values = 256;

    // What the sum is moved by, in a unit that a float of a result's size still holds. Each moves results off different ties.
    private const float Grain = 1f / (1 << 18);

    private static readonly int[] s_offsets = [0, 1, -1, 2, -2, 3, -3, 4, -4, 8, -8, 16, -16];
    private static readonly int[] s_ulps = [0, 1, -1, 2, -2];

    /// <summary>Replaces the numbers of an addition by equal ones of <see cref="AddArithmetic.LinearFused"/>, if such are found.</summary>
    /// <param name="p">Numbers of <see cref="AddArithmetic.FixedPoint"/>, Shift, ShiftAway, Dequantized or DequantizedFused; of the shifts the offsets of the operands, too, which they have in their bias.</param>
    /// <param name="least">The least operand: 0, or -128.</param>
    /// <param name="ratioA">The first operand's scale over the result's.</param>
    /// <param name="ratioB">The second operand's, negative where it is subtracted.</param>
    public static void Replace(ref QuantizedAddParameters p, int least, double ratioA, double ratioB)
    {
        var exact = Exact(p, least);
        var form = p;
        form.Arithmetic = AddArithmetic.LinearFused;
        foreach (int ulpsA in s_ulps)
            foreach (int ulpsB in s_ulps)
                foreach (int offset in s_offsets)
                {
                    (form.RatioA, form.RatioB) = (Moved((float)ratioA, ulpsA), Moved((float)ratioB, ulpsB));
                    form.Fixed = (float)(p.OffsetOut + ratioA * p.OffsetA + ratioB * p.OffsetB + offset * Grain);
                    if (!float.IsFinite(form.RatioA + form.RatioB + form.Fixed) || !IsEqual(exact, form, least)) continue;
                    p = form;
                    return;
                }
    }

    private static float Moved(float value, int ulps) => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(value) + ulps);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static short[] Exact(in QuantizedAddParameters p, int least)
    {
        var results = new short[Values * Values];
        switch (p.Arithmetic)
        {
            case AddArithmetic.FixedPoint: FixedPoints(p, least, results); break;
            case AddArithmetic.Shift or AddArithmetic.ShiftAway: Shifts(p, least, results); break;
            default: Dequantized(p, least, results); break;
        }
        return results;
    }

    private static void FixedPoints(in QuantizedAddParameters p, int least, Span<short> results)
    {
        Span<int> second = stackalloc int[Values];
        for (int b = 0; b < Values; b++)
        {
            int z = FixedPoint.MultiplyDouble((least + b + p.OffsetB) << p.LeftShift, p.MultiplierB, p.ShiftB);
            second[b] = p.Subtract != 0 ? -z : z;
        }
        for (int a = 0; a < Values; a++)
        {
            int x = FixedPoint.MultiplyDouble((least + a + p.OffsetA) << p.LeftShift, p.MultiplierA, p.ShiftA);
            for (int b = 0; b < Values; b++) results[a * Values + b] = (short)Math.Clamp(FixedPoint.MultiplyDouble(x + second[b], p.MultiplierOut, p.ShiftOut) + p.OffsetOut, p.Min, p.Max);
        }
    }

    private static void Shifts(in QuantizedAddParameters p, int least, Span<short> results)
    {
        int half = p.ShiftOut > 0 ? 1 << (p.ShiftOut - 1) : 0;
        for (int a = 0; a < Values; a++)
        {
            for (int b = 0; b < Values; b++)
            {
                int sum = unchecked((least + a) * p.MultiplierA + (least + b) * p.MultiplierB + p.Bias);
                int rounded = p.Arithmetic == AddArithmetic.Shift ? sum >> p.ShiftOut : sum < 0 ? -((half - sum) >> p.ShiftOut) : (sum + half) >> p.ShiftOut;
                results[a * Values + b] = (short)Math.Clamp(rounded + p.OffsetOut, p.Min, p.Max);
            }
        }
    }

    private static void Dequantized(in QuantizedAddParameters p, int least, Span<short> results)
    {
        bool isFused = p.Arithmetic == AddArithmetic.DequantizedFused;
        Span<float> second = stackalloc float[Values];
        for (int b = 0; b < Values; b++) second[b] = Real(isFused, least + b, p.OffsetB, p.RatioB, p.ProductB);
        for (int a = 0; a < Values; a++)
        {
            float x = Real(isFused, least + a, p.OffsetA, p.RatioA, p.ProductA);
            for (int b = 0; b < Values; b++)
            {
                float y = Math.Clamp((x + second[b]) * p.Inverse, p.Min - p.OffsetOut, (float)(p.Max - p.OffsetOut));
                results[a * Values + b] = (short)((int)MathF.Round(y, MidpointRounding.ToEven) + p.OffsetOut);
            }
        }

        static float Real(bool isFused, int q, int offset, float ratio, float product) => isFused ? MathF.FusedMultiplyAdd(q, ratio, product) : (q + offset) * ratio;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsEqual(short[] exact, in QuantizedAddParameters form, int least)
    {
        for (int a = 0; a < Values; a++)
        {
            float first = MathF.FusedMultiplyAdd(least + a, form.RatioA, form.Fixed);
            for (int b = 0; b < Values; b += Vector256<float>.Count)
            {
                var operands = Vector256.ConvertToSingle(Vector256<int>.Indices + Vector256.Create(least + b));
                var sums = Vector256.FusedMultiplyAdd(operands, Vector256.Create(form.RatioB), Vector256.Create(first));
                var results = Vector256.ConvertToInt32(Vector256.Round(Vector256.Min(Vector256.Max(sums, Vector256.Create((float)form.Min)), Vector256.Create((float)form.Max))));
                if (results != Vector256.WidenLower(Vector128.LoadUnsafe(ref exact[a * Values + b]).ToVector256Unsafe())) return false;
            }
        }
        return true;
    }
}
