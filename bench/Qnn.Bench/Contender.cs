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

    public double Minimum => Milliseconds.Min();

    public double Median => Milliseconds.Order().ElementAt(Milliseconds.Count / 2);

    public abstract void Dispose();
}
