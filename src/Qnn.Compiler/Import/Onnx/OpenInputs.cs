using System.Globalization;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// The types of a graph's inputs. Extents that the file leaves open are what InputShapes says; one that it gives a name is said once, for all inputs that have it: a decoder has two inputs of past for each of its layers.
/// </summary>
internal static class OpenInputs
{
    private const int MostNamed = 3;

    /// <summary>The inputs' types, in their order.</summary>
    /// <exception cref="ModelException">An extent stays open, or an input is no tensor.</exception>
    public static IReadOnlyList<TensorType> Types(IReadOnlyList<ValueInfoProto> inputs, InputShapes shapes)
    {
        var known = new Dictionary<string, int>();
        for (int i = 0; i < inputs.Count; i++)
        {
            if (shapes.Find(i, inputs[i].Name) is { } entry) Learn(known, inputs[i], [.. entry.Shape]);
        }
        RejectOpen(inputs, shapes, known);
        return [.. inputs.Select((input, i) => Of(input, i, shapes, known))];
    }

    private static TensorType Of(ValueInfoProto input, int index, InputShapes shapes, Dictionary<string, int> known)
    {
        if (input.Type?.TensorType is not { } tensor || OnnxTensors.TypeOf(tensor.ElemType) is not { } element || OnnxTensors.IsFourBit(tensor.ElemType))
        {
            throw new ModelException(DiagnosticCodes.UnsupportedForm, $"Input '{input.Name}' is no tensor of a supported type.");
        }
        return new TensorType(element, shapes.Resolve(index, input.Name, tensor.Shape is null ? shapes.Find(index, input.Name)!.Shape.ToArray() : Stated(tensor.Shape), Fallback(input, known)));
    }

    // All inputs that stay open in one diagnostic, with what would close them.
    private static void RejectOpen(IReadOnlyList<ValueInfoProto> inputs, InputShapes shapes, Dictionary<string, int> known)
    {
        bool IsOpen(ValueInfoProto input, int index, Dictionary<string, int> known) =>
            input.Type?.TensorType is { } tensor && shapes.Find(index, input.Name) is null && (tensor.Shape is null || Stated(tensor.Shape).Zip(Fallback(input, known)).Any(e => e is { First: < 0, Second: < 0 }));
        string[] open = [.. inputs.Where((input, i) => IsOpen(input, i, known)).Select(input => $"'{input.Name}'")];
        if (open.Length == 0) return;
        var would = new Dictionary<string, int>(known);
        var needed = new List<string>();
        for (int i = 0; i < inputs.Count; i++)
        {
            var input = inputs[i];
            if (shapes.Find(i, input.Name) is { } entry)
            {
                needed.Add($"{input.Name}:{string.Join('x', entry.Shape)}");
            }
            else if (IsOpen(input, i, would))
            {
                int[] extents = input.Type.TensorType.Shape is { } shape ? [.. Stated(shape).Zip(Fallback(input, would)).Select(e => e.First >= 0 ? e.First : e.Second >= 0 ? e.Second : 1)] : [1, 3, 224, 224];
                needed.Add($"{input.Name}:{string.Join('x', extents.Select(e => e.ToString(CultureInfo.InvariantCulture)))}");
                Learn(would, input, extents);
            }
        }
        string which = open.Length > MostNamed + 1 ? $"{string.Join(", ", open[..MostNamed])} and {open.Length - MostNamed} more" : string.Join(", ", open);
        throw new ModelException(DiagnosticCodes.OpenShape, open.Length == 1
            ? $"Input {which} leaves its shape open. Say it: InputShapes=\"{string.Join(';', needed)}\"."
            : $"Inputs {which} leave their shapes open. Say them, an extent of one name once: InputShapes=\"{string.Join(';', needed)}\".");
    }

    private static void Learn(Dictionary<string, int> known, ValueInfoProto input, int[] extents)
    {
        if (input.Type?.TensorType?.Shape is not { } shape || shape.Dim.Count != extents.Length) return;
        foreach (var (dim, extent) in shape.Dim.Zip(extents)) if (!dim.HasDimValue && dim.DimParam.Length > 0) known.TryAdd(dim.DimParam, extent);
    }

    private static int[] Stated(TensorShapeProto shape) => [.. shape.Dim.Select(d => d.HasDimValue && d.DimValue is >= 0 and <= int.MaxValue ? (int)d.DimValue : -1)];

    private static int[] Fallback(ValueInfoProto input, Dictionary<string, int> known) =>
        input.Type.TensorType.Shape is { } shape ? [.. shape.Dim.Select(d => !d.HasDimValue && known.TryGetValue(d.DimParam, out int extent) ? extent : -1)] : [];
}
