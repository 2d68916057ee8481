using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.DataMovement;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Passes;

/// <summary>
/// <c>qnn.conv2d(x: int8) => qnn.conv2d(qnn.flip_sign(x): uint8)</c>: the hot kernels multiply unsigned activations by signed weights, so int8 activations travel as uint8
/// with the zero point moved by 128. Convolutions and dense layers take and make uint8; the operators between them that can are moved along; flips remain at the edges only.
/// </summary>
public sealed class FlipSigns : GraphPass
{
    /// <inheritdoc/>
    public override string Name => "flip-signs";

    /// <inheritdoc/>
    public override Graph Run(Graph graph) => graph.Nodes.Any(n => IsHot(n.Operator) && n.Input(0).Type.Element == ElementType.S8) ? new Rewriter(graph).Run() : graph;

    private static bool IsHot(Operator op) => op is QnnConv2D or QnnDepthwiseConv2D or QnnDense or QnnFloatSumConv2D;

    /// <summary>A hot operator whose result is uint8 where it was int8. oneDNN adds the zero point before it rounds, where another one may round otherwise.</summary>
    private static Operator WithUnsignedResult(Operator op) => op switch
    {
        QnnConv2D { Epilogue: { Output: ElementType.S8, Arithmetic: not RequantizeArithmetic.Float32Stepped } e } conv => conv with { Epilogue = Moved(e) },
        QnnDepthwiseConv2D { Epilogue: { Output: ElementType.S8, Arithmetic: not RequantizeArithmetic.Float32Stepped } e } conv => conv with { Epilogue = Moved(e) },
        QnnDense { Epilogue: { Output: ElementType.S8, Arithmetic: not RequantizeArithmetic.Float32Stepped } e } dense => dense with { Epilogue = Moved(e) },
        QnnFloatSumConv2D { Output: ElementType.S8 } conv => conv with { Output = ElementType.U8, ZeroPoint = conv.ZeroPoint + 128, Minimum = conv.Minimum + 128, Maximum = conv.Maximum + 128 },
        _ => op,
    };

    private static Requantize Moved(Requantize e) =>
        e with { Output = ElementType.U8, OutputZeroPoint = e.OutputZeroPoint + 128, Minimum = e.Minimum + 128, Maximum = e.Maximum + 128 };

    /// <summary>An operator with all its int8 operands and its result as uint8; null where it has no such form.</summary>
    private static Operator? Moved(Operator op) => op switch
    {
        Reshape or Concat or StridedSlice or Transpose or MirrorPad or Tile or BroadcastTo or Reverse or Gather or Resize2D => op,
        QuantizedMean { Rounding: not MeanRounding.FloatBias } mean => mean with { Origin = mean.Origin + 128 },
        // XNNPACK's arithmetic rounds halves up, wherever 0 lies.
        QuantizedResizeBilinear { Arithmetic: ResizeArithmetic.Fixed11 } resize => resize,
        QuantizedResizeBilinear { Arithmetic: ResizeArithmetic.Fixed10 } resize => resize with { Origin = 128 },
        ResidualSums sums => sums with { Element = ElementType.U8, Origin = sums.Origin + 128 },
        Pad pad => pad with { Value = pad.Value + 128 },
        QuantizedPool2D pool => pool with { Min = pool.Min + 128, Max = pool.Max + 128, Origin = pool.Origin + 128 },
        // MLAS adds the zero points in float, where another zero point may round otherwise.
        QuantizedAdd { Arithmetic: not (AddArithmetic.Linear or AddArithmetic.DequantizedFused) } add => add with { Min = add.Min + 128, Max = add.Max + 128 },
        QuantizedMul { Element: ElementType.S8, Arithmetic: not MulArithmetic.Linear } mul => mul with { Element = ElementType.U8, Min = mul.Min + 128, Max = mul.Max + 128 },
        _ => null,
    };

    private sealed class Rewriter(Graph graph)
    {
        private readonly GraphBuilder _builder = new(graph.Name);
        // Values of the old graph as they are in the new one: with their own type, and as uint8. Each form is made when it is first asked for.
        private readonly Dictionary<Value, Value> _same = [];
        private readonly Dictionary<Value, Value> _unsigned = [];

        public Graph Run()
        {
            foreach (var input in graph.Inputs)
            {
                _builder.AddInput(input);
                _same[input] = input;
            }
            foreach (var node in graph.Nodes) Rewrite(node);
            foreach (var output in graph.Outputs) _builder.AddOutput(Same(output));
            return DeadCodeElimination.Eliminate(_builder.Build());
        }

