using System.Runtime.InteropServices;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Recurrent;
using Qnn.Runtime.Kernels.Rows;
using Storage = Qnn.Runtime.Artifact.Format.Storage;

namespace Qnn.Compiler.Lowering;

/// <summary>Steps that may become one <see cref="RowChain"/>: takes them as long as they agree on what a row is.</summary>
/// <param name="tensors">The program's tensors.</param>
/// <param name="root">Of each tensor, the one whose elements it has: aliases differ in shape only.</param>
internal sealed class RowChainBuilder(IReadOnlyList<LoweredTensor> tensors, int[] root)
{
    private const int MaxSteps = 24;

    private readonly List<LoweredStep> _steps = [];
    private readonly HashSet<int> _made = [];
    // External operands, and whether they have rows.
    private readonly Dictionary<int, bool> _operands = [];
    private int _count;
    private int? _columns;

    public IReadOnlyList<LoweredStep> Steps => _steps;

    /// <summary>Whether a step of the chain makes a tensor.</summary>
    public bool Makes(int tensor) => _made.Contains(root[tensor]);

    /// <summary>Adds a step that works on each row by itself; false where it does not, or on other rows.</summary>
    public bool TryAdd(LoweredStep step)
    {
        if (!RowChain.CanHold(step.OpCode) || _steps.Count == MaxSteps || step.Outputs.Count != 1) return false;
        var output = tensors[step.Outputs[0]].Type;
        int count = output.Shape.ElementCount;
        if (count == 0 || output.Shape.Rank == 0 || _steps.Count > 0 && count != _count) return false;
        if (step.Inputs.Append(step.Outputs[0]).Any(i => i >= 0 && tensors[i].Storage == Storage.State)) return false;
        if (RowsOf(step, output) is not var (columns, rows) || columns is { } own && _columns is { } others && own != others) return false;
        var operands = new Dictionary<int, bool>();
        for (int i = 0; i < step.Inputs.Count; i++)
        {
            int operand = step.Inputs[i];
            if (operand < 0) continue;
            if (Makes(operand))
            {
                if (!rows[i]) return false;
                continue;
            }
            // Whole for one step and by rows for another would be two inputs.
            if (_operands.TryGetValue(operand, out bool before) ? before != rows[i] : !operands.TryAdd(operand, rows[i]) && operands[operand] != rows[i]) return false;
        }
        if (_operands.Count + operands.Count > RowChain.MaxInputs) return false;
        foreach (var (operand, hasRows) in operands) _operands.Add(operand, hasRows);
        (_count, _columns) = (count, columns ?? _columns);
        _made.Add(root[step.Outputs[0]]);
        _steps.Add(step);
        return true;
    }

    /// <summary>The step, or null where rows are too long.</summary>
    /// <param name="keep">Whether something else takes a tensor that the chain makes.</param>
    public LoweredStep? Build(Func<int, bool> keep)
    {
        int columns = _columns ?? tensors[_steps[0].Outputs[0]].Type.Shape[-1];
        if (columns > RowChain.MaxColumns) return null;
        int[] inputs = [.. _operands.Keys], results = [.. _steps.Select(s => s.Outputs[0])];
        int[] outputs = [.. results.Where(keep)], intermediates = [.. results.Where(r => !keep(r))];
        var places = new Dictionary<int, int>();
        foreach (int tensor in inputs) places.Add(tensor, places.Count);
        var made = new Dictionary<int, int>();
        foreach (int tensor in outputs.Concat(intermediates)) made.Add(root[tensor], places.Count + made.Count);
        int Place(int tensor) => tensor < 0 ? -1 : made.TryGetValue(root[tensor], out int place) ? place : places[tensor];
        uint rows = 0;
        for (int i = 0; i < inputs.Length; i++) if (_operands[inputs[i]]) rows |= 1u << i;
        var chain = new RowChain(
            _count / columns, columns, rows, [.. intermediates.Select(t => tensors[t].Type.Element)],
            [.. _steps.Select(s => new RowChainStep(s.OpCode, [.. s.Inputs.Select(Place)], [.. s.Outputs.Select(Place)], s.Parameters))]);
        string name = _steps[0].Name == _steps[^1].Name ? _steps[0].Name : $"{_steps[0].Name} to {_steps[^1].Name}";
        return new LoweredStep(OpCode.RowChain, name, inputs, outputs, chain.Write(), 0, -1);
    }

    // The length that rows must have (null: any) and, of each operand, whether it has rows or is taken whole; null where the step does not work by rows.
    private (int? Columns, bool[] Rows)? RowsOf(LoweredStep step, TensorType output)
    {
        int count = output.Shape.ElementCount, last = output.Shape[-1];
        bool IsAll(int i) => tensors[step.Inputs[i]].Type.Shape.ElementCount == count;
        switch (step.OpCode)
        {
            case OpCode.Unary when MemoryMarshal.Read<UnaryParameters>(step.Parameters) is var blocks && ((UnaryKind)blocks.Kind).HasBlocks():
                // Elements that fill no block are those at the end of all, unless every row fills its own.
                return blocks.Alpha == 0 && last % TorchActivations.Block == 0 ? (last, [true]) : null;
            case OpCode.Quantize or OpCode.Dequantize or OpCode.Unary:
                return IsAll(0) ? (null, [true]) : null;
            case OpCode.Softmax:
                return (last, [true]);
            case OpCode.LayerNormalization or OpCode.ScaledSums:
                return (last, [.. step.Inputs.Select((_, i) => i == 0)]);
            default:
                int? columns = null;
                var rows = new bool[2];
                for (int i = 0; i < 2; i++)
                {
                    var shape = tensors[step.Inputs[i]].Type.Shape;
                    rows[i] = shape.ElementCount == count;
                    if (rows[i] || shape.ElementCount == 1) continue;
                    if (shape.ElementCount != last || shape[-1] != last) return null;
                    columns = last;
                }
                return rows[0] || rows[1] ? (columns, rows) : null;
        }
    }
}
