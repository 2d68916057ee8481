using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Graphs inside the graph: written out, as often as they run. Where that is known at run time only, as often as they can run at most, and results are chosen.</summary>
internal static class Flow
{
    // Longer loops would make more steps than any network has.
    private const int MostTurns = 4096;
    private const int MostNodes = 1 << 17;

    /// <summary>One of two graphs, by a condition.</summary>
    [OnnxOperator("If")]
    public static void If(OnnxNode node)
    {
        if (Holds(node, node.Input(0)) is not { } holds)
        {
            Both(node, node.Input(0));
            return;
        }
        string name = holds ? "then_branch" : "else_branch";
        var results = node.Importer.Inline(Body(node, name));
        if (results.Count != node.Proto.Output.Count) throw node.Malformed($"has {node.Proto.Output.Count} results, its {name} {results.Count}");
        for (int i = 0; i < results.Count; i++) node.Result(results[i], i);
    }

    // Computes both where the condition is known at run time only, and chooses: neither can fail. Their results may be of different lengths along an axis.
    private static void Both(OnnxNode node, Value condition)
    {
        var (yes, no) = (node.Importer.Inline(Body(node, "then_branch")), node.Importer.Inline(Body(node, "else_branch")));
        if (yes.Count != node.Proto.Output.Count || no.Count != yes.Count) throw node.Malformed($"has {node.Proto.Output.Count} results, its graphs {yes.Count} and {no.Count}");
        for (int i = 0; i < yes.Count; i++)
        {
            if (yes[i].Tensor is not { } a || no[i].Tensor is not { } b) throw node.Unsupported("its condition is computed at run time, and it makes sequences");
            node.Result(Chosen(node, condition, a, b), i);
        }
    }

    /// <summary>One of two values, whose lengths along an axis may differ.</summary>
    public static Value Chosen(OnnxNode node, Value condition, Value a, Value b)
    {
        var v = node.Varying;
        int rank = a.Type.Shape.Rank;
        if (b.Type.Shape.Rank != rank || a.Type.Element != b.Type.Element) throw node.Unsupported($"its condition is computed at run time, and its results are {a.Type} or {b.Type}");
        if (a == b) return a;
        int[] axes = [.. Enumerable.Range(0, rank).Where(axis => v.ExtentOf(a, axis) is var x && v.ExtentOf(b, axis) is var y && (x.Count != y.Count || x.Bound != y.Bound))];
        if (axes.Length > 1) throw node.AnyLength();
        var flag = node.Reshape(condition, []);
        if (axes is not [int along]) return node.Emit(new Select(), flag, a, b);
        var (mine, other) = (v.ExtentOf(a, along), v.ExtentOf(b, along));
        int bound = Math.Max(mine.Bound, other.Bound);
        Value Padded(Value value)
        {
            int missing = bound - value.Type.Shape[along];
            var plain = v.Plain(node, value, along);
            return missing == 0 ? plain : node.Emit(new Concat(along), plain, Value.Of("none", new Tensor(new TensorType(value.Type.Element, VaryingAxes.With(value.Type.Shape, along, missing)))));
        }
        return v.Vary(node, node.Emit(new Select(), flag, Padded(a), Padded(b)), along, v.Choose(node, condition, mine, other) with { Bound = bound });
    }

