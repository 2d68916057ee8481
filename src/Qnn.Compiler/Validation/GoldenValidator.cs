using System.Runtime.InteropServices;
using Qnn.Compiler.Diagnostics;
using Qnn.Runtime;

namespace Qnn.Compiler.Validation;

/// <summary>Runs a compiled model on recorded inputs and compares its outputs with the recorded ones.</summary>
public static class GoldenValidator
{
    private const int TopCount = 3;
    private const int FewestScores = 10;

    /// <summary>Compares every output of every case. A model's numerics choose among the recorded kernel sets.</summary>
    /// <param name="model">The compiled model.</param>
    /// <param name="goldens">The recorded cases.</param>
    /// <param name="tolerance">The largest difference of an element that passes, in quanta for quantized outputs; 0 for identity.</param>
    /// <param name="options">Kernels and threads.</param>
    /// <param name="cancellation">Looked at between cases.</param>
    /// <exception cref="ModelException">The goldens do not fit the model (QNN3002).</exception>
    public static IReadOnlyList<GoldenComparison> Compare(QuantizedModel model, GoldenSet goldens, double tolerance = 0, InferenceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(goldens);
        string kernelSet = model.Numerics[(model.Numerics.LastIndexOf('/') + 1)..];
        var comparisons = new List<GoldenComparison>();
        using var sessions = new ShapeSetSessions(model, options);
        foreach (var golden in goldens.Cases)
        {
            cancellation.ThrowIfCancellationRequested();
            var session = Choose(sessions, golden);
            model = session.Model;
            Load(session, golden, goldens.Directory);
            session.ResetState();
            session.Run();
            if (golden.Outputs.Count != model.Outputs.Count) throw Unfit(goldens.Directory, $"case '{golden.Name}' has {golden.Outputs.Count} outputs, the model {model.Outputs.Count}");
            for (int i = 0; i < golden.Outputs.Count; i++)
            {
                byte[] expected = Read(golden.Outputs[i].FileFor(kernelSet), model.Outputs[i], goldens.Directory);
                comparisons.Add(Compare(golden.Name, model.Outputs[i], session.Output(i), expected, tolerance));
            }
        }
        return comparisons;
    }

    /// <summary>The comparisons that failed, as errors (QNN3001).</summary>
    public static IReadOnlyList<Diagnostic> Diagnose(IEnumerable<GoldenComparison> comparisons, string? file = null) =>
        [.. comparisons.Where(c => !c.Passed).Select(c => Diagnostic.Error(DiagnosticCodes.GoldenMismatch, $"The compiled model's answer is not the recorded one: {c}.", file))];

    // The shape set that a case's files fit; the first, whose faults are then told, where they fit none.
    private static InferenceSession Choose(ShapeSetSessions sessions, GoldenCase golden)
    {
        var first = sessions.First();
        if (first.Model.ShapeSets.Count == 1 || golden.Inputs.Count != first.Model.Inputs.Count) return first;
        int[] lengths = [.. first.Model.Inputs.Select((input, i) => new FileInfo(Recorded(golden, input, i).File) is { Exists: true } file ? (int)Math.Min(file.Length / input.Type.Size(), int.MaxValue) : 0)];
        return first.Model.FindShapeSet(lengths) is null ? first : sessions.For(lengths);
    }

    private static GoldenTensor Recorded(GoldenCase golden, TensorDescription input, int index) => golden.Inputs.FirstOrDefault(g => g.Name == input.Name) ?? golden.Inputs[index];

