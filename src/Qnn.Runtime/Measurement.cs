namespace Qnn.Runtime;

/// <summary>Times of repeated calls, in milliseconds.</summary>
public sealed class Measurement
{
    private readonly double[] _sorted;

    internal Measurement(double[] milliseconds)
    {
        _sorted = [.. milliseconds.Order()];
        Samples = milliseconds;
    }

    /// <summary>The measurements in the order they were taken.</summary>
    public IReadOnlyList<double> Samples { get; }

    /// <summary>The shortest.</summary>
    public double Minimum => _sorted[0];

    /// <summary>The middle one.</summary>
    public double Median => Percentile(50);

    /// <summary>The mean of all.</summary>
    public double Mean => _sorted.Average();

    /// <summary>The measurement that <paramref name="percent"/> of all do not exceed (nearest rank).</summary>
    public double Percentile(double percent) =>
        _sorted[Math.Clamp((int)Math.Ceiling(percent / 100 * _sorted.Length) - 1, 0, _sorted.Length - 1)];
}
