using System.Buffers.Binary;
using System.Text;
using Qnn.Compiler.Import.TorchScript;

namespace Qnn.Compiler.Import;

/// <summary>Files that are often found in a model's place, told by their first bytes.</summary>
internal static class ForeignFiles
{
    private const int HeadBytes = 512;

    /// <summary>What a file is, and what to do; null where it may be a model.</summary>
    public static string? Describe(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "The file is empty. Download or export the model again.";
        if (bytes.StartsWith("version https://git-lfs."u8)) return "The file is a Git LFS pointer; the model itself was not fetched. Run 'git lfs pull' (in CI, check out with LFS).";
        string text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase))
            return "The file is a web page or an XML answer that was saved in the model's place. Download the model by the link of the file itself.";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "The file is a gzip archive. Unpack it and name the model that is in it.";
        if (bytes.StartsWith("PK\u0003\u0004"u8) && !new TorchScriptFormat().Matches(path, [])) return $"The file is a zip archive{FirstEntry(bytes)}. Unpack it and name the model that is in it.";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF\r\n"u8])) return "The file is a Keras (HDF5) model. Quantize and convert it with tf.lite.TFLiteConverter, and name the .tflite file.";
        if (bytes.StartsWith("GGUF"u8)) return "The file is a GGUF model, which holds no network to compile. Name a model of TFLite, ONNX, TorchScript or MXNet.";
        if (IsSafetensors(bytes)) return "The file holds weights only (safetensors), and no network. Export the quantized model to ONNX or TorchScript.";
        if (Path.GetExtension(path).Equals(".pb", StringComparison.OrdinalIgnoreCase)) return "The file is a TensorFlow graph. Quantize and convert it with tf.lite.TFLiteConverter, and name the .tflite file.";
        return null;
    }

    private static string FirstEntry(ReadOnlySpan<byte> zip)
    {
        if (zip.Length < 30) return "";
        int length = BinaryPrimitives.ReadUInt16LittleEndian(zip[26..]);
        return length > 0 && length <= Math.Min(HeadBytes, zip.Length - 30) ? $", which begins with '{Encoding.UTF8.GetString(zip.Slice(30, length))}'" : "";
    }

    // The length of a JSON object, and the object.
    private static bool IsSafetensors(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 10 && bytes[8] == '{' && bytes[9] == '"' && BinaryPrimitives.ReadUInt64LittleEndian(bytes) < (ulong)bytes.Length;
}
