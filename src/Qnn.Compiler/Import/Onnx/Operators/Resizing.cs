using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Resize over the last two axes.</summary>
internal static class Resizing
{
    /// <summary>Nearest (asymmetric, rounded down) and linear; sizes as numbers or as factors.</summary>
    [OnnxOperator("Resize")]
    [OnnxOperator("Upsample")]
    public static void Resize(OnnxNode node)
    {
        var x = node.Input(0);
        var s = x.Type.Shape;
        if (s.Rank != 4) throw node.Unsupported($"its data has shape {s}");
        bool old = node.Proto.OpType == "Upsample" || node.Opset < 11;
        int scalesAt = old ? 1 : 2;
        int[] sizes = node.OptionalInput(3) is not null && !old ? node.ConstantInts(3, "sizes")
            : [.. (node.Attribute("scales")?.Floats.ToArray() ?? node.Constant(scalesAt, "scales").Span<float>().ToArray()).Select((f, axis) => axis < 4 ? (int)MathF.Floor(s[axis] * f) : 0)];
        if (sizes.Length != 4 || sizes[0] != s[0] || sizes[1] != s[1] || sizes.Any(e => e < 1)) throw node.Unsupported($"it resizes {s} to {string.Join('x', sizes)}");
        string mode = node.Text("mode", "nearest"), transformation = node.Text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        string nearest = node.Text("nearest_mode", old ? "floor" : "round_prefer_floor");
        bool whole = sizes[2] % s[2] == 0 && sizes[3] % s[3] == 0;
        Operator op = (mode, transformation) switch
        {
            ("nearest", "asymmetric") when nearest == "floor" => new Resize2D(false, sizes[2], sizes[3], false, false),
            // Enlarging by whole factors, all of these take the pixel that a new one lies in.
            ("nearest", "half_pixel" or "pytorch_half_pixel") when whole && nearest is "round_prefer_floor" or "round_prefer_ceil" => new Resize2D(false, sizes[2], sizes[3], false, false),
            ("linear", "align_corners") => new Resize2D(true, sizes[2], sizes[3], true, false),
            ("linear", "half_pixel") => new Resize2D(true, sizes[2], sizes[3], false, true),
            ("linear", "asymmetric") => new Resize2D(true, sizes[2], sizes[3], false, false),
            _ => throw node.Unsupported($"its mode is {mode}, {transformation}, {nearest}"),
        };
        if (mode == "nearest" && node.Quantized(0) is { Type.Quantization.IsPerChannel: false } q)
        {
            var quantized = Run(node, op, q);
            var real = node.Emit(new Dequantize(), quantized);
            node.Importer.RememberQuantized(real, quantized);
            node.Result(real);
            return;
        }
        node.Result(Run(node, op, x));
    }

    private static Value Run(OnnxNode node, Operator op, Value x) =>
        Channels.ToSecond(node.Importer.Builder, node.Move(op, Channels.ToLast(node.Importer.Builder, x, node.Location)), node.Location);
}
