using System.Buffers.Binary;
using System.Numerics;
using Google.FlatBuffers;
using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels;
using Qnn.Runtime.MachineCode;
using CodeTable = Qnn.Runtime.Artifact.Format.MachineCode;

namespace Qnn.Runtime.Artifact;

/// <summary>
/// Reads and verifies an artifact. What it hands out is safe to run: every offset, size, shape and index is inside its bounds,
/// and every kernel's factory has checked its operands against its parameters.
/// </summary>
internal sealed unsafe class ArtifactReader
{
    /// <summary>The schema that this runtime reads. Raised when an old runtime would misread a new artifact.</summary>
    public const uint SchemaVersion = 11;

    private const int SizePrefix = 4;
    private const int MaxTables = 1_000_000;
    // Activations beyond this are taken for a hostile file rather than a model.
    private const long MaxArenaBytes = 16L << 30;

    private readonly ArtifactSource _source;
    private readonly Model _model;
    private readonly byte* _constants;
    private readonly long _constantBytes;
    private readonly CodeTable? _code, _amxCode;

    private ArtifactReader(ArtifactSource source, Model model, bool isAlternative = false)
    {
        _source = source;
        _model = model;
        _constantBytes = Section(model.ConstantsOffset, model.ConstantsBytes, "constants");
        _constants = source.Pointer + (long)model.ConstantsOffset;
        ArenaBytes = Size(model.ArenaBytes, MaxArenaBytes, "arena");
        StateBytes = Size(model.StateBytes, MaxArenaBytes, "state");
        Name = model.Name ?? "";
        Numerics = model.Numerics ?? "";
        SourceHash = Elements<byte>(model.GetSourceHashBytes(), model.SourceHashLength);
        MultiplyAdds = (long)Math.Min(model.MultiplyAdds, long.MaxValue);
        Tensors = ReadTensors();
        RequireTight(Storage.Arena, ArenaBytes, "arena");
        RequireTight(Storage.State, StateBytes, "state");
        (Inputs, InputTensors, int[] inputCounts) = ReadPorts(model.InputsLength, i => model.Inputs(i));
        (Outputs, OutputTensors, OutputCounts) = ReadPorts(model.OutputsLength, i => model.Outputs(i));
        if (Array.Exists(inputCounts, count => count >= 0)) throw new QnnFormatException("An input varies.");
        Labels = ReadLabels();
        ImageInputs = ReadImages();
        (_code, _amxCode) = ReadMachineCode();
        if (isAlternative && model.AlternativesLength > 0) throw new QnnFormatException("An alternative of the model has alternatives itself.");
        Alternatives = new ArtifactReader[model.AlternativesLength];
        for (int i = 0; i < Alternatives.Length; i++) Alternatives[i] = ReadAlternative(i);
    }

    public string Name { get; }
    public string Numerics { get; }
    public byte[] SourceHash { get; }
    public long MultiplyAdds { get; }
    public long ArenaBytes { get; }
    public long StateBytes { get; }
    public TensorInfo[] Tensors { get; }
    public TensorDescription[] Inputs { get; }
    public TensorDescription[] Outputs { get; }
    public int[] InputTensors { get; }
    public int[] OutputTensors { get; }

    /// <summary>For each output the tensor that says how many entries the axis has that varies, or -1.</summary>
    public int[] OutputCounts { get; }

    public string[] Labels { get; }
    public ImageInputDescription[] ImageInputs { get; }

    /// <summary>The same model for other shapes of its inputs.</summary>
    public ArtifactReader[] Alternatives { get; }

