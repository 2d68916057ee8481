namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>A function of one integer, on vectors of them.</summary>
internal interface ILaneUnary<TInt>
{
    TInt Apply(TInt x);
}
