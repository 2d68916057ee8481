using System.Numerics;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>A function of two elements. The vector form, where there is one, gives the same bits.</summary>
internal interface IBinaryFunction<T> where T : unmanaged
{
    static virtual bool HasVector => false;

    static abstract T Apply(T a, T b);

    static virtual Vector<T> Apply(Vector<T> a, Vector<T> b) => throw new NotSupportedException();
}
