using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>Archives that are made to harm, and rare forms that are good: each ends in a graph or in a diagnostic with a code, soon.</summary>
public sealed class TorchArchiveTests
{
    private const string Code = """
        class M(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.M,
            x: Tensor) -> Tensor:
            return torch.add(x, CONSTANTS.c0)

        """;

    // (tensor of 4 floats, its storage in constants/0), as torch.jit.save writes it.
    private static readonly byte[] s_constants = Convert.FromBase64String("gAJjdG9yY2guX3V0aWxzCl9yZWJ1aWxkX3RlbnNvcl92MgpxACgoWAcAAABzdG9yYWdlcQFjdG9yY2gKRmxvYXRTdG9yYWdlCnECWAEAAAAwcQNYAwAAAGNwdXEESwR0UXEFSwAoSwR0KEsBdIljY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcQYpUnRScQeFLg==");

    [Fact]
    public void BombsAreRejectedByWhatTheyAnnounce()
    {
        byte[] bomb = TorchArchives.Zip(CompressionLevel.Optimal, [.. TorchArchives.Entries(Code), ("net/data/0", new byte[300 << 20])]);
        Assert.Equal(DiagnosticCodes.TooLarge, Fault(bomb).Diagnostics[0].Code);
    }

    [Fact]
    public void EntriesThatOverlapAreRejected()
    {
        byte[] zip = TorchArchives.Zip([.. TorchArchives.Entries(Code), ("net/data/0", new byte[4000])]);
        int end = zip.Length - 22, directory = BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(end + 16)), last = end - 46 - "net/data/0".Length;
        byte[] record = zip[last..end];
        var stream = new MemoryStream();
        stream.Write(zip.AsSpan(0, end));
        for (int i = 1; i < 10; i++)
        {
            record[^1] = (byte)('0' + i);
            stream.Write(record);
        }
        byte[] tail = zip[end..];
        foreach (int at in (int[])[8, 10]) BinaryPrimitives.WriteUInt16LittleEndian(tail.AsSpan(at), 4 + 9);
        BinaryPrimitives.WriteInt32LittleEndian(tail.AsSpan(12), end + 9 * record.Length - directory);
        stream.Write(tail);
        Assert.Contains("overlap", Fault(stream.ToArray()).Diagnostics[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("little")]
    [InlineData("big")]
    public void EitherByteOrderIsRead(string order)
    {
        byte[] storage = new byte[16];
        float[] numbers = [1.5f, -2, 3, 0.25f];
        for (int i = 0; i < 4; i++)
        {
            if (order == "big") BinaryPrimitives.WriteSingleBigEndian(storage.AsSpan(4 * i), numbers[i]);
            else BinaryPrimitives.WriteSingleLittleEndian(storage.AsSpan(4 * i), numbers[i]);
        }
        var graph = TorchArchives.Import(WithConstant(storage, ("net/byteorder", Encoding.ASCII.GetBytes(order))), "4");
        var constant = graph.Nodes.SelectMany(n => n.Inputs).First(v => v?.Constant is not null)!.Constant!;
        Assert.Equal(numbers, constant.Span<float>().ToArray());
    }

    [Fact]
    public void StoragesThatAreTooShortAreRejected() => Assert.Equal(DiagnosticCodes.DamagedFile, Assert.Throws<ModelException>(() => TorchArchives.Import(WithConstant(new byte[12]), "4")).Diagnostics[0].Code);

    [Fact]
    public void Zip64IsRead()
    {
        byte[] zip = WithConstant(new byte[16]);
        int end = zip.Length - 22;
        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(end + 10));
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 12)), offset = BinaryPrimitives.ReadUInt32LittleEndian(zip.AsSpan(end + 16));
        byte[] record = new byte[56], locator = new byte[20];
        "PK\x06\x06"u8.CopyTo(record);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(4), 44);
        BinaryPrimitives.WriteInt16LittleEndian(record.AsSpan(12), 45);
        BinaryPrimitives.WriteInt16LittleEndian(record.AsSpan(14), 45);
        foreach (int at in (int[])[24, 32]) BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(at), count);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(40), size);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(48), offset);
        "PK\x06\x07"u8.CopyTo(locator);
        BinaryPrimitives.WriteInt64LittleEndian(locator.AsSpan(8), end);
        BinaryPrimitives.WriteInt32LittleEndian(locator.AsSpan(16), 1);
        byte[] tail = zip[end..];
        tail.AsSpan(8, 12).Fill(0xFF);
        Assert.Single(TorchArchives.Import([.. zip[..end], .. record, .. locator, .. tail], "4").Outputs);
    }

    [Theory]
    [InlineData("]", "a")]
    [InlineData("(", "t")]
    [InlineData("}K\x01", "s")]
    public void DeepPicklesAreRejected(string open, string close)
    {
        const int Depth = 200_000;
        var pickle = new StringBuilder("\x80\x02").Append(string.Concat(Enumerable.Repeat(open, Depth))).Append('N').Append(string.Concat(Enumerable.Repeat(close, Depth))).Append('.');
        byte[] bytes = Encoding.Latin1.GetBytes(pickle.ToString());
        foreach (var entries in ((string, byte[])[][])[TorchArchives.Entries(Code, bytes), [.. TorchArchives.Entries(Code)[..1], ("net/constants.pkl", bytes), TorchArchives.Entries(Code)[2]]])
        {
            Assert.NotEmpty(Fault(TorchArchives.Zip(entries)).Diagnostics);
        }
    }

    private static byte[] WithConstant(byte[] storage, params (string Name, byte[] Bytes)[] more) =>
        TorchArchives.Zip([TorchArchives.Entries(Code)[0], ("net/constants.pkl", s_constants), TorchArchives.Entries(Code)[2], ("net/constants/0", storage), .. more]);

    private static ModelException Fault(byte[] bytes) => Assert.Throws<ModelException>(() => TorchArchives.Import(bytes, "4"));
}
