using System.Buffers.Binary;
using Qnn.Compiler.Import.Onnx.Schema;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>
/// A QuantizeLinear and DequantizeLinear behind another such pair are one to ONNX Runtime (DoubleQDQPairsRemover), with a scale and zero point that spread the numbers over what both ranges have in common.
/// Models that were quantized twice, or whose operator between two quantizations was left out, have such.
/// </summary>
internal static class DoubleQuantizers
{
    /// <summary>Joins pairs of one scale and zero point each, of one type of 8 or 16 bits, that are stored, and which nothing else takes.</summary>
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
            if (scale.DataType != 1 || !Ranges.ContainsKey(zero.DataType) || scale.Dims.Any(d => d != 1) || zero.Dims.Any(d => d != 1) || scale.DataLocation != 0 || zero.DataLocation != 0) return null;
            float? step = scale.FloatData.Count == 1 ? scale.FloatData[0] : scale.RawData.Length == sizeof(float) ? BitConverter.ToSingle(scale.RawData.Span) : null;
            int? number = zero.Int32Data.Count == 1 ? zero.Int32Data[0] : Stored(zero.DataType, zero.RawData.Span);
            return step is { } s && float.IsFinite(s) && s > 0 && number is { } z ? (s, z, zero.DataType) : null;
        }

        void Spread(NodeProto quantize, NodeProto dequantize, (float Scale, int ZeroPoint, int Type) a, (float Scale, int ZeroPoint, int Type) b)
        {
            var (least, most) = Ranges[a.Type];
            float low = MathF.Max((least - a.ZeroPoint) * a.Scale, (least - b.ZeroPoint) * b.Scale), high = MathF.Min((most - a.ZeroPoint) * a.Scale, (most - b.ZeroPoint) * b.Scale);
            float scale = (high - low) / (most - least);
            int zero = (int)Math.Clamp(MathF.Round(least - low / scale, MidpointRounding.AwayFromZero), least, most);
            string name = $"{dequantize.Output[0]}/joined";
            Store(new TensorProto { Name = $"{name}_scale", DataType = 1, FloatData = { scale } });
            Store(new TensorProto { Name = $"{name}_zero_point", DataType = a.Type, Int32Data = { zero } });
            foreach (var node in (NodeProto[])[quantize, dequantize]) (node.Input[1], node.Input[2]) = ($"{name}_scale", $"{name}_zero_point");
        }

        void Store(TensorProto tensor)
        {
            graph.Initializer.Add(tensor);
            constants[tensor.Name] = tensor;
        }
    }

    // Types of zero points, and the numbers they hold: uint8, int8, uint16, int16.
    private static readonly Dictionary<int, (int Least, int Most)> Ranges = new() { [2] = (0, byte.MaxValue), [3] = (sbyte.MinValue, sbyte.MaxValue), [4] = (0, ushort.MaxValue), [5] = (short.MinValue, short.MaxValue) };

    // A number of such a type that is stored as bytes.
    private static int? Stored(int type, ReadOnlySpan<byte> bytes) => (type, bytes.Length) switch
    {
        (2, 1) => bytes[0],
        (3, 1) => (sbyte)bytes[0],
        (4, 2) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (5, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        _ => null,
    };

    private static bool Is(NodeProto node, string op) => node.OpType == op && node.Input.Count == 3 && node.Output.Count == 1;
}
