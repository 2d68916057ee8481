using System.Diagnostics;

namespace Qnn.Bench;

/// <summary>Measures contenders by turns, so that what the machine does meanwhile falls on all of them alike.</summary>
internal static class Race
{
    // Each turn: calls that are not measured, then calls that are.
    private const int WarmCalls = 2;
    private const int MeasuredCalls = 5;

    // Threads of the contender before still look for work a while, on the cores that the next one's threads need.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    public static void Run(IReadOnlyList<Contender> contenders, int rounds)
    {
        foreach (var contender in contenders)
        {
            // Long enough for the tiered JIT to have compiled everything at its best.
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < 100 || Stopwatch.GetElapsedTime(start).TotalMilliseconds < 300; i++)
            {
                contender.Run();
                if (Stopwatch.GetElapsedTime(start).TotalSeconds > 3) break;
            }
        }
        for (int round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                Thread.Sleep(s_pause);
                contender.Measure(WarmCalls, MeasuredCalls);
            }
        }
    }
}
