using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Storage = Qnn.Runtime.Artifact.Format.Storage;

namespace Qnn.Compiler.Lowering;

/// <summary>What the runtime will execute: steps over numbered tensors, offsets planned. The form just before the artifact.</summary>
internal sealed class LoweredProgram
{
    public required string Name { get; init; }
    public required IReadOnlyList<LoweredTensor> Tensors { get; init; }
    public required IReadOnlyList<LoweredStep> Steps { get; init; }
    public required IReadOnlyList<LoweredPort> Inputs { get; init; }
    public required IReadOnlyList<LoweredPort> Outputs { get; init; }
    public long ArenaBytes { get; set; }
    public long StateBytes { get; set; }
    public long MultiplyAdds => Steps.Sum(s => s.MultiplyAdds);
}

/// <summary>An input or output and the tensor that holds it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Tensor">The tensor.</param>
/// <param name="Count">The tensor with how many entries <paramref name="VaryingAxis"/> has, or -1.</param>
/// <param name="VaryingAxis">The axis of an output whose extent is a bound, or -1.</param>
internal sealed record LoweredPort(string Name, int Tensor, int Count = -1, int VaryingAxis = -1);

/// <summary>A tensor of the program.</summary>
internal sealed class LoweredTensor
{
    public required int Index { get; init; }
    public required string Name { get; init; }
    public required TensorType Type { get; init; }
    public required Storage Storage { get; init; }

    /// <summary>A constant's bytes, or a variable's first contents.</summary>
    public ReadOnlyMemory<byte>? Data { get; init; }

    /// <summary>The tensor whose memory this one shares (a reshape), or -1.</summary>
    public int AliasOf { get; init; } = -1;

    /// <summary>State tensors: the constant with their first contents, or -1.</summary>
    public int Initial { get; init; } = -1;

    /// <summary>Offset in the arena or state block, set by <see cref="MemoryPlanner"/>; in the constants, set by the writer.</summary>
    public long Offset { get; set; }
}

/// <summary>A kernel call.</summary>
/// <param name="OpCode">The runtime's operator.</param>
/// <param name="Name">The source node.</param>
/// <param name="Inputs">Tensor indices; -1 for an absent one.</param>
/// <param name="Outputs">Tensor indices.</param>
/// <param name="Parameters">The operator's parameter structure, as bytes.</param>
/// <param name="MultiplyAdds">For scheduling and reports.</param>
/// <param name="InPlaceInput">The input whose memory output 0 may take over when nothing needs it afterwards, or -1.</param>
internal sealed record LoweredStep(OpCode OpCode, string Name, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, byte[] Parameters, long MultiplyAdds, int InPlaceInput);
