using System.Buffers.Binary;
using Qnn.Compiler;
using Qnn.Runtime.Artifact;
using Qnn.Testing;

namespace Qnn.Runtime.Tests.Artifact;

/// <summary>
/// Damaged artifacts: an exception of ours or the right answer. Hostile ones, whose checksum fits: an exception of ours or any answer.
/// Never a crash, a hang, or another exception.
/// </summary>
public sealed class ArtifactFuzzTests
{
    private const int MaxModelBytes = 120_000;
    private const long MaxSessionBytes = 64 << 20;

    // Of the many models of one operator, the first of each kind.
    public static TheoryData<string> Models => [.. TestModels.Names("tflite")
        .Where(n => !n.StartsWith("seanet_", StringComparison.Ordinal) || n.TrimEnd("0123456789".ToCharArray()) + "0" == n)
        .Where(n => new FileInfo(TestModels.Open("tflite", n).ModelPath).Length < MaxModelBytes).DefaultIfEmpty("")];

    [Theory]
    [MemberData(nameof(Models))]
    public void DamageIsFound(string name)
    {
        byte[] artifact = Compile(name);
        var random = new Random(1);
        for (int i = 0; i < 32; i++)
        {
            var damaged = (byte[])artifact.Clone();
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Assert.Throws<QnnFormatException>(() => QuantizedModel.Load(damaged).Dispose());
            Assert.Throws<QnnFormatException>(() => QuantizedModel.Load(artifact.AsMemory(0, random.Next(artifact.Length))).Dispose());
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void HostileTablesStayInBounds(string name)
    {
        byte[] artifact = Compile(name);
        int tableBytes = BinaryPrimitives.ReadInt32LittleEndian(artifact) + 4;
        var random = new Random(2);
        for (int i = 0; i < 100; i++)
        {
            var hostile = (byte[])artifact.Clone();
            for (int flips = 1 + random.Next(3); flips > 0; flips--) hostile[4 + random.Next(tableBytes - 4)] = (byte)(random.Next(3) == 0 ? random.Next(256) : 1 << random.Next(8));
            Seal(hostile);
            RunOrRefuse(hostile);
        }
    }

    private static byte[] Compile(string name)
    {
        Assert.SkipWhen(name.Length == 0, TestModels.MissingReason);
        var result = ModelCompiler.Compile(new CompileOptions { ModelPath = TestModels.Open("tflite", name).ModelPath });
        Assert.SkipUnless(result.Success, $"{name} does not compile: {string.Join(' ', result.Diagnostics)}");
        return result.Model!.Artifact;
    }

    private static unsafe void Seal(byte[] artifact)
    {
        int end = artifact.Length - Checksum.Length;
        fixed (byte* p = artifact) BinaryPrimitives.WriteUInt64LittleEndian(artifact.AsSpan(end), Checksum.Compute(p, end));
    }

    private static void RunOrRefuse(byte[] artifact)
    {
        try
        {
            using var model = QuantizedModel.Load(artifact);
            // A hostile size that the machine could hold is no fault; there is no need to take it here.
            if (model.ArenaBytes > MaxSessionBytes || model.StateBytes > MaxSessionBytes) return;
            foreach (var tier in (ReadOnlySpan<KernelTier>)[KernelTier.Scalar, KernelTiers.Available[0]])
            {
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = 1 });
                session.Run();
            }
        }
        catch (QnnFormatException)
        {
        }
    }
}
