using System.Numerics;
using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// Converts elements from one type to another: floats to integers toward zero, saturating (C++, and so TensorFlow Lite, leaves values out of range undefined);
/// integers to narrower ones by their low bits; anything to bool by comparison with 0.
/// </summary>
internal static class CastKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        step.Require(input.Count == output.Count, "input and output differ");
        return input.Type switch
        {
            ElementType.U8 or ElementType.Bool => From<byte>(),
            ElementType.S8 => From<sbyte>(),
            ElementType.U16 => From<ushort>(),
            ElementType.S16 => From<short>(),
            ElementType.U32 => From<uint>(),
            ElementType.S32 => From<int>(),
            ElementType.U64 => From<ulong>(),
            ElementType.S64 => From<long>(),
            ElementType.F16 => From<Half>(),
            ElementType.F32 => From<float>(),
            _ => From<double>(),
        };

        Kernel From<TFrom>() where TFrom : unmanaged, INumber<TFrom> => output.Type switch
        {
            ElementType.Bool => new ToBool<TFrom>(input, output),
            ElementType.U8 => new Convert<TFrom, byte>(input, output),
            ElementType.S8 => new Convert<TFrom, sbyte>(input, output),
            ElementType.U16 => new Convert<TFrom, ushort>(input, output),
            ElementType.S16 => new Convert<TFrom, short>(input, output),
            ElementType.U32 => new Convert<TFrom, uint>(input, output),
            ElementType.S32 => new Convert<TFrom, int>(input, output),
            ElementType.U64 => new Convert<TFrom, ulong>(input, output),
            ElementType.S64 => new Convert<TFrom, long>(input, output),
            ElementType.F16 => new Convert<TFrom, Half>(input, output),
            ElementType.F32 => new Convert<TFrom, float>(input, output),
            _ => new Convert<TFrom, double>(input, output),
        };
    }

    private abstract class Pieces(TensorInfo output) : Kernel
    {
        protected const int Piece = 4096;

        public sealed override string Name => "cast";

        public sealed override int WorkItems => (int)(((long)output.Count + Piece - 1) / Piece);
    }

    private sealed unsafe class Convert<TFrom, TTo>(TensorInfo input, TensorInfo output) : Pieces(output)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        // From float the number counts, from integer the bits.
        private static readonly bool s_fromFloat = typeof(TFrom) == typeof(Half) || typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double);

        private readonly TensorInfo _output = output;

        public override void Run(in KernelContext context, int begin, int end, byte* scratch)
        {
            TFrom* x = context.Pointer<TFrom>(input);
            TTo* y = context.Pointer<TTo>(_output);
            int stop = (int)Math.Min((long)end * Piece, _output.Count);
            int i = Eights(x, y, begin * Piece, stop);
            if (s_fromFloat)
            {
                for (; i < stop; i++) y[i] = TTo.CreateSaturating(x[i]);
            }
            else
            {
                for (; i < stop; i++) y[i] = TTo.CreateTruncating(x[i]);
            }
        }

        // The conversions around quantized numbers, eight at a time; returns the first element that is left.
        private static int Eights(TFrom* x, TTo* y, int i, int stop)
        {
            if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(int))
            {
                for (; i <= stop - 8; i += 8) Vector256.ConvertToInt32(Vector256.Load((float*)x + i)).Store((int*)y + i);
            }
            else if (typeof(TFrom) == typeof(int) && typeof(TTo) == typeof(float))
            {
                for (; i <= stop - 8; i += 8) Vector256.ConvertToSingle(Vector256.Load((int*)x + i)).Store((float*)y + i);
            }
            else if (typeof(TFrom) == typeof(byte) && typeof(TTo) == typeof(float))
            {
                for (; i <= stop - 8; i += 8)
                {
                    var (low, high) = Vector128.Widen(Vector128.WidenLower(Vector64.Load((byte*)x + i).ToVector128()));
                    Vector256.ConvertToSingle(Vector256.Create(low, high).AsInt32()).Store((float*)y + i);
                }
            }
            else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(byte))
            {
                for (; i <= stop - 8; i += 8)
                {
                    var v = Vector256.Min(Vector256.Max(Vector256.ConvertToInt32(Vector256.Load((float*)x + i)), Vector256<int>.Zero), Vector256.Create(255)).AsUInt32();
                    var words = Vector128.Narrow(v.GetLower(), v.GetUpper());
                    Vector128.Narrow(words, words).GetLower().Store((byte*)y + i);
                }
            }
            else if (typeof(TFrom) == typeof(Half) && typeof(TTo) == typeof(float))
            {
                for (; i <= stop - 8; i += 8)
                {
                    var halves = Vector128.Load((ushort*)x + i);
                    if (HalfVectors.AreNumbers(halves)) HalfVectors.ToSingle(halves).Store((float*)y + i);
                    else for (int k = i; k < i + 8; k++) y[k] = TTo.CreateSaturating(x[k]);
                }
            }
            else if (typeof(TFrom) == typeof(float) && typeof(TTo) == typeof(Half))
            {
                for (; i <= stop - 8; i += 8)
                {
                    var singles = Vector256.Load((float*)x + i);
                    if (HalfVectors.AreNumbers(singles)) HalfVectors.ToHalf(singles).Store((ushort*)y + i);
                    else for (int k = i; k < i + 8; k++) y[k] = TTo.CreateSaturating(x[k]);
                }
            }
            return i;
        }
    }

    private sealed unsafe class ToBool<TFrom>(TensorInfo input, TensorInfo output) : Pieces(output)
        where TFrom : unmanaged, INumber<TFrom>
    {
        private readonly TensorInfo _output = output;

        public override void Run(in KernelContext context, int begin, int end, byte* scratch)
        {
            TFrom* x = context.Pointer<TFrom>(input);
            byte* y = context[_output];
            int stop = (int)Math.Min((long)end * Piece, _output.Count);
            for (int i = begin * Piece; i < stop; i++) y[i] = x[i] != TFrom.Zero ? (byte)1 : (byte)0;
        }
    }
}
