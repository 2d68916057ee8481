using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Rows of quantized tables: real = scale * q + bias, the bias being -scale * zero point as PyTorch packs it.</summary>
internal static class Embeddings
{
    [TorchOperator("quantized::embedding_byte", "quantized::embedding_4bit")]
    public static object? Lookup(TorchCall call) => call.Emit(new Gather(0), Table(call), call.Tensor(1));

    // The rows are known, so they are dequantized while the model is imported: fma(q, scale, bias).
    private static Value Table(TorchCall call)
    {
        if (call.Argument(0) is not TorchObject { State: object?[] { Length: >= 2 } state } || state[1] is not TorchList { Items: [FloatQuantized weights, ..] }) throw call.Unsupported("its packed parameters are of a version that is not known");
        var shape = weights.Data.Type.Shape;
        if (shape.Rank != 2 || shape.ElementCount == 0 || weights.Scales.Length != shape[0] || weights.ZeroPoints.Length != shape[0]) throw call.Malformed($"has {weights.Scales.Length} scales for {shape}");
        var data = weights.Data;
        if (weights.Bits == 4)
        {
            byte[] pairs = data.Bytes.ToArray(), apart = new byte[pairs.Length * 2];
            for (int i = 0; i < pairs.Length; i++) (apart[2 * i], apart[2 * i + 1]) = ((byte)(pairs[i] & 15), (byte)(pairs[i] >> 4));
            data = Tensor.Of<byte>(new Shape(shape[0], shape[1] * 2), apart);
        }
        var q = data.Span<byte>();
        int columns = data.Type.Shape[1];
        var real = new float[q.Length];
        for (int i = 0; i < real.Length; i++)
        {
            int row = i / columns;
            real[i] = MathF.FusedMultiplyAdd(q[i], weights.Scales[row], -weights.ZeroPoints[row] * weights.Scales[row]);
        }
        return TorchCall.Constant(Tensor.Of<float>(data.Type.Shape, real));
    }
}
