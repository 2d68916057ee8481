namespace Qnn.Runtime;

/// <summary>
/// The weights by which each output pixel along one axis is summed from its window of input pixels: a triangle as wide as an output pixel,
/// never narrower than an input pixel, in 22-bit fixed point. The arithmetic is that of Pillow's <c>precompute_coeffs</c>, so the weights are the same integers.
/// The arrays are reused from one size to the next.
/// </summary>
internal sealed class ResampleFilter
{
    /// <summary>Fraction bits of a weight: 32 less 8 of a pixel and 2 to spare.</summary>
    public const int Precision = 32 - 8 - 2;

    /// <summary>What a sum starts from, so that the shift by <see cref="Precision"/> rounds.</summary>
    public const int Half = 1 << (Precision - 1);

    /// <summary>Windows are padded with zero weights to a multiple of this, so that kernels may take several pixels at a time.</summary>
    public const int Padding = 8;

    private int _inputs;
    private float _from;
    private float _to;
    private int[] _first = [];
    private int[] _count = [];
    private int[] _weights = [];

    /// <summary>Output pixels.</summary>
    public int Outputs { get; private set; }

    /// <summary>Places in <see cref="Weights"/> from one output pixel's to the next's; a multiple of <see cref="Padding"/>.</summary>
    public int Stride { get; private set; }

    /// <summary>The most input pixels that any output pixel is made of.</summary>
    public int LongestWindow { get; private set; }

    /// <summary>Each output pixel's first input pixel; never decreasing.</summary>
    public ReadOnlySpan<int> First => _first.AsSpan(0, Outputs);

    /// <summary>Each output pixel's number of input pixels, at least 1.</summary>
    public ReadOnlySpan<int> Count => _count.AsSpan(0, Outputs);

    /// <summary>Each output pixel's weights, followed by zeros up to <see cref="Stride"/>.</summary>
    public ReadOnlySpan<int> Weights => _weights.AsSpan(0, Outputs * Stride);

    /// <summary>The input pixel after the last that is used.</summary>
    public int End => _first[Outputs - 1] + _count[Outputs - 1];

    /// <summary>Makes the weights that take input pixels between two edges to output pixels; does nothing where they are made already.</summary>
    /// <param name="inputs">Input pixels along the axis.</param>
    /// <param name="from">The edge in the input at which the first output pixel begins.</param>
    /// <param name="to">The edge in the input at which the last output pixel ends.</param>
    /// <param name="outputs">Output pixels.</param>
    public void Prepare(int inputs, float from, float to, int outputs)
    {
        if (inputs == _inputs && from == _from && to == _to && outputs == Outputs) return;
        Outputs = 0; // should an allocation below fail, no half-made filter is taken for a whole one

        double scale = (double)(to - from) / outputs;
        double support = Math.Max(scale, 1.0);
        double narrowing = 1.0 / support;
        Stride = ((int)Math.Ceiling(support) * 2 + 1 + Padding - 1) / Padding * Padding;
        if (_first.Length < outputs)
        {
            _first = new int[outputs];
            _count = new int[outputs];
        }
        if (_weights.Length < checked(outputs * Stride)) _weights = new int[outputs * Stride];
        Array.Clear(_weights);

        LongestWindow = 0;
        for (int output = 0; output < outputs; output++)
        {
            double center = from + (output + 0.5) * scale;
            int first = Math.Max((int)(center - support + 0.5), 0);
            int count = Math.Min((int)(center + support + 0.5), inputs) - first;
            Span<int> weights = _weights.AsSpan(output * Stride, count);

            double sum = 0;
            for (int i = 0; i < count; i++) sum += Triangle((i + first - center + 0.5) * narrowing);
            for (int i = 0; i < count; i++)
            {
                double weight = Triangle((i + first - center + 0.5) * narrowing);
                if (sum != 0) weight /= sum;
                weights[i] = (int)(0.5 + weight * (1 << Precision));
            }
            _first[output] = first;
            _count[output] = count;
            LongestWindow = Math.Max(LongestWindow, count);
        }

        (_inputs, _from, _to, Outputs) = (inputs, from, to, outputs);
    }

    private static double Triangle(double x)
    {
        x = Math.Abs(x);
        return x < 1.0 ? 1.0 - x : 0.0;
    }
}
