using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>The element types of a graph's values, by ONNX's type inference: numbers of TensorProto.DataType. What it has no rule for has the type that the file states, if it does.</summary>
internal static class StatedTypes
{
    private const int Single = 1, UInt8 = 2, Int32 = 6, Int64 = 7, Bool = 9;

    private static readonly HashSet<string> s_flags = ["And", "Equal", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "Not", "Or", "Xor"];
    private static readonly HashSet<string> s_positions = ["ArgMax", "ArgMin", "NonMaxSuppression", "NonZero", "Shape", "Size"];
    private static readonly HashSet<string> s_states = ["If", "Loop", "Scan", "SequenceAt", "SequenceMap", "SplitToSequence", "SequenceConstruct", "SequenceEmpty", "SequenceInsert", "SequenceErase", "SequenceLength", "ConcatFromSequence", "Optional", "OptionalGetElement"];

    // Operators of ONNX Runtime's own whose results have their first operand's type.
    private static readonly HashSet<string> s_microsofts = ["BiasGelu", "FastGelu", "Gelu", "GroupQueryAttention", "MatMulNBits", "MultiHeadAttention", "QuickGelu", "RotaryEmbedding", "SkipLayerNormalization", "SkipSimplifiedLayerNormalization"];

    /// <summary>The types of all values of a graph that are known.</summary>
    public static Dictionary<string, int> Of(GraphProto graph)
    {
        var types = new Dictionary<string, int>();
        foreach (var value in graph.ValueInfo.Concat(graph.Input).Concat(graph.Output))
        {
            if (value.Type?.TensorType is { ElemType: not 0 } tensor) types[value.Name] = tensor.ElemType;
        }
        foreach (var initializer in graph.Initializer) types[initializer.Name] = initializer.DataType;
        foreach (var node in graph.Node)
        {
            for (int i = 0; i < node.Output.Count; i++)
            {
                if (node.Output[i].Length > 0 && Result(node, i, types) is { } type) types[node.Output[i]] = type;
            }
        }
        return types;
    }

    private static int? Result(NodeProto node, int output, Dictionary<string, int> types)
    {
        int? Operand(int i) => i < node.Input.Count && types.TryGetValue(node.Input[i], out int type) ? type : null;
        int? Stated(string name) => node.Attribute.FirstOrDefault(a => a.Name == name) is { } attribute ? (int)attribute.I : null;
        if (s_flags.Contains(node.OpType)) return Bool;
        if (s_positions.Contains(node.OpType)) return Int64;
        if (s_states.Contains(node.OpType)) return null;
        switch (node.OpType)
        {
            case "Cast": return Stated("to");
            case "CastLike" or "Where": return Operand(1);
            case "OneHot": return Operand(2);
            case "Constant" or "ConstantOfShape":
                return node.Attribute.FirstOrDefault() switch
                {
                    { Name: "value", T: { } tensor } => tensor.DataType,
                    { Name: "value_int" or "value_ints" } => Int64,
                    _ => Single,
                };
            case "MatMulInteger" or "ConvInteger": return Int32;
            case "DynamicQuantizeLinear": return output == 1 ? Single : UInt8;
            case "QuantizeLinear": return Operand(2) ?? Stated("output_dtype") ?? UInt8;
            case "DequantizeLinear": return Operand(1);
            case "TopK" or "MaxPool" or "Unique" when output > 0: return Int64;
            case "Dropout" when output > 0: return Bool;
            case "LayerNormalization" when output > 0: return Single;
            case "RandomNormal" or "RandomUniform": return Stated("dtype") ?? Single;
            case "EyeLike" or "RandomNormalLike" or "RandomUniformLike" or "Bernoulli": return Stated("dtype") ?? Operand(0);
            case "HannWindow" or "HammingWindow" or "BlackmanWindow" or "MelWeightMatrix": return Stated("output_datatype") ?? Single;
            case "GatherBlockQuantized": return Operand(2);
            default: return s_microsofts.Contains(node.OpType) || OnnxImporter.IsOnnxs(node) && !node.OpType.StartsWith("QLinear", StringComparison.Ordinal) ? Operand(0) : null;
        }
    }
}
