namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>ONNX's recurrent cells, with x the inputs' products, h the state, f, g and k the three activations. The numbers are part of the artifact format.</summary>
internal enum OnnxCell
{
    /// <summary>h = f(R h + x + bias)</summary>
    Simple = 1,
    /// <summary>Gates z, r, n: h = (1 - z) * n + z * h with n = g(x + R (r * h) + bias).</summary>
    Gru = 2,
    /// <summary>The same with n = g(x + r * (R h + recurrent bias) + bias).</summary>
    GruLinearBeforeReset = 3,
    /// <summary>Gates i, o, f, c: c' = f * c' + i * g(c), h = o * k(c').</summary>
    Lstm = 4,
}

/// <summary>Facts about <see cref="OnnxCell"/>.</summary>
internal static class OnnxCells
{
    /// <summary>How many gates a cell has.</summary>
    public static int Gates(this OnnxCell cell) => cell switch
    {
        OnnxCell.Simple => 1,
        OnnxCell.Lstm => 4,
        _ => 3,
    };
}
