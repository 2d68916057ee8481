using System.Runtime.InteropServices;

namespace Qnn.Runtime.Execution;

/// <summary>
/// Runs the items of a kernel on several threads. One pool a process, its background threads started when first needed and parked when idle.
/// A caller takes the pool for a whole inference; a second concurrent caller finds it busy and runs on its own thread, so concurrent callers never wait for each other.
/// </summary>
/// <remarks>
/// Each thread has its own range of items, the same part of the work in every step, so that it mostly reads what it wrote itself; who is done takes from the others.
/// The caller waits for items that a thread has begun, never for a thread: one that the system does not run is done without.
/// A range's state is one number, the job and the items left. Who takes some of what is left of a job takes them of one that is not over, whose description therefore stands still.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    /// <summary>The process's pool.</summary>
    public static WorkerPool Shared { get; } = new();

    // Rounds of some 40 ns. A worker waits so long for the next step of an inference, and less for the next inference, before it parks.
    private const int StepRounds = 20_000, IdleRounds = 1_000;

    // After so many rounds a waiting thread lets others have the processor now and then.
    private const int EagerRounds = 500, RoundsPerYield = 64;

    private const int LineBytes = 128;

    private readonly Lock _owner = new();
    private Worker[] _workers = [];
    private int _team;
    private volatile bool _isTaken;

    private Kernel? _kernel;
    private KernelContext _context;
    private byte* _scratch;
    private nint _scratchStride;
    private int _threads;
    private int _chunk;
    private Exception? _failure;
    private volatile int _job;
    private int _done;
    private Range* _ranges;

    // A thread's part of the items: the job's number in the upper half of a word, how many are left to take in the lower.
    [StructLayout(LayoutKind.Explicit, Size = LineBytes)]
    private struct Range
    {
        [FieldOffset(0)] public long State;
        [FieldOffset(8)] public int End;
    }

    /// <summary>Takes the pool for an inference and readies its threads. False where another caller has it.</summary>
    /// <param name="threads">The most threads that a step will ask for, the caller's included.</param>
    public bool TryEnter(int threads)
    {
        if (!_owner.TryEnter()) return false;
        EnsureWorkers(threads - 1);
        _team = threads - 1;
        _isTaken = true;
        WakeWorkers();
        return true;
    }

    /// <summary>Gives the pool back.</summary>
    public void Exit()
    {
        _isTaken = false;
        _kernel = null;
        _owner.Exit();
    }

    /// <summary>Runs all items of a kernel on up to <paramref name="threads"/> threads, the caller's being one of them. Returns when all are done. The caller has the pool.</summary>
    /// <param name="kernel">The kernel; exceptions from it are rethrown here.</param>
    /// <param name="context">The session's memory.</param>
    /// <param name="scratch">Scratch memory, one block of <paramref name="scratchStride"/> bytes for each thread.</param>
    /// <param name="scratchStride">Bytes from one thread's scratch block to the next.</param>
    /// <param name="threads">At least 1, at most what was asked for.</param>
    public void Run(Kernel kernel, in KernelContext context, byte* scratch, nint scratchStride, int threads)
    {
        int items = kernel.WorkItems, grain = Math.Max(1, kernel.Grain);
        threads = Math.Min(threads, items / grain);
        if (threads <= 1)
        {
            kernel.Run(context, 0, items, scratch);
            return;
        }
        (_kernel, _context, _scratchStride, _threads) = (kernel, context, scratchStride, threads);
        _scratch = scratch;
        // Four chunks a thread even out threads that the system delays.
        _chunk = Math.Max(grain, items / (threads * 4));
        _failure = null;
        _done = 0;
        int job = _job + 1;
        for (int i = 0; i < threads; i++)
        {
            int end = (int)((long)items * (i + 1) / threads);
            _ranges[i].End = end;
            Volatile.Write(ref _ranges[i].State, State(job, end - (int)((long)items * i / threads)));
        }
        _job = job;
        WakeWorkers();
        int done = Work(job, 0);
        if (done < items) done = Interlocked.Add(ref _done, done);
        for (int round = 0; done < items; round++)
        {
            Wait(round);
            done = Volatile.Read(ref _done);
        }
        if (_failure is { } failure) throw new InvalidOperationException("A kernel failed.", failure);
    }

    private void EnsureWorkers(int count)
    {
        int have = _workers.Length;
        if (have >= count) return;
        // Threads that look at the old ranges find no work there: no job is under way.
        var ranges = (Range*)NativeMemory.AlignedAlloc((nuint)(count + 1) * LineBytes, LineBytes);
        NativeMemory.Clear(ranges, (nuint)(count + 1) * LineBytes);
        _ranges = ranges;
        Array.Resize(ref _workers, count);
        for (int i = have; i < count; i++) _workers[i] = new Worker(this, i + 1);
    }

    private void WakeWorkers()
    {
        for (int i = 0; i < _team; i++) _workers[i].Wake();
    }

    private static long State(int job, int left) => (long)job << 32 | (uint)left;

    // Takes items of a job, a thread's own first, until none are left; gives how many.
    private int Work(int job, int slot)
    {
        int threads = _threads, done = 0;
        var ranges = _ranges;
        for (int i = 0; i < threads; i++)
        {
            ref var range = ref ranges[slot + i < threads ? slot + i : slot + i - threads];
            while (true)
            {
                long state = Volatile.Read(ref range.State);
                if ((int)(state >> 32) != job) return done;
                int left = (int)state;
                if (left == 0) break;
                int begin = range.End - left, count = Math.Min(left, _chunk);
                if (Interlocked.CompareExchange(ref range.State, State(job, left - count), state) != state) continue;
                try
                {
                    _kernel!.Run(_context, begin, begin + count, _scratch + slot * _scratchStride);
                }
                catch (Exception failure) when (failure is not OutOfMemoryException)
                {
                    Interlocked.CompareExchange(ref _failure, failure, null);
                }
                done += count;
            }
        }
        return done;
    }

    private static void Wait(int round)
    {
        if (round < EagerRounds || round % RoundsPerYield != 0) Thread.SpinWait(1);
        else Thread.Yield();
    }

    // Lives as long as the process, so its semaphore is never disposed.
