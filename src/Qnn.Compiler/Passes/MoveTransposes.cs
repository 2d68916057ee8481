using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;

namespace Qnn.Compiler.Passes;

/// <summary>
/// <c>f(transpose(x)) => transpose(f'(x))</c>, and <c>transpose(transpose(x)) => transpose(x)</c>: transposes wait until an operator needs the elements in their order.
/// Those that importers put around windowed operators (<see cref="Import.Channels"/>) meet and vanish; what is left stands at the edges of the graph.
/// </summary>
public sealed class MoveTransposes : GraphPass
{
    /// <inheritdoc/>
    public override string Name => "move-transposes";

    /// <inheritdoc/>
    public override Graph Run(Graph graph) => graph.Nodes.Any(n => n.Operator is Transpose) ? new Rewriter(graph).Run() : graph;

    /// <summary>A value of the old graph as one of the new: its axis i is axis Axes[i] of Base. Null axes stand for the same order.</summary>
    private sealed record Pending(Value Base, Ints? Axes);

    private sealed class Rewriter(Graph graph)
    {
        private readonly GraphBuilder _builder = new(graph.Name);
        private readonly Dictionary<Value, Pending> _pending = [];
        private readonly Dictionary<Value, Value> _materialized = [];

        public Graph Run()
        {
            foreach (var input in graph.Inputs) _builder.AddInput(input);
            foreach (var node in graph.Nodes)
            {
                if (node.Operator is Transpose transpose) Defer(node, transpose);
                else if (!TryMove(node)) Keep(node);
            }
            foreach (var output in graph.Outputs) _builder.AddOutput(Ordered(output));
            return DeadCodeElimination.Eliminate(_builder.Build());
        }

        private Pending Of(Value value) => _pending.GetValueOrDefault(value) ?? new Pending(value, null);

        private void Defer(Node node, Transpose transpose)
        {
            var (source, axes) = Of(node.Input(0));
            var composed = new Ints([.. transpose.Permutation.Select(axis => axes is null ? axis : axes[axis])]);
            _pending[node.Output] = new Pending(source, IsIdentity(composed) ? null : composed);
        }

        // Runs a node on the operands' bases, all in one order, so that its result waits to be transposed in their place.
        private bool TryMove(Node node)
        {
            if (node.Outputs.Count != 1) return false;
            if (node.Operator is Reshape reshape) return TryReshape(node, reshape);
            var axes = node.Inputs.Select(i => i is null ? null : Of(i).Axes).FirstOrDefault(a => a is not null);
            if (axes is null) return false;
            if (node.Operator.OnTransposed(axes) is not { } moved) return false;
            var operands = new Value?[node.Inputs.Count];
            for (int i = 0; i < operands.Length; i++)
            {
                if (node.Inputs[i] is not { } input) continue;
                if (i >= node.Operator.DataOperands) operands[i] = Ordered(input);
                else if (InOrder(input, axes) is { } operand) operands[i] = operand;
                else return false;
            }
            var resultAxes = node.Output.Type.Shape.Rank == axes.Count ? axes : Remaining(node, axes);
            if (resultAxes is null) return false;
            var quantization = Moved(node.Output.Type.Quantization, resultAxes);
            var result = _builder.Add(moved, operands, node.Location, quantization, node.Output.Name);
            _pending[node.Output] = new Pending(result, IsIdentity(resultAxes) ? null : resultAxes);
            return true;
        }

        // The axes that a reduction leaves, ranked; null for an operator that changes the rank in another way.
        private static Ints? Remaining(Node node, Ints axes)
        {
            bool[]? mask = node.Operator switch
            {
                Reduce { KeepDims: false } op => op.Mask(node.Input(0).Type.Shape),
                QuantizedMean { KeepDims: false } op => op.Mask(node.Input(0).Type.Shape),
                _ => null,
            };
            if (mask is null) return null;
            int[] left = [.. axes.Where((_, axis) => !mask[axis])];
            return new Ints([.. left.Select(axis => left.Count(other => other < axis))]);
        }

        // A transposition that moves axes of extent 1 only keeps the elements' order, so a reshape can take the base.
        private bool TryReshape(Node node, Reshape reshape)
        {
            var (source, axes) = Of(node.Input(0));
            if (axes is null || source.Type.Quantization is { IsPerChannel: true } || !KeepsOrder(source.Type.Shape, axes)) return false;
            _pending[node.Output] = new Pending(_builder.Add(reshape, [source], node.Location, node.Output.Type.Quantization, node.Output.Name), null);
            return true;
        }

        private void Keep(Node node)
        {
            if (node.Inputs.All(i => i is null || Ordered(i) == i)) _builder.Add(node);
            else _builder.Add(node with { Inputs = [.. node.Inputs.Select(i => i is null ? null : Ordered(i))] });
        }

        // An operand whose axis i stands at axes[i]; null where that would take a transposition of its own.
        private Value? InOrder(Value value, Ints axes)
        {
            var (source, own) = Of(value);
            if (own is not null && own.Equals(axes)) return source;
            if (source.Type.Quantization is { IsPerChannel: true }) return null;
            if (value.Type.Shape.ElementCount == 1 && value.Type.Shape.Rank < axes.Count) return Ordered(value);
            if (own is not null || value.Type.Shape.Rank > axes.Count) return null;
            // Broadcasting adds axes of extent 1 in front; then the axes take their places.
            var location = new SourceLocation(value.Name, "transpose");
            int[] extents = [.. Enumerable.Repeat(1, axes.Count - value.Type.Shape.Rank), .. value.Type.Shape];
            var shape = new Shape(extents);
            int[] inverse = Inverse(axes);
            var ordered = new Shape([.. inverse.Select(axis => extents[axis])]);
            if (KeepsOrder(shape, new Ints(inverse))) return _builder.Add(new Reshape(ordered), [source], location, value.Type.Quantization);
            if (!value.IsConstant) return null;
            var full = _builder.Add(new Reshape(shape), [source], location, value.Type.Quantization);
            return _builder.Add(new Transpose(new Ints(inverse)), [full], location, value.Type.Quantization);
        }

        // The value with its own order of axes.
        private Value Ordered(Value value)
        {
            var (source, axes) = Of(value);
            if (axes is null) return source;
            if (_materialized.TryGetValue(value, out var known)) return known;
            var location = graph.Producer(value)?.Location ?? new SourceLocation(value.Name, "transpose");
            Operator op = KeepsOrder(source.Type.Shape, axes) && source.Type.Quantization is not { IsPerChannel: true }
                ? new Reshape(value.Type.Shape)
                : new Transpose(axes);
            return _materialized[value] = _builder.Add(op, [source], location, value.Type.Quantization, value.Name);
        }

        private static Quantization? Moved(Quantization? quantization, Ints axes) => quantization is { IsPerChannel: true }
            ? new Quantization(quantization.Scales, quantization.ZeroPoints, axes[quantization.Axis])
            : quantization;

        private static int[] Inverse(Ints axes)
        {
            var inverse = new int[axes.Count];
            for (int axis = 0; axis < axes.Count; axis++) inverse[axes[axis]] = axis;
            return inverse;
        }

        private static bool IsIdentity(Ints axes) => axes.SequenceEqual(Enumerable.Range(0, axes.Count));

        // Whether the axes with more than one index stay in their order when a shape is transposed.
        private static bool KeepsOrder(Shape shape, Ints permutation)
        {
            int[] moved = [.. permutation.Where(axis => shape[axis] != 1)];
            return moved.SequenceEqual(moved.Order());
        }
    }
}
