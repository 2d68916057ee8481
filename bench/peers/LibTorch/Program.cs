using System.Diagnostics;
using System.Globalization;
using TorchSharp;

namespace Qnn.Bench.LibTorch;

/// <summary>libtorch as a contender of bench/Qnn.Bench: commands from standard input, a line each, answered by a line each. See bench/peers/torch_peer.py for them.</summary>
internal static class Program
{
    private static void Main()
    {
        StandardLibrary.Suit(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));
        using var inference = torch.no_grad();
        torch.jit.ScriptModule? module = null;
        object[] inputs = [];
        while (Console.ReadLine() is { } line)
        {
            string[] command = line.Split('\t');
            Console.WriteLine(command switch
            {
                ["engines"] => $"{torch.__version__} {string.Join(' ', QuantizedEngine.Names)}",
                ["load", var path, var engine, var threads, .. var shapes] => Load(path, engine, int.Parse(threads, CultureInfo.InvariantCulture), shapes),
                ["run", var warm, var count] => Run(int.Parse(warm, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture)),
                _ => "error unknown command",
            });
        }

        string Load(string path, string engine, int threads, string[] shapes)
        {
            torch.set_num_threads(threads);
            // Weights are packed for the engine when they are read.
            QuantizedEngine.Choose(engine);
            module = torch.jit.load(path);
            module.eval();
            inputs = [.. shapes.Select(s => torch.rand([.. s.Split('x').Select(e => long.Parse(e, CultureInfo.InvariantCulture))]) * 2 - 1)];
            return "loaded";
        }

        string Run(int warm, int count)
        {
            var times = new double[count];
            for (int i = -warm; i < count; i++)
            {
                using var call = torch.NewDisposeScope();
                long start = Stopwatch.GetTimestamp();
                module!.call(inputs);
                if (i >= 0) times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
            return string.Join(' ', times.Select(t => t.ToString("R", CultureInfo.InvariantCulture)));
        }
    }
}
