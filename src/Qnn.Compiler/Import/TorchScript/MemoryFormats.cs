using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>
/// Which tensors PyTorch keeps with their channels last: what its quantized convolutions make, and what is computed from that. Some of its kernels round otherwise on one order than on the other.
/// </summary>
internal sealed class MemoryFormats
{
    private const long ChannelsLast2D = 2, ChannelsLast3D = 3;

    private static readonly string[] s_makers = ["conv", "batch_norm"];

    private static readonly HashSet<string> s_keepers =
    [
        "add", "add_relu", "add_scalar", "add_scalar_relu", "mul", "mul_relu", "mul_scalar", "mul_scalar_relu", "sub", "div", "relu", "relu6", "hardtanh", "clamp", "clamp_min", "clamp_max", "sigmoid", "tanh",
        "hardsigmoid", "hardswish", "leaky_relu", "elu", "celu", "gelu", "silu", "threshold", "prelu", "max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d",
        "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d", "upsample_nearest1d", "upsample_nearest2d", "upsample_nearest3d", "upsample_bilinear2d", "cat", "cat_relu", "pad", "constant_pad_nd",
        "quantize_per_tensor", "dequantize", "dropout", "clone", "detach", "to", "channel_shuffle",
    ];

    private readonly HashSet<Value> _last = new(ReferenceEqualityComparer.Instance);

    /// <summary>Whether a tensor's channels are its innermost axis in memory; true of any order where there is one channel or one pixel.</summary>
    public bool IsChannelsLast(Value value)
    {
        var shape = value.Type.Shape;
        return _last.Contains(value) || shape.Rank > 2 && (shape[1] == 1 || shape.ElementCount == (long)shape[0] * shape[1]);
    }

    /// <summary>Notes what an operator has made of its arguments.</summary>
    public void Follow(string name, object?[] arguments, IReadOnlyDictionary<string, object?> named, object? result)
    {
        string plain = name[(name.LastIndexOf(':') + 1)..].TrimEnd('_');
        bool last = name.StartsWith("quantized::", StringComparison.Ordinal) && s_makers.Any(m => plain.StartsWith(m, StringComparison.Ordinal))
            || s_keepers.Contains(plain) && arguments.Any(IsLast)
            || plain is "contiguous" or "to" or "clone" && arguments.Append(named.GetValueOrDefault("memory_format")).Skip(1).Any(a => a is ChannelsLast2D or ChannelsLast3D);
        if (last) Mark(result);
    }

    private bool IsLast(object? argument) => argument switch
    {
        Value value => _last.Contains(value),
        TorchList list => list.Items.Exists(i => i is Value value && _last.Contains(value)),
        _ => false,
    };

    private void Mark(object? result)
    {
        if (result is Value { Type.Shape.Rank: > 2 } value) _last.Add(value);
        else if (result is object?[] tuple) foreach (object? item in tuple) Mark(item);
    }
}