        private void Rewrite(Node node)
        {
            if (node.Operator is FlipSign)
            {
                // The importer's own: its two forms are those that there are.
                if (node.Input(0).Type.Element == ElementType.S8) _same[node.Output] = Unsigned(node.Input(0));
                else _unsigned[node.Output] = Same(node.Input(0));
            }
            else if (IsHot(node.Operator))
            {
                var data = node.Input(0).Type.Element == ElementType.S8 ? Unsigned(node.Input(0)) : Same(node.Input(0));
                Add(node, WithUnsignedResult(node.Operator), [data, .. node.Inputs.Skip(1).Select(Operand)]);
            }
            else if (node.Operator is LookupTable && _unsigned.ContainsKey(node.Input(0)) && node.Input(1) is { IsConstant: true } table)
            {
                Add(node, node.Operator, [Unsigned(node.Input(0)), Reordered(table)]);
            }
            else if (node.Outputs is [{ Type.Element: ElementType.S8 }] && Moved(node.Operator) is { } moved && IsMovable(node))
            {
                Add(node, moved, [.. node.Inputs.Select((operand, i) => operand is null ? null : i < DataOperands(node.Operator) ? Unsigned(operand) : Same(operand))]);
            }
            else if (node.Inputs.All(i => i is null || !_unsigned.ContainsKey(i)) && node.Inputs.All(i => i is null || Same(i) == i))
            {
                _builder.Add(node);
                foreach (var output in node.Outputs) _same[output] = output;
            }
            else
            {
                Add(node, node.Operator, [.. node.Inputs.Select(Operand)]);
            }
        }

        // Adds an operator; a result that has become uint8 is that form of the old one.
        private void Add(Node node, Operator op, IReadOnlyList<Value?> inputs)
        {
            var types = op.InferTypes([.. inputs.Select(i => i?.Type)]);
            bool IsFlipped(int i) => node.Outputs[i].Type.Element == ElementType.S8 && types[i].Element == ElementType.U8;
            var quantizations = node.Outputs.Select((o, i) => IsFlipped(i) ? Unsigned(o.Type.Quantization) : o.Type.Quantization).ToArray();
            var results = _builder.Add(op, inputs, node.Location, quantizations, [.. node.Outputs.Select((o, i) => IsFlipped(i) ? $"{o.Name}/unsigned" : o.Name)]);
            for (int i = 0; i < results.Count; i++) (IsFlipped(i) ? _unsigned : _same)[node.Outputs[i]] = results[i];
        }

        private static int DataOperands(Operator op) => op is Gather ? 1 : op.DataOperands;

        // All data are int8 and some are unsigned already. What an index that is none looks up stays 0, which a flip would change: so indices must be known.
        private bool IsMovable(Node node)
        {
            if (node.Operator is Gather gather && !(node.Input(1).Constant is { } indices && indices.ToInt64().All(i => i >= 0 && i < node.Input(0).Type.Shape[gather.Axis]))) return false;
            var data = node.Inputs.Take(DataOperands(node.Operator)).Where(i => i is not null);
            return data.All(i => i!.Type is { Element: ElementType.S8, Quantization: not { IsPerChannel: true } } && (i.IsConstant || _unsigned.ContainsKey(i))) && data.Any(i => _unsigned.ContainsKey(i!));
        }

        // A table for int8 data, by the same data with the top bit flipped; its own int8 entries are flipped too.
        private static Value Reordered(Value table)
        {
            int size = table.Type.Element.Size();
            bool flips = table.Type.Element == ElementType.S8;
            byte[] source = table.Constant!.Bytes.ToArray(), target = new byte[source.Length];
            for (int i = 0; i < target.Length; i++) target[i] = (byte)(source[i ^ (128 * size)] ^ (flips ? 0x80 : 0));
            var type = flips ? table.Type with { Element = ElementType.U8 } : table.Type;
            return Value.Of($"{table.Name}/unsigned", new Tensor(type, target));
        }

        private Value? Operand(Value? value) => value is null ? null : Same(value);

        private Value Same(Value value)
        {
            if (value.Kind is ValueKind.Constant or ValueKind.Variable) return value;
            if (_same.TryGetValue(value, out var same)) return same;
            return _same[value] = Flip(_unsigned[value], value.Name, value.Type.Quantization);
        }

        private Value Unsigned(Value value)
        {
            if (_unsigned.TryGetValue(value, out var flipped)) return flipped;
            return _unsigned[value] = Flip(Same(value), $"{value.Name}/unsigned", Unsigned(value.Type.Quantization));
        }

        // Plain integers have their 0 at 128 then.
        private static Quantization Unsigned(Quantization? quantization) => (quantization ?? new Quantization(1, 0)).WithZeroPointOffset(128);

        private Value Flip(Value value, string name, Quantization? quantization) => _builder.Add(new FlipSign(), [value], new SourceLocation(name, "flip_sign"), quantization, name);
    }
}
