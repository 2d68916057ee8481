using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>What small TorchScript archives become, and what is said of those that are no good.</summary>
public sealed class TorchScriptImportTests
{
    private const string Code = """
        class M(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.M,
            x: Tensor) -> Tensor:
            y = torch.quantize_per_tensor(x, 0.1, 3, 13)
            z = ops.quantized.add_relu(y, y, 0.2, 5)
            return torch.dequantize(z)

        """;

    [Fact]
    public void ASmallModelIsImported()
    {
        var graph = Import(Archive());
        Assert.Equal(new Shape(2, 70), graph.Outputs[0].Type.Shape);
        Assert.Contains(graph.Nodes, n => n.Operator.Mnemonic == "qnn.add");
    }

    [Fact]
    public void TuplesOfTensorsAreInputsOfTheirOwn()
    {
        string code = Code.Replace("x: Tensor) -> Tensor", "x: Tensor, s: Tuple[Tensor, Tuple[Optional[Tensor]]]) -> Tensor", StringComparison.Ordinal).Replace("torch.dequantize(z)", "torch.add(torch.dequantize(z), torch.mul(s[0], s[1][0]))", StringComparison.Ordinal);
        var graph = TorchArchives.Import(TorchArchives.Archive(code), "2x70;70;2x1");
        Assert.Equal(["x", "s_0", "s_1_0"], graph.Inputs.Select(i => i.Name));
        Assert.Equal([new Shape(2, 70), new Shape(70), new Shape(2, 1)], graph.Inputs.Select(i => i.Type.Shape));
    }

    [Fact]
    public void PartsOfNamedTuplesHaveTheirFieldsNames()
    {
        string code = "class Pair(NamedTuple):\n  left : Tensor\n  more : Tuple[Tensor, int]\n" + Code.Replace("x: Tensor) -> Tensor", "x: Tensor, s: __torch__.Pair) -> Tensor", StringComparison.Ordinal).Replace("torch.dequantize(z)", "torch.add(torch.dequantize(z), torch.add(s.left, (s.more)[0]))", StringComparison.Ordinal);
        var graph = TorchArchives.Import(TorchArchives.Archive(code), "x:2x70;s_left:70;s_more_0:2x1");
        Assert.Equal(["x", "s_left", "s_more_0", "s_more_1"], graph.Inputs.Select(i => i.Name));
        Assert.Equal(new Shape(2, 70), graph.Outputs[0].Type.Shape);
    }

    [Theory]
    [InlineData("List[Tensor]", "s[0], s[1]", "2x70;70;2x1", new[] { "x", "s_0", "s_1" })]
    [InlineData("List[Tuple[Tensor, Tensor]]", "s[1][0], s[1][1]", "x:2x70;s_1_1:70;s_1_0:2x1;s_0_0:1;s_0_1:1", new[] { "x", "s_0_0", "s_0_1", "s_1_0", "s_1_1" })]
    [InlineData("Dict[str, Tensor]", "s[\"mean\"], s[\"std_dev\"]", "x:2x70;s_std_dev:70;s_mean:2x1", new[] { "x", "s_std_dev", "s_mean" })]
    [InlineData("Dict[int, Tensor]", "s[7], s[-3]", "x:2x70,s_7:70,s_-3:1;x:2x70,s_7:1,s_-3:1", new[] { "x", "s_7", "s_-3" })]
    [InlineData("Tuple[int, Optional[float], bool]", "torch.add(s[0], s[1]), s[2]", "2x70", new[] { "x", "s_0", "s_1", "s_2" })]
    public void ListsDictionariesAndNumbersAreInputs(string type, string operands, string shapes, string[] names)
    {
        string code = Code.Replace("x: Tensor) -> Tensor", $"x: Tensor, s: {type}) -> Tensor", StringComparison.Ordinal).Replace("torch.dequantize(z)", $"torch.add(torch.dequantize(z), torch.mul({operands}))", StringComparison.Ordinal);
        var graph = TorchArchives.Import(TorchArchives.Archive(code), shapes);
        Assert.Equal(names, graph.Inputs.Select(i => i.Name));
        Assert.Equal(new Shape(2, 70), graph.Outputs[0].Type.Shape);
    }

