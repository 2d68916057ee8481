using System.Buffers.Binary;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Validation;
using Qnn.Runtime;
using Qnn.Runtime.Artifact;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Lowering;

/// <summary>One artifact for several sets of input shapes, on the encoders of tests/models.</summary>
public sealed class ShapeSetTests
{
    private const string Sets = "1x16;1x33;2x12";

    private static string Folder(string name) => Path.Combine(TestModels.RepositoryRoot, "tests", "models", "onnx", name);

    private static CompilationResult Compile(string shapes, string name = "encoder_dynamic", string? target = null) => ModelCompiler.Compile(
        new CompileOptions { ModelPath = Path.Combine(Folder(name), "model.onnx"), InputShapes = shapes, TargetCpu = target, Golden = shapes == Sets ? Folder(name) : null }, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("encoder_dynamic")]
    [InlineData("encoder_static")]
    public void EverySetGivesTheRecordedAnswers(string name)
    {
        var result = Compile(Sets, name, "any");
        Assert.Empty(result.Diagnostics);
        using var model = QuantizedModel.Load(result.Model!.Artifact);
        Assert.Equal([16, 33, 24], model.ShapeSets.Select(s => s.Inputs[0].Count));
        Assert.Same(model.ShapeSets[1], model.FindShapeSet(33));
        Assert.Null(model.FindShapeSet(17));
        Assert.Same(model, model.ShapeSets[2].ShapeSets[0]);
        Assert.All(GoldenValidator.Compare(model, GoldenSet.Load(Folder(name)), cancellation: TestContext.Current.CancellationToken), c => Assert.Equal(0, c.Different));
    }

    [Fact]
    public void WeightsAreStoredOnce()
    {
        // No machine code for this one.
        long one = SectionBytes(Compile("1x16", target: "haswell").Model!.Artifact), three = SectionBytes(Compile(Sets, target: "haswell").Model!.Artifact);
        Assert.InRange(three, one, one * 5 / 4);
    }

    private static long SectionBytes(byte[] artifact) => artifact.Length - BinaryPrimitives.ReadInt32LittleEndian(artifact);

    [Fact]
    public void SetsThatCannotBeToldApartAreAnError() => Assert.Equal(DiagnosticCodes.InvalidOption, Compile("2x16;1x32").Diagnostics.Single().Code);

    [Fact]
    public void SessionsOfACallerAreMadeOnce()
    {
        using var model = QuantizedModel.Load(Compile(Sets).Model!.Artifact);
        using var sessions = new ShapeSetSessions(model);
        var long1 = sessions.For(33);
        Assert.Same(long1, sessions.Current);
        Assert.NotSame(long1, sessions.For(16));
        Assert.Same(long1, sessions.For(33));
        Assert.Contains("ids 33 (1x33)", Assert.Throws<ArgumentException>(() => sessions.For(17)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public unsafe void HostileAlternativesStayInBounds()
    {
        byte[] artifact = Compile(Sets).Model!.Artifact;
        int table = BinaryPrimitives.ReadInt32LittleEndian(artifact);
        var random = new Random(3);
        for (int trial = 0; trial < 60; trial++)
        {
            byte[] hostile = [.. artifact];
            for (int flips = 1 + random.Next(3); flips > 0; flips--) hostile[4 + random.Next(table)] = (byte)(random.Next(3) == 0 ? random.Next(256) : 1 << random.Next(8));
            int end = hostile.Length - Checksum.Length;
            fixed (byte* p = hostile) BinaryPrimitives.WriteUInt64LittleEndian(hostile.AsSpan(end), Checksum.Compute(p, end));
            try
            {
                using var model = QuantizedModel.Load(hostile);
                foreach (var set in model.ShapeSets)
                {
                    if (set.ArenaBytes > 64 << 20) continue;
                    using var session = set.CreateSession();
                    session.Run();
                }
            }
            catch (QnnFormatException)
            {
                // Refused, as it should be.
            }
        }
    }
}
