using System.Diagnostics;

namespace Qnn.Bench;

/// <summary>Something that answers on one fixed input, loaded and ready.</summary>
internal abstract class Contender(string name, int threads) : IDisposable
{
    public string Name { get; } = name;

    public int Threads { get; } = threads;

    /// <summary>Times of single calls, in milliseconds.</summary>
    public List<double> Milliseconds { get; } = [];

    /// <summary>One call.</summary>
    public abstract void Run();

    /// <summary>Calls that are not measured, then calls that are.</summary>
    public virtual void Measure(int warmCalls, int measuredCalls)
    {
        for (int i = 0; i < warmCalls; i++) Run();
        for (int i = 0; i < measuredCalls; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Run();
            Milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
    }

    public double Minimum => Milliseconds.Min();

    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);

    public abstract void Dispose();
}
