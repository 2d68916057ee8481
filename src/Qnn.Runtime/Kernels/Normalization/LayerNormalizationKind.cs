namespace Qnn.Runtime.Kernels.Normalization;

/// <summary>How a layer normalization finds mean and variance of a row. Stored in artifacts: numbers never change.</summary>
internal enum LayerNormalizationKind
{
    /// <summary>ONNX Runtime: the mean in double by four running sums, the squares in float by eight, four that fill no eight rounded before they are added. Rows of less than eight elements as <see cref="Running"/>.</summary>
    TwoPasses = 0,

    /// <summary>Mean and squares run along the row, element by element (Welford).</summary>
    Running = 1,

    /// <summary>PyTorch: <see cref="LaneMoments"/>.</summary>
    LaneMoments = 2,

    /// <summary>ONNX Runtime: no mean is taken off; the squares by eight running sums. Rows of less than sixteen elements as <see cref="RunningRoot"/>.</summary>
    RootMeanSquare = 3,

    /// <summary>The same, the squares in order, divided by the root.</summary>
    RunningRoot = 4,

    /// <summary>ONNX Runtime, of numbers of half precision: as <see cref="TwoPasses"/>, all squares fused. Rows of less than sixteen elements as <see cref="Running"/>.</summary>
    TwoPassesOfHalves = 5,
}
