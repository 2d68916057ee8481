using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Detection;

/// <summary>Parameters of <see cref="BoxSelectionKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BoxSelectionParameters
{
    /// <summary>The most boxes to select for a class.</summary>
    public int Most;
    /// <summary>1: boxes are (x, y, width, height) around their centres; 0: two corners (y, x).</summary>
    public int Centers;
    /// <summary>Boxes whose intersection over union with a selected one is greater are passed over.</summary>
    public float Overlap;
    /// <summary>1: there is a <see cref="Threshold"/>.</summary>
    public int HasThreshold;
    /// <summary>Only greater scores count.</summary>
    public float Threshold;
}
