using Google.Protobuf;
using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// A QuantizeLinear and DequantizeLinear behind another such pair are one to ONNX Runtime (DoubleQDQPairsRemover), with a scale and zero point that spread the numbers over what both ranges have in common.
/// Models that were quantized twice, or whose operator between two quantizations was left out, have such.
/// </summary>
internal static class DoubleQuantizers
{
    /// <summary>Joins pairs of one scale and zero point each, of one 8-bit type, that are stored, and which nothing else takes.</summary>
    public static void Join(GraphProto graph)
    {
        if (!graph.Node.Any(n => n.OpType == "DequantizeLinear")) return;
        var inputs = graph.Input.Select(i => i.Name).ToHashSet();
        var constants = graph.Initializer.Where(i => !inputs.Contains(i.Name)).GroupBy(i => i.Name).ToDictionary(g => g.Key, g => g.First());
        var results = graph.Output.Select(o => o.Name).ToHashSet();
        var producers = new Dictionary<string, NodeProto>();
        var users = new Dictionary<string, List<NodeProto>>();
        foreach (var node in graph.Node)
        {
            foreach (string output in node.Output) producers.TryAdd(output, node);
            Count(node, node);
        }
        var gone = new HashSet<NodeProto>(ReferenceEqualityComparer.Instance);
        foreach (var real in graph.Node)
        {
            if (!Is(real, "DequantizeLinear") || !producers.TryGetValue(real.Input[0], out var first) || !Is(first, "QuantizeLinear")) continue;
            if (OnlyUser(first.Output[0]) != real || OnlyUser(real.Output[0]) is not { } second || !Is(second, "QuantizeLinear") || second.Input[0] != real.Output[0]) continue;
            if (OnlyUser(second.Output[0]) is not { } last || !Is(last, "DequantizeLinear") || last.Input[0] != second.Output[0]) continue;
            if (Pair(first, real) is not { } a || Pair(second, last) is not { } b || a.Type != b.Type) continue;
            if (a.ZeroPoint != b.ZeroPoint || Math.Abs(a.Scale - b.Scale) >= 1e-20) Spread(first, last, a, b);
            last.Input[0] = first.Output[0];
            users[first.Output[0]] = [last];
            gone.Add(real);
            gone.Add(second);
        }
        if (gone.Count == 0) return;
        NodeProto[] kept = [.. graph.Node.Where(n => !gone.Contains(n))];
        graph.Node.Clear();
        graph.Node.AddRange(kept);

        // Graphs inside a node take values for it.
        void Count(NodeProto node, NodeProto outer)
        {
            foreach (string input in node.Input)
            {
                if (!users.TryGetValue(input, out var all)) users[input] = all = [];
                all.Add(outer);
            }
            foreach (var inner in node.Attribute.Where(n => n.G is not null).Select(n => n.G))
            {
                foreach (var each in inner.Node) Count(each, outer);
                foreach (var output in inner.Output) (users.TryGetValue(output.Name, out var all) ? all : users[output.Name] = []).Add(outer);
            }
        }

        NodeProto? OnlyUser(string name) => !results.Contains(name) && users.TryGetValue(name, out var all) && all is [var user] ? user : null;

        // What both nodes of a pair are quantized by.
        (float Scale, int ZeroPoint, int Type)? Pair(NodeProto quantize, NodeProto dequantize) =>
            quantize.Input[1] == dequantize.Input[1] && quantize.Input[2] == dequantize.Input[2] || Numbers(quantize) is { } own && own == Numbers(dequantize) ? Numbers(quantize) : null;

        (float Scale, int ZeroPoint, int Type)? Numbers(NodeProto node)
        {
            if (!constants.TryGetValue(node.Input[1], out var scale) || !constants.TryGetValue(node.Input[2], out var zero)) return null;
            if (scale.DataType != 1 || zero.DataType is not (2 or 3) || scale.Dims.Any(d => d != 1) || zero.Dims.Any(d => d != 1) || scale.DataLocation != 0 || zero.DataLocation != 0) return null;
            float? step = scale.FloatData.Count == 1 ? scale.FloatData[0] : scale.RawData.Length == sizeof(float) ? BitConverter.ToSingle(scale.RawData.Span) : null;
            int? number = zero.Int32Data.Count == 1 ? zero.Int32Data[0] : zero.RawData.Length == 1 ? zero.DataType == 3 ? (sbyte)zero.RawData[0] : zero.RawData[0] : null;
            return step is { } s && float.IsFinite(s) && s > 0 && number is { } z ? (s, z, zero.DataType) : null;
        }

        void Spread(NodeProto quantize, NodeProto dequantize, (float Scale, int ZeroPoint, int Type) a, (float Scale, int ZeroPoint, int Type) b)
        {
            var (least, most) = a.Type == 3 ? (-128, 127) : (0, 255);
            float low = MathF.Max((least - a.ZeroPoint) * a.Scale, (least - b.ZeroPoint) * b.Scale), high = MathF.Min((most - a.ZeroPoint) * a.Scale, (most - b.ZeroPoint) * b.Scale);
            float scale = (high - low) / (most - least);
            int zero = (int)Math.Clamp(MathF.Round(least - low / scale, MidpointRounding.AwayFromZero), least, most);
            string name = $"{dequantize.Output[0]}/joined";
            Store(new TensorProto { Name = $"{name}_scale", DataType = 1, FloatData = { scale } });
            Store(new TensorProto { Name = $"{name}_zero_point", DataType = a.Type, RawData = ByteString.CopyFrom((byte)zero) });
            foreach (var node in (NodeProto[])[quantize, dequantize]) (node.Input[1], node.Input[2]) = ($"{name}_scale", $"{name}_zero_point");
        }

        void Store(TensorProto tensor)
        {
            graph.Initializer.Add(tensor);
            constants[tensor.Name] = tensor;
        }
    }

    private static bool Is(NodeProto node, string op) => node.OpType == op && node.Input.Count == 3 && node.Output.Count == 1;
}
