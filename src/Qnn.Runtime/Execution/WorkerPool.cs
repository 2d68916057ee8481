namespace Qnn.Runtime.Execution;

/// <summary>
/// Runs the items of a kernel on several threads. One pool a process, its background threads started when first needed and parked when idle.
/// A call takes the pool for itself; a second concurrent call finds it busy and runs on its own thread, so concurrent callers never wait for each other.
/// </summary>
internal sealed unsafe class WorkerPool
{
    /// <summary>The process's pool.</summary>
    public static WorkerPool Shared { get; } = new();

    // A worker spins this many rounds for the next job before it parks: long enough to bridge the gap between two steps of a model.
    private const int SpinRounds = 200;

    private readonly Lock _owner = new();
    private Worker[] _workers = [];

    private Kernel _kernel = null!;
    private KernelContext _context;
    private byte* _scratch;
    private nint _scratchStride;
    private int _items;
    private int _chunk;
    private int _next;
    private int _running;
    private Exception? _failure;

    /// <summary>Runs all items of a kernel on up to <paramref name="threads"/> threads, the caller's being one of them. Returns when all are done.</summary>
    /// <param name="kernel">The kernel; exceptions from it are rethrown here.</param>
    /// <param name="context">The session's memory.</param>
    /// <param name="scratch">Scratch memory, one block of <paramref name="scratchStride"/> bytes for each thread.</param>
    /// <param name="scratchStride">Bytes from one thread's scratch block to the next.</param>
    /// <param name="threads">At least 1.</param>
    public void Run(Kernel kernel, in KernelContext context, byte* scratch, nint scratchStride, int threads)
    {
        int items = kernel.WorkItems;
        threads = Math.Min(threads, items / Math.Max(1, kernel.Grain));
        if (threads <= 1 || !_owner.TryEnter())
        {
            kernel.Run(context, 0, items, scratch);
            return;
        }
        try
        {
            EnsureWorkers(threads - 1);
            _kernel = kernel;
            _context = context;
            _scratch = scratch;
            _scratchStride = scratchStride;
            _items = items;
            // Four chunks a thread even out threads that the system delays.
            _chunk = Math.Max(Math.Max(1, kernel.Grain), items / (threads * 4));
            _next = 0;
            _failure = null;
            Volatile.Write(ref _running, threads - 1);
            for (int i = 0; i < threads - 1; i++) _workers[i].Start();
            Work(0);
            var spinner = new SpinWait();
            while (Volatile.Read(ref _running) != 0) spinner.SpinOnce(sleep1Threshold: -1);
            if (_failure is { } failure) throw new InvalidOperationException("A kernel failed.", failure);
        }
        finally
        {
            _kernel = null!;
            _owner.Exit();
        }
    }

    private void EnsureWorkers(int count)
    {
        int have = _workers.Length;
        if (have >= count) return;
        Array.Resize(ref _workers, count);
        for (int i = have; i < count; i++) _workers[i] = new Worker(this, i + 1);
    }

    private void Work(int slot)
    {
        try
        {
            byte* scratch = _scratch + slot * _scratchStride;
            while (true)
            {
                int begin = Interlocked.Add(ref _next, _chunk) - _chunk;
                if (begin >= _items) return;
                _kernel.Run(_context, begin, Math.Min(begin + _chunk, _items), scratch);
            }
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }
    }

    // Lives as long as the process, so its semaphore is never disposed.
#pragma warning disable CA1001
    private sealed class Worker
#pragma warning restore CA1001
    {
        private readonly WorkerPool _pool;
        private readonly int _slot;
        private readonly SemaphoreSlim _wake = new(0);
        private int _state;

        private const int Idle = 0, Ready = 1, Parked = 2;

        public Worker(WorkerPool pool, int slot)
        {
            _pool = pool;
            _slot = slot;
            new Thread(Loop, maxStackSize: 256 * 1024) { IsBackground = true, Name = $"Qnn worker {slot}" }.Start();
        }

        public void Start()
        {
            if (Interlocked.Exchange(ref _state, Ready) == Parked) _wake.Release();
        }

        private void Loop()
        {
            while (true)
            {
                var spinner = new SpinWait();
                for (int i = 0; i < SpinRounds && Volatile.Read(ref _state) != Ready; i++) spinner.SpinOnce(sleep1Threshold: -1);
                if (Interlocked.CompareExchange(ref _state, Parked, Idle) == Idle) _wake.Wait();
                Volatile.Write(ref _state, Idle);
                _pool.Work(_slot);
                Interlocked.Decrement(ref _pool._running);
            }
        }
    }
}
