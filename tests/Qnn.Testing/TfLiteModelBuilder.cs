using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Google.FlatBuffers;
using Qnn.Compiler.Import.TfLite.Metadata.Schema;
using Qnn.Compiler.Import.TfLite.Schema;

namespace Qnn.Testing;

/// <summary>
/// Writes .tflite files in a few lines. Tensors are known by their indices, which every method that makes one returns:
/// <code>
/// var model = new TfLiteModelBuilder();
/// int x = model.Input("x", TensorType.UINT8, [1, 8, 8, 3], TfLiteModelBuilder.Quantized(0.5f, 128));
/// int w = model.Constant("w", weights, [4, 3, 3, 3], TfLiteModelBuilder.Quantized(0.01f, 120));   // byte[]: UINT8
/// int b = model.Constant("b", bias, [4], TfLiteModelBuilder.Quantized(0.005f));                   // int[]: INT32
/// int y = model.Operator(BuiltinOperator.CONV_2D, [x, w, b], "y", TensorType.UINT8, [1, 8, 8, 4], TfLiteModelBuilder.Quantized(1f, 0),
///     new Conv2DOptionsT { StrideW = 1, StrideH = 1 });
/// byte[] file = model.Output(y).Build();
/// </code>
/// What has no method is set on <see cref="Model"/>, the generated object form of the file. Nothing is checked, so that a test
/// can make a model that is wrong. Equal calls make equal bytes.
/// </summary>
internal sealed class TfLiteModelBuilder
{
    private readonly List<(string Name, byte[] Content)> _files = [];
    private readonly List<byte[]> _buffers = [[]];
    private SubGraphT _subgraph;

    /// <summary>Begins a model with an empty main subgraph.</summary>
    public TfLiteModelBuilder(string description = "Qnn.Testing")
    {
        Model = new ModelT { Version = 3, Description = description, OperatorCodes = [], Subgraphs = [], Metadata = [], SignatureDefs = [] };
        Subgraph("main");
    }

    /// <summary>The file in object form, without its buffers.</summary>
    public ModelT Model { get; }

    /// <summary>Real = scale * (q - zero point), for a whole tensor.</summary>
    public static QuantizationParametersT Quantized(float scale, long zeroPoint = 0) => new() { Scale = [scale], ZeroPoint = [zeroPoint] };

    /// <summary>A scale, and a zero point (0 where none are given), for each index of an axis.</summary>
    public static QuantizationParametersT PerChannel(int axis, float[] scales, long[]? zeroPoints = null) =>
        new() { Scale = [.. scales], ZeroPoint = [.. zeroPoints ?? new long[scales.Length]], QuantizedDimension = axis };

    /// <summary>Begins another subgraph; what follows goes into it, and tensor indices begin at 0 again.</summary>
    [MemberNotNull(nameof(_subgraph))]
    public TfLiteModelBuilder Subgraph(string name)
    {
        _subgraph = new SubGraphT { Name = name, Tensors = [], Inputs = [], Outputs = [], Operators = [] };
        Model.Subgraphs.Add(_subgraph);
        return this;
    }

    /// <summary>A tensor that an operator makes.</summary>
    public int Tensor(string name, TensorType type, int[] shape, QuantizationParametersT? quantization = null) => Add(name, type, shape, quantization, 0);

    /// <summary>An input. Extents of -1 are open: 1 in the shape, -1 in the shape signature.</summary>
    public int Input(string name, TensorType type, int[] shape, QuantizationParametersT? quantization = null)
    {
        int index = Add(name, type, [.. shape.Select(e => e < 0 ? 1 : e)], quantization, 0);
        if (shape.Any(e => e < 0)) _subgraph.Tensors[index].ShapeSignature = [.. shape];
        _subgraph.Inputs.Add(index);
        return index;
    }

    /// <summary>A constant whose type follows from its elements: <c>byte[]</c> is UINT8, <c>sbyte[]</c> INT8, <c>int[]</c> INT32, ...</summary>
    public int Constant<T>(string name, T[] elements, int[] shape, QuantizationParametersT? quantization = null) where T : unmanaged =>
        Constant(name, TypeOf<T>(), MemoryMarshal.AsBytes<T>(elements).ToArray(), shape, quantization);

    /// <summary>A constant of any type by its bytes.</summary>
    public int Constant(string name, TensorType type, byte[] bytes, int[] shape, QuantizationParametersT? quantization = null) => Add(name, type, shape, quantization, Buffer(bytes));

    /// <summary>A tensor that keeps its contents between calls; zeros at first.</summary>
    public int Variable(string name, TensorType type, int[] shape, QuantizationParametersT? quantization = null)
    {
        int index = Add(name, type, shape, quantization, 0);
        _subgraph.Tensors[index].IsVariable = true;
        return index;
    }

