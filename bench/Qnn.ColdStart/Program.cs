// What a program with one embedded model takes to its first answer. `dotnet publish bench/Qnn.ColdStart -c Release -p:Model=FILE [-p:PublishAot=true]`, then the published program:
// with a number it starts itself as many times and reports each part, without one it is such a child.
using System.Diagnostics;
using System.Globalization;
using Qnn.Runtime;

string[] parts = ["load", "session", "first answer", "second answer", "another load, session and answer", "peak memory, MB"];
return args is [var times] ? Parent(int.Parse(times, CultureInfo.InvariantCulture)) : Child();

int Child()
{
    var values = new double[parts.Length];
    long time = Stopwatch.GetTimestamp();
    using var model = Load();
    Lap(0);
    using var session = model.CreateSession(new InferenceOptions { Threads = 1 });
    Lap(1);
    session.Run();
    Lap(2);
    session.Run();
    Lap(3);
    using var another = Load();
    using var anotherSession = another.CreateSession(new InferenceOptions { Threads = 1 });
    anotherSession.Run();
    Lap(4);
    string? peak = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2] : null;
    values[5] = peak is null ? Environment.WorkingSet / 1e6 : int.Parse(peak.Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    Console.WriteLine(string.Join(' ', values.Select(v => v.ToString(CultureInfo.InvariantCulture))));
    return 0;

    static QuantizedModel Load() => QuantizedModel.LoadResource(typeof(Qnn.ColdStart.Network).Assembly, typeof(Qnn.ColdStart.Network).FullName + ".qnnc");

    void Lap(int part)
    {
        values[part] = Stopwatch.GetElapsedTime(time).TotalMilliseconds;
        time = Stopwatch.GetTimestamp();
    }
}

int Parent(int times)
{
    var runs = new List<double[]>();
    for (int i = 0; i < times; i++)
    {
        long time = Stopwatch.GetTimestamp();
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double whole = Stopwatch.GetElapsedTime(time).TotalMilliseconds;
        runs.Add([whole, .. line.Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture))]);
    }
    Console.WriteLine("| part | minimum, ms | median, ms |\n|---|---:|---:|");
    for (int i = 0; i <= parts.Length; i++)
    {
        var values = runs.Select(r => r[i]).Order().ToArray();
        Console.WriteLine(FormattableString.Invariant($"| {(i == 0 ? "whole process" : parts[i - 1])} | {values[0]:F2} | {values[times / 2]:F2} |"));
    }
    return 0;
}
