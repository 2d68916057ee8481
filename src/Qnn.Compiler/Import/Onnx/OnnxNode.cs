using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.Onnx.Schema;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx;

/// <summary>A node of an ONNX graph while it is imported: its operands as values, its attributes, and where its results go.</summary>
internal sealed class OnnxNode(OnnxImporter importer, NodeProto proto, int index, long opset)
{
    /// <summary>The longest table of indices that is written out: more would be larger than a network.</summary>
    public const int MostIndices = 1 << 24;

    /// <summary>The importer.</summary>
    public OnnxImporter Importer { get; } = importer;

    /// <summary>The node in the file.</summary>
    public NodeProto Proto { get; } = proto;

    /// <summary>The version of the operator set that it belongs to.</summary>
    public long Opset { get; } = opset;

    /// <summary>Where it is in the file.</summary>
    public SourceLocation Location { get; } = new(proto.Name.Length > 0 ? proto.Name : proto.Output.FirstOrDefault() ?? "", proto.OpType, index);

    /// <summary>The number of operands, absent ones among them counted.</summary>
    public int InputCount => Proto.Input.Count;

    /// <summary>An operand that must be there.</summary>
    public Value Input(int i) => OptionalInput(i) ?? throw Malformed($"lacks operand {i}");

    /// <summary>Whether an operand is one of half precision in the file.</summary>
    public bool IsHalf(int i) => i < Proto.Input.Count && Importer.IsHalf(Proto.Input[i]);

    /// <summary>An operand that may be a sequence.</summary>
    public OnnxOperand Operand(int i) => i < Proto.Input.Count && Proto.Input[i].Length > 0 ? Importer.OperandOf(Proto.Input[i], this) : throw Malformed($"lacks operand {i}");

    /// <summary>An operand, or null.</summary>
    public Value? OptionalInput(int i)
    {
        var value = Unrounded(i);
        return value is not null && _aligned?.ContainsKey(i) != true && Importer.IsHalf(Proto.Input[i]) && RunsInHalves ? Importer.Rounded(value) : value;
    }

    // An operand as it is made, whatever this node runs on.
    private Value? Unrounded(int i)
    {
        if (i >= Proto.Input.Count || Proto.Input[i].Length == 0) return null;
        if (_aligned is not null && _aligned.TryGetValue(i, out var aligned)) return aligned;
        var value = Importer.ValueOf(Proto.Input[i], this);
        return Varies(value) && Importer.TakesVarying(Proto) == VaryingOperands.Rejected ? throw AnyLength() : value;
    }

    private Dictionary<int, Value>? _aligned;

    /// <summary>Says what an operand is instead, for all that ask from now on.</summary>
    public void Align(int i, Value value) => (_aligned ??= [])[i] = value;

    /// <summary>Axes whose extents are known at run time only.</summary>
    public VaryingAxes Varying => Importer.VaryingAxes;

    /// <summary>Whether an extent of a value is known at run time only.</summary>
    public bool Varies(Value value) => Importer.VaryingAxes.AllOf(value).Count > 0;

    /// <summary>The operator is none for lengths that are known at run time only.</summary>
    public ModelException AnyLength() => Unsupported("how many elements there are is known at run time only. Cut the model before its postprocessing, and do that in the program");

    /// <summary>Whether ONNX Runtime runs it on numbers of half precision.</summary>
    public bool RunsInHalves => Importer.Halves.Runs(Proto);

    /// <summary>A result, rounded where the node runs on numbers of half precision.</summary>
    public Value AsItRuns(Value result) => RunsInHalves ? Importer.Rounded(result) : result;

    /// <summary>Whether it is a Gemm of a constant that a DequantizeLinear makes real and a Reshape turns into a matrix: the DequantizeLinear stays in front of that, and the Gemm is none of quantized data.</summary>
    public bool StandsBehindReshapedConstant => Proto.OpType == "Gemm" && Importer.Patterns.IsOfConstant(Proto.Input[0]) && Input(0).Type.Shape.Rank > 2;

    /// <summary>An operand that must be known when the model is compiled.</summary>
    public Tensor Constant(int i, string what) => Input(i) is { IsConstant: true } value ? value.Constant! : throw Unsupported(MustBeConstant(what));

    private static string MustBeConstant(string what) => $"its {what} is computed at run time; it must be constant";

    /// <summary>The integers of a constant operand. What the node runs on does not matter, and may be found by these.</summary>
    public int[] ConstantInts(int i, string what) => Unrounded(i) switch
    {
        null => throw Malformed($"lacks operand {i}"),
        { IsConstant: true } value => [.. value.Constant!.ToInt64().Select(Narrow)],
        _ => throw Unsupported(MustBeConstant(what)),
    };