    /// <summary>An operator with one output, whose index is returned. -1 stands for an input that is left out.</summary>
    /// <param name="code">What it does.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="name">The output's name.</param>
    /// <param name="type">The output's type.</param>
    /// <param name="shape">The output's extents.</param>
    /// <param name="quantization">The output's quantization.</param>
    /// <param name="options">The generated options object, as <see cref="Conv2DOptionsT"/>; none for operators whose options have no fields.</param>
    /// <param name="version">The operator's version.</param>
    public int Operator(BuiltinOperator code, int[] inputs, string name, TensorType type, int[] shape, QuantizationParametersT? quantization = null, object? options = null, int version = 1)
    {
        int output = Tensor(name, type, shape, quantization);
        Operator(code, inputs, [output], options, version);
        return output;
    }

    /// <summary>An operator over tensors that are there. Returned to set what has no parameter.</summary>
    public OperatorT Operator(BuiltinOperator code, int[] inputs, int[] outputs, object? options = null, int version = 1)
    {
        var op = Add(code, null, version, inputs, outputs);
        // Members of the union have the names of the tables, and their objects these names with a T.
        string? table = options?.GetType().Name[..^1];
        if (Enum.TryParse<BuiltinOptions>(table, out var type)) op.BuiltinOptions = new BuiltinOptionsUnion { Type = type, Value = options };
        else if (table is not null) op.BuiltinOptions2 = new BuiltinOptions2Union { Type = Enum.Parse<BuiltinOptions2>(table), Value = options };
        return op;
    }

    /// <summary>A custom operator.</summary>
    public OperatorT CustomOperator(string name, int[] inputs, int[] outputs, byte[]? options = null, int version = 1)
    {
        var op = Add(BuiltinOperator.CUSTOM, name, version, inputs, outputs);
        if (options is not null) op.CustomOptions = [.. options];
        return op;
    }

    /// <summary>Makes tensors outputs, in this order.</summary>
    public TfLiteModelBuilder Output(params int[] tensors)
    {
        _subgraph.Outputs.AddRange(tensors);
        return this;
    }

    /// <summary>Gives the current subgraph a signature: names for its inputs and outputs, in their order.</summary>
    public TfLiteModelBuilder Signature(string key, string[] inputs, string[] outputs)
    {
        List<TensorMapT> Map(List<int> tensors, string[] names) => [.. tensors.Zip(names, (t, n) => new TensorMapT { Name = n, TensorIndex = (uint)t })];
        Model.SignatureDefs.Add(new SignatureDefT
        {
            SignatureKey = key,
            SubgraphIndex = (uint)Model.Subgraphs.IndexOf(_subgraph),
            Inputs = Map(_subgraph.Inputs, inputs),
            Outputs = Map(_subgraph.Outputs, outputs),
        });
        return this;
    }

    /// <summary>A named buffer, as <c>min_runtime_version</c>.</summary>
    public TfLiteModelBuilder NamedBuffer(string name, byte[] bytes)
    {
        Model.Metadata.Add(new MetadataT { Name = name, Buffer = Buffer(bytes) });
        return this;
    }

    /// <summary>TFLite metadata; see also <see cref="Classifier"/>. Its files are added with <see cref="AppendFile"/>.</summary>
    public TfLiteModelBuilder Metadata(ModelMetadataT metadata)
    {
        var builder = new FlatBufferBuilder(1024);
        ModelMetadata.FinishModelMetadataBuffer(builder, ModelMetadata.Pack(builder, metadata));
        return NamedBuffer("TFLITE_METADATA", builder.SizedByteArray());
    }

    /// <summary>The metadata of an image classifier: normalisation of its one input, and the labels of its one output, with their file.</summary>
    public TfLiteModelBuilder Classifier(string name, float[] mean, float[] std, string[] labels, ColorSpaceType colors = ColorSpaceType.RGB)
    {
        var input = new TensorMetadataT
        {
            Name = "image",
            Content = new ContentT { ContentProperties = ContentPropertiesUnion.FromImageProperties(new ImagePropertiesT { ColorSpace = colors }) },
            ProcessUnits = [new ProcessUnitT { Options = ProcessUnitOptionsUnion.FromNormalizationOptions(new NormalizationOptionsT { Mean = [.. mean], Std = [.. std] }) }],
        };
        var output = new TensorMetadataT
        {
            Name = "probability",
            AssociatedFiles = [new AssociatedFileT { Name = "labels.txt", Type = AssociatedFileType.TENSOR_AXIS_LABELS }],
        };
        Metadata(new ModelMetadataT { Name = name, SubgraphMetadata = [new SubGraphMetadataT { InputTensorMetadata = [input], OutputTensorMetadata = [output] }], MinParserVersion = "1.0.0" });
        return AppendFile("labels.txt", Encoding.UTF8.GetBytes(string.Join('\n', labels) + "\n"));
    }

