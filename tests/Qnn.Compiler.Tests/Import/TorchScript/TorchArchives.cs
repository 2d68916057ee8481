using System.IO.Compression;
using System.Text;
using Qnn.Compiler.Import;
using Qnn.Compiler.Import.TorchScript;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Tests.Import.TorchScript;

/// <summary>Small TorchScript archives, made in memory.</summary>
internal static class TorchArchives
{
    /// <summary>A pickled object of the class __torch__.M without attributes.</summary>
    public static readonly byte[] Module = [0x80, 2, .. "c__torch__\nM\n)"u8, 0x81, .. "}b."u8];

    /// <summary>A pickled empty tuple.</summary>
    public static readonly byte[] Nothing = [0x80, 2, .. ")."u8];

    /// <summary>Imports an archive.</summary>
    public static Graph Import(byte[] bytes, string? shapes, string? numerics = null) =>
        new TorchScriptFormat().Import(bytes, new ImportOptions("test", numerics, InputShapes.Parse(shapes), null), TestContext.Current.CancellationToken).Graph;

    /// <summary>An archive of some code.</summary>
    public static byte[] Archive(string code, byte[]? module = null) => Zip(Entries(code, module));

    /// <summary>Its entries.</summary>
    public static (string Name, byte[] Bytes)[] Entries(string code, byte[]? module = null) =>
        [("net/data.pkl", module ?? Module), ("net/constants.pkl", Nothing), ("net/code/__torch__.py", Encoding.UTF8.GetBytes(code))];

    /// <summary>A zip archive.</summary>
    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries) => Zip(CompressionLevel.NoCompression, entries);

    /// <summary>A zip archive, packed.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }
        return stream.ToArray();
    }
}
