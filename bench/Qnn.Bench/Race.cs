using System.Diagnostics;
using System.Runtime;

namespace Qnn.Bench;

/// <summary>Measures contenders by turns, so that what the machine does meanwhile falls on all of them alike.</summary>
internal static class Race
{
    // Each turn: calls that are not measured, two or as many as the system needs to spread threads over the cores after a pause, then calls that are.
    private const int WarmCalls = 2, MostWarmCalls = 200;
    private const double WarmMilliseconds = 20;
    private const int MeasuredCalls = 5;

    // Threads of the contender before still look for work a while, on the cores that the next one's threads need.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(400);

    public static void Run(IReadOnlyList<Contender> contenders, int rounds)
    {
        foreach (var contender in contenders)
        {
            // Until the tiered JIT has compiled everything at its best: what a model's compilation left for it to do comes first, and may take seconds.
            long start = Stopwatch.GetTimestamp(), compiled = start;
            for (long methods = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < 10;)
            {
                contender.Run();
                if (methods != JitInfo.GetCompiledMethodCount()) (methods, compiled) = (JitInfo.GetCompiledMethodCount(), Stopwatch.GetTimestamp());
                if (Stopwatch.GetElapsedTime(compiled) > s_quiet) break;
            }
        }
        for (int round = 0; round < rounds; round++)
        {
            foreach (var contender in contenders)
            {
                Thread.Sleep(s_pause);
                int warm = contender.Milliseconds.Count == 0 ? WarmCalls : (int)Math.Clamp(WarmMilliseconds / contender.Minimum, WarmCalls, MostWarmCalls);
                contender.Measure(warm, MeasuredCalls);
            }
        }
    }
}
