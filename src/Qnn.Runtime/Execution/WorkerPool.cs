using System.Runtime.InteropServices;

namespace Qnn.Runtime.Execution;

/// <summary>
/// Runs the items of a kernel on several threads. One pool a process, its background threads started when first needed and parked when idle.
/// A caller takes the pool for a whole inference; a second concurrent caller finds it busy and runs on its own thread, so concurrent callers never wait for each other.
/// </summary>
/// <remarks>
/// Each thread has a lane, a cache line with its own range of items, the same part of the work in every step, so that it mostly reads what it wrote itself; who is done takes from the others.
/// The line is all that goes from one core to another and back when a step is handed over.
/// The caller waits for items that a thread has begun, never for a thread: one that the system does not run is done without.
/// What is left of a lane is one number with the job's. Who takes some of it takes it of a job that is not over, whose description therefore stands still.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    /// <summary>The process's pool.</summary>
    public static WorkerPool Shared { get; } = new();

    // Rounds of some 40 ns. A worker waits so long for the next step of an inference, and less for the next inference, before it parks.
    private const int StepRounds = 20_000, IdleRounds = 1_000;

    // After so many rounds a waiting thread lets others have the processor now and then.
    private const int EagerRounds = 500, RoundsPerYield = 64;

    // Pairs of cache lines are fetched together.
    private const int LaneBytes = 128;

    private readonly Lock _owner = new();
    private Worker[] _workers = [];
    private Lane** _lanes;
    private int _team, _job;
    private volatile bool _isTaken;

    // Of an inference.
    private Kernel[] _kernels = [];
    private KernelContext _context;
    private byte* _scratch;
    private nint _scratchStride;
    private Exception? _failure;

    [StructLayout(LayoutKind.Explicit, Size = LaneBytes)]
    private struct Lane
    {
        /// <summary>A job's number, and in the lower half how many of the lane's items nobody has taken.</summary>
        [FieldOffset(0)] public long Left;
        /// <summary>A job's number, and how many items the lane's thread has done, of its own lane or others.</summary>
        [FieldOffset(8)] public long Done;
        [FieldOffset(16)] public int End;
        [FieldOffset(20)] public int Chunk;
        [FieldOffset(24)] public int Threads;
        /// <summary>The kernel's index.</summary>
        [FieldOffset(28)] public int Kernel;
    }

    /// <summary>Takes the pool for an inference and readies its threads. False where another caller has it.</summary>
    /// <param name="threads">The most threads that a step will ask for, the caller's included.</param>
    /// <param name="kernels">The steps; exceptions from them are rethrown by <see cref="Run"/>.</param>
    /// <param name="context">The session's memory.</param>
    /// <param name="scratch">Scratch memory, one block of <paramref name="scratchStride"/> bytes for each thread.</param>
    /// <param name="scratchStride">Bytes from one thread's scratch block to the next.</param>
    public bool TryEnter(int threads, Kernel[] kernels, in KernelContext context, byte* scratch, nint scratchStride)
    {
        if (!_owner.TryEnter()) return false;
        try
        {
            EnsureWorkers(threads - 1);
        }
        catch
        {
            _owner.Exit();
            throw;
        }
        (_team, _kernels, _context, _scratchStride) = (threads - 1, kernels, context, scratchStride);
        _scratch = scratch;
        _isTaken = true;
        WakeWorkers(_team);
        return true;
    }

    /// <summary>Gives the pool back.</summary>
    public void Exit()
    {
        _isTaken = false;
        _kernels = [];
        _owner.Exit();
    }

    /// <summary>Runs all items of a step on up to <paramref name="threads"/> threads, the caller's being one of them. Returns when all are done. The caller has the pool.</summary>
    /// <param name="step">The kernel's index.</param>
    /// <param name="threads">At least 1, at most what was asked for.</param>
    public void Run(int step, int threads)
    {
        var kernel = _kernels[step];
        int items = kernel.WorkItems, grain = Math.Max(1, kernel.Grain);
        threads = Math.Min(threads, items / grain);
        if (threads <= 1)
        {
            kernel.Run(_context, 0, items, _scratch);
            return;
        }
        _failure = null;
        // Four chunks a thread even out threads that the system delays.
        int job = ++_job, chunk = Math.Max(grain, items / (threads * 4));
        // The caller's own lane last: whoever is done early finds the others' filled.
        for (int i = threads - 1; i >= 0; i--)
        {
            int begin = (int)((long)items * i / threads), end = (int)((long)items * (i + 1) / threads);
            ref var lane = ref *_lanes[i];
            (lane.End, lane.Chunk, lane.Threads, lane.Kernel) = (end, chunk, threads, step);
            Volatile.Write(ref lane.Left, Tagged(job, end - begin));
        }
        // One that parks at this moment is missed, and woken by the next step.
        WakeWorkers(threads - 1);
        int done = Work(job, 0, threads);
        for (int round = 0; done + OthersDone(job, threads) < items; round++) Wait(round);
        if (_failure is { } failure) throw new InvalidOperationException("A kernel failed.", failure);
    }

    private int OthersDone(int job, int threads)
    {
        int sum = 0;
        for (int i = 1; i < threads; i++)
        {
            long done = Volatile.Read(ref _lanes[i]->Done);
            if (Job(done) == job) sum += (int)done;
        }
        return sum;
    }

    private void EnsureWorkers(int count)
    {
        int have = _workers.Length;
        if (_lanes != null && have >= count) return;
        // Lanes stay where they are as long as the process lives, and so does the old array, which a thread may be looking at.
        var lanes = (Lane**)NativeMemory.Alloc((nuint)count + 1, (nuint)sizeof(Lane*));
        int kept = _lanes == null ? 0 : have + 1;
        for (int i = 0; i <= count; i++)
        {
            lanes[i] = i < kept ? _lanes[i] : (Lane*)NativeMemory.AlignedAlloc(LaneBytes, LaneBytes);
            // The number of no job.
            if (i >= kept) *lanes[i] = new Lane { Left = Tagged(_job, 0), Done = Tagged(_job, 0) };
        }
        // Where the system gives no thread, the pool stays as it was.
        var workers = _workers;
        Array.Resize(ref workers, count);
        for (int i = have; i < count; i++) workers[i] = new Worker(this, i + 1, lanes[i + 1]);
        _lanes = lanes;
        _workers = workers;
    }

    private void WakeWorkers(int count)
    {
        for (int i = 0; i < count; i++) _workers[i].Wake();
    }

    private static long Tagged(int job, int count) => (long)job << 32 | (uint)count;

    private static int Job(long tagged) => (int)(tagged >> 32);

    // Takes items of a job, a thread's own first, until none are left; gives how many.
    private int Work(int job, int slot, int threads)
    {
        int done = 0;
        for (int i = 0; i < threads; i++)
        {
            ref var lane = ref *_lanes[slot + i < threads ? slot + i : slot + i - threads];
            while (true)
            {
                long left = Volatile.Read(ref lane.Left);
                if (Job(left) != job || (int)left == 0) break;
                int begin = lane.End - (int)left, count = Math.Min((int)left, lane.Chunk), step = lane.Kernel;
                if (Interlocked.CompareExchange(ref lane.Left, left - count, left) != left) continue;
                try
                {
                    _kernels[step].Run(_context, begin, begin + count, _scratch + slot * _scratchStride);
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
        private readonly Lane* _lane;
        private readonly SemaphoreSlim _semaphore = new(0);
        private int _isParked;

        public Worker(WorkerPool pool, int slot, Lane* lane)
        {
            (_pool, _slot) = (pool, slot);
            _lane = lane;
            new Thread(Loop, maxStackSize: 256 * 1024) { IsBackground = true, Name = $"Qnn worker {slot}" }.Start();
        }

        public void Wake()
        {
            if (Volatile.Read(ref _isParked) != 0 && Interlocked.Exchange(ref _isParked, 0) != 0) _semaphore.Release();
        }

        private int Job => WorkerPool.Job(Volatile.Read(ref _lane->Left));

        private void Loop()
        {
            // Whatever job there is by now has not been looked at.
            int last = WorkerPool.Job(_lane->Done);
            while (true)
            {
                if (!WaitForJob(last)) Park(last);
                int job = Job;
                if (job == last) continue;
                last = job;
                int done = _pool.Work(job, _slot, _lane->Threads);
                if (done > 0) Volatile.Write(ref _lane->Done, Tagged(job, done));
            }
        }

        // Whether there is another job than one.
        private bool WaitForJob(int last)
        {
            for (int round = 0; round < (_pool._isTaken ? StepRounds : IdleRounds); round++)
            {
                if (Job != last) return true;
                Wait(round);
            }
            return Job != last;
        }

        // A worker parks, then looks for a job once more.
        private void Park(int last)
        {
            Interlocked.Exchange(ref _isParked, 1);
            if (Job != last && Interlocked.Exchange(ref _isParked, 0) != 0) return;
            _semaphore.Wait();
        }
    }
}