    /// <summary>An attribute, or null.</summary>
    public AttributeProto? Attribute(string name) => Proto.Attribute.FirstOrDefault(a => a.Name == name);

    /// <summary>An integer attribute.</summary>
    public int Int(string name, int otherwise) => Attribute(name) is { } a ? Narrow(a.I) : otherwise;

    /// <summary>A real attribute.</summary>
    public float Float(string name, float otherwise) => Attribute(name)?.F ?? otherwise;

    /// <summary>A text attribute.</summary>
    public string Text(string name, string otherwise) => Attribute(name)?.S.ToStringUtf8() ?? otherwise;

    /// <summary>A list of integers, or null.</summary>
    public int[]? Ints(string name) => Attribute(name) is { } a ? [.. a.Ints.Select(Narrow)] : null;

    /// <summary>Axes given as an attribute, in later versions as an operand; null where neither is there.</summary>
    public int[]? Axes(string name, int operand) => Ints(name) ?? (OptionalInput(operand) is null ? null : ConstantInts(operand, name));

    /// <summary>An axis from 0; negative ones count from the end.</summary>
    public int Axis(int axis, int rank)
    {
        int from0 = axis < 0 ? axis + rank : axis;
        return (uint)from0 < (uint)rank ? from0 : throw Malformed($"has axis {axis} for {rank} axes");
    }

    /// <summary>Adds an operator whose result is used inside the node.</summary>
    public Value Emit(Operator op, params Value?[] inputs) => EmitQuantized(op, null, inputs);

    /// <summary>Adds an operator whose result is quantized.</summary>
    public IReadOnlyList<Value> EmitAll(Operator op, params Value?[] inputs) => Importer.Builder.Add(op, inputs, Location, [], null);

    /// <summary>Adds an operator with one quantized result.</summary>
    public Value EmitQuantized(Operator op, Quantization? quantization, params Value?[] inputs) =>
        Importer.Builder.Add(op, inputs, Location, quantization, $"{Proto.Output.FirstOrDefault()}/{op.Mnemonic}");

    /// <summary>Adds an operator that moves elements and keeps the operand's quantization.</summary>
    public Value Move(Operator op, Value data) => EmitQuantized(op, data.Type.Quantization, data);

    /// <summary>Adds a reshape.</summary>
    public Value Reshape(Value data, params ReadOnlySpan<int> extents) => Move(new Reshape(new Shape(extents)), data);

    /// <summary>A constant number.</summary>
    public static Value Scalar<T>(T number) where T : unmanaged => Value.Of("scalar", Tensor.Scalar(number));

    /// <summary>0, 1, 2, ... along one of some axes, 1 long along the others.</summary>
    public static Value Iota(int rank, int axis, int extent)
    {
        if (extent > MostIndices) throw new ArgumentException($"{extent} indices are too many.");
        int[] extents = [.. Enumerable.Repeat(1, rank)];
        extents[axis] = extent;
        return Value.Of("iota", Tensor.Of<long>(new Shape(extents), [.. Enumerable.Range(0, extent).Select(i => (long)i)]));
    }

    /// <summary>A value with one axis and the last one exchanged.</summary>
    public Value Swap(Value value, int axis)
    {
        int[] order = [.. Enumerable.Range(0, value.Type.Shape.Rank)];
        (order[axis], order[^1]) = (order.Length - 1, axis);
        return axis == order.Length - 1 ? value : Channels.Permute(Importer.Builder, value, order, Location);
    }

    /// <summary>Says what a result is.</summary>
    public void Result(Value value, int output = 0)
    {
        if (output < Proto.Output.Count && Proto.Output[output].Length > 0) Importer.Bind(Proto.Output[output], value);
    }

    /// <summary>Says what a result is, where it may be a sequence.</summary>
    public void Result(OnnxOperand operand, int output = 0)
    {
        if (output < Proto.Output.Count && Proto.Output[output].Length > 0) Importer.Bind(Proto.Output[output], operand);
    }

    /// <summary>The elements of an operand as real numbers, where it carries eight-bit ones that a DequantizeLinear made real; null otherwise.</summary>
    public Value? Quantized(int i) => OptionalInput(i) is { } value ? Importer.QuantizedForm(value) : null;

    /// <summary>The file contradicts itself.</summary>
    public ModelException Malformed(string what) => new(DiagnosticCodes.InconsistentModel, $"{Location} {what}.");

    /// <summary>The operator has no such form here.</summary>
    public ModelException Unsupported(string what) => new(DiagnosticCodes.UnsupportedForm, $"{Location}: {what}.");

    private int Narrow(long value) => value is >= int.MinValue and <= int.MaxValue ? (int)value
        // Slices count to the end with the largest 64-bit number.
        : value > 0 ? int.MaxValue : int.MinValue;
}