    [Theory]
    [InlineData("List[Tensor]", "2x70", "Name its tensors")]
    [InlineData("Dict[str, Tensor]", "2x70;70", "s_KEY")]
    [InlineData("List[Tensor]", "x:2x70;s_99999999:1", "limit")]
    public void WhatAListHoldsMustBeSaid(string type, string shapes, string words)
    {
        string code = Code.Replace("x: Tensor) -> Tensor", $"x: Tensor, s: {type}) -> Tensor", StringComparison.Ordinal);
        var fault = Assert.Throws<ModelException>(() => TorchArchives.Import(TorchArchives.Archive(code), shapes));
        Assert.Contains(words, Assert.Single(fault.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Dict[Tensor, Tensor]", "a Dict")]
    [InlineData("Tuple[str, Tensor]", "a str")]
    public void OtherInputsAreNamed(string type, string words)
    {
        string code = Code.Replace("x: Tensor) -> Tensor", $"x: Tensor, s: {type}) -> Tensor", StringComparison.Ordinal);
        Assert.Contains($"Input 's' is {words};", Assert.Single(Fault(TorchArchives.Archive(code)).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch.dropout(torch.dequantize(z), 0.1, True)")]
    [InlineData("torch.batch_norm(torch.dequantize(z), None, None, None, None, True, 0.1, 1e-05, True)")]
    [InlineData("torch.rrelu(torch.dequantize(z), 0.1, 0.3, True)")]
    public void ModelsInTrainingAreRejected(string expression)
    {
        string code = Code.Replace("torch.dequantize(z)", expression, StringComparison.Ordinal);
        Assert.Contains("model.eval()", Assert.Single(Fault(TorchArchives.Archive(code)).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OperandsThatDoNotFitAreAnErrorOfTheModel()
    {
        string code = Code.Replace("torch.dequantize(z)", "torch.scaled_dot_product_attention(x, x, torch.select(x, 0, 0))", StringComparison.Ordinal);
        Assert.Equal(DiagnosticCodes.InconsistentModel, Assert.Single(Fault(TorchArchives.Archive(code)).Diagnostics).Code);
    }

    [Fact]
    public void AScriptedModelAnswersAsAfterEval()
    {
        string code = Code.Replace("torch.dequantize(z)", "torch.dropout(torch.dequantize(z), 0.1, self.training)", StringComparison.Ordinal);
        byte[] training = [0x80, 2, .. "c__torch__\nM\n)"u8, 0x81, .. "}X\u0008\0\0\0training"u8, 0x88, .. "sb."u8];
        Assert.NotEmpty(TorchArchives.Import(TorchArchives.Archive(code, training), "2x70").Outputs);
    }

    [Fact]
    public void AllUnsupportedOperatorsAreNamedAtOnce()
    {
        string code = Code.Replace("torch.dequantize(z)", "ops.mine.twist(y, 2)", StringComparison.Ordinal).Replace("ops.quantized.add_relu(y, y, 0.2, 5)", "torch.bessel_j0(y)", StringComparison.Ordinal);
        var fault = Assert.Single(Fault(Archive(code)).Diagnostics);
        Assert.Equal(DiagnosticCodes.UnsupportedOperator, fault.Code);
        Assert.Contains("aten::bessel_j0", fault.Message, StringComparison.Ordinal);
        Assert.Contains("mine::twist", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y = torch.quantize_per_tensor(x, 0.1, 3, 13)", "y = torch.quantize_per_tensor(x, 0.1, 3, 13", "line")]
    [InlineData("return torch.dequantize(z)", "return torch.dequantize((z)", "line")]
    [InlineData("return torch.dequantize(z)", "return )", "line 9")]
    public void CodeThatDoesNotParseIsNamedByItsLine(string old, string changed, string expected) =>
        Assert.Contains(expected, Assert.Single(Fault(Archive(Code.Replace(old, changed, StringComparison.Ordinal))).Diagnostics).Message, StringComparison.Ordinal);

    [Fact]
    public void DeeplyNestedCodeIsRejected()
    {
        string nested = new string('(', 100_000) + "z" + new string(')', 100_000);
        Assert.NotEmpty(Fault(Archive(Code.Replace("torch.dequantize(z)", nested, StringComparison.Ordinal))).Diagnostics);
    }

    [Theory]
    [InlineData(new byte[] { 0x80, 2, (byte)'P' }, "0x50")]
    [InlineData(new byte[] { 0x80, 9 }, "protocol")]
    [InlineData(new byte[] { 0x80, 2, (byte)'t' }, "mark")]
    [InlineData(new byte[] { 0x80, 2, (byte)'0' }, "more values")]
    [InlineData(new byte[] { 0x80, 2, (byte)'h', 7 }, "recalls value 7")]
    [InlineData(new byte[] { 0x80, 2, (byte)'X', 255, 255, 255, 127 }, "truncated")]
    [InlineData(new byte[] { 0x80, 2 }, "truncated")]
    public void PicklesThatAreNoDataAreRejected(byte[] pickle, string expected)
    {
        var fault = Assert.Single(Fault(Archive(module: pickle)).Diagnostics);
        Assert.Equal(DiagnosticCodes.DamagedFile, fault.Code);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsEverCalled()
    {
        byte[] pickle = [0x80, 2, .. "cos\nsystem\n"u8, .. "X"u8, 2, 0, 0, 0, .. "ls"u8, 0x85, .. "R."u8];
        Assert.Contains("os.system", Assert.Single(Fault(Archive(module: pickle)).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AStateDictSaysHowToExport()
    {
        foreach (byte[] file in (byte[][])[Zip(("net/data.pkl", [0x80, 2, .. "}."u8])), [0x80, 2, .. "}."u8]])
        {
            var fault = Assert.Single(Fault(file).Diagnostics);
            Assert.Equal(DiagnosticCodes.UnsupportedForm, fault.Code);
            Assert.Contains("torch.jit.trace", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("net/../../etc/passwd")]
    [InlineData("/net/data/0")]
    [InlineData("net\\data")]
    [InlineData("net/data.pkl")]
    public void NamesThatLeaveTheArchiveOrStandTwiceAreRejected(string name) =>
        Assert.Equal(DiagnosticCodes.DamagedFile, Assert.Single(Fault(Zip([.. Entries(), (name, [1])])).Diagnostics).Code);

    [Fact]
    public void AnOpenShapeAsksForOne() =>
        Assert.Equal(DiagnosticCodes.OpenShape, Assert.Single(Assert.Throws<ModelException>(() => Import(Archive(), null)).Diagnostics).Code);

    [Fact]
    public void DamagedArchivesGiveDiagnosticsInTime()
    {
        byte[] bytes = Archive();
        var random = new Random(11);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (int trial = 0; trial < 600; trial++)
        {
            byte[] damaged = trial % 3 == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
            for (int n = trial % 3 == 0 ? 0 : 1 << random.Next(4); n > 0; n--) damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            Tried(damaged);
        }
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(60), clock.Elapsed.ToString());
    }

    [Fact]
    public void DamagedPicklesAndCodeGiveDiagnostics()
    {
        var random = new Random(12);
        for (int trial = 0; trial < 400; trial++)
        {
            byte[] module = [.. TorchArchives.Module], code = Encoding.UTF8.GetBytes(Code);
            byte[] target = trial % 2 == 0 ? module : code;
            target[random.Next(target.Length)] = (byte)random.Next(256);
            Tried(Zip(("net/data.pkl", module), ("net/constants.pkl", TorchArchives.Nothing), ("net/code/__torch__.py", code)));
        }
    }

    private static void Tried(byte[] bytes)
    {
        try
        {
            Import(bytes);
        }
        catch (ModelException fault)
        {
            Assert.NotEmpty(fault.Diagnostics);
        }
    }

    private static ModelException Fault(byte[] bytes) => Assert.Throws<ModelException>(() => Import(bytes));

    private static Graph Import(byte[] bytes, string? shapes = "2x70") => TorchArchives.Import(bytes, shapes);

    private static byte[] Archive(string code = Code, byte[]? module = null) => TorchArchives.Archive(code, module);

    private static (string Name, byte[] Bytes)[] Entries() => TorchArchives.Entries(Code);

    private static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => TorchArchives.Zip(entries);
}
