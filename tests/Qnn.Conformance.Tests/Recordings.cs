using Qnn.Testing;

namespace Qnn.Conformance.Tests;

/// <summary>What the recordings of kernel sets are called in golden.json, where not as the set.</summary>
internal static class Recordings
{
    private static readonly Dictionary<string, string> s_names = new()
    {
        ["fbgemm-saturating"] = "libtorch2.10-fbgemm",
        ["qnnpack"] = "libtorch2.10-qnnpack",
        ["onednn"] = "libtorch2.10-onednn",
        ["x86"] = "libtorch2.10-x86",
    };

    // QNNPACK leaves an in-place relu6 out: the engine is wrong, and not to be matched.
    private static readonly HashSet<(string Model, string Numerics)> s_wrong = [("op_relu6_inplace", "qnnpack"), ("mobilenet_v2_relu6_qint8_perchannel", "qnnpack")];

    /// <summary>The name of a set's recording.</summary>
    public static string Of(string numerics) => s_names.GetValueOrDefault(numerics, numerics);

    /// <summary>Whether a set that is not the default is compared. PyTorch's recordings name only the engines that ran; the other formats' name the sets that differ.</summary>
    public static bool Has(string format, string model, string numerics)
    {
        if (!s_names.TryGetValue(numerics, out string? recording)) return true;
        if (s_wrong.Contains((model, numerics))) return false;
        var golden = TestModels.Open(format, model).Golden;
        return golden.Kernels == recording || golden.Cases.Any(c => c.Outputs.Any(o => o.Others?.ContainsKey(recording) == true));
    }
}