    /// <summary>Reads an artifact.</summary>
    /// <exception cref="QnnFormatException">It is damaged, hostile, or of another version.</exception>
    public static ArtifactReader Read(ArtifactSource source)
    {
        long length = source.Length;
        if (length < SizePrefix + 8 + Checksum.Length) throw new QnnFormatException($"The compiled model has {length} bytes, too few for an artifact.");
        var head = new ReadOnlySpan<byte>(source.Pointer, SizePrefix + 8);
        if (!head[8..12].SequenceEqual("QNNC"u8)) throw new QnnFormatException("This is not a compiled model: the identifier QNNC is missing.");
        long programBytes = BinaryPrimitives.ReadUInt32LittleEndian(head) + SizePrefix;
        if (programBytes > length - Checksum.Length) throw new QnnFormatException("The compiled model is truncated.");
        ulong expected = BinaryPrimitives.ReadUInt64LittleEndian(new ReadOnlySpan<byte>(source.Pointer + length - Checksum.Length, Checksum.Length));
        if (Checksum.Compute(source.Pointer, length - Checksum.Length) != expected) throw new QnnFormatException("The compiled model is damaged: its checksum does not fit its contents.");

        try
        {
            var table = new ReadOnlySpan<byte>(source.Pointer + SizePrefix, (int)(programBytes - SizePrefix)).ToArray();
            var verifier = new FlatBufferVerifier(table, MaxTables, checkAlignment: false);
            if (!verifier.VerifyBuffer("QNNC", ModelVerify.Verify)) throw new QnnFormatException($"The compiled model is damaged: {verifier.Fault}.");
            var model = Model.GetRootAsModel(new ByteBuffer(table));
            if (model.SchemaVersion != SchemaVersion)
            {
                throw new QnnFormatException($"The compiled model has schema version {model.SchemaVersion}; this Qnn.Runtime reads version {SchemaVersion}. Rebuild the project with matching versions of Qnn.Sdk and Qnn.Runtime.");
            }
            return new ArtifactReader(source, model);
        }
        catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new QnnFormatException("The compiled model is damaged.", fault);
        }
    }

    /// <summary>Whether the artifact has machine code that this process could run.</summary>
    public bool HasMachineCode => _code is not null;

    /// <summary>Whether some of it uses AMX.</summary>
    public bool HasAmxCode => _amxCode is not null;

    /// <summary>The steps, with nothing of their operands verified.</summary>
    /// <param name="tier">The kernels that they are for.</param>
    public StepInfo[] ReadSteps(KernelTier tier) => ReadSteps(tier, null, null);

    private StepInfo[] ReadSteps(KernelTier tier, ExecutableMemory? code, CodeTable? table)
    {
        var steps = new StepInfo[_model.StepsLength];
        for (int i = 0; i < steps.Length; i++) steps[i] = ReadStep(i, tier, code, table);
        return steps;
    }

    /// <summary>Makes the kernels for one tier.</summary>
    /// <param name="tier">The tier.</param>
    /// <param name="trusted">Whether the artifact's machine code is known to be the compiler's. It is not looked at otherwise.</param>
    /// <exception cref="QnnFormatException">A step does not fit its operands.</exception>
    public Program CreateProgram(KernelTier tier, bool trusted)
    {
        var table = !trusted ? null : tier == KernelTier.Amx ? _amxCode ?? _code : tier == KernelTier.Native ? _code : null;
        var code = MapMachineCode(table);
        // Without code a step has the same kernel on both.
        if (tier == KernelTier.Amx) tier = KernelTier.Native;
        var steps = ReadSteps(tier, code, table);
        var kernels = new Kernel[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            try
            {
                kernels[i] = KernelTable.Create(steps[i]);
            }
            catch (Exception fault) when (fault is ArgumentException or IndexOutOfRangeException or OverflowException or DivideByZeroException)
            {
                throw new QnnFormatException(steps[i].Fault("is inconsistent").Message, fault);
            }
        }
        return new Program { Tensors = Tensors, Steps = steps, Kernels = kernels, ArenaBytes = (nint)ArenaBytes, StateBytes = (nint)StateBytes, MachineCode = code };
    }

    // Whoever holds the model takes its alternatives to differ in shapes only.
    private ArtifactReader ReadAlternative(int index)
    {
        var other = new ArtifactReader(_source, _model.Alternatives(index) ?? throw new QnnFormatException("An alternative of the model is missing."), isAlternative: true);
        bool fits = Enumerable.SequenceEqual(Inputs.Select(Kind), other.Inputs.Select(Kind)) && Enumerable.SequenceEqual(Outputs.Select(Kind), other.Outputs.Select(Kind));
        return fits ? other : throw new QnnFormatException("An alternative of the model has other inputs or outputs.");

        static (string, ElementType) Kind(TensorDescription port) => (port.Name, port.Type);
    }

    private StepInfo ReadStep(int index, KernelTier tier, ExecutableMemory? code, CodeTable? table)
    {
        var step = _model.Steps(index) ?? throw new QnnFormatException($"Step {index} is missing.");
        var inputs = new TensorInfo?[step.InputsLength];
        for (int i = 0; i < inputs.Length; i++) inputs[i] = step.Inputs(i) == -1 ? null : Tensor(step.Inputs(i));
        var outputs = new TensorInfo[step.OutputsLength];
        long outputBytes = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            outputs[i] = Tensor(step.Outputs(i));
            outputBytes += outputs[i].ByteLength;
            if (outputs[i].IsConstant) throw new QnnFormatException($"Step {index} writes to a constant.");
        }
        return new StepInfo
        {
            Index = index,
            OpCode = (OpCode)step.OpCode,
            Name = step.Name ?? "",
            Inputs = inputs,
            Outputs = outputs,
            OutputBytes = outputBytes,
            Parameters = Elements<byte>(step.GetParametersBytes(), step.ParametersLength),
            MultiplyAdds = (long)Math.Min(step.MultiplyAdds, long.MaxValue),
            Tier = tier,
            MachineCode = code is not null && table!.Value.Entries(index) >= 0 ? (byte*)code.Address + table.Value.Entries(index) : null,
        };
    }

    // The elements of a vector, of which FlatBuffers gives the place. Its own arrays are made by generic methods and a table of types, which .NET would compile and load at the first one.
    private static T[] Elements<T>(ArraySegment<byte>? vector, int count) where T : unmanaged
    {
        var elements = new T[count];
        if (count == 0 || vector is not { } at) return elements;
        int bytes = checked(count * sizeof(T));
        fixed (byte* from = at.Array.AsSpan(at.Offset, bytes))
        fixed (T* to = elements) Buffer.MemoryCopy(from, to, bytes, bytes);
        return elements;
    }

    private TensorInfo[] ReadTensors()
    {
        var tensors = new TensorInfo[_model.TensorsLength];
        for (int i = 0; i < tensors.Length; i++)
        {
            var t = _model.Tensors(i) ?? throw new QnnFormatException($"Tensor {i} is missing.");
            var type = (ElementType)t.ElementType;
            if (type.Size() == 0) throw new QnnFormatException($"Tensor {i} has the unknown element type {t.ElementType}.");
            if (t.ShapeLength > Dims.Length) throw new QnnFormatException($"Tensor {i} has rank {t.ShapeLength}.");
            var shape = Elements<int>(t.GetShapeBytes(), t.ShapeLength);
            long count = 1;
            foreach (int extent in shape)
            {
                count *= extent;
                if (extent < 0 || count > int.MaxValue) throw new QnnFormatException($"Tensor {i} has a bad shape.");
            }
            long bytes = count * type.Size();
            if (bytes > int.MaxValue || (long)Math.Min(t.ByteLength, long.MaxValue) != bytes) throw new QnnFormatException($"Tensor {i} has {t.ByteLength} bytes, its shape takes {bytes}.");
            long room = t.Storage switch
            {
                Storage.Arena => ArenaBytes,
                Storage.Constant => _constantBytes,
                Storage.State => StateBytes,
                _ => throw new QnnFormatException($"Tensor {i} is stored nowhere."),
            };
            if (t.Offset > (ulong)room || bytes > room - (long)t.Offset) throw new QnnFormatException($"Tensor {i} lies outside its section.");

            var quantization = t.Quantization;
            var scales = Elements<float>(quantization?.GetScalesBytes(), quantization?.ScalesLength ?? 0);
            var zeroPoints = Elements<int>(quantization?.GetZeroPointsBytes(), quantization?.ZeroPointsLength ?? 0);
            int axis = quantization?.Axis ?? -1;
            bool perTensor = axis == -1 && scales.Length <= 1;
            if (scales.Length != zeroPoints.Length || !(perTensor || axis >= 0 && axis < shape.Length && shape[axis] == scales.Length)) throw new QnnFormatException($"Tensor {i} has a bad quantization.");
            tensors[i] = new TensorInfo
            {
                Index = i,
                Name = t.Name ?? "",
                Type = type,
                Shape = shape,
                Count = (int)count,
                Storage = t.Storage,
                Offset = (nint)t.Offset,
                Scales = scales,
                ZeroPoints = zeroPoints,
                Axis = axis,
                Constant = t.Storage == Storage.Constant ? _constants + (long)t.Offset : null,
                Initial = t.Storage == Storage.State && t.Initial >= 0 ? InitialOf(t.Initial) : null,
            };
        }
        return tensors;

        // The writer puts a variable's first contents before the variable.
        TensorInfo InitialOf(int initial) => initial < tensors.Length && tensors[initial] is { IsConstant: true } constant ? constant : throw new QnnFormatException("A variable starts with a tensor that is not a constant before it.");
    }

    private (TensorDescription[], int[] Tensors, int[] Counts) ReadPorts(int count, Func<int, Port?> get)
    {
        var descriptions = new TensorDescription[count];
        var tensors = new int[count];
        var counts = new int[count];
        for (int i = 0; i < count; i++)
        {
            var port = get(i) ?? throw new QnnFormatException("An input or output is missing.");
            var tensor = Tensor(port.Tensor);
            if (tensor.IsConstant) throw new QnnFormatException("An input or output is a constant.");
            tensors[i] = port.Tensor;
            descriptions[i] = new TensorDescription(port.Name ?? "", tensor.Type, tensor.Shape, tensor.Axis < 0 ? tensor.Scale : 0, tensor.Axis < 0 ? tensor.ZeroPoint : 0, port.Description ?? "") { VaryingAxis = port.VaryingAxis };
            counts[i] = port.Count;
            bool varies = port.Count >= 0 && Tensor(port.Count) is { Type: ElementType.S64, Count: 1, IsConstant: false } && (uint)port.VaryingAxis < (uint)tensor.Rank;
            if (!varies && (port.Count != -1 || port.VaryingAxis != -1)) throw new QnnFormatException("An output varies in no way that is known.");
        }
        return (descriptions, tensors, counts);
    }

    private string[] ReadLabels()
    {
        var labels = new string[_model.LabelsLength];
        for (int i = 0; i < labels.Length; i++) labels[i] = _model.Labels(i) ?? "";
        return labels;
    }

    private ImageInputDescription[] ReadImages()
    {
        var images = new ImageInputDescription[_model.ImagesLength];
        for (int i = 0; i < images.Length; i++)
        {
            var image = _model.Images(i) ?? throw new QnnFormatException("An image description is missing.");
            if (image.Input < 0 || image.Input >= Inputs.Length) throw new QnnFormatException("An image description names no input.");
            images[i] = new ImageInputDescription(image.Input, Elements<float>(image.GetMeanBytes(), image.MeanLength), Elements<float>(image.GetStdBytes(), image.StdLength), image.ColorOrder, image.Resize);
        }
        return images;
    }

    // The code that this process can run, without and with AMX. All of it is checked, used or not.
    private (CodeTable? Code, CodeTable? AmxCode) ReadMachineCode()
    {
        CodeTable? plain = null, amx = null;
        for (int i = 0; i < _model.MachineCodeLength; i++)
        {
            var code = _model.MachineCode(i) ?? throw new QnnFormatException("Machine code is missing.");
            long bytes = Section(code.CodeOffset, code.CodeBytes, "machine code");
            if (bytes > int.MaxValue || code.EntriesLength != _model.StepsLength) throw new QnnFormatException("The machine code does not fit the program.");
            for (int step = 0; step < code.EntriesLength; step++)
            {
                if (code.Entries(step) < -1 || code.Entries(step) >= bytes) throw new QnnFormatException("The machine code has a bad entry.");
            }
            if (((CpuFeatures)code.Features & ~CpuDetection.Features) != 0) continue;
            if (((CpuFeatures)code.Features & CpuFeatures.AmxInt8) != 0) amx = code;
            else plain = code;
        }
        return (plain, amx);
    }

    private ExecutableMemory? MapMachineCode(CodeTable? table)
    {
        if (table is not { } code) return null;
        try
        {
            MachineFunction.Prepare();
            return new ExecutableMemory(new ReadOnlySpan<byte>(_source.Pointer + (long)code.CodeOffset, (int)code.CodeBytes));
        }
        catch (InvalidOperationException)
        {
            // A hardened system gives no executable memory: the answers are the same without.
            return null;
        }
    }

    private TensorInfo Tensor(int index) =>
        (uint)index < (uint)Tensors.Length ? Tensors[index] : throw new QnnFormatException($"Tensor {index} does not exist.");

    private long Section(ulong offset, ulong bytes, string name)
    {
        ulong room = (ulong)(_source.Length - Checksum.Length);
        if (offset > room || bytes > room - offset) throw new QnnFormatException($"The {name} section lies outside the file.");
        return (long)bytes;
    }

    // Memory that no tensor uses would only be there to exhaust the machine's.
    private void RequireTight(Storage storage, long bytes, string name)
    {
        long used = 0;
        foreach (var tensor in Tensors)
        {
            if (tensor.Storage == storage) used = Math.Max(used, (long)tensor.Offset + tensor.ByteLength);
        }
        if (bytes > used + 63) throw new QnnFormatException($"The {name} has {bytes} bytes, of which tensors use {used}.");
    }

    private static long Size(ulong bytes, long limit, string name) =>
        bytes <= (ulong)limit ? (long)bytes : throw new QnnFormatException($"The {name} of {bytes} bytes is over the limit.");
}
