using System.Diagnostics;
using System.Globalization;
using Qnn.Runtime;

namespace Qnn.Bench;

/// <summary>What a fresh process takes to its first answer, and the most memory it held by then.</summary>
/// <param name="Milliseconds">From the start of the process to its first answer, as its parent sees it.</param>
/// <param name="PeakBytes">Its peak resident memory.</param>
internal sealed record ColdStart(double Milliseconds, long PeakBytes)
{
    public const string QnnCommand = "cold-qnn";
    public const string OnnxCommand = "cold-onnx";

    /// <summary>The child's side: one answer, then a line with the peak memory.</summary>
    public static int Answer(string command, string path)
    {
        using Contender contender = command == QnnCommand ? new QnnContender("", path, new InferenceOptions { Threads = 1 }) : new OnnxContender("", path, 1);
        contender.Run();
        Console.WriteLine(PeakOf("self"));
        return 0;
    }

    /// <summary>The parent's side: the median of several children.</summary>
    public static ColdStart Measure(string command, string path, int times = 7)
    {
        var runs = Enumerable.Range(0, times).Select(_ => Once(command, path)).ToArray();
        return new ColdStart(runs.Select(r => r.Milliseconds).Order().ElementAt(times / 2), runs.Select(r => r.PeakBytes).Order().ElementAt(times / 2));
    }

    private static ColdStart Once(string command, string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ColdStart).Assembly.Location);
        start.ArgumentList.Add(command);
        start.ArgumentList.Add(path);
        long time = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"{command} {path} failed.");
        double milliseconds = Stopwatch.GetElapsedTime(time).TotalMilliseconds;
        process.WaitForExit();
        return new ColdStart(milliseconds, long.Parse(line, CultureInfo.InvariantCulture));
    }

    private static long PeakOf(string process)
    {
        string status = $"/proc/{process}/status";
        if (!File.Exists(status)) return Process.GetCurrentProcess().PeakWorkingSet64;
        string line = File.ReadLines(status).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }
}
