using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Rows of quantized tables: real = scale * q + bias, the bias being -scale * zero point as PyTorch packs it.</summary>
internal static class Embeddings
{
    [TorchOperator("quantized::embedding_byte", "quantized::embedding_4bit")]
    public static object? Lookup(TorchCall call)
    {
        var (table, scales, biases) = Table(call);
        return Rows(call, table, scales, biases, call.Tensor(1));
    }

    private static Value Rows(TorchCall call, Value table, Value scales, Value biases, Value indices)
    {
        var numbers = call.Emit(new Cast(ElementType.F32), call.Emit(new Gather(0), table, indices));
        var scale = call.Emit(new Gather(0), scales, indices);
        var bias = call.Emit(new Gather(0), biases, indices);
        return call.Emit(new Binary(BinaryKind.Add), call.Emit(new Binary(BinaryKind.Multiply), numbers, scale), bias);
    }

    private static (Value Table, Value Scales, Value Biases) Table(TorchCall call)
    {
        if (call.Argument(0) is not TorchObject { State: object?[] { Length: >= 2 } state } || state[1] is not TorchList { Items: [FloatQuantized weights, ..] }) throw call.Unsupported("its packed parameters are of a version that is not known");
        var shape = weights.Data.Type.Shape;
        if (shape.Rank != 2 || weights.Scales.Length != shape[0] || weights.ZeroPoints.Length != shape[0]) throw call.Malformed($"has {weights.Scales.Length} scales for {shape}");
        var data = weights.Data;
        if (weights.Bits == 4)
        {
            byte[] pairs = data.Bytes.ToArray(), apart = new byte[pairs.Length * 2];
            for (int i = 0; i < pairs.Length; i++) (apart[2 * i], apart[2 * i + 1]) = ((byte)(pairs[i] & 15), (byte)(pairs[i] >> 4));
            data = Tensor.Of<byte>(new Shape(shape[0], shape[1] * 2), apart);
        }
        var rows = new Shape(shape[0], 1);
        float[] biases = [.. weights.Scales.Select((s, r) => -weights.ZeroPoints[r] * s)];
        return (TorchCall.Constant(data), TorchCall.Constant(Tensor.Of<float>(rows, weights.Scales)), TorchCall.Constant(Tensor.Of<float>(rows, biases)));
    }
}
