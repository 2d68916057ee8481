using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TfLite.Operators;

/// <summary>What many importers ask of a node.</summary>
internal static class NodeExtensions
{
    /// <summary>An axis counted from 0; negative ones count from the end.</summary>
    public static int Axis(this TfLiteNode node, int axis, int rank)
    {
        int from0 = axis < 0 ? axis + rank : axis;
        return (uint)from0 < (uint)rank ? from0 : throw node.Malformed($"has axis {axis} for {rank} axes");
    }

    /// <summary>Whether a node computes with int16 as plain integers, which ADD and MUL do where nothing is quantized.</summary>
    public static bool IsPlain16(this TensorType type, TfLiteNode node) => type is { Element: ElementType.S16, Quantization: null } && node.OutputQuantization() is null;

    /// <summary>The integers of an operand that must be known at compile time.</summary>
    public static int[] ConstantInts(this TfLiteNode node, int index, string what)
    {
        var tensor = node.Constant(index, what);
        if (tensor.Type.Element is ElementType.F16 or ElementType.F32 or ElementType.F64) throw node.Malformed($"has {tensor.Type} as {what}");
        return tensor.ToInt32();
    }

    /// <summary>The integers of an operand that must be known at compile time, a given number of them.</summary>
    public static int[] ConstantInts(this TfLiteNode node, int index, string what, int count)
    {
        int[] elements = node.ConstantInts(index, what);
        return elements.Length == count ? elements : throw node.Malformed($"has {elements.Length} numbers as {what}, expected {count}");
    }

    /// <summary>The one integer of an operand that must be known at compile time.</summary>
    public static int ConstantScalar(this TfLiteNode node, int index, string what) => node.ConstantInts(index, what, 1)[0];

    /// <summary>A text of the node's options.</summary>
    public static string Text(this TfLiteNode node, ArraySegment<byte>? bytes) => TfLiteText.DecodeName(bytes, node.Source.Subgraph.File.Budget);

    /// <summary>Adds an operator that moves elements; its result, used inside the node only, keeps the operand's quantization.</summary>
    public static Value Move(this TfLiteNode node, Operator op, Value data) => node.EmitQuantized(op, data.Type.Quantization, data);

    /// <summary>Adds an operator that moves elements to where further operands say.</summary>
    public static Value Move(this TfLiteNode node, Operator op, Value data, params ReadOnlySpan<Value> others) => node.EmitQuantized(op, data.Type.Quantization, [data, .. others]);

    /// <summary>Adds a reshape whose result is used inside the node only.</summary>
    public static Value Reshape(this TfLiteNode node, Value data, params ReadOnlySpan<int> extents) =>
        node.Move(new Ir.Operators.Reshape(new Shape(extents)), data);
}
