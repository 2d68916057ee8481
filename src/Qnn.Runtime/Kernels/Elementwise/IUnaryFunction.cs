using System.Numerics;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>A function of one element with up to two parameters. The vector form, where there is one, gives the same bits.</summary>
internal interface IUnaryFunction<T> where T : unmanaged
{
    static virtual bool HasVector => false;

    static abstract T Apply(T x, T alpha, T beta);

    static virtual Vector<T> Apply(Vector<T> x, Vector<T> alpha, Vector<T> beta) => throw new NotSupportedException();
}
