namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>What torch.jit.optimize_for_inference makes of floats: its weights are in a form that files do not hold, and PyTorch itself does not load them.</summary>
internal static class Mkldnn
{
    [TorchOperator("prim::ConstantMKLDNNTensor", "aten::to_mkldnn", "aten::to_dense", "prim::mkldnn_convolution", "prim::BroadcastMKLDNNTensors")]
    public static object? Import(TorchCall call) => throw call.Unsupported("torch.jit.optimize_for_inference leaves weights out of the file; save the model before it, or after torch.jit.freeze");
}
