using Google.FlatBuffers;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>An operator of a subgraph.</summary>
internal sealed class TfLiteOperator
{
    private readonly Schema.Operator _source;

    internal TfLiteOperator(TfLiteSubgraph subgraph, int index, Schema.Operator source)
    {
        (Subgraph, Index, _source) = (subgraph, index, source);
        var file = subgraph.File;
        var codes = file.OperatorCodes;
        if (source.OpcodeIndex >= codes.Length) throw TfLiteFault.Inconsistent($"Operator {index} of subgraph {subgraph.Index} has operator code {source.OpcodeIndex}, but the file has {codes.Length}.");
        (Code, Name, Version) = codes[source.OpcodeIndex];
        file.Budget.Charge((long)source.InputsLength + source.OutputsLength + source.IntermediatesLength);
        Inputs = Resolve(source.GetInputsArray(), "input");
        Outputs = Resolve(source.GetOutputsArray(), "output");
        Intermediates = Resolve(source.GetIntermediatesArray(), "intermediate");
        CustomOptions = source.LargeCustomOptionsOffset > 1
            ? file.Slice(source.LargeCustomOptionsOffset, source.LargeCustomOptionsSize, $"options of operator {index} of subgraph {subgraph.Index}")
            : source.GetCustomOptionsBytes() ?? ReadOnlyMemory<byte>.Empty;
    }

    /// <summary>The subgraph.</summary>
    public TfLiteSubgraph Subgraph { get; }

    /// <summary>Its place in the subgraph.</summary>
    public int Index { get; }

    /// <summary>What it does; <see cref="Schema.BuiltinOperator.CUSTOM"/> where <see cref="Name"/> says it. May be a number that the enumeration does not know.</summary>
    public Schema.BuiltinOperator Code { get; }

    /// <summary><c>CONV_2D</c>; or the custom operator's name, as <c>TFLite_Detection_PostProcess</c>.</summary>
    public string Name { get; }

    /// <summary>The version of the operator, from 1.</summary>
    public int Version { get; }

    /// <summary>Inputs; null where an optional one is left out. As many as the file has: fewer than the operator needs, or more, is for the importer to find.</summary>
    public IReadOnlyList<TfLiteTensor?> Inputs { get; }

    /// <summary>Outputs; null where one is left out.</summary>
    public IReadOnlyList<TfLiteTensor?> Outputs { get; }

    /// <summary>Tensors that describe computations inside the operator, as an integer LSTM's gates. They hold nothing.</summary>
    public IReadOnlyList<TfLiteTensor?> Intermediates { get; }

    /// <summary>A custom operator's options, in a form of its own (mostly FlexBuffers).</summary>
    public ReadOnlyMemory<byte> CustomOptions { get; }

    /// <summary>Which options the file gives.</summary>
    public Schema.BuiltinOptions OptionsType => _source.BuiltinOptionsType;

    /// <summary>For nodes of the IR and for messages.</summary>
    public SourceLocation Location => new(Outputs.Count > 0 && Outputs[0] is { } output ? output.Name : $"operator_{Index}", $"{Name} v{Version}", Index);

    /// <summary>Whether the file gives options of this type, such as <see cref="Schema.Conv2DOptions"/>.</summary>
    public bool HasOptions<T>() where T : struct, IFlatbufferObject => Given<T>() is not null;

    /// <summary>
    /// The operator's options. Where the file has none, or some of another operator, all of them are at their default, which is mostly 0:
    /// as TFLite sees it. So check what must not be 0, as strides.
    /// </summary>
    public T Options<T>() where T : struct, IFlatbufferObject => Given<T>() ?? OptionsOf<T>.Default;

    /// <summary><c>CONV_2D v3 'MobilenetV2/Conv' (#0)</c></summary>
    public override string ToString() => Location.ToString();

    private TfLiteTensor?[] Resolve(int[]? indices, string role) =>
        Subgraph.Resolve(indices, role, () => $"operator {Index} ({Name}) of subgraph {Subgraph.Index}", optional: true);

    // Newer operators have theirs in a second union.
    private T? Given<T>() where T : struct, IFlatbufferObject =>
        OptionsOf<T>.Type is { } type ? (_source.BuiltinOptionsType == type ? _source.BuiltinOptions<T>() : null)
        : _source.BuiltinOptions2Type == OptionsOf<T>.Type2 ? _source.BuiltinOptions2<T>() : null;

    private static class OptionsOf<T> where T : struct, IFlatbufferObject
    {
        // The union's members have their tables' names, but for those without fields, which share one.
        public static readonly Schema.BuiltinOptions? Type = Enum.TryParse<Schema.BuiltinOptions>(typeof(T).Name, out var type) ? type : null;
        public static readonly Schema.BuiltinOptions2? Type2 = Enum.TryParse<Schema.BuiltinOptions2>(typeof(T).Name, out var type) ? type : null;
        public static readonly T Default = Empty();

        private static T Empty()
        {
            // A field list without fields, and a table that refers to it.
            IFlatbufferObject table = default(T);
            table.__init(4, new ByteBuffer([4, 0, 4, 0, 4, 0, 0, 0]));
            return (T)table;
        }
    }
}
