using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Evaluation;
using Qnn.Compiler.Import;
using Qnn.Compiler.Import.MxNet;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Tests.Import.MxNet;

/// <summary>What MXNet symbols and their parameters become, and what is said of those that are no good.</summary>
public sealed class MxNetImportTests : IDisposable
{
    private const string Head = """{"nodes":[""", Tail = """],"heads":[[3,0,0]],"attrs":{"mxnet_version":["int",10901]}}""";
    private const string Nodes = """
        {"op":"null","name":"data","inputs":[]},
        {"op":"null","name":"fc_weight","inputs":[]},
        {"op":"null","name":"fc_bias","inputs":[]},
        {"op":"FullyConnected","name":"fc","attrs":{"num_hidden":"2"},"inputs":[[0,0,0],[1,0,0],[2,0,0]]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("qnn-mxnet-").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void EveryVersionOfTheParamsIsRead(int version)
    {
        var graph = Import(Head + Nodes + Tail, Params().ToArray(version));
        Assert.Equal("fc_output", Assert.Single(graph.Outputs).Name);
        var answer = Evaluator.Run(graph, [Tensor.Of<float>(new Shape(1, 3), [1, 2, 3])]);
        Assert.Equal([1 + 4 + 9 + 0.5f, 4 + 10 + 18 - 0.5f], answer[0].Span<float>().ToArray());
    }

    [Theory]
    [InlineData("attr")]
    [InlineData("param")]
    public void OldSpellingsOfAttributesAreRead(string spelling) =>
        Assert.Single(Import(Head + Nodes.Replace("attrs", spelling, StringComparison.Ordinal).Replace(",0]", "]", StringComparison.Ordinal) + Tail, Params().ToArray()).Outputs);

    [Fact]
    public void ParamsOfTheHighestEpochBesideTheSymbolAreTheDefault()
    {
        File.WriteAllBytes(Path.Combine(_folder, "net-0009.params"), Params(bias: 9).ToArray());
        File.WriteAllBytes(Path.Combine(_folder, "net-0012.params"), Params(bias: 12).ToArray());
        File.WriteAllBytes(Path.Combine(_folder, "other-0099.params"), Params(bias: 99).ToArray());
        var graph = Import(Head + Nodes + Tail, null);
        Assert.Equal(12, Evaluator.Run(graph, [Tensor.Of<float>(new Shape(1, 3), [0, 0, 0])])[0].Span<float>()[0]);
    }

    /// <summary>MXNet fuses convolutions of float symbols when it binds them, which moves roundings; quantized symbols run as they are.</summary>
    [Fact]
    public void FloatConvolutionsAreFusedWithWhatFollows()
    {
        const string Convolution = """
            {"op":"null","name":"data","inputs":[]},
            {"op":"null","name":"w","inputs":[]},
            {"op":"Convolution","name":"c","attrs":{"kernel":"(1, 1)","num_filter":"1","no_bias":"True"},"inputs":[[0,0,0],[1,0,0]]},
            {"op":"null","name":"gamma","inputs":[]},{"op":"null","name":"beta","inputs":[]},{"op":"null","name":"mean","inputs":[]},{"op":"null","name":"var","inputs":[]},
            {"op":"BatchNorm","name":"bn","attrs":{"fix_gamma":"False","eps":"0"},"inputs":[[2,0,0],[3,0,0],[4,0,0],[5,0,0],[6,0,0]]},
            """;
        byte[] parameters = new ParamsFile().Add("arg:w", [1, 1, 1, 1], 0.1f).Add("arg:gamma", [1], 0.3f).Add("arg:beta", [1], 0.7f).Add("aux:mean", [1], 0.9f).Add("aux:var", [1], 4).ToArray();
        const string Tail = """],"heads":[[HEAD,0,0]],"attrs":{"mxnet_version":["int",10901]}}""";
        float Answer(string nodes, int head) => Evaluator.Run(Import(Head + Convolution + nodes + Tail.Replace("HEAD", $"{head}", StringComparison.Ordinal), parameters, "data:1x1x1x1"), [Tensor.Of<float>(new Shape(1, 1, 1, 1), [0.37f])])[0].Span<float>()[0];
        float alpha = (float)(0.3f / Math.Sqrt(4.0)), folded = 0.37f * (0.1f * alpha) + (0.7f - alpha * 0.9f);
        Assert.Equal(MathF.Max(folded, 0), Answer("""{"op":"Activation","name":"r","attrs":{"act_type":"relu"},"inputs":[[7,0,0]]}""", 8));
        Assert.Equal(folded + folded, Answer("""{"op":"elemwise_add","name":"s","inputs":[[7,0,0],[7,0,0]]}""", 8));
        Assert.Equal(MathF.Max(folded, 0) + folded, Answer("""{"op":"Activation","name":"r","attrs":{"act_type":"relu"},"inputs":[[7,0,0]]},{"op":"elemwise_add","name":"s","inputs":[[8,0,0],[7,0,0]]}""", 9));
    }

    [Theory]
    [InlineData("_contrib_quantize_v2")]
    [InlineData("_sg_mkldnn_conv")]
    public void QuantizedSymbolsAreNotFused(string op)
    {
        string json = Head + Nodes.Replace("FullyConnected", "Convolution", StringComparison.Ordinal) + $$""",{"op":"Activation","name":"r","attrs":{"act_type":"relu"},"inputs":[[3,0,0]]},{"op":"{{op}}","name":"q","inputs":[[4,0,0]]}""" + Tail;
        var symbol = Symbol.Parse(Encoding.UTF8.GetBytes(json));
        Assert.Same(symbol, ConvolutionFusion.Apply(symbol));
    }

    [Fact]
    public void AllMissingArraysAreNamed()
    {
        var fault = Fault(Head + Nodes + Tail, new ParamsFile().Add("arg:other", [1], 1).ToArray());
        Assert.Equal(DiagnosticCodes.InconsistentModel, fault.Code);
        Assert.Contains("fc_weight, fc_bias", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutParamsTheMessageSaysSo() => Assert.Contains("No params file", Fault(Head + Nodes + Tail, null).Message, StringComparison.Ordinal);

    [Fact]
    public void AParamsFileThatIsNamedMustExist()
    {
        var options = new ImportOptions("test", null, InputShapes.Parse("data:1x3"), Params: Path.Combine(_folder, "none.params"));
        var fault = Assert.Throws<ModelException>(() => new MxNetFormat().Import(Encoding.UTF8.GetBytes(Head + Nodes + Tail), options, TestContext.Current.CancellationToken));
        Assert.Equal(DiagnosticCodes.FileNotFound, Assert.Single(fault.Diagnostics).Code);
    }

    [Fact]
    public void AllUnsupportedOperatorsAreNamedAtOnce()
    {
        var fault = Fault(Head + Nodes + """
            ,{"op":"RNN","name":"first","inputs":[[3,0,0]]},{"op":"_contrib_quantized_rnn","name":"second","inputs":[[4,0,0]]}
            """ + Tail, Params().ToArray());
        Assert.Equal(DiagnosticCodes.UnsupportedOperator, fault.Code);
        Assert.Contains("#4 'first': RNN; #5 'second': _contrib_quantized_rnn", fault.Message, StringComparison.Ordinal);
        Assert.Contains("MXNet 1.9.1", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ContradictingShapesAreRejected()
    {
        Assert.Equal(DiagnosticCodes.InconsistentModel, Fault(Head + Nodes + Tail, Params().ToArray(), "data:1x4").Code);
        Assert.Equal(DiagnosticCodes.InconsistentModel, Fault(Head + Nodes + Tail, new ParamsFile().Add("arg:fc_weight", [2, 3], 1, 2, 3, 4, 5, 6).Add("arg:fc_bias", [3], 1, 2, 3).ToArray()).Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1, 2")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"nodes":{}}""")]
    [InlineData("""{"nodes":[]}""")]
    [InlineData("""{"nodes":[{"name":"x"}]}""")]
    [InlineData("""{"nodes":[{"op":"null","name":"x","attrs":"text"}],"heads":[[0,0,0]]}""")]
    [InlineData("""{"nodes":[{"op":"null","name":"x"}],"heads":[[1,0,0]]}""")]
    [InlineData("""{"nodes":[{"op":"null","name":"x"}],"heads":[[]]}""")]
    [InlineData("""{"nodes":[{"op":"relu","name":"x","inputs":[[0,0,0]]}],"heads":[[0,0,0]]}""")]
    [InlineData("""{"nodes":[{"op":"relu","name":"x","inputs":[[1,0,0]]},{"op":"relu","name":"y","inputs":[[0,0,0]]}],"heads":[[1,0,0]]}""")]
    public void WhatIsNoSymbolIsADamagedFile(string json) => Assert.Equal(DiagnosticCodes.DamagedFile, Fault(json, Params().ToArray()).Code);

    [Fact]
    public void DeepNestingIsRejected()
    {
        string nested = string.Concat(Enumerable.Repeat("""{"nodes":[{"op":"null","name":"x","subgraphs":[""", 5000)) + string.Concat(Enumerable.Repeat("]}]}", 5000));
        Assert.Equal(DiagnosticCodes.DamagedFile, Fault(nested, null).Code);
    }

    [Fact]
    public void AMalformedAttributeIsNamed()
    {
        var fault = Fault(Head + Nodes.Replace("\"num_hidden\":\"2\"", "\"no_bias\":\"perhaps\"", StringComparison.Ordinal) + Tail, Params().ToArray());
        Assert.Equal(DiagnosticCodes.InconsistentModel, fault.Code);
        Assert.Contains("no_bias is 'perhaps'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TruncatedAndDamagedFilesGiveDiagnostics()
    {
        byte[] symbol = Encoding.UTF8.GetBytes(Head + Nodes + Tail), parameters = Params().ToArray();
        var random = new Random(5);
        for (int trial = 0; trial < 600; trial++)
        {
            var (json, data) = trial % 2 == 0 ? (Damaged(symbol), parameters) : (symbol, Damaged(parameters));
            string file = Path.Combine(_folder, "damaged.params");
            File.WriteAllBytes(file, data);
            try
            {
                new MxNetFormat().Import(json, new ImportOptions("test", null, InputShapes.Parse("data:1x3"), Params: file), TestContext.Current.CancellationToken);
            }
            catch (ModelException fault)
            {
                Assert.NotEmpty(fault.Diagnostics);
            }
        }

        byte[] Damaged(byte[] whole)
        {
            if (random.Next(2) == 0) return whole[..random.Next(whole.Length)];
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            return damaged;
        }
    }

    private static ParamsFile Params(float bias = 0.5f) => new ParamsFile().Add("arg:fc_weight", [2, 3], 1, 2, 3, 4, 5, 6).Add("arg:fc_bias", [2], bias, -bias);

    private Diagnostic Fault(string json, byte[]? parameters, string shapes = "data:1x3") => Assert.Throws<ModelException>(() => Import(json, parameters, shapes)).Diagnostics[0];

    private Graph Import(string json, byte[]? parameters, string shapes = "data:1x3")
    {
        string? file = null;
        if (parameters is not null) File.WriteAllBytes(file = Path.Combine(_folder, "given.params"), parameters);
        var options = new ImportOptions("test", null, InputShapes.Parse(shapes), Path.Combine(_folder, "net-symbol.json"), file);
        return new MxNetFormat().Import(Encoding.UTF8.GetBytes(json), options, TestContext.Current.CancellationToken).Graph;
    }
}
