using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>Parameters of QuantizedLstm. Gates stand in the order input, forget, cell, output.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedLstmParameters
{
    /// <summary>Fixed-point multipliers: for each gate those of input, recurrent, peephole and layer normalisation; then the hidden state's and the projection's.</summary>
    public LstmNumbers Multipliers;
    /// <summary>Their exponents.</summary>
    public LstmNumbers Exponents;
    /// <summary>What a gate's variance is taken to be where it is 0: layer normalisation.</summary>
    public LstmGateNumbers VarianceGuards;
    /// <summary>1 where the data's axes are time, batch, features; 0 for batch, time, features.</summary>
    public int TimeMajor;
    /// <summary>1 where the input gate is what the forget gate leaves, and has no weights.</summary>
    public int Coupled;
    /// <summary>The cell state stands for raw * 2^CellExponent.</summary>
    public int CellExponent;
    /// <summary>Bounds the cell state; 0 for none.</summary>
    public int CellClip;
    /// <summary>Bounds the projection; 0 for none.</summary>
    public int ProjectionClip;
    /// <summary>Zero point of the hidden state before the projection.</summary>
    public int HiddenZeroPoint;
    /// <summary>Zero point of the output and of its state.</summary>
    public int OutputZeroPoint;
}

/// <summary>Four numbers, one a gate.</summary>
[InlineArray(4)]
internal struct LstmGateNumbers
{
    private int _first;
}

/// <summary>The numbers of an integer LSTM's multipliers.</summary>
[InlineArray(Length)]
internal struct LstmNumbers
{
    /// <summary>Four for each gate, and two.</summary>
    public const int Length = 18;

    /// <summary>The places of the last two.</summary>
    public const int Hidden = 16, Projection = 17;

    private int _first;
}
