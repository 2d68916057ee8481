using System.Runtime.InteropServices;

namespace Qnn.Bench.LibTorch;

/// <summary>libtorch's choice of a quantized engine, for which TorchSharp has no method: at::globalContext().setQEngine.</summary>
internal static class QuantizedEngine
{
    // c10/core/QEngine.h: the place of each is its number.
    private static readonly string[] s_names = ["none", "fbgemm", "qnnpack", "onednn", "x86"];

    public static IEnumerable<string> Names => s_names.Skip(1);

    public static void Choose(string name)
    {
        int number = Array.IndexOf(s_names, name);
        if (number < 0) throw new ArgumentException($"libtorch has no engine {name}.");
        SetEngine(GlobalContext(), (byte)number);
    }

    [DllImport("libtorch_cpu.so", EntryPoint = "_ZN2at13globalContextEv")]
    private static extern nint GlobalContext();

    [DllImport("libtorch_cpu.so", EntryPoint = "_ZN2at7Context10setQEngineEN3c107QEngineE")]
    private static extern void SetEngine(nint context, byte engine);
}