    /// <summary>The most turns and the first condition (both optional), and what one turn hands to the next; a turn has results of its own too, which are stacked.</summary>
    [OnnxOperator("Loop")]
    public static void Loop(OnnxNode node)
    {
        var body = Body(node, "body");
        var most = node.OptionalInput(0) is null ? new Extent(int.MaxValue, null) : node.Varying.Numbers(node, 0, "number of turns")[0];
        var condition = node.OptionalInput(1) ?? OnnxNode.Scalar(true);
        OnnxOperand[] state = [.. Enumerable.Range(2, Math.Max(0, node.InputCount - 2)).Select(node.Operand)];
        var turns = new LoopTurns(node, state);
        var stacks = Stacks(node, body, 1 + state.Length);
        int nodes = node.Importer.Builder.NodeCount;
        for (int turn = 0; turn < most.Bound && Holds(node, condition) != false; turn++)
        {
            bool isKnown = most.IsKnown && Holds(node, condition) == true && turns.AreKnown;
            if (turn == MostTurns) throw node.Unsupported(isKnown ? $"it has more than {MostTurns} turns" : $"how often it runs is computed at run time, and nothing bounds it to {MostTurns} times. Give it a constant number of turns");
            if (node.Importer.Builder.NodeCount - nodes > MostNodes) throw node.Unsupported($"{turn} of its turns are {node.Importer.Builder.NodeCount - nodes} steps already. Lower the number of its turns, or cut the model before it");
            var runs = Holds(node, condition) == true ? null : node.Reshape(condition, []);
            if (!(node.Varying.Least(most) > turn)) runs = LoopTurns.And(node, node.Emit(new Compare(CompareKind.Greater), VaryingAxes.ValueOf(most), OnnxNode.Scalar((long)turn)), runs);
            // A turn takes what the one before it left: where it runs, that has run.
            var results = node.Importer.Inline(body, [new OnnxOperand(OnnxNode.Scalar((long)turn)), new OnnxOperand(condition), .. state]);
            condition = results[0].Tensor ?? throw node.Malformed("has no condition");
            state = [.. results.Skip(1).Take(state.Length)];
            turns.Add(runs, state);
            for (int i = 0; i < stacks.Length; i++) stacks[i].Add(results[1 + state.Length + i].Tensor ?? throw node.Malformed("stacks sequences"));
        }
        for (int i = 0; i < state.Length; i++) node.Result(turns.State(i), i);
        for (int i = 0; i < stacks.Length; i++) Stack(node, stacks[i], 0, state.Length + i, turns.Count);
    }

    /// <summary>What one turn hands to the next, and tensors of which each turn takes a slice; a turn has results of its own too, which are stacked.</summary>
    [OnnxOperator("Scan")]
    public static void Scan(OnnxNode node)
    {
        if (node.Opset < 9) throw node.Unsupported("it has batches, as before version 9");
        var body = Body(node, "body");
        int scans = node.Int("num_scan_inputs", 0), states = node.InputCount - scans;
        OnnxOperand[] state = [.. Enumerable.Range(0, states).Select(node.Operand)];
        Value[] data = [.. Enumerable.Range(states, scans).Select(node.Input)];
        int[] axes = [.. data.Select((d, i) => node.Axis(node.Ints("scan_input_axes")?[i] ?? 0, d.Type.Shape.Rank))];
        var stacks = Stacks(node, body, states);
        int turns = data[0].Type.Shape[axes[0]];
        if (turns > MostTurns) throw node.Unsupported($"it has more than {MostTurns} turns");
        for (int turn = 0; turn < turns; turn++)
        {
            var slices = data.Select((d, i) => new OnnxOperand(Sequences.Element(node, d, axes[i], node.Ints("scan_input_directions")?[i] == 1 ? turns - 1 - turn : turn)));
            var results = node.Importer.Inline(body, [.. state, .. slices]);
            state = [.. results.Take(states)];
            for (int i = 0; i < stacks.Length; i++) stacks[i].Add(results[states + i].Tensor ?? throw node.Malformed("stacks sequences"));
        }
        for (int i = 0; i < states; i++) node.Result(state[i], i);
        for (int i = 0; i < stacks.Length; i++)
        {
            if (node.Ints("scan_output_directions")?[i] == 1) stacks[i].Reverse();
            Stack(node, stacks[i], node.Ints("scan_output_axes")?[i] ?? 0, states + i);
        }
    }

    private static GraphProto Body(OnnxNode node, string name) => node.Attribute(name)?.G ?? throw node.Malformed($"has no {name}");

    // Whether a condition holds; null where that is known at run time only.
    private static bool? Holds(OnnxNode node, Value condition)
    {
        if (condition.Type is not { Element: ElementType.Bool, Shape.ElementCount: 1 }) throw node.Malformed("has no condition");
        return node.Importer.Builder.BoundsOf(condition)?[0] is { } flag && flag.Low == flag.High ? flag.Low != 0 : null;
    }

    private static List<Value>[] Stacks(OnnxNode node, GraphProto body, int others) =>
        body.Output.Count >= others ? [.. Enumerable.Range(0, body.Output.Count - others).Select(_ => new List<Value>())] : throw node.Malformed("has too few results");

    private static void Stack(OnnxNode node, List<Value> parts, int axis, int output, Extent? count = null)
    {
        if (output >= node.Proto.Output.Count || node.Proto.Output[output].Length == 0) return;
        if (parts.Count == 0) throw node.Unsupported("it stacks the results of no turn");
        var stacked = Sequences.Stacked(node, parts, axis);
        node.Result(count is { IsKnown: false } turns ? node.Varying.Vary(node, stacked, axis, turns) : stacked, output);
    }
}
