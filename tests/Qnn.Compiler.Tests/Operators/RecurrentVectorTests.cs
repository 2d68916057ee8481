using System.Numerics;
using System.Runtime.Intrinsics;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Recurrent;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>The vector forms of what recurrent layers compute, held to the scalar ones bit by bit.</summary>
public sealed unsafe class RecurrentVectorTests
{
    [Fact]
    public void FunctionsOfRowsAreThoseOfNumbers()
    {
        float[] values = [.. Numbers()];
        Same(values, FloatMath.Tanh, RoundedTanh.Apply);
        Same(values, OneDnnTanh.Apply, OneDnnTanh.Apply);
        Same(values, FloatMath.LibraryExp, (x, count) =>
        {
            for (int i = 0; i < count; i += 8) LibraryExpVectors.Apply(Vector256.Load(x + i), FloatMath.Powers).Store(x + i);
        });
        Same(values, OneDnnMath.Exp, (x, count) => Vectors(x, count, OneDnnMath.Exp));
        Same(values, OneDnnMath.Logistic, (x, count) => Vectors(x, count, OneDnnMath.Logistic));
    }

    [Fact]
    public void ShortRowsEndWhereTheyEnd()
    {
        for (int count = 0; count < 40; count++)
        {
            float[] values = [.. Enumerable.Range(0, count + 1).Select(i => i * 0.21f - 3)], expected = [.. values.Take(count).Select(FloatMath.Tanh), values[count]];
            fixed (float* x = values) RoundedTanh.Apply(x, count);
            Assert.Equal(expected, values);
        }
    }

    [Theory]
    [InlineData(1, 1, 1, 7)]
    [InlineData(1, 40, 129, 16)]
    [InlineData(2, 7, 33, 7)]
    [InlineData(4, 16, 16, 5)]
    [InlineData(5, 33, 70, 33)]
    [InlineData(8, 24, 48, 10)]
    [InlineData(13, 20, 77, 20)]
    public void PanelsAddInOrder(int rows, int depth, int columns, int run)
    {
        var random = new Random(rows + columns);
        int pitch = FloatPanels.Pad(columns) + 3, rowPitch = depth + 2;
        float[] x = Floats(rows * rowPitch), weights = Floats(columns * depth), before = Floats(rows * pitch), panels = Qnn.Compiler.Lowering.RecurrentLowering.Panels(weights, depth);
        foreach (var mode in Enum.GetValues<SumsMode>())
        {
            int length = mode == SumsMode.Continue ? depth : run;
            foreach (var tier in KernelTiers.Available)
            {
                float[] result = [.. before];
                fixed (float* from = x, w = panels, to = result) FloatPanels.Create(tier, w, depth).Multiply(from, rowPitch, rows, 0, columns, to, pitch, length, mode);
                for (int i = 0; i < rows * columns; i++)
                {
                    var (r, n) = (i / columns, i % columns);
                    float sum = mode == SumsMode.Begin ? 0 : before[r * pitch + n];
                    for (int k = 0; k < depth; k += length)
                    {
                        float part = mode == SumsMode.Continue ? sum : 0;
                        for (int j = k; j < Math.Min(depth, k + length); j++) part = MathF.FusedMultiplyAdd(x[r * rowPitch + j], weights[n * depth + j], part);
                        sum = mode == SumsMode.Continue || mode == SumsMode.Begin && k == 0 ? part : sum + part;
                    }
                    Assert.Equal(sum, result[r * pitch + n]);
                }
                for (int r = 0; r < rows; r++) Assert.Equal(before[r * pitch + pitch - 1], result[r * pitch + pitch - 1]);
            }
        }

        float[] Floats(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private delegate void RowFunction(float* values, int count);

    private static void Same(float[] values, Func<float, float> function, RowFunction rows)
    {
        float[] result = [.. values];
        fixed (float* x = result) rows(x, result.Length);
        for (int i = 0; i < values.Length; i++)
        {
            float expected = function(values[i]);
            if (float.IsNaN(expected)) Assert.True(float.IsNaN(result[i]));
            else Assert.True(BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(result[i]), $"{values[i]:R}: {expected:R}, {result[i]:R}");
        }
    }

    private static void Vectors(float* x, int count, Func<Vector<float>, Vector<float>> function)
    {
        for (int i = 0; i < count; i += Vector<float>.Count) Vector.Store(function(Vector.Load(x + i)), x + i);
    }

    // Every exponent, both signs, and many numbers that gates take: a multiple of all vectors.
    private static IEnumerable<float> Numbers()
    {
        var random = new Random(3);
        for (int i = 0; i < 1 << 20; i++) yield return BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
        for (int i = 0; i < 1 << 20; i++) yield return random.NextSingle() * 24 - 12;
        for (int i = 0; i < 1 << 16; i++) yield return random.NextSingle() * 250 - 125;
        float[] edges = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.Epsilon, -float.Epsilon, 88.722839f, 88.72284f, -103.972084f, -103.97209f, -87.3365479f, -87.33655f, 88.7228394f, 9.01f, -9.01f];
        foreach (float edge in edges) yield return edge;
    }
}
