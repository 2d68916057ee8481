namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>The activation of a float recurrent layer. The numbers are part of the artifact format.</summary>
internal enum RecurrentActivation
{
    None = 0,
    Relu = 1,
    ReluN1To1 = 2,
    Relu6 = 3,
    Tanh = 4,
}

/// <summary>Applies <see cref="RecurrentActivation"/>.</summary>
internal static class RecurrentActivations
{
    public static float Apply(this RecurrentActivation activation, float x) => activation switch
    {
        RecurrentActivation.Relu => MathF.Max(x, 0),
        RecurrentActivation.ReluN1To1 => MathF.Min(MathF.Max(x, -1), 1),
        RecurrentActivation.Relu6 => MathF.Min(MathF.Max(x, 0), 6),
        RecurrentActivation.Tanh => EigenActivations.Tanh(x),
        _ => x,
    };
}
