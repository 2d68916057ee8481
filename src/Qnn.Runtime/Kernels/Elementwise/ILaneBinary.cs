namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>A function of two integers, on vectors of them.</summary>
internal interface ILaneBinary<TInt>
{
    TInt Apply(TInt a, TInt b);
}
