using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>What code asks of tensors that is known while the model is imported.</summary>
internal static class Questions
{
    [TorchOperator("aten::is_contiguous")]
    public static object? IsContiguous(TorchCall call) => call.Formats.IsContiguous(call.Tensor(0));

    /// <summary>(data) or (data, dim): how far neighbours along an axis are from each other in memory.</summary>
    [TorchOperator("aten::stride")]
    public static object? Strides(TorchCall call)
    {
        long[] strides = call.Formats.Layout(call.Tensor(0)).Strides;
        return call.Argument(1, "dim") is long axis ? strides[call.Axis(axis, strides.Length)] : new TorchList(strides.Select(s => (object?)s));
    }

    [TorchOperator("aten::storage_offset")]
    public static object? First(TorchCall call) => call.Formats.Layout(call.Tensor(0)).First;

    [TorchOperator("aten::element_size")]
    public static object? Size(TorchCall call) => (long)call.Tensor(0).Type.Element.Size();

    [TorchOperator("aten::is_same_size")]
    public static object? IsSameSize(TorchCall call) => call.Tensor(0).Type.Shape.Equals(call.Tensor(1).Type.Shape);

    [TorchOperator("aten::is_signed")]
    public static object? IsSigned(TorchCall call) => call.Tensor(0).Type.Element is not (ElementType.U8 or ElementType.Bool);

    [TorchOperator("aten::is_nonzero")]
    public static object? IsNonzero(TorchCall call) => call.Real(0) != 0;

    [TorchOperator("aten::is_complex", "aten::is_conj", "aten::is_neg", "aten::is_inference", "aten::is_pinned", "prim::is_xpu", "prim::is_mps", "prim::is_meta", "prim::is_vulkan", "prim::is_ipu", "prim::is_ort", "prim::is_sparse_csr", "prim::requires_grad", "aten::is_scripting")]
    public static object? No(TorchCall call) => false;

    [TorchOperator("prim::is_cpu", "aten::is_leaf")]
    public static object? Yes(TorchCall call) => true;

    /// <summary>Whether two constants are one.</summary>
    [TorchOperator("aten::equal")]
    public static object? AreEqual(TorchCall call)
    {
        Value a = call.Tensor(0), b = call.Tensor(1);
        if (!a.Type.Shape.Equals(b.Type.Shape)) return false;
        return a.Constant is { } x && b.Constant is { } y ? x.Bytes.Span.SequenceEqual(y.Bytes.Span) : throw call.Unsupported("whether its operands are equal is known at run time only");
    }
}
