namespace Qnn.Runtime.Kernels.Hybrid;

/// <summary>How the exact sum of a layer whose data are quantized at run time becomes a float.</summary>
internal enum HybridScaling
{
    /// <summary>sum * (data scale * weight scale), then + bias.</summary>
    Product = 0,

    /// <summary>sum * weight scale * data scale, then + bias.</summary>
    WeightFirst = 1,

    /// <summary>sum * (data scale * weight scale) + bias, rounded once: FBGEMM.</summary>
    Fused = 2,

    /// <summary>sum * data scale * weight scale, then + bias: XNNPACK.</summary>
    DataFirst = 3,
}