    /// <summary>Writes a case's inputs into a session.</summary>
    /// <exception cref="ModelException">They do not fit the model (QNN3002).</exception>
    public static void Load(InferenceSession session, GoldenCase golden, string directory)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(golden);
        var inputs = session.Model.Inputs;
        if (golden.Inputs.Count != inputs.Count) throw Unfit(directory, $"case '{golden.Name}' has {golden.Inputs.Count} inputs, the model {inputs.Count}");
        for (int i = 0; i < inputs.Count; i++)
        {
            Read(Recorded(golden, inputs[i], i).File, inputs[i], directory).CopyTo(session.Input(i));
        }
    }

    /// <summary>Compares one output. Equal numbers are equal whatever their bits (0 and -0, any NaN and any other).</summary>
    public static GoldenComparison Compare(string golden, TensorDescription output, ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, double tolerance = 0)
    {
        ArgumentNullException.ThrowIfNull(output);
        int different = 0, first = -1, outside = 0;
        double largest = 0;
        // Entries of one side that the other lacks are no number's difference.
        int elements = Math.Max(actual.Length, expected.Length) / output.Type.Size(), both = Math.Min(actual.Length, expected.Length) / output.Type.Size();
        for (int i = 0; i < elements; i++)
        {
            double difference = i < both ? Difference(output.Type, actual, expected, i) : double.PositiveInfinity;
            if (difference == 0) continue;
            different++;
            if (first < 0) first = i;
            if (difference > tolerance) outside++;
            largest = Math.Max(largest, difference);
        }
        bool scores = output.VaryingAxis < 0 && output.Count >= FewestScores && output.Shape.Count(e => e > 1) == 1 && output.Type is not (ElementType.S64 or ElementType.U64);
        return new GoldenComparison(golden, output.Name, elements, different, largest, first, outside)
        {
            Top = scores ? Top(output, actual) : [],
            ExpectedTop = scores ? Top(output, expected) : [],
        };
    }

    // Of equal elements the first comes first.
    private static int[] Top(TensorDescription output, ReadOnlySpan<byte> bytes)
    {
        var top = new List<(double Value, int Place)>(TopCount + 1);
        for (int i = 0; i < output.Count; i++)
        {
            double value = ToDouble(output.Type, bytes, i);
            if (top.Count == TopCount && !(value > top[^1].Value)) continue;
            int at = top.FindIndex(t => value > t.Value);
            top.Insert(at < 0 ? top.Count : at, (value, i));
            if (top.Count > TopCount) top.RemoveAt(TopCount);
        }
        return [.. top.Select(t => t.Place)];
    }

    private static double Difference(ElementType type, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, int i)
    {
        switch (type)
        {
            case ElementType.U64:
                ulong ua = Element<ulong>(a, i), ub = Element<ulong>(b, i);
                return ua > ub ? ua - ub : ub - ua;
            case ElementType.S64:
                return (double)Int128.Abs((Int128)Element<long>(a, i) - Element<long>(b, i));
        }
        double x = ToDouble(type, a, i), y = ToDouble(type, b, i);
        if (x.Equals(y) || x == y) return 0;
        double difference = Math.Abs(x - y);
        return double.IsNaN(difference) ? double.PositiveInfinity : difference;
    }

    private static double ToDouble(ElementType type, ReadOnlySpan<byte> bytes, int i) => type switch
    {
        ElementType.U8 or ElementType.Bool => bytes[i],
        ElementType.S8 => (sbyte)bytes[i],
        ElementType.U16 => Element<ushort>(bytes, i),
        ElementType.S16 => Element<short>(bytes, i),
        ElementType.U32 => Element<uint>(bytes, i),
        ElementType.S32 => Element<int>(bytes, i),
        ElementType.F16 => (double)Element<Half>(bytes, i),
        ElementType.F32 => Element<float>(bytes, i),
        ElementType.F64 => Element<double>(bytes, i),
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static T Element<T>(ReadOnlySpan<byte> bytes, int i) where T : unmanaged => MemoryMarshal.Cast<byte, T>(bytes)[i];

    private static byte[] Read(string file, TensorDescription tensor, string directory)
    {
        long length;
        try
        {
            length = new FileInfo(file).Length;
            int axis = tensor.VaryingAxis, entry = axis < 0 || tensor.Shape[axis] == 0 ? 0 : tensor.ByteLength / tensor.Shape[axis];
            if (length == tensor.ByteLength || entry > 0 && length < tensor.ByteLength && length % entry == 0) return File.ReadAllBytes(file);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unfit(directory, fault.Message);
        }
        throw Unfit(directory, $"'{Path.GetFileName(file)}' has {length} bytes, '{tensor.Name}' takes {tensor.ByteLength} ({tensor.Type.Name()} {tensor.ShapeText})");
    }

    private static ModelException Unfit(string directory, string why) =>
        new(Diagnostic.Error(DiagnosticCodes.GoldenInvalid, $"The golden folder does not fit the model: {why}.", directory));
}
