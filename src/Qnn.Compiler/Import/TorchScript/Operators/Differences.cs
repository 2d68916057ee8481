using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.TorchScript.Operators;

/// <summary>Differences of neighbours.</summary>
internal static class Differences
{
    /// <summary>(data, n, dim, prepend, append): each element less the one before it, n times; of flags, whether they differ.</summary>
    [TorchOperator("aten::diff")]
    public static object? Difference(TorchCall call)
    {
        var data = call.Tensor(0);
        int times = call.Int(1, "n", 1), rank = data.Type.Shape.Rank, axis = call.Axis(call.Long(2, "dim", -1), rank);
        if (rank == 0 || times < 0) throw call.Malformed($"takes {times} differences of {data.Type}");
        if (times == 0) return data;
        Value?[] parts = [call.OptionalTensor(3, "prepend"), data, call.OptionalTensor(4, "append")];
        Value[] joined = [.. parts.OfType<Value>()];
        var all = joined.Length == 1 ? data : (Value)Shaping.Concat(call.With(new TorchList(joined), (long)axis))!;
        for (; times > 0 && all.Type.Shape[axis] > 0; times--)
        {
            int count = all.Type.Shape[axis] - 1;
            Value first = Shaping.Along(call, all, axis, 0, 1, count), second = Shaping.Along(call, all, axis, 1, 1, count);
            all = data.Type.Element == ElementType.Bool ? call.Emit(new Binary(BinaryKind.LogicalXor), second, first) : call.Emit(new Binary(BinaryKind.Subtract), second, first);
        }
        return all;
    }
}
