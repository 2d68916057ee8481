using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Quantization;

/// <summary>float32 to U8, S8, S16 or U16 by a division in double precision, ties away from zero: <see cref="QuantizeArithmetic.DivideDoubleAway"/>.</summary>
internal sealed unsafe class DoubleQuantizeKernel : Kernel
{
    private const int PieceLength = 4096, Width = 8;

    // The double before one half: added before truncation it rounds halves away from zero, and nothing else that one half would not.
    private static readonly double s_half = Math.BitDecrement(0.5);

    private readonly TensorInfo _input, _output;
    private readonly double _scale, _min, _max;
    private readonly int _zeroPoint;
    private readonly bool _vectors;

    /// <summary>The kernel of a checked step.</summary>
    public DoubleQuantizeKernel(QuantizeParameters p, TensorInfo input, TensorInfo output, KernelTier tier)
    {
        (_input, _output, _scale, _zeroPoint, _vectors) = (input, output, p.Scale, p.ZeroPoint, tier != KernelTier.Scalar && Avx2.IsSupported);
        (_min, _max) = (p.Min - p.ZeroPoint, p.Max - p.ZeroPoint);
    }

    public override string Name => _vectors ? "quantize.double.avx2" : "quantize.double.scalar";
    public override int WorkItems => (_input.Count + PieceLength - 1) / PieceLength;
    public override int Grain => 4;

    public override Region Reads(TensorInfo input, int begin, int end) => input == _input ? Region.Items(input, begin, end, PieceLength) : Region.All(input);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, PieceLength);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int first = begin * PieceLength, count = (int)Math.Min((long)end * PieceLength, _input.Count) - first;
        float* x = context.Pointer<float>(_input) + first;
        if (_output.Type is ElementType.S16 or ElementType.U16) Quantize(x, context.Pointer<short>(_output) + first, count);
        else Quantize(x, context.Pointer<byte>(_output) + first, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Quantize<T>(float* x, T* y, int count) where T : unmanaged
    {
        int i = 0;
        if (_vectors && Avx2.IsSupported)
        {
            var zeroPoint = Vector256.Create(_zeroPoint);
            for (; i <= count - Width; i += Width)
            {
                var values = Vector256.Create(Round(Vector128.Load(x + i)), Round(Vector128.Load(x + i + 4))) + zeroPoint;
                var words = Vector128.Narrow(values.GetLower(), values.GetUpper());
                if (sizeof(T) == 1) Vector64.Store(Vector128.Narrow(words, words).GetLower().AsByte(), (byte*)y + i);
                else words.Store((short*)y + i);
            }
        }
        for (; i < count; i++)
        {
            double scaled = x[i] / _scale;
            // No number is below nothing.
            scaled = scaled >= _min ? Math.Min(scaled, _max) : _min;
            int value = (int)(scaled + Math.CopySign(s_half, scaled)) + _zeroPoint;
            if (sizeof(T) == 1) ((byte*)y)[i] = (byte)value;
            else ((short*)y)[i] = (short)value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Round(Vector128<float> x)
    {
        // The second operand is the result where the first is no number.
        var scaled = Avx.Min(Avx.Max(Avx.Divide(Avx.ConvertToVector256Double(x), Vector256.Create(_scale)), Vector256.Create(_min)), Vector256.Create(_max));
        var half = Vector256.Create(s_half) | (scaled & Vector256.Create(-0.0));
        return Avx.ConvertToVector128Int32WithTruncation(scaled + half);
    }
}
