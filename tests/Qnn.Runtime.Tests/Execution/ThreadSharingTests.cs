using System.Diagnostics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Tests.Execution;

public sealed class ThreadSharingTests
{
    private const long SmallWork = 9_000_000;
    private static readonly long s_soon = Stopwatch.Frequency / 1_000_000 * 10, s_late = Stopwatch.Frequency / 1_000_000 * 100;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(7_999_999, 1)]
    [InlineData(SmallWork, 2)]
    [InlineData(1_000_000_000, 4)]
    public void ThreadsHaveTheirPart(long work, int lanes) => Assert.Equal(lanes, new ThreadSharing(work, 4).Lanes);

    [Fact]
    public void EveryCallOfALargeNetworkIsShared()
    {
        var sharing = new ThreadSharing(64_000_000, 4);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(sharing.SharesNext());
            sharing.End(isShared: true, wasHelped: false);
        }
    }

    [Fact]
    public void ASmallNetworkIsSharedWhereCallsFollowOneAnother()
    {
        var sharing = new ThreadSharing(SmallWork, 2);
        long now = s_late;
        Assert.False(sharing.SharesNext(now));
        sharing.End(isShared: false, wasHelped: false, now);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(sharing.SharesNext(now += s_soon));
            sharing.End(isShared: true, wasHelped: true, now);
        }
        Assert.False(sharing.SharesNext(now + s_late));
    }

    [Fact]
    public void CallsWithoutHelpAreSharedEverMoreSeldom()
    {
        var sharing = new ThreadSharing(SmallWork, 2);
        long now = s_late;
        sharing.End(isShared: false, wasHelped: false, now);
        List<int> alone = [];
        int shared = 0;
        for (int i = 0, run = 0; i < 10_000; i++, run++)
        {
            bool isShared = sharing.SharesNext(now += s_soon);
            sharing.End(isShared, wasHelped: false, now);
            if (!isShared) continue;
            if (run > 0) alone.Add(run);
            (run, shared) = (-1, shared + 1);
        }
        Assert.Equal([16, 32, 64, 128, 128, 128], alone.Take(6));
        Assert.Equal(4 * (alone.Count + 1), shared);
        // With help it is as at first.
        while (!sharing.SharesNext(now += s_soon)) sharing.End(isShared: false, wasHelped: false, now);
        sharing.End(isShared: true, wasHelped: true, now);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(sharing.SharesNext(now += s_soon));
            sharing.End(isShared: true, wasHelped: false, now);
        }
        for (int i = 0; i < 16; i++)
        {
            Assert.False(sharing.SharesNext(now += s_soon));
            sharing.End(isShared: false, wasHelped: false, now);
        }
        Assert.True(sharing.SharesNext(now + s_soon));
    }
}
