using Qnn.Compiler;
using Qnn.Testing;

namespace Qnn.Runtime.Tests.Execution;

/// <summary>What callers count on: no garbage per call, threads that share a model, answers that do not depend on the number of threads.</summary>
public sealed class SessionTests
{
    private static readonly string[] s_names = ["mlperftiny_vww_96_int8", "mlperftiny_kws_ref_model", "tflm_person_detect", "tflm_trained_lstm_int8", "movenet_single_pose_lightning_ptq"];

    public static TheoryData<string> Models => [.. s_names];

    [Theory]
    [MemberData(nameof(Models))]
    public void RunAllocatesNothing(string name)
    {
        using var model = Load(name);
        foreach (int threads in (ReadOnlySpan<int>)[1, 2])
        {
            using var session = model.CreateSession(new InferenceOptions { Threads = threads, SplitsAll = true });
            for (int i = 0; i < 3; i++) session.Run();
            // The pool starts its threads in the first call that gets it, which another test's calls can put off beyond the warm-up.
            long least = long.MaxValue;
            for (int round = 0; round < 5 && least > 0; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 10; i++) session.Run();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.Equal(0, least);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void ConcurrentCallersGetTheAnswerOfOne(string name)
    {
        using var model = Load(name);
        byte[] expected = RunOnce(model, seed: 1, threads: 1);
        Parallel.For(0, 8, i => Assert.Equal(expected, RunOnce(model, seed: 1, threads: 1 + i % 3)));
    }

    [Fact]
    public void InputsKeepTheirContents()
    {
        using var model = Load(s_names[0]);
        using var session = model.CreateSession();
        new Random(5).NextBytes(session.Input(0));
        byte[] input = session.Input(0).ToArray();
        session.Run();
        byte[] first = session.Output(0).ToArray();
        Assert.Equal(input, session.Input(0).ToArray());
        session.Run();
        Assert.Equal(first, session.Output(0).ToArray());
    }

    [Fact]
    public void WrongUseIsRefusedWithWords()
    {
        using var model = Load(s_names[0]);
        var session = model.CreateSession();
        Assert.Contains(model.Inputs[0].Type.Name(), Assert.Throws<ArgumentException>(() => session.Input<double>(0)).Message, StringComparison.Ordinal);
        Assert.Contains("1 input(s)", Assert.Throws<ArgumentOutOfRangeException>(() => session.Input(1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Output(-1));
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(session.Run);
        Assert.Throws<ObjectDisposedException>(session.ResetState);
        Assert.Throws<ObjectDisposedException>(() => session.Input(0));
        Assert.Contains("avx2", Assert.Throws<ArgumentException>(() => KernelTiers.Parse("sse9")).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateSession(new InferenceOptions { Threads = -1 }));
    }

    [Fact]
    public void AModelOutlivesItsDisposalAsLongAsItHasSessions()
    {
        var model = Load(s_names[0]);
        byte[] expected = RunOnce(model, seed: 1, threads: 1);
        var session = model.CreateSession();
        new Random(1).NextBytes(session.Input(0));
        model.Dispose();
        model.Dispose();
        session.Run();
        Assert.Equal(expected, session.Output(0).ToArray());
        Assert.Throws<ObjectDisposedException>(() => model.CreateSession());
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => model.CreateSession());
    }

    /// <summary>Threads that share a session by mistake are told; one that disposes it under another's run frees nothing that is in use.</summary>
    [Fact]
    public void TwoThreadsCannotRunOneSession()
    {
        using var model = Load(s_names[0]);
        int refused = 0;
        for (int round = 0; round < 20; round++)
        {
            var session = model.CreateSession();
            Parallel.For(0, 8, i =>
            {
                try
                {
                    for (int n = 0; n < 20; n++) session.Run();
                    if (i == 7) session.Dispose();
                }
                catch (InvalidOperationException fault)
                {
                    if (fault is not ObjectDisposedException) Assert.Contains("Make a session for each thread", fault.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref refused);
                }
            });
            session.Dispose();
            Assert.Throws<ObjectDisposedException>(session.Run);
        }
        Assert.SkipWhen(Environment.ProcessorCount == 1 && refused == 0, "One processor: no two threads met.");
    }

    private static byte[] RunOnce(QuantizedModel model, int seed, int threads)
    {
        using var session = model.CreateSession(new InferenceOptions { Threads = threads, SplitsAll = true });
        var random = new Random(seed);
        for (int i = 0; i < model.Inputs.Count; i++)
        {
            if (model.Inputs[i].Type == ElementType.F32)
            {
                foreach (ref float x in session.Input<float>(i)) x = random.NextSingle();
            }
            else
            {
                random.NextBytes(session.Input(i));
            }
        }
        session.Run();
        return [.. Enumerable.Range(0, model.Outputs.Count).SelectMany(i => session.Output(i).ToArray())];
    }

    private static QuantizedModel Load(string name)
    {
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        var result = ModelCompiler.Compile(new CompileOptions { ModelPath = TestModels.Open("tflite", name).ModelPath });
        Assert.True(result.Success, string.Join(' ', result.Diagnostics));
        return QuantizedModel.LoadTrusted(result.Model!.Artifact);
    }
}
