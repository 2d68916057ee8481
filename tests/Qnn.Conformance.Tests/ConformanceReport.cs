using System.Collections.Concurrent;
using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>Counts outputs over all models and prints one line a format at the end; <c>artifacts/conformance.txt</c> lists what is not identical.</summary>
public sealed class ConformanceReport : IDisposable
{
    private readonly ConcurrentBag<(string Format, string Row, int Identical, int Total)> _rows = [];

    /// <summary>Records one model under one kernel set.</summary>
    public void Add(string format, string row, int identical, int total) => _rows.Add((format, row, identical, total));

    /// <summary>Writes the summary.</summary>
    public void Dispose()
    {
        if (_rows.IsEmpty) return;
        var lines = new List<string>();
        foreach (var format in _rows.GroupBy(r => r.Format).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            lines.Add($"conformance {format.Key}: {format.Sum(r => r.Identical)} of {format.Sum(r => r.Total)} outputs identical, {format.Count(r => r.Identical == r.Total)} of {format.Count()} models x kernel sets");
        }
        foreach (string line in lines) Console.WriteLine(line);
        lines.AddRange(_rows.Where(r => r.Identical < r.Total).OrderBy(r => r.Row, StringComparer.Ordinal).Select(r => $"  {r.Row}: {r.Identical} of {r.Total} identical"));
        File.WriteAllLines(Path.Combine(TestModels.RepositoryRoot, "artifacts", "conformance.txt"), lines);
    }
}