#pragma warning disable CA1001
    private sealed class Worker
#pragma warning restore CA1001
    {
        private readonly WorkerPool _pool;
        private readonly int _slot;
        private readonly SemaphoreSlim _semaphore = new(0);
        private int _isParked;

        public Worker(WorkerPool pool, int slot)
        {
            (_pool, _slot) = (pool, slot);
            new Thread(Loop, maxStackSize: 256 * 1024) { IsBackground = true, Name = $"Qnn worker {slot}" }.Start();
        }

        public void Wake()
        {
            if (Volatile.Read(ref _isParked) != 0 && Interlocked.Exchange(ref _isParked, 0) != 0) _semaphore.Release();
        }

        private void Loop()
        {
            for (int job = _pool._job; ; )
            {
                if (!WaitForJob(job)) Park(job);
                job = _pool._job;
                if (_slot >= _pool._threads) continue;
                int done = _pool.Work(job, _slot);
                if (done > 0) Interlocked.Add(ref _pool._done, done);
            }
        }

        // Whether there is another job than one.
        private bool WaitForJob(int last)
        {
            for (int round = 0; round < (_pool._isTaken ? StepRounds : IdleRounds); round++)
            {
                if (_pool._job != last) return true;
                Wait(round);
            }
            return _pool._job != last;
        }

        // The caller publishes a job, then looks for parked workers; a worker parks, then looks for a job: one of them sees the other.
        private void Park(int last)
        {
            Interlocked.Exchange(ref _isParked, 1);
            if (_pool._job != last && Interlocked.Exchange(ref _isParked, 0) != 0) return;
            _semaphore.Wait();
        }
    }
}
