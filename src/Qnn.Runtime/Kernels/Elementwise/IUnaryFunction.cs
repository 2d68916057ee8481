using System.Numerics;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>A function of one element with up to two parameters. The vector form, where there is one, gives the same bits.</summary>
internal interface IUnaryFunction<T> where T : unmanaged
{
    static virtual bool HasVector => false;

    /// <summary>How many elements a framework takes at a time, where it computes those that are left otherwise.</summary>
    static virtual int Block => 1;

    static abstract T Apply(T x, T alpha, T beta);

    /// <summary>The function of an element that is left over of a tensor's blocks.</summary>
    static virtual T ApplyLeft(T x, T alpha, T beta) => throw new NotSupportedException();

    static virtual Vector<T> Apply(Vector<T> x, Vector<T> alpha, Vector<T> beta) => throw new NotSupportedException();

    /// <summary>Whether there is a form for AVX-512 as well, of floats without parameters; the same bits again.</summary>
    static virtual bool HasWideVector => false;

    static virtual Float64Lanes Apply(Float64Lanes x) => throw new NotSupportedException();
}
