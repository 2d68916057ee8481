using Google.FlatBuffers;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Compiler.Ir;
using Qnn.Runtime;
using Operator = Qnn.Compiler.Ir.Operator;
using Tensor = Qnn.Compiler.Ir.Tensor;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>One operator of the file while it is imported: its operands as values of the graph, its options, and the means to emit what it becomes.</summary>
internal sealed class TfLiteNode
{
    private readonly TfLiteImporter _importer;

    internal TfLiteNode(TfLiteImporter importer, TfLiteOperator source, IReadOnlyList<Value?> inputs) => (_importer, Source, Inputs, Location) = (importer, source, inputs, source.Location);

    /// <summary>The operator as it stands in the file.</summary>
    public TfLiteOperator Source { get; }

    /// <summary>Where the node stands.</summary>
    public SourceLocation Location { get; }

    /// <summary>What it does.</summary>
    public BuiltinOperator Code => Source.Code;

    /// <summary>The operator's version in the file.</summary>
    public int Version => Source.Version;

    /// <summary>The name of the first output, which names the node.</summary>
    public string Name => Location.Node;

    /// <summary>The kernel set whose answers to match.</summary>
    public TfLiteNumerics Numerics => _importer.Numerics;

    /// <summary>The graph in the making.</summary>
    public GraphBuilder Builder => _importer.Builder;

    /// <summary>The resource variables that the operators so far know.</summary>
    public TfLiteResources Resources => _importer.Resources;

    /// <summary>Operands; null where the file leaves one out.</summary>
    public IReadOnlyList<Value?> Inputs { get; }

    /// <summary>How many outputs the node has.</summary>
    public int OutputCount => Source.Outputs.Count;

    /// <summary>The operand at a place, which must be there.</summary>
    public Value Input(int index) => OptionalInput(index) ?? throw Malformed($"lacks input {index}");

    /// <summary>The operand at a place, or null.</summary>
    public Value? OptionalInput(int index) => index < Inputs.Count ? Inputs[index] : null;

    /// <summary>The contents of an operand that must be known at compile time.</summary>
    /// <param name="index">The operand's place.</param>
    /// <param name="what">What it is, for the error: "the axis".</param>
    public Tensor Constant(int index, string what) =>
        Input(index) is { IsConstant: true } value ? value.Constant! : throw Unsupported($"{what} is computed at run time; it must be a constant");

    /// <summary>An output as the file states it. Its shape is what the converter knew; its element type and quantization hold.</summary>
    public TfLiteTensor Output(int index = 0) =>
        index < Source.Outputs.Count && Source.Outputs[index] is { } tensor ? tensor : throw Malformed($"lacks output {index}");

    /// <summary>An output's element type.</summary>
    public ElementType OutputElement(int index = 0) =>
        Output(index).Element ?? throw Unsupported($"its result has element type {Output(index).Type}");

    /// <summary>An output's quantization; null where it has none.</summary>
    public Quantization? OutputQuantization(int index = 0) => Output(index).IrQuantization;

    /// <summary>The options table; all at their defaults where the file has none.</summary>
    public T Options<T>() where T : struct, IFlatbufferObject => Source.Options<T>();

    /// <summary>Adds an operator whose result is used inside this node only.</summary>
    public Value Emit(Operator op, params IReadOnlyList<Value?> inputs) => EmitQuantized(op, null, inputs);

    /// <summary>Adds an operator whose result, used inside this node only, is quantized.</summary>
    public Value EmitQuantized(Operator op, Quantization? quantization, params IReadOnlyList<Value?> inputs) =>
        Guarded(() => Builder.Add(op, inputs, Location, quantization, $"{Name}:{op.Mnemonic}"));

    /// <summary>Adds an operator whose several results are used inside this node only.</summary>
    public IReadOnlyList<Value> EmitSeveral(Operator op, params IReadOnlyList<Value?> inputs) => Guarded(() => Builder.Add(op, inputs, Location, []));

    /// <summary>Adds an operator with one result, which takes output 0's quantization and name, and binds it.</summary>
    public Value EmitResult(Operator op, params IReadOnlyList<Value?> inputs) => EmitResultAt(0, op, inputs);

    /// <summary>Adds an operator with one result, which takes an output's quantization and name, and binds it to that output.</summary>
    public Value EmitResultAt(int index, Operator op, params IReadOnlyList<Value?> inputs)
    {
        // The entries that are there, an output of the graph perhaps, take the name at last.
        string name = inputs.Any(i => i is not null && Builder.VaryingOf(i).Count > 0) ? $"{Output(index).Name}:bounded" : Output(index).Name;
        var result = Guarded(() => Builder.Add(op, inputs, Location, OutputQuantization(index), name));
        if (result.Type.Element != OutputElement(index)) throw Malformed($"makes {result.Type}, but its output is {OutputElement(index).Name()}");
        CheckScales(result);
        Bind(index, result);
        return result;
    }

    /// <summary>Adds an operator with several results, which take the outputs' quantizations and names, and binds them in order.</summary>
    public void EmitResults(Operator op, params IReadOnlyList<Value?> inputs)
    {
        var quantizations = Enumerable.Range(0, OutputCount).Select(i => OutputQuantization(i)).ToArray();
        var names = Enumerable.Range(0, OutputCount).Select(i => Output(i).Name).ToArray();
        var results = Guarded(() => Builder.Add(op, inputs, Location, quantizations, names));
        for (int i = 0; i < Math.Min(results.Count, OutputCount); i++)
        {
            CheckScales(results[i]);
            Bind(i, results[i]);
        }
    }

    /// <summary>A constant of the importer's making.</summary>
    public Value AddConstant(string suffix, Tensor tensor) => Value.Of($"{Name}/{suffix}", tensor);

    /// <summary>Makes a value the node's output.</summary>
    public void Bind(int index, Value value) => _importer.Bind(Output(index), value);

    /// <summary>Makes a value the node's output, with the quantization that the output states.</summary>
    public void BindAsStated(int index, Value value) => Bind(index, TfLiteImporter.AsStated(this, value, Output(index)));

    /// <summary>Imports a subgraph in the place of this node, and returns its outputs.</summary>
    public IReadOnlyList<Value> Call(int subgraph, IReadOnlyList<Value> arguments) => _importer.Call(this, subgraph, arguments);

    /// <summary>The exception for an operator that is known, but not in this form.</summary>
    public ModelException Unsupported(string why) => new(DiagnosticCodes.UnsupportedForm, $"{Location}: {why}.");

    /// <summary>The exception for a node that contradicts itself.</summary>
    public ModelException Malformed(string what) => new(DiagnosticCodes.InconsistentModel, $"{Location} {what}.");

    private void CheckScales(Value result)
    {
        if (result.Type.Quantization is { IsPerChannel: true } q && (q.Axis >= result.Type.Shape.Rank || result.Type.Shape[q.Axis] != q.Scales.Length)) throw Malformed($"makes {result.Type}, whose output has {q.Scales.Length} scales along axis {q.Axis}");
    }

    private T Guarded<T>(Func<T> add)
    {
        try
        {
            return add();
        }
        catch (TypeException fault)
        {
            throw Unsupported(fault.Message.TrimEnd('.'));
        }
        catch (VaryingException fault)
        {
            throw Unsupported(fault.Message.TrimEnd('.'));
        }
        catch (ArgumentException fault)
        {
            throw Malformed($"is malformed: {fault.Message.TrimEnd('.')}");
        }
    }
}
