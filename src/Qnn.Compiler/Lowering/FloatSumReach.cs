using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Lowering;

/// <summary>
/// How far a float sum of dequantized products can lie from the exact one, in steps of the result: each addition errs by half a unit in the last place of the sum so far, which is no greater than the sum of all magnitudes that are in it.
/// A product thus counts as often as sums are rounded with it in them (Higham, Accuracy and Stability of Numerical Algorithms, 4.2).
/// </summary>
internal static class FloatSumReach
{
    // Of both factors when they were made real, of the bias's addition and the division behind it, and of the same in the kernel, whose multiplier is rounded too.
    private const int OtherRoundings = 10;

    // What is left out: products of errors, and the roundings of the bound itself.
    private const double Slack = 1.02;

    /// <summary>
    /// The bound for one output. For sums of many channels, for data of the norm 1, by Cauchy's inequality: times the norm of what a window sees, less the zero point.
    /// For depthwise ones, whatever the data.
    /// </summary>
    /// <param name="weights">The weights in the order of the products.</param>
    /// <param name="sum">The order.</param>
    /// <param name="zeroPoint">The zero point of unsigned data.</param>
    /// <param name="multiplier">data scale * weight scale / result scale.</param>
    public static float Of(ReadOnlySpan<sbyte> weights, FloatSum sum, int zeroPoint, double multiplier)
    {
        bool isQuads = sum == FloatSum.RoundedQuads;
        int run = FloatSumOrder.Of(sum).Products;
        double magnitudes = 0, squares = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double counted = Math.Abs((double)weights[i]) * (OtherRoundings + (isQuads ? OfQuads(i, weights.Length) : OfRuns(i, weights.Length, run)));
            magnitudes += counted;
            squares += counted * counted;
        }
        double bound = isQuads ? magnitudes * Math.Max(zeroPoint, byte.MaxValue - zeroPoint) : Math.Sqrt(squares);
        return (float)(bound * Slack * multiplier * Math.ScaleB(1, -24));
    }

    // Roundings of its run's sum from the product on, then those where runs are added up.
    private static int OfRuns(int product, int products, int run)
    {
        int own = product / run, last = (products - 1) / run;
        return Math.Min((own + 1) * run, products) - product + last - own + 1;
    }

    // Its own, those of its part, of which there are four, and those where parts are added up.
    private static int OfQuads(int product, int products) => 1 + 3 + (products - product) / 4 + 3;
}
