using System.Runtime.CompilerServices;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// PyTorch's dequantization of an operand: (q + offset) * scale as its scalar kernels have it, or, fused, scale * q + product with one rounding as its vector kernels do
/// (vec256_qint.h); product is scale * offset.
/// </summary>
internal readonly struct Dequantization<TLanes, TInt, TFloat>(bool fused, int offset, float scale, float product)
    where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
{
    private readonly bool _fused = fused;
    private readonly TInt _offset = TLanes.Create(offset);
    private readonly TFloat _scale = TLanes.Create(scale), _product = TLanes.Create(product);

    /// <summary>The numbers that integers stand for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TFloat Apply(TInt q) => _fused
        ? TLanes.MultiplyAdd(_scale, TLanes.ToFloat(q), _product)
        : TLanes.Multiply(TLanes.ToFloat(TLanes.Add(q, _offset)), _scale);
}
