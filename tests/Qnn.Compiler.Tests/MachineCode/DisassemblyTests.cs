using System.Runtime.CompilerServices;
using Iced.Intel;
using Qnn.Compiler.MachineCode;

namespace Qnn.Compiler.Tests.MachineCode;

/// <summary>The assembled kernels as text, so that a change of generated code is seen in review. QNN_APPROVE=1 writes them anew.</summary>
public sealed class DisassemblyTests
{
    private static readonly TileEpilogue s_plain = new(default, default, default, default, true, false, false, false);

    private static readonly VectorEpilogue s_signed = new(RequantizationForm.MultiplyAddSigned, 0), s_fixed = new(RequantizationForm.MultiplyAddSigned, 2);

    [Fact]
    public void PointwiseTile() => Approve(new TileKernel(6, 4, 1, 1, default, 48, 192, 64, 64, default, false, false, s_plain));

    [Fact]
    public void PairedTiles() => Approve(new TileKernel(3, 4, 1, 1, default, 4, 16, 96, 64, default, false, true, s_plain with { HasZeroPoint = false }));

    [Fact]
    public void TileWithMaskRemaindersAndCorrections() =>
        Approve(new TileKernel(2, 2, 1, 1, default, 3, 12, 24, 24, default, true, false, new(s_signed, s_fixed, default, default, true, true, true, true)));

    [Fact]
    public void TileOverAWindow() => Approve(new TileKernel(2, 1, 3, 1, SegmentOffsets.Even(678, 3), 3, 6, 16, 16, new(112, 1356), false, false, s_plain));

    [Fact]
    public void TileOfFloatBiases() =>
        Approve(new TileKernel(2, 1, 1, 1, default, 2, 8, 16, 16, default, false, false, s_plain with { First = new(RequantizationForm.AddMultiply, 0) }));

    [Fact]
    public void TileOfSteppedRequantization() =>
        Approve(new TileKernel(2, 1, 1, 1, default, 2, 8, 16, 16, default, false, false, s_plain with { First = new(RequantizationForm.Stepped, 0), HasZeroPoint = false }));

    [Fact]
    public void TileOfSums() => Approve(new TileKernel(2, 2, 1, 1, default, 2, 8, 80, 20, default, false, false, new TileEpilogue { Sums = true }));

    [Fact]
    public void MixedAmxTiles() => Approve(new AmxTileKernel(new(16, 2, 1, 2), 1, 1, default, 18, 72, 32, 32, default, false, 1, s_plain));

    [Fact]
    public void AmxTileOverAWindowWithRemainders() =>
        Approve(new AmxTileKernel(new(7, 1, 2, 2), 2, 1, SegmentOffsets.Even(1152, 0), 96, 128, 24, 24, new(7, 1152), true, 0, new(s_signed, s_fixed, default, default, true, true, true, true)));

    [Fact]
    public void AmxTilesOverAnImage() => Approve(new AmxTileKernel(new(10, 2, 3, 1, true), 2, 2, new(512, 128, 256, 64), 32, 64, 16, 16, new(5, 512), false, 0, s_plain));

    [Fact]
    public void AmxTileOfSums() => Approve(new AmxTileKernel(new(16, 2, 1, 2), 1, 1, default, 18, 72, 80, 20, new(56, 4032), false, 3, new TileEpilogue { Sums = true }));

    [Fact]
    public void WinogradProducts() => Approve(new WinogradKernel(7, 1 << 2, 2, 64));

    [Fact]
    public void StrandOfFourBits() => Approve(new BlockStrandKernel(4, 4, 4, 0));

    [Fact]
    public void StrandOfEightBits() => Approve(new BlockStrandKernel(1, 8, 8, 1));

    [Fact]
    public void DepthwiseRow() => Approve(new DepthwiseRowKernel(1, 1, 14, 14, 96, 1, 0, s_plain));

    [Fact]
    public void DepthwiseRowOf32Channels() => Approve(new DepthwiseRowKernel(1, 1, 14, 14, 32, 1, 0, s_plain));

    [Fact]
    public void DepthwiseRowOfStride2() => Approve(new DepthwiseRowKernel(2, 0, 8, 4, 64, 1, 1, new(s_signed, s_signed, s_signed, s_fixed, true, false, false, false)));

    [Fact]
    public void DepthwiseWindowOf5x5() => Approve(new DepthwiseWindowKernel(5, 5, 1, 1, 0, 14, 10, 64, 1, s_plain));

    [Fact]
    public void SaturatingDepthwiseRow() => Approve(new SaturatingDepthwiseRowKernel(1, 1, 14, 14, 64, 1, s_plain));

    private static void Approve(MachineKernel kernel, [CallerMemberName] string name = "")
    {
        string text = Disassemble(kernel.Assemble());
        string file = Path.Combine(Testing.TestModels.RepositoryRoot, "tests", "Qnn.Compiler.Tests", "MachineCode", "Approved", name + ".asm");
        if (Environment.GetEnvironmentVariable("QNN_APPROVE") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }

    private static string Disassemble(byte[] code)
    {
        var decoder = Decoder.Create(64, code);
        var formatter = new NasmFormatter(new FormatterOptions { FirstOperandCharIndex = 16, RipRelativeAddresses = true, SpaceAfterOperandSeparator = true });
        var lines = new System.Text.StringBuilder();
        var output = new StringOutput();
        for (bool isCode = true; isCode;)
        {
            var instruction = decoder.Decode();
            // What follows is data.
            isCode = instruction.Mnemonic != Mnemonic.Ret;
            Assert.False(instruction.IsInvalid);
            formatter.Format(instruction, output);
            lines.Append($"{instruction.IP:x4} {output.ToStringAndReset()}\n");
        }
        return lines.ToString();
    }
}
