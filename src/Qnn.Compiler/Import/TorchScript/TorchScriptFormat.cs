using System.Text;
using Qnn.Compiler.Import.TorchScript.Archive;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>TorchScript archives, as <c>torch.jit.save</c> writes them.</summary>
internal sealed class TorchScriptFormat : ModelFormat
{
    private static readonly string[] s_extensions = [".pt", ".pth", ".ptl", ".torchscript"];

    public override string Name => "torchscript";

    public override IReadOnlyList<string> Numerics { get; } = ["fbgemm", "fbgemm-exact", "fbgemm-saturating", "qnnpack", "onednn", "x86"];

    public override bool Matches(string path, ReadOnlySpan<byte> head)
    {
        if (s_extensions.Contains(Path.GetExtension(path).ToLowerInvariant())) return true;
        // The first entry's name stands behind its header of 30 bytes.
        if (!TorchArchive.IsZip(head) || head.Length < 30) return false;
        int length = Math.Min(head[26] | head[27] << 8, head.Length - 30);
        string first = Encoding.UTF8.GetString(head.Slice(30, length));
        return first.EndsWith("/data.pkl", StringComparison.Ordinal) || first.EndsWith("/version", StringComparison.Ordinal) || first.Contains("/data/", StringComparison.Ordinal) || first.Contains("/code/", StringComparison.Ordinal);
    }

    public override ImportedModel Import(ReadOnlyMemory<byte> bytes, ImportOptions options, CancellationToken cancellation)
    {
        string numerics = ResolveNumerics(options.Numerics);
        var module = TorchModule.Open(TorchArchive.Open(bytes));
        var graph = TorchInterpreter.Import(module, Enum.Parse<TorchNumerics>(numerics.Replace("-", ""), ignoreCase: true), options.Name, options.InputShapes, cancellation);
        return new ImportedModel { Graph = graph, Numerics = numerics };
    }
}
