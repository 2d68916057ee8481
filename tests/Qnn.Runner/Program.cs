using System.Globalization;
using Qnn.Compiler.Validation;
using Qnn.Runtime;

namespace Qnn.Runner;

/// <summary>
/// Runs compiled models against goldens in a process of its own, whose instruction sets the parent has chosen: by runtime switches, or by an emulator.
/// <code>
/// Qnn.Runner tiers                                       the kernel tiers of this process, one a line, best first
/// Qnn.Runner check TIER THREADS [ARTIFACT GOLDENS]...    compares; exit code 1 and a line for each output that differs
/// </code>
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["tiers"])
        {
            foreach (var tier in KernelTiers.Available) Console.WriteLine(tier.Name());
            return 0;
        }
        if (args is not ["check", var name, var threads, .. var pairs] || pairs.Length % 2 != 0)
        {
            Console.Error.WriteLine("Usage: tiers | check TIER THREADS [ARTIFACT GOLDENS]...");
            return 2;
        }
        var options = new InferenceOptions { Kernels = KernelTiers.Parse(name), Threads = int.Parse(threads, CultureInfo.InvariantCulture) };
        int different = 0;
        for (int i = 0; i < pairs.Length; i += 2)
        {
            using var model = QuantizedModel.Load(pairs[i]);
            foreach (var comparison in GoldenValidator.Compare(model, GoldenSet.Load(pairs[i + 1]), options: options))
            {
                Console.WriteLine($"{model.Name}: {comparison}");
                if (!comparison.Passed) different++;
            }
        }
        return different == 0 ? 0 : 1;
    }
}
