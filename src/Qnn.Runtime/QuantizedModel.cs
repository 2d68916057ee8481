using System.Diagnostics;
using System.Reflection;
using System.Security.Cryptography;
using Qnn.Runtime.Artifact;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime;

/// <summary>
/// A compiled model (.qnnc), verified and ready to run. Immutable and safe to share between threads; each caller runs it through a session of its own.
/// The artifact is read in place: its weights are not copied.
/// </summary>
public sealed unsafe class QuantizedModel : IDisposable
{
    private readonly ArtifactSource _source;
    private readonly ArtifactReader _reader;

    // The first of the shape sets; null for itself.
    private readonly QuantizedModel? _first;
    private readonly Program?[] _programs = new Program?[KernelTiers.Count];
    private readonly Lock _programsLock = new();

    // Of the first shape set: this and its sessions. Who is the last frees the memory that all of them read.
    private int _users = 1;
    private int _disposed;

    // Whether machine code may run: the artifact is one that this process compiled, or that the caller knows by its hash.
    private readonly Lazy<bool> _trusted;

    private QuantizedModel(ArtifactSource source, Func<bool>? trusted = null)
    {
        _source = source;
        _trusted = new(trusted ?? (() => false));
        try
        {
            _reader = ArtifactReader.Read(source);
        }
        catch
        {
            source.Dispose();
            throw;
        }
        var sets = new QuantizedModel[1 + _reader.Alternatives.Length];
        sets[0] = this;
        for (int i = 1; i < sets.Length; i++) sets[i] = new QuantizedModel(this, _reader.Alternatives[i - 1]);
        ShapeSets = sets;
    }

    private QuantizedModel(QuantizedModel first, ArtifactReader reader)
    {
        (_source, _trusted, _reader) = (first._source, first._trusted, reader);
        _first = first;
        ShapeSets = [];
    }

    /// <summary>The model's name: its source file's name without extension.</summary>
    public string Name => _reader.Name;

    /// <summary>The rounding rules it was compiled for, as the framework's kernel set: <c>tflite/builtin</c>.</summary>
    public string Numerics => _reader.Numerics;

    /// <summary>SHA-256 of the source model.</summary>
    public ReadOnlyMemory<byte> SourceHash => _reader.SourceHash;

    /// <summary>Inputs, in the source model's order.</summary>
    public IReadOnlyList<TensorDescription> Inputs => _reader.Inputs;

    /// <summary>Outputs, in the source model's order.</summary>
    public IReadOnlyList<TensorDescription> Outputs => _reader.Outputs;

    /// <summary>Class names, in the order of the output's elements; empty when the model has none.</summary>
    public IReadOnlyList<string> Labels => _reader.Labels;

    /// <summary>How images become inputs; empty when no input takes an image.</summary>
    public IReadOnlyList<ImageInputDescription> ImageInputs => _reader.ImageInputs;

    /// <summary>
    /// The model for each set of input shapes that it was compiled for, in the order of <c>InputShapes</c>; a single one, this, where it was compiled for one.
    /// They share the artifact and its weights, and live as long as the first of them.
    /// </summary>
    public IReadOnlyList<QuantizedModel> ShapeSets => _first?.ShapeSets ?? field;

    /// <summary>The one of <see cref="ShapeSets"/> whose inputs have as many elements, or null.</summary>
    /// <param name="lengths">The elements of each input.</param>
    public QuantizedModel? FindShapeSet(params ReadOnlySpan<int> lengths)
    {
        var sets = ShapeSets;
        for (int i = 0; i < sets.Count; i++)
        {
            if (sets[i].Takes(lengths)) return sets[i];
        }
        return null;
    }

    /// <summary>Multiply-adds of one call.</summary>
    public long MultiplyAdds => _reader.MultiplyAdds;

    /// <summary>Bytes that a session holds for activations, scratch memory not counted.</summary>
    public long ArenaBytes => _reader.ArenaBytes;

    /// <summary>Bytes that a session holds for variable tensors.</summary>
    public long StateBytes => _reader.StateBytes;

    /// <summary>Bytes of the artifact.</summary>
    public long ArtifactBytes => _source.Length;

    /// <summary>Loads an artifact from a file, which stays mapped until the model is disposed.</summary>
    /// <exception cref="QnnFormatException">The file is not a sound artifact.</exception>
    public static QuantizedModel Load(string path) => new(ArtifactSource.MapFile(path));

    /// <summary>Loads an artifact from memory, which is pinned and must not change while the model lives.</summary>
    /// <exception cref="QnnFormatException">The bytes are not a sound artifact.</exception>
    public static QuantizedModel Load(ReadOnlyMemory<byte> artifact) => new(ArtifactSource.Pin(artifact));

