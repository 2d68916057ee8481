namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>What becomes of a slice and what is at its place. The numbers are part of the artifact format.</summary>
internal enum ScatterReduction
{
    /// <summary>The last slice stays.</summary>
    None = 0,
    Add = 1,
    Multiply = 2,
    Max = 3,
    Min = 4,
}
