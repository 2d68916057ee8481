using System.Diagnostics;

namespace Qnn.Runtime.Execution;

/// <summary>
/// Which calls of a session are shared among threads. Those of larger networks all are. A small network gains only by threads that are awake, as to wake one takes as long as the network itself:
/// a call is shared where it follows the last one so soon that the pool's threads are awake still, or are worth waking for the calls to come,
/// and not for some calls after a few that found no help, as where other programs have the processors.
/// </summary>
internal sealed class ThreadSharing
{
    // The least work of an inference (Program.Work) for a thread, some ten microseconds, and for one that must be woken first, some forty.
    private const long WorkPerThread = 4_000_000, WorkPerWokenThread = 16_000_000;

    // Less than workers wait for the next inference before they park.
    private static readonly long FollowingTicks = Stopwatch.Frequency / 1_000_000 * 30;

    // So many calls without help are one that wakes a thread and those until it runs. After them so many go on one thread: at first, and at most where the next ones find no help either.
    private const int MostMisses = 4, FewestAlone = 16, MostAlone = 128;

    private readonly bool _isSmall;
    private long _end;
    private int _misses, _alone, _nextAlone = FewestAlone;

    /// <summary>That of a network of so much work, for at most so many threads.</summary>
    public ThreadSharing(long work, int threads)
    {
        Lanes = (int)Math.Clamp(work / WorkPerThread, 1, threads);
        _isSmall = work < Lanes * WorkPerWokenThread;
    }

    /// <summary>Threads that share a call.</summary>
    public int Lanes { get; }

    /// <summary>Whether the next call is shared; once a call.</summary>
    public bool SharesNext() => !_isSmall || SharesNext(Stopwatch.GetTimestamp());

    /// <summary>Likewise, at a time.</summary>
    public bool SharesNext(long now)
    {
        if (now - _end > FollowingTicks) return false;
        if (_alone == 0) return true;
        _alone--;
        return false;
    }

    /// <summary>A call is over.</summary>
    /// <param name="isShared">Whether it was shared.</param>
    /// <param name="wasHelped">Whether others took part then.</param>
    public void End(bool isShared, bool wasHelped)
    {
        if (_isSmall) End(isShared, wasHelped, Stopwatch.GetTimestamp());
    }

    /// <summary>Likewise, at a time.</summary>
    public void End(bool isShared, bool wasHelped, long now)
    {
        _end = now;
        if (!isShared) return;
        if (wasHelped)
        {
            (_misses, _nextAlone) = (0, FewestAlone);
            return;
        }
        if (++_misses < MostMisses) return;
        (_misses, _alone) = (0, _nextAlone);
        _nextAlone = Math.Min(_nextAlone * 2, MostAlone);
    }
}
