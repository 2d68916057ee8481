using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of Lstm.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LstmParameters
{
    /// <summary>1 where the data's axes are time, batch, features; 0 for batch, time, features.</summary>
    public int TimeMajor;
    /// <summary>A <see cref="RecurrentActivation"/>.</summary>
    public int Activation;
    /// <summary>1 where run-time quantization chooses zero points: int8 weights only.</summary>
    public int Asymmetric;
    /// <summary>Bounds the cell state; 0 for none.</summary>
    public float CellClip;
    /// <summary>Bounds the projection; 0 for none.</summary>
    public float ProjectionClip;
    /// <summary>Scales of int8 weights: input weights, recurrent weights, projection.</summary>
    public LstmScales Scales;
}

/// <summary>The scales of an LSTM's nine weight matrices.</summary>
[InlineArray(9)]
internal struct LstmScales
{
    private float _first;
}