    /// <summary>Puts a file into the zip archive behind the model.</summary>
    public TfLiteModelBuilder AppendFile(string name, byte[] content)
    {
        _files.Add((name, content));
        return this;
    }

    /// <summary>The file's bytes.</summary>
    /// <param name="buffersOutside">Whether buffers stand behind the FlatBuffer, as in files over 2 GB.</param>
    public byte[] Build(bool buffersOutside = false)
    {
        var file = new MemoryStream();
        if (buffersOutside)
        {
            // Every offset takes the same room, so a first attempt tells where the FlatBuffer ends.
            long start = Align(Pack(b => b.Length == 0 ? new BufferT() : new BufferT { Offset = ulong.MaxValue, Size = (ulong)b.Length }).Length);
            long end = start;
            file.Write(Pack(buffer =>
            {
                if (buffer.Length == 0) return new BufferT();
                long offset = end;
                end = Align(end + buffer.Length);
                return new BufferT { Offset = (ulong)offset, Size = (ulong)buffer.Length };
            }));
            foreach (byte[] buffer in _buffers)
            {
                file.SetLength(file.Position = Align(file.Length));
                file.Write(buffer);
            }
        }
        else
        {
            file.Write(Pack(buffer => buffer.Length == 0 ? new BufferT() : new BufferT { Data = [.. buffer] }));
        }
        if (_files.Count > 0)
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
            foreach (var (name, content) in _files)
            {
                var entry = zip.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                using var stream = entry.Open();
                stream.Write(content);
            }
        }
        return file.ToArray();
    }

    private static long Align(long position) => (position + 15) & ~15L;

    private static TensorType TypeOf<T>() where T : unmanaged =>
        typeof(T) == typeof(byte) ? TensorType.UINT8
        : typeof(T) == typeof(sbyte) ? TensorType.INT8
        : typeof(T) == typeof(short) ? TensorType.INT16
        : typeof(T) == typeof(ushort) ? TensorType.UINT16
        : typeof(T) == typeof(int) ? TensorType.INT32
        : typeof(T) == typeof(uint) ? TensorType.UINT32
        : typeof(T) == typeof(long) ? TensorType.INT64
        : typeof(T) == typeof(ulong) ? TensorType.UINT64
        : typeof(T) == typeof(Half) ? TensorType.FLOAT16
        : typeof(T) == typeof(float) ? TensorType.FLOAT32
        : typeof(T) == typeof(double) ? TensorType.FLOAT64
        : typeof(T) == typeof(bool) ? TensorType.BOOL
        : throw new ArgumentException($"{typeof(T)} is not a tensor element type.");

    private byte[] Pack(Func<byte[], BufferT> buffer)
    {
        Model.Buffers = [.. _buffers.Select(buffer)];
        var builder = new FlatBufferBuilder(1024);
        Qnn.Compiler.Import.TfLite.Schema.Model.FinishModelBuffer(builder, Qnn.Compiler.Import.TfLite.Schema.Model.Pack(builder, Model));
        return builder.SizedByteArray();
    }

    private uint Buffer(byte[] bytes)
    {
        _buffers.Add(bytes);
        return (uint)(_buffers.Count - 1);
    }

    private int Add(string name, TensorType type, int[] shape, QuantizationParametersT? quantization, uint buffer)
    {
        _subgraph.Tensors.Add(new TensorT { Name = name, Type = type, Shape = [.. shape], HasRank = true, Quantization = quantization, Buffer = buffer });
        return _subgraph.Tensors.Count - 1;
    }

    private OperatorT Add(BuiltinOperator code, string? customCode, int version, int[] inputs, int[] outputs)
    {
        int index = Model.OperatorCodes.FindIndex(c => c.BuiltinCode == code && c.CustomCode == customCode && c.Version == version);
        if (index < 0)
        {
            index = Model.OperatorCodes.Count;
            Model.OperatorCodes.Add(new OperatorCodeT { BuiltinCode = code, DeprecatedBuiltinCode = (sbyte)Math.Min((int)code, 127), CustomCode = customCode, Version = version });
        }
        var op = new OperatorT { OpcodeIndex = (uint)index, Inputs = [.. inputs], Outputs = [.. outputs] };
        _subgraph.Operators.Add(op);
        return op;
    }
}
