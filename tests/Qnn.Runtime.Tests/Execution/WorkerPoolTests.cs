using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Tests.Execution;

public sealed unsafe class WorkerPoolTests
{
    private const int ScratchStride = 64;

    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(2, 7)]
    [InlineData(4, 4)]
    [InlineData(4, 1000)]
    [InlineData(16, 61)]
    public void EveryItemIsDoneOnceByTheTimeAStepIsOver(int threads, int items)
    {
        var pool = new WorkerPool();
        byte* scratch = stackalloc byte[threads * ScratchStride];
        for (int inference = 0; inference < 200; inference++)
        {
            // A step of another number of items and threads each time, as in a model.
            CountingKernel[] kernels = [.. Enumerable.Range(0, 20).Select(step => new CountingKernel(1 + (items + step * 7) % items, grain: 1 + step % 2))];
            Assert.True(pool.TryEnter(threads, kernels, default, scratch, ScratchStride));
            for (int step = 0; step < kernels.Length; step++)
            {
                pool.Run(step, 1 + (threads - 1 + step) % threads);
                Assert.All(kernels[step].Counts, count => Assert.Equal(1, count));
            }
            pool.Exit();
        }
    }

    [Fact]
    public void ItemsGoOnWhereThreadsAreLate()
    {
        var pool = new WorkerPool();
        byte* scratch = stackalloc byte[2 * ScratchStride];
        var kernel = new CountingKernel(64, 1) { Delay = 1 };
        Assert.True(pool.TryEnter(2, [kernel], default, scratch, ScratchStride));
        pool.Run(0, 2);
        Assert.All(kernel.Counts, count => Assert.Equal(1, count));
        // Workers have parked by now.
        Thread.Sleep(50);
        pool.Run(0, 2);
        Assert.All(kernel.Counts, count => Assert.Equal(2, count));
        pool.Exit();
    }

    [Fact]
    public void ThePoolIsTakenByOneCallerAtATime()
    {
        var pool = new WorkerPool();
        Assert.True(TryEnter(pool));
        bool second = true;
        var other = new Thread(() => second = TryEnter(pool));
        other.Start();
        other.Join();
        Assert.False(second);
        pool.Exit();
        other = new Thread(() =>
        {
            second = TryEnter(pool);
            pool.Exit();
        });
        other.Start();
        other.Join();
        Assert.True(second);
    }

    [Fact]
    public void AKernelsExceptionReachesTheCallerAndThePoolGoesOn()
    {
        var pool = new WorkerPool();
        byte* scratch = stackalloc byte[2 * ScratchStride];
        CountingKernel failing = new(16, 1) { Fault = 11 }, kernel = new(16, 1);
        Assert.True(pool.TryEnter(2, [failing, kernel], default, scratch, ScratchStride));
        var failure = Assert.Throws<InvalidOperationException>(() => pool.Run(0, 2));
        Assert.IsType<ArithmeticException>(failure.InnerException);
        pool.Run(1, 2);
        Assert.All(kernel.Counts, count => Assert.Equal(1, count));
        pool.Exit();
    }

    [Fact]
    public void APoolGrows()
    {
        var pool = new WorkerPool();
        byte* scratch = stackalloc byte[8 * ScratchStride];
        for (int threads = 1; threads <= 8; threads++)
        {
            var kernel = new CountingKernel(100, 1);
            Assert.True(pool.TryEnter(threads, [kernel], default, scratch, ScratchStride));
            for (int i = 0; i < 100; i++) pool.Run(0, threads);
            Assert.All(kernel.Counts, count => Assert.Equal(100, count));
            pool.Exit();
        }
    }

    private static bool TryEnter(WorkerPool pool) => pool.TryEnter(2, [], default, null, 0);

    private sealed class CountingKernel(int items, int grain) : Kernel
    {
        public int[] Counts { get; } = new int[items];
        public int Delay { get; init; }
        public int Fault { get; init; } = -1;
        public override int WorkItems => items;
        public override int Grain => grain;
        public override string Name => "counting";

        public override void Run(in KernelContext context, int begin, int end, byte* scratch)
        {
            // A thread has its scratch memory for itself.
            int mark = Environment.CurrentManagedThreadId;
            *(int*)scratch = mark;
            if (Delay > 0) Thread.Sleep(Delay);
            if (Fault >= begin && Fault < end) throw new ArithmeticException("fault");
            for (int i = begin; i < end; i++) Interlocked.Increment(ref Counts[i]);
            Assert.Equal(mark, *(int*)scratch);
        }
    }
}
