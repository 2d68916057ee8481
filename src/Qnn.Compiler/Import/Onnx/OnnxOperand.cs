using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>What a name of an ONNX graph stands for: a tensor, or a sequence of tensors, whose length is known when the model is compiled.</summary>
internal readonly struct OnnxOperand
{
    public OnnxOperand(Value tensor) => (Tensor, Sequence) = (tensor, []);

    public OnnxOperand(IReadOnlyList<Value> sequence) => Sequence = sequence;

    /// <summary>The tensor; null for a sequence.</summary>
    public Value? Tensor { get; }

    /// <summary>The elements of a sequence.</summary>
    public IReadOnlyList<Value> Sequence { get; }
}
