using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Tests.Execution;

public sealed unsafe class WorkerPoolTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 2)]
    [InlineData(2, 7)]
    [InlineData(4, 4)]
    [InlineData(4, 1000)]
    [InlineData(16, 61)]
    public void EveryItemIsDoneOnce(int threads, int items)
    {
        var pool = new WorkerPool();
        for (int inference = 0; inference < 200; inference++)
        {
            // A step of another number of items each time, as in a model.
            CountingKernel[] kernels = [.. Enumerable.Range(0, 20).Select(step => new CountingKernel(1 + (items + step * 7) % items, grain: 1 + step % 2))];
            using var program = Program(threads, kernels);
            Run(pool, program);
            Assert.All(kernels, kernel => Assert.All(kernel.Counts, count => Assert.Equal(1, count)));
        }
    }

    [Fact]
    public void StepsAreRunOneByOneWhereTheyAreTimed()
    {
        var pool = new WorkerPool();
        CountingKernel[] kernels = [.. Enumerable.Range(0, 20).Select(_ => new CountingKernel(30, 1))];
        using var program = Program(2, kernels);
        for (int inference = 1; inference < 100; inference++)
        {
            Assert.True(pool.TryEnter(program.Plan));
            for (int step = 0; step < kernels.Length; step++)
            {
                pool.Run(program.Plan, step, step + 1);
                for (int i = 0; i < kernels.Length; i++) Assert.All(kernels[i].Counts, count => Assert.Equal(i <= step ? inference : inference - 1, count));
            }
            pool.Exit();
        }
    }

    [Fact]
    public void ItemsGoOnWhereThreadsAreLate()
    {
        var pool = new WorkerPool();
        var kernel = new CountingKernel(64, 1) { Delay = 1 };
        using var program = Program(2, kernel);
        Run(pool, program);
        Assert.All(kernel.Counts, count => Assert.Equal(1, count));
        // Workers have parked by now.
        Thread.Sleep(50);
        Run(pool, program);
        Assert.All(kernel.Counts, count => Assert.Equal(2, count));
    }

    [Fact]
    public void AThreadThatParksInAnInferenceIsWoken()
    {
        var pool = new WorkerPool();
        // Longer than a thread waits.
        CountingKernel alone = new(1, 1) { Delay = 20 }, shared = new(40, 1) { Delay = 1 };
        using var program = Program(2, alone, shared, alone, shared);
        for (int inference = 1; inference < 5; inference++)
        {
            Run(pool, program);
            Assert.All(shared.Counts, count => Assert.Equal(2 * inference, count));
        }
    }

    [Fact]
    public void ThePoolIsTakenByOneCallerAtATime()
    {
        var pool = new WorkerPool();
        using var program = Program(2, new CountingKernel(1, 1));
        Assert.True(pool.TryEnter(program.Plan));
        bool second = true;
        var other = new Thread(() => second = pool.TryEnter(program.Plan));
        other.Start();
        other.Join();
        Assert.False(second);
        pool.Exit();
        other = new Thread(() =>
        {
            second = pool.TryEnter(program.Plan);
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
        CountingKernel failing = new(16, 1) { Fault = 11 }, kernel = new(16, 1);
        using TestProgram program = Program(2, failing), next = Program(2, kernel);
        var failure = Assert.Throws<InvalidOperationException>(() => Run(pool, program));
        Assert.IsType<ArithmeticException>(failure.InnerException);
        Run(pool, next);
        Assert.All(kernel.Counts, count => Assert.Equal(1, count));
    }

    [Fact]
    public void APoolGrows()
    {
        var pool = new WorkerPool();
        for (int threads = 1; threads <= 8; threads++)
        {
            var kernel = new CountingKernel(100, 1);
            using var program = Program(threads, kernel);
            for (int i = 0; i < 100; i++) Run(pool, program);
            Assert.All(kernel.Counts, count => Assert.Equal(100, count));
        }
    }

    // Each kernel reads and writes all of one tensor, so that a step waits for the one before.
    private static TestProgram Program(int threads, params CountingKernel[] kernels)
    {
        var tensor = TestProgram.Tensor(0, 0, 1);
        return new([tensor], [.. kernels.Select(k => ((Kernel)k, tensor, tensor))], threads);
    }

    private static void Run(WorkerPool pool, TestProgram program)
    {
        Assert.True(pool.TryEnter(program.Plan));
        try
        {
            pool.Run(program.Plan, 0, program.Plan.Steps);
        }
        finally
        {
            pool.Exit();
        }
    }

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
