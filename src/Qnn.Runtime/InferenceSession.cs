using System.Diagnostics;
using System.Runtime.InteropServices;
using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime;

/// <summary>
/// The memory of one caller: activations, variable tensors and scratch. For one thread at a time; make one for each.
/// <see cref="Run"/> allocates nothing. Spans of inputs and outputs are valid until the session is disposed.
/// </summary>
public sealed unsafe class InferenceSession : IDisposable
{
    private const nuint Alignment = 64;

    private readonly Program _program;
    private readonly int _threads;
    private readonly ParallelPlan? _plan;
    private readonly ThreadSharing? _sharing;
    private readonly long[]? _stepTicks;
    private readonly nint _scratchStride;
    private byte* _memory;
    private byte* _state;
    private byte* _scratch;
    private byte** _tensors;
    private long _runs;

    // Idle, or Running, or Disposed, or both: then the run's end frees the memory.
    private int _use;
    private const int Idle = 0, Running = 1, Disposed = 2;

    internal InferenceSession(QuantizedModel model, Program program, KernelTier tier, InferenceOptions options)
    {
        Model = model;
        Kernels = tier;
        _program = program;
        _threads = options.ResolveThreads();
        if (options.Profile) _stepTicks = new long[program.Steps.Length];

        nint scratch = 0;
        foreach (var kernel in program.Kernels) scratch = Math.Max(scratch, kernel.ScratchBytes);
        _scratchStride = Align(scratch);
        nint arena = Align(program.ArenaBytes), state = Align(program.StateBytes);
        nint total = checked(arena + state + _scratchStride * _threads) + 64;
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)total, Alignment);
        NativeMemory.Clear(_memory, (nuint)(arena + state));
        _state = _memory + arena;
        _scratch = _state + state;
        _tensors = (byte**)NativeMemory.Alloc((nuint)program.Tensors.Length, (nuint)sizeof(byte*));
        foreach (var tensor in program.Tensors)
        {
            _tensors[tensor.Index] = tensor.Storage switch
            {
                Storage.Constant => tensor.Constant,
                Storage.State => _state + tensor.Offset,
                _ => _memory + tensor.Offset,
            };
        }
        ResetState();
        // More threads than processors would wait for each other.
        int lanes = options.SplitsAll ? _threads : Math.Min(_threads, Environment.ProcessorCount);
        if (lanes > 1 && !options.SplitsAll)
        {
            _sharing = new ThreadSharing(Enumerable.Range(0, program.Steps.Length).Sum(program.Work), lanes);
            lanes = _sharing.Lanes;
        }
        if (lanes > 1) _plan = new ParallelPlan(program, _tensors, lanes, options.SplitsAll, _scratch, _scratchStride);
    }

    /// <summary>The model that this session runs.</summary>
    public QuantizedModel Model { get; }

    /// <summary>The kernels in use.</summary>
    public KernelTier Kernels { get; }

    /// <summary>The threads that work on a call.</summary>
    public int Threads => _threads;

    /// <summary>The bytes of an input, in the model's own element type, row-major. Write it, then <see cref="Run"/>. It keeps its contents.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such input.</exception>
    public Span<byte> Input(int index)
    {
        CheckIndex(index, Model.InputTensors.Length, "input(s)");
        var tensor = Tensor(Model.InputTensors[index]);
        return new Span<byte>(_tensors[tensor.Index], (int)tensor.ByteLength);
    }

    /// <summary>An input's elements; <typeparamref name="T"/> must be its element type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such input.</exception>
    /// <exception cref="ArgumentException">The input's elements are of another type.</exception>
    public Span<T> Input<T>(int index) where T : unmanaged
    {
        CheckIndex(index, Model.InputTensors.Length, "input(s)");
        CheckType<T>(Model.Inputs[index]);
        return MemoryMarshal.Cast<byte, T>(Input(index));
    }

    /// <summary>The bytes of an output of the last <see cref="Run"/>, valid until the next one. Where an axis of it varies, they end with the entries of that call.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such output.</exception>
    public ReadOnlySpan<byte> Output(int index)
    {
        CheckIndex(index, Model.OutputTensors.Length, "output(s)");
        var tensor = Tensor(Model.OutputTensors[index]);
        int axis = Model.Outputs[index].VaryingAxis;
        nint bytes = axis < 0 || tensor.Count == 0 ? tensor.ByteLength : tensor.ByteLength / tensor.Shape[axis] * Entries(index);
        return new ReadOnlySpan<byte>(_tensors[tensor.Index], (int)bytes);
    }

    /// <summary>The extents of an output of the last <see cref="Run"/>: those that the model states, but for an axis that varies.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such output.</exception>
    public IReadOnlyList<int> OutputShape(int index)
    {
        CheckIndex(index, Model.OutputTensors.Length, "output(s)");
        return Model.Outputs[index].VaryingAxis < 0 ? Model.Outputs[index].Shape : Model.Outputs[index].ShapeOf(Entries(index));
    }

    /// <summary>How many entries the axis of an output that varies has in the last run; -1 where none varies.</summary>
    internal int Entries(int index)
    {
        int axis = Model.Outputs[index].VaryingAxis;
        return axis < 0 ? -1 : (int)Math.Clamp(*(long*)_tensors[Tensor(Model.OutputCounts[index]).Index], 0, Model.Outputs[index].Shape[axis]);
    }

    /// <summary>An output's elements; <typeparamref name="T"/> must be its element type.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such output.</exception>
    /// <exception cref="ArgumentException">The output's elements are of another type.</exception>
    public ReadOnlySpan<T> Output<T>(int index) where T : unmanaged
    {
        CheckIndex(index, Model.OutputTensors.Length, "output(s)");
        CheckType<T>(Model.Outputs[index]);
        return MemoryMarshal.Cast<byte, T>(Output(index));
    }

    /// <summary>Runs the model on the inputs as they stand.</summary>
    /// <exception cref="ObjectDisposedException">The session was disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread runs it at this moment.</exception>
    public void Run()
    {
        int use = Interlocked.CompareExchange(ref _use, Running, Idle);
        if (use != Idle) throw NotIdle(use);
        try
        {
            var pool = WorkerPool.Shared;
            bool isShared = _plan is not null && _sharing?.SharesNext() != false && pool.TryEnter(_plan), wasHelped = false;
            if (!isShared)
            {
                RunAlone();
            }
            else
            {
                try
                {
                    RunTogether(pool, _plan!);
                    wasHelped = pool.WasHelped;
                }
                finally
                {
                    pool.Exit();
                }
            }
            _sharing?.End(isShared, wasHelped);
            _runs++;
        }
        finally
        {
            if (Interlocked.CompareExchange(ref _use, Idle, Running) != Running)
            {
                _use = Disposed;
                Free();
            }
        }
    }

    private Exception NotIdle(int use) => (use & Disposed) != 0
        ? new ObjectDisposedException(nameof(InferenceSession))
        : new InvalidOperationException($"Two threads run one session of '{Model.Name}'. Make a session for each thread, or call the static Predict of the model's class, which any number of threads may.");

    private void RunAlone()
    {
        var context = new KernelContext(_tensors);
        var kernels = _program.Kernels;
        for (int i = 0; i < kernels.Length; i++)
        {
            long start = _stepTicks is null ? 0 : Stopwatch.GetTimestamp();
            var kernel = kernels[i];
            kernel.Run(context, 0, kernel.WorkItems, _scratch);
            if (_stepTicks is not null) _stepTicks[i] += Stopwatch.GetTimestamp() - start;
        }
    }

    // Steps are timed one by one, and not overlapped then.
    private void RunTogether(WorkerPool pool, ParallelPlan plan)
    {
        if (_stepTicks is null)
        {
            pool.Run(plan, 0, plan.Steps);
            return;
        }
        for (int i = 0; i < plan.Steps; i++)
        {
            long start = Stopwatch.GetTimestamp();
            pool.Run(plan, i, i + 1);
            _stepTicks[i] += Stopwatch.GetTimestamp() - start;
        }
    }

    /// <summary>Sets variable tensors (recurrent state) back to their first values.</summary>
    public void ResetState()
    {
        ObjectDisposedException.ThrowIf(_tensors == null, this);
        foreach (var tensor in _program.Tensors)
        {
            if (tensor.Storage != Storage.State) continue;
            var bytes = new Span<byte>(_tensors[tensor.Index], (int)tensor.ByteLength);
            if (tensor.Initial is { } initial) new ReadOnlySpan<byte>(initial.Constant, bytes.Length).CopyTo(bytes);
            else if (tensor.Type is ElementType.S8 or ElementType.U8) bytes.Fill((byte)tensor.ZeroPoint);
            else bytes.Clear();
        }
    }

    /// <summary>The mean time of each step over all runs since the first, or since <see cref="ResetProfile"/>. Empty unless <see cref="InferenceOptions.Profile"/> was set.</summary>
    public IReadOnlyList<StepProfile> Profile()
    {
        if (_stepTicks is null) return [];
        var profile = new StepProfile[_stepTicks.Length];
        for (int i = 0; i < profile.Length; i++)
        {
            var step = _program.Steps[i];
            double milliseconds = _runs == 0 ? 0 : _stepTicks[i] * 1000.0 / Stopwatch.Frequency / _runs;
            profile[i] = new StepProfile(step.OpCode.ToString(), step.Name, _program.Kernels[i].Name, step.MultiplyAdds, milliseconds);
        }
        return profile;
    }

    /// <summary>Forgets the times of the runs so far, as after those that warm up.</summary>
    public void ResetProfile()
    {
        if (_stepTicks is null) return;
        Array.Clear(_stepTicks);
        _runs = 0;
    }

    /// <summary>Frees the session's memory; where another thread runs it, at the end of that run.</summary>
    public void Dispose()
    {
        if (Interlocked.Or(ref _use, Disposed) == Idle) Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the memory of a session that was not disposed. It cannot tell the model so: that may be finalized already.</summary>
    ~InferenceSession() => FreeMemory();

    private void Free()
    {
        FreeMemory();
        Model.Release();
    }

    private void FreeMemory()
    {
        NativeMemory.AlignedFree(_memory);
        NativeMemory.Free(_tensors);
        _memory = null;
        _tensors = null;
    }

    private TensorInfo Tensor(int index)
    {
        ObjectDisposedException.ThrowIf(_memory == null, this);
        return _program.Tensors[index];
    }

    private static void CheckIndex(int index, int count, string what)
    {
        if ((uint)index >= (uint)count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The model has {count} {what}.");
    }

    private static void CheckType<T>(TensorDescription tensor) where T : unmanaged
    {
        if (ElementTypes.Of<T>() != tensor.Type) throw new ArgumentException($"'{tensor.Name}' has elements of type {tensor.Type.Name()}, not {typeof(T).Name}.");
    }

    private static nint Align(nint bytes) => (bytes + 63) & ~63;
}
