using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Sequences of tensors, whose lengths and places are known when the model is compiled: they take no steps.</summary>
internal static class Sequences
{
    [OnnxOperator("SequenceEmpty")]
    public static void Empty(OnnxNode node) => node.Result(new OnnxOperand([]));

    [OnnxOperator("SequenceConstruct")]
    public static void Construct(OnnxNode node) => node.Result(new OnnxOperand([.. Enumerable.Range(0, node.InputCount).Select(node.Input)]));

    /// <summary>A sequence and a place in it.</summary>
    [OnnxOperator("SequenceAt")]
    public static void At(OnnxNode node)
    {
        var sequence = node.Operand(0).Sequence;
        node.Result(sequence[node.Axis(node.ConstantInts(1, "place")[0], sequence.Count)]);
    }

    /// <summary>A sequence, a tensor, and the place before which it is put; the end without one.</summary>
    [OnnxOperator("SequenceInsert")]
    public static void Insert(OnnxNode node)
    {
        List<Value> sequence = [.. node.Operand(0).Sequence];
        int place = node.OptionalInput(2) is null ? sequence.Count : node.ConstantInts(2, "place")[0];
        sequence.Insert(place < 0 ? place + sequence.Count : place, node.Input(1));
        node.Result(new OnnxOperand(sequence));
    }

    /// <summary>A sequence, and the place whose tensor is left out; the last without one.</summary>
    [OnnxOperator("SequenceErase")]
    public static void Erase(OnnxNode node)
    {
        List<Value> sequence = [.. node.Operand(0).Sequence];
        sequence.RemoveAt(node.Axis(node.OptionalInput(1) is null ? -1 : node.ConstantInts(1, "place")[0], sequence.Count));
        node.Result(new OnnxOperand(sequence));
    }

    [OnnxOperator("SequenceLength")]
    public static void Length(OnnxNode node) => node.Result(Value.Of(node.Proto.Output[0], Tensor.Scalar((long)node.Operand(0).Sequence.Count)));

    /// <summary>Joined along an axis, a new one where the attribute says so.</summary>
    [OnnxOperator("ConcatFromSequence")]
    public static void Concat(OnnxNode node)
    {
        var parts = node.Operand(0).Sequence;
        if (parts.Count == 0) throw node.Malformed("joins no tensors");
        int axis = node.Int("axis", 0);
        node.Result(node.Int("new_axis", 0) != 0 ? Stacked(node, parts, axis) : node.Emit(new Concat(node.Axis(axis, parts[0].Type.Shape.Rank)), [.. parts]));
    }

    /// <summary>Parts along an axis: of the lengths given, of one length, or single ones, whose axis goes unless keepdims is set.</summary>
    [OnnxOperator("SplitToSequence")]
    public static void Split(OnnxNode node)
    {
        var x = node.Input(0);
        var shape = x.Type.Shape;
        int axis = node.Axis(node.Int("axis", 0), shape.Rank);
        if (node.OptionalInput(1) is null && node.Int("keepdims", 1) == 0)
        {
            node.Result(new OnnxOperand([.. Enumerable.Range(0, shape[axis]).Select(i => Element(node, x, axis, i))]));
            return;
        }
        int[] parts = node.OptionalInput(1) is null ? [1] : node.ConstantInts(1, "lengths");
        if (parts.Any(p => p <= 0)) throw node.Malformed("has parts of no length");
        if (node.OptionalInput(1) is null || node.Input(1).Type.Shape.Rank == 0) parts = [.. Enumerable.Range(0, (shape[axis] + parts[0] - 1) / parts[0]).Select(i => Math.Min(parts[0], shape[axis] - i * parts[0]))];
        if (parts.Sum() != shape[axis]) throw node.Malformed($"splits {shape[axis]} into {string.Join(", ", parts)}");
        var values = new List<Value>();
        for (int i = 0, begin = 0; i < parts.Length; begin += parts[i++]) values.Add(node.Move(StridedSlice.OfAxis(shape, axis, begin, parts[i]), x));
        node.Result(new OnnxOperand(values));
    }

    /// <summary>One slice of a tensor, without the axis.</summary>
    public static Value Element(OnnxNode node, Value x, int axis, int index)
    {
        var shape = x.Type.Shape;
        return node.Reshape(node.Move(StridedSlice.OfAxis(shape, axis, index, 1), x), [.. shape.Span[..axis], .. shape.Span[(axis + 1)..]]);
    }

    /// <summary>Tensors of one shape, joined along a new axis.</summary>
    public static Value Stacked(OnnxNode node, IReadOnlyList<Value> parts, int axis)
    {
        int place = node.Axis(axis, parts[0].Type.Shape.Rank + 1);
        Value Apart(Value part) => node.Varying.Moved(node, part, [.. part.Type.Shape.Span[..place], 1, .. part.Type.Shape.Span[place..]], node.Varying.AllOf(part).Select(v => v.Axis < place ? v : v with { Axis = v.Axis + 1 }));
        return Shaping.Joined(node, place, [.. parts.Select(Apart)]);
    }
}
