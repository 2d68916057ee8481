using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Tests.Execution;

/// <summary>Steps that overlap on several threads give what they give one after the other.</summary>
public sealed unsafe class ParallelPlanTests
{
    private const int Rows = 24, Columns = 8, Bytes = Rows * Columns;

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(20)]
    public void OverlappingStepsGiveTheAnswerOfOneThread(int threads)
    {
        var pool = new WorkerPool();
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            // Few places for many tensors, so that they are read and written again all the time, some half over another.
            TensorInfo[] tensors = [.. Enumerable.Range(0, 6).Select(i => TestProgram.Tensor(i, random.Next(8) * Bytes / 2, Bytes))];
            var steps = new List<(Kernel, TensorInfo, TensorInfo)>();
            while (steps.Count < 40)
            {
                TensorInfo from = tensors[random.Next(tensors.Length)], to = tensors[random.Next(tensors.Length)];
                if (Math.Abs(from.Offset - to.Offset) >= Bytes) steps.Add((new MixingKernel(from, to, random.Next(3), byColumns: random.Next(3) == 0, delays: random.Next(4) == 0), from, to));
                else if (random.Next(1000) == 0) break;
            }
            using TestProgram alone = new(tensors, steps, threads), together = new(tensors, steps, threads);
            random.NextBytes(alone.Arena);
            alone.Arena.CopyTo(together.Arena);
            for (int inference = 0; inference < 5; inference++)
            {
                alone.RunAlone();
                Assert.True(pool.TryEnter(together.Plan));
                pool.Run(together.Plan, 0, together.Plan.Steps);
                pool.Exit();
                Assert.True(alone.Arena.SequenceEqual(together.Arena), $"seed {seed}, inference {inference}");
            }
        }
    }

    [Fact]
    public void ThreadsWhosePartsDoNotMeetDoNotWait()
    {
        // The second thread's part of the first step takes until the first thread has done all of its own steps.
        using var done = new ManualResetEventSlim();
        TensorInfo[] tensors = [.. Enumerable.Range(0, 7).Select(i => TestProgram.Tensor(i, i * Bytes, Bytes))];
        var steps = new List<(Kernel, TensorInfo, TensorInfo)>();
        for (int i = 0; i < 6; i++)
        {
            bool first = i == 0, last = i == 5;
            steps.Add((new MixingKernel(tensors[i], tensors[i + 1], halo: 0)
            {
                Before = begin => Assert.True(!first || begin < Rows / 2 || done.Wait(10_000)),
                After = begin =>
                {
                    if (last && begin < Rows / 2) done.Set();
                },
            }, tensors[i], tensors[i + 1]));
        }
        using var program = new TestProgram(tensors, steps, 2);
        var pool = new WorkerPool();
        for (int inference = 0; inference < 20; inference++)
        {
            done.Reset();
            Assert.True(pool.TryEnter(program.Plan));
            pool.Run(program.Plan, 0, program.Plan.Steps);
            pool.Exit();
        }
    }

    // Every row of the result depends on rows up to so many away.
    private sealed class MixingKernel(TensorInfo from, TensorInfo to, int halo, bool byColumns = false, bool delays = false) : Kernel
    {
        public Action<int>? Before { get; init; }
        public Action<int>? After { get; init; }
        public override int WorkItems => byColumns ? Columns : Rows;
        public override string Name => "mixing";

        public override Region Reads(TensorInfo input, int begin, int end) => byColumns
            ? new Region(input, 0, Bytes, Columns, begin, end)
            : new Region(input, Math.Max(0, begin - halo) * Columns, Math.Min(Rows, end + halo) * Columns);

        public override Region Writes(TensorInfo output, int begin, int end) => byColumns
            ? new Region(output, 0, Bytes, Columns, begin, end)
            : new Region(output, begin * Columns, end * Columns);

        public override void Run(in KernelContext context, int begin, int end, byte* scratch)
        {
            Before?.Invoke(begin);
            byte* x = context[from], y = context[to];
            if (delays) Thread.SpinWait(100 * (1 + begin * 7 % 5));
            for (int item = begin; item < end; item++)
            {
                for (int i = 0; i < (byColumns ? Rows : Columns); i++)
                {
                    int row = byColumns ? i : item, column = byColumns ? item : i, sum = row * 31 + column;
                    for (int r = Math.Max(0, row - halo); r <= Math.Min(Rows - 1, row + halo); r++) sum = sum * 5 + x[r * Columns + column];
                    y[row * Columns + column] = (byte)(sum ^ sum >> 8);
                }
            }
            After?.Invoke(begin);
        }
    }
}
