using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of Rnn.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RnnParameters
{
    /// <summary>1 where the data's axes are time, batch, features; 0 for batch, time, features.</summary>
    public int TimeMajor;
    /// <summary>A <see cref="RecurrentActivation"/>.</summary>
    public int Activation;
    /// <summary>1 where run-time quantization chooses zero points: int8 weights only.</summary>
    public int Asymmetric;
    /// <summary>Scales of int8 weights.</summary>
    public float InputScale, RecurrentScale;
}
