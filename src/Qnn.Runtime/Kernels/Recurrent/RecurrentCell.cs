namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>PyTorch's recurrent cells. The numbers are part of the artifact format.</summary>
internal enum RecurrentCell
{
    /// <summary>h = tanh(a + b), a the input's gate and b the state's.</summary>
    Tanh = 1,
    /// <summary>h = max(a + b, 0)</summary>
    Relu = 2,
    /// <summary>Gates r, z, n: h = (h - n) * z + n with n = tanh(a + b * r).</summary>
    Gru = 3,
    /// <summary>Gates i, f, g, o: c = f * c + i * g, h = o * tanh(c).</summary>
    Lstm = 4,
    /// <summary>As oneDNN computes it, which PyTorch takes for floats: the bias is added last, c = fma(i, g, c * f), <see cref="Elementwise.OneDnnMath.Logistic(float)"/> and <see cref="Elementwise.OneDnnTanh"/>.</summary>
    OneDnnLstm = 5,
}

/// <summary>Facts about <see cref="RecurrentCell"/>.</summary>
internal static class RecurrentCells
{
    /// <summary>How many gates a cell has.</summary>
    public static int Gates(this RecurrentCell cell) => cell switch
    {
        RecurrentCell.Gru => 3,
        RecurrentCell.Lstm or RecurrentCell.OneDnnLstm => 4,
        _ => 1,
    };

    /// <summary>Whether a cell has a state of its own beside its result.</summary>
    public static bool HasCells(this RecurrentCell cell) => cell is RecurrentCell.Lstm or RecurrentCell.OneDnnLstm;
}
