using System.Runtime.InteropServices;

namespace Qnn.Runtime.Execution;

/// <summary>
/// Runs inferences on several threads. One pool a process, its background threads started when first needed and parked when idle.
/// A caller takes the pool for a whole inference; a second concurrent caller finds it busy and runs on its own thread, so concurrent callers never wait for each other.
/// </summary>
/// <remarks>
/// Each thread has a lane: its part of every step, one step after the other. It goes on to the next step as soon as other lanes have finished what that needs (<see cref="ParallelPlan"/>);
/// there is no point where all threads meet. Who has waited for long takes items from lanes that are ready and not begun, so a thread that the system does not run is done without.
/// What is left of a lane is one number with the step's. Who takes some of it takes it of a plan that is not over, which therefore stands still.
/// </remarks>
internal sealed unsafe class WorkerPool
{
    /// <summary>The process's pool.</summary>
    public static WorkerPool Shared { get; } = new();

    // Rounds of some 40 ns. A worker waits so long for something to do in an inference, and less for the next inference, before it parks.
    private const int BusyRounds = 20_000, IdleRounds = 1_000;

    // After so many rounds a waiting thread looks at others' lanes, and lets others have the processor, now and then.
    private const int EagerRounds = 500, RoundsPerYield = 64, PatientRounds = 64, RoundsPerLook = 16;

    private readonly Lock _owner = new();
    private Worker[] _workers = [];
    private Lane** _lanes;
    private long _nextBase = 1;
    private volatile bool _isTaken;
    private volatile ParallelPlan? _plan;
    private volatile int _run;
    private Exception? _failure;

    // Chunks of other lanes that the caller did.
    private int _filledIn;

    /// <summary>Takes the pool for an inference and readies its threads. False where another caller has it.</summary>
    /// <param name="plan">The session's plan.</param>
    public bool TryEnter(ParallelPlan plan)
    {
        if (!_owner.TryEnter()) return false;
        try
        {
            EnsureWorkers(plan.Lanes - 1);
        }
        catch
        {
            _owner.Exit();
            throw;
        }
        Volatile.Write(ref plan.Base, _nextBase);
        _nextBase += plan.Steps;
        _isTaken = true;
        return true;
    }

    /// <summary>Gives the pool back.</summary>
    public void Exit()
    {
        _isTaken = false;
        // A session that is no longer used need not be kept.
        _plan = null;
        _owner.Exit();
    }

    /// <summary>Runs steps [<paramref name="first"/>, <paramref name="last"/>) of an inference, in order, and returns when all are done. The caller has the pool.</summary>
    /// <exception cref="InvalidOperationException">A kernel threw an exception.</exception>
    public void Run(ParallelPlan plan, int first, int last)
    {
        (_failure, _filledIn) = (null, 0);
        plan.Last = last;
        _plan = plan;
        // The caller's own lane last: whoever is done early finds the others' filled.
        for (int lane = plan.Lanes - 1; lane >= 0; lane--) Fill(plan, plan.Base, lane, first);
        _run++;
        for (int i = 0; i < plan.Lanes - 1; i++) _workers[i].Wake();
        Work(plan, 0, null);
        WasHelped = 2 * _filledIn < (last - first) * (plan.Lanes - 1);
        if (_failure is { } failure) throw new InvalidOperationException("A kernel failed.", failure);
    }

    /// <summary>Whether other threads did more of the last run than the caller did for them. The caller has the pool.</summary>
    public bool WasHelped { get; private set; }

    private void EnsureWorkers(int count)
    {
        int have = _workers.Length;
        if (_lanes != null && have >= count) return;
        // Lanes stay where they are as long as the process lives, and so does the old array, which a thread may be looking at.
        var lanes = (Lane**)NativeMemory.Alloc((nuint)count + 1, (nuint)sizeof(Lane*));
        int kept = _lanes == null ? 0 : have + 1;
        for (int i = 0; i <= count; i++)
        {
            lanes[i] = i < kept ? _lanes[i] : (Lane*)NativeMemory.AlignedAlloc(Lane.Bytes, Lane.Bytes);
            if (i >= kept) *lanes[i] = default;
        }
        // Where the system gives no thread, the pool stays as it was.
        var workers = _workers;
        Array.Resize(ref workers, count);
        for (int i = have; i < count; i++) workers[i] = new Worker(this, i + 1);
        _lanes = lanes;
        _workers = workers;
    }

