using System.Diagnostics;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Import.TfLite;
using Qnn.Compiler.Import.TfLite.Schema;
using Qnn.Testing;

namespace Qnn.Compiler.Tests.Import.TfLite;

/// <summary>Damaged files: read, or refused with a <see cref="ModelException"/>; never anything else, and never for long.</summary>
public sealed class TfLiteFuzzTests
{
    private const int Flips = 2000;
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static readonly string[] s_models = ["classifier", "classifier, buffers outside", "tflm_sine_float", "seanet_add0", "tflm_micro_speech_quantized", "tflm_trained_lstm_int8"];

    public static IEnumerable<object[]> Names => s_models.Select(name => new object[] { name });

    [Theory]
    [MemberData(nameof(Names))]
    public void CutOff(string name)
    {
        byte[] bytes = Load(name);
        var clock = Stopwatch.StartNew();
        for (int length = 0; length < bytes.Length; length += 64) Read(bytes[..length]);
        Assert.True(clock.Elapsed < s_limit, clock.Elapsed.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BitsFlipped(string name)
    {
        byte[] bytes = Load(name);
        var random = new Random(20240131);
        var clock = Stopwatch.StartNew();
        for (int i = 0; i < Flips; i++)
        {
            byte[] damaged = [.. bytes];
            // One bit, or a few: some faults hide behind another.
            for (int n = 1 << random.Next(4); n > 0; n--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Read(damaged);
        }
        Assert.True(clock.Elapsed < s_limit, clock.Elapsed.ToString());
    }

    [Fact]
    public void EveryByteOfASmallModelTakesEveryExtreme()
    {
        byte[] bytes = SmallModels.Classifier().Build();
        for (int i = 0; i < bytes.Length; i++)
        {
            byte before = bytes[i];
            foreach (byte value in (byte[])[0, 1, 0x7F, 0x80, 0xFF])
            {
                bytes[i] = value;
                Read([.. bytes]);
            }
            bytes[i] = before;
        }
    }

    private static byte[] Load(string name)
    {
        if (name.StartsWith("classifier", StringComparison.Ordinal)) return SmallModels.Classifier().Build(buffersOutside: name != "classifier");
        Assert.SkipWhen(TestModels.Root is null, TestModels.MissingReason);
        return TestModels.Open("tflite", name).ReadModel();
    }

    private static void Read(byte[] bytes)
    {
        try
        {
            var file = TfLiteFile.Open(bytes);
            foreach (var subgraph in file.Subgraphs)
            {
                foreach (var tensor in subgraph.Tensors) _ = (tensor.IrType, tensor.ReadElements().Length, tensor.ToString(), tensor.Sparsity?.UnPack());
                foreach (var op in subgraph.Operators)
                {
                    _ = (op.ToString(), op.CustomOptions.Length, op.Options<Conv2DOptions>().UnPack(), op.Options<DepthwiseConv2DOptions>().UnPack());
                    _ = (op.Options<ReshapeOptions>().UnPack(), op.Options<UnidirectionalSequenceLSTMOptions>().UnPack(), op.Options<SoftmaxOptions>().UnPack());
                }
            }
            _ = file.ReadMetadata();
        }
        catch (ModelException e)
        {
            Assert.All(e.Diagnostics, d => Assert.StartsWith("QNN", d.Code, StringComparison.Ordinal));
        }
    }
}
