using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TorchScript;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>Archives that are sound and whose code, pickles or storages are not: imported and lowered, or refused with a <see cref="ModelException"/>.</summary>
public sealed partial class TorchFuzzTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private static readonly string[] s_operators = [.. TorchInterpreter.SupportedOperators.Where(o => o.StartsWith("aten::", StringComparison.Ordinal)).Select(o => $"torch.{o[6..]}("), .. TorchInterpreter.SupportedOperators.Where(o => o.StartsWith("quantized::", StringComparison.Ordinal)).Select(o => $"ops.quantized.{o[11..]}(")];

    private static readonly string[] s_numbers = ["0", "-1", "1", "2", "3", "7", "65536", "2147483647", "-9223372036854775807", "1e30", "0.5", "None", "True", "[]", "[0, 1]", "\"text\"", "inf", "x"];

    [Fact]
    public void ChangedArchivesAreImportedOrRefused()
    {
        int rounds = Environment.GetEnvironmentVariable("QNN_FUZZ_ROUNDS") is { } more ? int.Parse(more, System.Globalization.CultureInfo.InvariantCulture) : 6;
        var faults = new ImportFaults();
        var clock = Stopwatch.StartNew();
        foreach (string name in TestModels.OwnNames("torchscript"))
        {
            var test = TestModels.Open("torchscript", name);
            var entries = Read(test.ModelPath);
            string? shapes = test.InputShapes;
            var random = new Random(entries.Sum(e => e.Bytes.Length));
            for (int i = 0; i < rounds && clock.Elapsed < s_limit * Math.Max(1, rounds / 6); i++)
            {
                (string Name, byte[] Bytes)[] changed = [.. entries];
                for (int n = 1 + random.Next(3); n > 0; n--) Change(changed, random);
                faults.Try(name, () => TorchArchives.Import(TorchArchives.Zip(changed), shapes));
            }
        }
        faults.AssertNone();
    }

    private static (string Name, byte[] Bytes)[] Read(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return [.. zip.Entries.Select(e =>
        {
            using var stream = e.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return (e.FullName, bytes.ToArray());
        })];
    }

    private static void Change((string Name, byte[] Bytes)[] entries, Random random)
    {
        int[] code = [.. Enumerable.Range(0, entries.Length).Where(i => entries[i].Name.EndsWith(".py", StringComparison.Ordinal))], others = [.. Enumerable.Range(0, entries.Length).Except(code)];
        int one = code[random.Next(code.Length)], other = others[random.Next(others.Length)];
        switch (random.Next(10))
        {
            case 0:
                entries[other].Bytes = Flipped(entries[other].Bytes, random);
                break;
            case 1:
                int pickle = Array.FindIndex(entries, e => e.Name.EndsWith(random.Next(4) == 0 ? "constants.pkl" : "data.pkl", StringComparison.Ordinal));
                if (pickle >= 0) entries[pickle].Bytes = Flipped(entries[pickle].Bytes, random);
                break;
            case 2:
                (entries[one].Bytes, entries[other].Bytes) = random.Next(2) == 0 ? (entries[other].Bytes, entries[one].Bytes) : (entries[one].Bytes, entries[others[random.Next(others.Length)]].Bytes);
                break;
            case 3:
                entries[other].Bytes = entries[other].Bytes[..random.Next(entries[other].Bytes.Length + 1)];
                break;
            case 4:
                entries[one].Bytes = Flipped(entries[one].Bytes, random);
                break;
            case 5 or 6:
                Replace(Operator(), () => s_operators[random.Next(s_operators.Length)]);
                break;
            default:
                Replace(Number(), () => s_numbers[random.Next(s_numbers.Length)]);
                break;
        }

        void Replace(Regex pattern, Func<string> by)
        {
            string text = Encoding.UTF8.GetString(entries[one].Bytes);
            var matches = pattern.Matches(text);
            if (matches.Count == 0) return;
            var match = matches[random.Next(matches.Count)];
            entries[one].Bytes = Encoding.UTF8.GetBytes(string.Concat(text.AsSpan(0, match.Index), by(), text.AsSpan(match.Index + match.Length)));
        }
    }

    private static byte[] Flipped(byte[] bytes, Random random)
    {
        byte[] flipped = [.. bytes];
        for (int n = 1 << random.Next(3); n > 0 && flipped.Length > 0; n--) flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
        return flipped;
    }

    [GeneratedRegex(@"(torch|ops\.quantized)\.[a-z_0-9]+\(")]
    private static partial Regex Operator();

    [GeneratedRegex(@"(?<=[\[( ])-?[0-9]+(\.[0-9]+)?(?=[\]), ])|None|True|False")]
    private static partial Regex Number();
}
