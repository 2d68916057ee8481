namespace Qnn.Runtime;

/// <summary>How a session runs. The answers do not depend on it.</summary>
public sealed record InferenceOptions
{
    /// <summary>The defaults: <c>QNN_NUM_THREADS</c> threads or one, the best kernels.</summary>
    public static InferenceOptions Default { get; } = new();

    /// <summary>Threads that work on one call, the caller's included; 0 takes <c>QNN_NUM_THREADS</c>, or 1 where it is not set.</summary>
    public int Threads { get; init; }

    /// <summary>The kernels to use.</summary>
    public KernelTier Kernels { get; init; }

    /// <summary>Collect the time of every step; see <see cref="InferenceSession.Profile"/>.</summary>
    public bool Profile { get; init; }

    /// <summary>Share out even the smallest steps, as tests do.</summary>
    internal bool SplitsAll { get; init; }

    internal int ResolveThreads()
    {
        int threads = Threads;
        if (threads == 0 && Environment.GetEnvironmentVariable("QNN_NUM_THREADS") is { Length: > 0 } text && !int.TryParse(text, out threads))
        {
            throw new ArgumentException($"QNN_NUM_THREADS is '{text}', which is not a number.");
        }
        if (threads == 0) threads = 1;
        return threads is > 0 and <= 1024 ? threads : throw new ArgumentOutOfRangeException(nameof(Threads), threads, "Threads must be 1 to 1024.");
    }
}
