using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>New contents for a tensor, which is often a view: <c>x[:, :3] = y</c>.</summary>
internal static class Writing
{
    /// <summary>(self, source): the source's elements, in the type that there is; floats are quantized where that is a quantized one.</summary>
    [TorchOperator("aten::copy")]
    public static object? Copy(TorchCall call)
    {
        if (call.Argument(0) is TorchList list) return new TorchList(list.Items);
        var (old, source) = (call.Tensor(0), call.Tensor(1, "src"));
        if (source.Type.Quantization is not null && !Equals(source.Type.Quantization, old.Type.Quantization)) throw call.Unsupported($"it copies {source.Type} into {old.Type}");
        if (old.Type.Quantization is { IsPerChannel: false } quantization && source.Type.Quantization is null) source = call.Quantize(Quantizing.Real(call, source), quantization, old.Type.Element);
        if (source.Type.Element != old.Type.Element) source = call.Emit(new Cast(old.Type.Element), source);
        return source.Type.Shape.Equals(old.Type.Shape) ? call.EmitQuantized(new Reshape(old.Type.Shape), old.Type.Quantization, source) : call.EmitQuantized(new BroadcastTo(old.Type.Shape), Shaping.PerTensor(call, old), source);
    }

    /// <summary>(self, number)</summary>
    [TorchOperator("aten::fill")]
    public static object? Fill(TorchCall call) => Copy(call);

    [TorchOperator("aten::zero")]
    public static object? Zero(TorchCall call)
    {
        var old = call.Tensor(0);
        if (old.Type.Quantization is not null) throw call.Unsupported("its data is quantized");
        return TorchCall.Constant(new Tensor(old.Type));
    }
}