    // A lane has finished all steps before one, and goes on with the next in which it has items.
    private void Fill(ParallelPlan plan, long first, int index, int step)
    {
        ref var lane = ref *_lanes[index];
        lane.Done = 0;
        while (step < plan.Last && plan.Items(step, index) == 0) step++;
        // Who sees the lane finished may fill it anew, so it is not touched afterwards.
        bool isOver = step == plan.Last;
        Volatile.Write(ref lane.Finished, first + step);
        if (!isOver) Volatile.Write(ref lane.Left, (first + step) << 32 | (uint)plan.Items(step, index));
    }

    // Does what there is to do on a thread until the plan's steps are done.
    private void Work(ParallelPlan plan, int slot, Worker? worker)
    {
        // Where a thread was done without, the next step of its lane need not wait for it first.
        int patience = PatientRounds;
        for (int round = 0; ; round++)
        {
            if (TryWork(plan, slot, slot))
            {
                if (round > 0) patience = PatientRounds;
                round = -1;
                continue;
            }
            if (IsOver(plan)) return;
            if (round >= patience && round % RoundsPerLook == 0 && TryHelp(plan, slot))
            {
                (round, patience) = (-1, 0);
                if (worker is null) _filledIn++;
                continue;
            }
            if (worker is not null && round >= BusyRounds)
            {
                worker.BeginPark();
                worker.EndPark(IsOver(plan) || IsReady(plan, slot));
                round = -1;
                continue;
            }
            Wait(round);
        }
    }

    private bool TryHelp(ParallelPlan plan, int slot)
    {
        for (int i = 1; i < plan.Lanes; i++)
        {
            int lane = slot + i < plan.Lanes ? slot + i : slot + i - plan.Lanes;
            if (TryWork(plan, lane, slot)) return true;
        }
        return false;
    }

    private bool IsOver(ParallelPlan plan)
    {
        long end = Volatile.Read(ref plan.Base) + plan.Last;
        for (int i = 0; i < plan.Lanes; i++)
        {
            if (Volatile.Read(ref _lanes[i]->Finished) < end) return false;
        }
        return true;
    }

    // Takes some items of a lane's next step and does them. False where there are none, or the step must wait.
    private bool TryWork(ParallelPlan plan, int index, int slot)
    {
        if (!IsReady(plan, index, out long first, out long left, out int step)) return false;
        ref var lane = ref *_lanes[index];
        int items = (int)left, count = Math.Min(items, plan.Chunk(step));
        if (Interlocked.CompareExchange(ref lane.Left, left - count, left) != left) return true;
        int begin = plan.End(step, index) - items;
        try
        {
            plan.Kernels[step].Run(plan.Context, begin, begin + count, plan.Scratch + slot * plan.ScratchStride);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
        }
        if (Interlocked.Add(ref lane.Done, count) == plan.Items(step, index))
        {
            Fill(plan, first, index, step + 1);
            WakeReady(plan);
        }
        return true;
    }

    private bool IsReady(ParallelPlan plan, int index) => IsReady(plan, index, out _, out _, out _);

    // Whether a lane has items of a step that need not wait; the plan's first number, what the lane said, and which step it is.
    private bool IsReady(ParallelPlan plan, int index, out long first, out long left, out int step)
    {
        (first, left) = (Volatile.Read(ref plan.Base), Volatile.Read(ref _lanes[index]->Left));
        // Whoever comes late finds a lane of another plan, or the plan in another inference, and so a number that does not fit.
        step = (int)((uint)(left >> 32) - (uint)first);
        return (int)left != 0 && (uint)step < plan.Steps && plan.IsReady(step, index, first, _lanes);
    }

    // One that parks at this moment is missed, and woken by the next step.
    private void WakeReady(ParallelPlan plan)
    {
        for (int i = 1; i < plan.Lanes; i++)
        {
            if (_workers[i - 1].IsParked && IsReady(plan, i)) _workers[i - 1].Wake();
        }
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

        public bool IsParked => Volatile.Read(ref _isParked) != 0;

        public void Wake()
        {
            if (IsParked && Interlocked.Exchange(ref _isParked, 0) != 0) _semaphore.Release();
        }

        // From here on it is woken; it looks for something to do once more.
        public void BeginPark() => Interlocked.Exchange(ref _isParked, 1);

        public void EndPark(bool hasWork)
        {
            if (hasWork && Interlocked.Exchange(ref _isParked, 0) != 0) return;
            _semaphore.Wait();
        }

        private void Loop()
        {
            int last = 0;
            while (true)
            {
                for (int round = 0; _pool._run == last; round++)
                {
                    if (round < (_pool._isTaken ? BusyRounds : IdleRounds))
                    {
                        Wait(round);
                        continue;
                    }
                    BeginPark();
                    EndPark(_pool._run != last);
                }
                last = _pool._run;
                if (_pool._plan is { } plan && _slot < plan.Lanes) _pool.Work(plan, _slot, this);
            }
        }
    }
}