    /// <summary>Loads an artifact that is a resource of an assembly, in place. Its machine code may run: a resource is as trustworthy as the code of its assembly.</summary>
    /// <exception cref="QnnFormatException">The resource is missing or not a sound artifact.</exception>
    public static QuantizedModel LoadResource(Assembly assembly, string resourceName)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new(ArtifactSource.Resource(assembly, resourceName), () => true);
    }

    /// <summary>
    /// Loads an artifact from a file, which stays mapped until the model is disposed. Its machine code runs if the artifact has the given hash; otherwise, as without a hash,
    /// the model runs on kernels of the runtime, with the same answers.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="sha256">The SHA-256 of the artifact as it was compiled, in hexadecimal.</param>
    /// <exception cref="QnnFormatException">The file is not a sound artifact.</exception>
    public static QuantizedModel Load(string path, string sha256) => Known(ArtifactSource.MapFile(path), sha256);

    /// <summary>Loads an artifact that this process has compiled, from memory: its machine code may run.</summary>
    internal static QuantizedModel LoadTrusted(ReadOnlyMemory<byte> artifact) => new(ArtifactSource.Pin(artifact), () => true);

    private static QuantizedModel Known(ArtifactSource source, string sha256)
    {
        ArgumentNullException.ThrowIfNull(sha256);
        return new(source, () => Convert.ToHexString(SHA256.HashData(new ReadOnlySpan<byte>(source.Pointer, checked((int)source.Length)))).Equals(sha256, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Makes a session: the memory for one call at a time.</summary>
    /// <param name="options">Threads and kernels; null for the defaults.</param>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="PlatformNotSupportedException">The kernels that the options name cannot run on this CPU.</exception>
    public InferenceSession CreateSession(InferenceOptions? options = null)
    {
        Hold();
        try
        {
            return CreateHeld(options ?? InferenceOptions.Default);
        }
        catch
        {
            Release();
            throw;
        }
    }

    private InferenceSession CreateHeld(InferenceOptions options)
    {
        var tier = KernelTiers.Resolve(options.Kernels);
        if (options.Kernels == KernelTier.Auto)
        {
            // What the artifact has no code for is not what runs.
            if (tier == KernelTier.Amx && !RunsAmxCode) tier = KernelTier.Native;
            if (tier == KernelTier.Native && !RunsMachineCode) tier = KernelTiers.WithoutMachineCode;
        }
        return new InferenceSession(this, GetProgram(tier), tier, options);
    }

    /// <summary>Times calls on zero inputs, as TVM's <c>time_evaluator</c>.</summary>
    /// <param name="warmup">Calls before the first measurement.</param>
    /// <param name="number">Calls averaged into one measurement.</param>
    /// <param name="repeat">Measurements.</param>
    /// <param name="options">Threads and kernels.</param>
    public Measurement Measure(int warmup = 10, int number = 1, int repeat = 50, InferenceOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(warmup);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repeat);
        using var session = CreateSession(options);
        for (int i = 0; i < warmup; i++) session.Run();
        var milliseconds = new double[repeat];
        for (int r = 0; r < repeat; r++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < number; i++) session.Run();
            milliseconds[r] = Stopwatch.GetElapsedTime(start).TotalMilliseconds / number;
        }
        return new Measurement(milliseconds);
    }

    /// <summary>
    /// Releases the artifact's memory, if this is the first of its <see cref="ShapeSets"/>, once its last session is disposed.
    /// The model of a typed class stays, as the class does: a container that disposes it does no harm.
    /// </summary>
    public void Dispose()
    {
        if (_first is null && !BelongsToClass && Interlocked.Exchange(ref _disposed, 1) == 0) Release();
    }

    /// <summary>Whether it is a typed class's, and lives as long as the process.</summary>
    internal bool BelongsToClass { get; set; }

    /// <summary>A session is done with the model.</summary>
    internal void Release()
    {
        var owner = _first ?? this;
        if (Interlocked.Decrement(ref owner._users) > 0) return;
        foreach (var set in owner.ShapeSets)
        {
            foreach (var program in set._programs) program?.MachineCode?.Dispose();
        }
        owner._source.Dispose();
    }

    private void Hold()
    {
        var owner = _first ?? this;
        Interlocked.Increment(ref owner._users);
        if (Volatile.Read(ref owner._disposed) == 0) return;
        Release();
        throw new ObjectDisposedException(nameof(QuantizedModel), $"The model '{Name}' was disposed.");
    }

    /// <summary><c>mobilenet_v2 (tflite/builtin)</c></summary>
    public override string ToString() => $"{Name} ({Numerics})";

    /// <summary>Whether <see cref="KernelTier.Native"/> runs machine code of the artifact.</summary>
    internal bool RunsMachineCode => _reader.HasMachineCode && _trusted.Value;

    /// <summary>Whether <see cref="KernelTier.Amx"/> runs machine code of its own.</summary>
    internal bool RunsAmxCode => _reader.HasAmxCode && _trusted.Value;

    /// <summary>Whether variable tensors keep something from one call of a session to the next.</summary>
    internal bool HasState => _reader.StateBytes > 0;

    internal int[] InputTensors => _reader.InputTensors;
    internal int[] OutputTensors => _reader.OutputTensors;
    internal int[] OutputCounts => _reader.OutputCounts;

    private bool Takes(ReadOnlySpan<int> lengths)
    {
        var inputs = _reader.Inputs;
        if (lengths.Length != inputs.Length) return false;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Count != lengths[i]) return false;
        }
        return true;
    }

    /// <summary>Makes the kernels of all steps, which reject numbers that they cannot run with.</summary>
    /// <exception cref="QnnFormatException">One does.</exception>
    internal void Verify() => GetProgram(KernelTier.Scalar);

    private Program GetProgram(KernelTier tier)
    {
        lock (_programsLock) return _programs[(int)tier] ??= _reader.CreateProgram(tier, tier is KernelTier.Native or KernelTier.Amx && RunsMachineCode);
    }
}
