using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>The turns of a loop that have been written out, of which the first ones run.</summary>
/// <param name="node">The loop.</param>
/// <param name="start">What the first turn takes.</param>
internal sealed class LoopTurns(OnnxNode node, OnnxOperand[] start)
{
    private readonly List<(Value? Runs, OnnxOperand[] State)> _turns = [];
    private Value? _runs;

    /// <summary>Whether all run.</summary>
    public bool AreKnown => _runs is null;

    /// <summary>How many run.</summary>
    public Extent Count { get; private set; } = new(0, null);

    /// <summary>Adds a turn, which runs where those before it do and a condition holds (null: always), and what it leaves.</summary>
    public void Add(Value? condition, OnnxOperand[] state)
    {
        if (condition is not null) _runs = And(node, condition, _runs);
        _turns.Add((_runs, state));
        Count = node.Varying.Of(node, BinaryKind.Add, Count, Where(_runs, new Extent(1, null)));
    }

    /// <summary>Two conditions, of which one may be known to hold.</summary>
    public static Value And(OnnxNode node, Value a, Value? b) => b is null ? a : node.Emit(new Binary(BinaryKind.LogicalAnd), a, b);

    /// <summary>What the last turn that runs leaves.</summary>
    public OnnxOperand State(int i)
    {
        if (AreKnown) return _turns.Count == 0 ? start[i] : _turns[^1].State[i];
        if (start[i].Tensor is not { } first) return _turns.All(t => t.State[i].Tensor is null && t.State[i].Sequence.SequenceEqual(start[i].Sequence)) ? start[i] : throw node.Unsupported("how often it runs is computed at run time, and it makes sequences");
        if (_turns.All(t => t.State[i].Tensor == first)) return start[i];
        if (Appended(i, first) is { } appended) return new OnnxOperand(appended);
        var chosen = first;
        foreach (var (runs, state) in _turns) chosen = runs is null ? state[i].Tensor! : Flow.Chosen(node, runs, state[i].Tensor!, chosen);
        return new OnnxOperand(chosen);
    }

    // A length where a turn runs, 0 where not.
    private Extent Where(Value? runs, Extent length) => runs is null ? length : node.Varying.Choose(node, runs, length, new Extent(0, null));

    // A value without what only says how much of it there is.
    private Value Itself(Value value)
    {
        while (node.Importer.Builder.Producer(value) is { Operator: Reshape } producer && producer.Inputs[0]!.Type.Shape.Equals(value.Type.Shape)) value = producer.Inputs[0]!;
        return value;
    }

    // Where each turn puts something behind what there was, nothing needs to be chosen: of each part is taken what is there.
    private Value? Appended(int i, Value first)
    {
        var parts = new List<Value> { first };
        int axis = -1;
        var before = first;
        foreach (var (runs, state) in _turns)
        {
            if (node.Importer.Builder.Producer(Itself(state[i].Tensor!)) is not { } producer || Itself(producer.Inputs[0]!) != Itself(before)) return null;
            bool isCounted = producer.Operator is JoinCounted;
            int along = producer.Operator switch { Concat concat => concat.Axis, JoinCounted join => join.Axis, _ => -1 };
            if (along < 0 || axis >= 0 && along != axis) return null;
            (axis, before) = (along, state[i].Tensor!);
            int count = isCounted ? producer.Inputs.Count / 2 : producer.Inputs.Count;
            for (int part = 1; part < count; part++)
            {
                var value = producer.Inputs[part]!;
                var length = Where(runs, new Extent(value.Type.Shape[axis], isCounted ? producer.Inputs[count + part] : null));
                parts.Add(length.IsKnown ? value : node.Varying.Vary(node, value, axis, length));
            }
        }
        return Shaping.Joined(node, axis, [.. parts.Where(part => part.Type.Shape[axis] > 0)]);
    }
}
