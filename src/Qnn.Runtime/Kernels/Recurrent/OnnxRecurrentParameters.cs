using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of OnnxRecurrent.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct OnnxRecurrentParameters
{
    public OnnxCell Cell;
    /// <summary>1 where sequences are taken from their end.</summary>
    public int Reverse;
    /// <summary>1 where an LSTM's forget gate is 1 less its input gate.</summary>
    public int InputForget;
    /// <summary>How many products of float weights are added up before their sum joins a gate.</summary>
    public int FusedRun;
    /// <summary>The greatest magnitude of what an activation takes.</summary>
    public float Clip;
    /// <summary>The activations f, g and k of <see cref="OnnxCell"/>.</summary>
    public OnnxActivation First, Second, Third;
}
