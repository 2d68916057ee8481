using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>Parameters of <see cref="OpCode.QuantizedResizeBilinear"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct QuantizedResizeBilinearParameters
{
    public ResizeArithmetic Arithmetic;

    /// <summary>The number that stands for 0 where halves are rounded away from it: 0, or 128.</summary>
    public int Origin;
}

/// <summary>
/// Interpolates an NHWC tensor of U8, S8 or S16 between four neighbours. Inputs 1 and 2 say where each row and column of the result lies: three int each,
/// the neighbour before, the neighbour after, and the weight of the latter (10 or 11 fractional bits, or a float's bits). An item is a row of results.
/// </summary>
internal sealed unsafe class QuantizedResizeBilinearKernel<T, TLanes, TInt, TFloat> : Kernel
    where T : unmanaged
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    private readonly ResizeArithmetic _arithmetic;
    private readonly TensorInfo _input, _output;
    private readonly int[] _rows, _columns;
    private readonly int _channels, _origin;

    public QuantizedResizeBilinearKernel(QuantizedResizeBilinearParameters p, TensorInfo input, TensorInfo output, int[] rows, int[] columns) =>
        (_arithmetic, _origin, _input, _output, _rows, _columns, _channels) = (p.Arithmetic, p.Origin, input, output, rows, columns, input.Shape[3]);

    public override string Name { get; } = $"qresize.{TLanes.Name}";
    public override int WorkItems => _output.Shape[0] * _output.Shape[1];
    public override int Grain => Math.Max(1, 8192 / Math.Max(1, _output.Shape[2] * _channels));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        T* x = context.Pointer<T>(_input), y = context.Pointer<T>(_output);
        if (typeof(T) == typeof(short)) Rows<Fixed10<TLanes, TInt, TFloat>, Fixed10Wide>(x, y, begin, end);
        else if (_arithmetic == ResizeArithmetic.Fixed10) Rows<Fixed10<TLanes, TInt, TFloat>, Fixed10<ScalarLanes, int, float>>(x, y, begin, end);
        else if (_arithmetic == ResizeArithmetic.Fixed11) Rows<Fixed11<TLanes, TInt, TFloat>, Fixed11<ScalarLanes, int, float>>(x, y, begin, end);
        else if (_arithmetic == ResizeArithmetic.Float32) Rows<Float<TLanes, TInt, TFloat>, Float<ScalarLanes, int, float>>(x, y, begin, end);
        else Rows<FloatProducts<TLanes, TInt, TFloat>, FloatProducts<ScalarLanes, int, float>>(x, y, begin, end);
    }

    // A method for each arithmetic: in one for all, constants are kept in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Rows<TVector, TScalar>(T* x, T* y, int begin, int end)
        where TVector : struct, IBlend<TInt> where TScalar : struct, IBlend<int>
    {
        int height = _output.Shape[1], width = _output.Shape[2], channels = _channels, last = channels - TLanes.Count;
        nint inputRow = (nint)_input.Shape[2] * channels, inputImage = inputRow * _input.Shape[1];
        for (int item = begin; item < end; item++)
        {
            var row = _rows.AsSpan(item % height * 3, 3);
            var image = x + item / height * inputImage;
            T* top = image + row[0] * inputRow, bottom = image + row[1] * inputRow;
            var result = y + (nint)item * width * channels;
            for (int column = 0; column < width; column++, result += channels)
            {
                var at = _columns.AsSpan(column * 3, 3);
                nint left = (nint)at[0] * channels, right = (nint)at[1] * channels;
                if (last < 0 || typeof(T) == typeof(short))
                {
                    for (int c = 0; c < channels; c++)
                    {
                        ScalarLanes.Store(result + c, TScalar.Apply(new Weights(row[2], at[2], _origin), ScalarLanes.Load(top + left + c), ScalarLanes.Load(top + right + c), ScalarLanes.Load(bottom + left + c), ScalarLanes.Load(bottom + right + c)));
                    }
                    continue;
                }
                // The last vector of a pixel overlaps the one before.
                for (int c = 0; ; c = Math.Min(c + TLanes.Count, last))
                {
                    TLanes.Store(result + c, TVector.Apply(new Weights(row[2], at[2], _origin), TLanes.Load(top + left + c), TLanes.Load(top + right + c), TLanes.Load(bottom + left + c), TLanes.Load(bottom + right + c)));
                    if (c == last) break;
                }
            }
        }
    }

    // Those of the lower and the right neighbours, and the number that stands for 0.
    private readonly record struct Weights(int Down, int Across, int Origin);

    // Vectors of constants are made at every use, which takes less than to hand over structures of them where a method of so many is not inlined.
    private interface IBlend<I>
    {
        static abstract I Apply(Weights w, I topLeft, I topRight, I bottomLeft, I bottomRight);
    }

    // Sums of 16-bit numbers, which 32 bits do not hold; never in vectors.
    private readonly struct Fixed10Wide : IBlend<int>
    {
        public static int Apply(Weights w, int topLeft, int topRight, int bottomLeft, int bottomRight)
        {
            int up = 1024 - w.Down, back = 1024 - w.Across;
            long sum = (long)topLeft * up * back + (long)bottomLeft * w.Down * back + (long)topRight * up * w.Across + (long)bottomRight * w.Down * w.Across;
            return (int)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
        }
    }

    private readonly struct Fixed10<L, I, F> : IBlend<I> where L : struct, ILanes<I, F> where I : unmanaged where F : unmanaged
    {
        // The weights add up to 2^20.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static I Apply(Weights w, I topLeft, I topRight, I bottomLeft, I bottomRight)
        {
            int up = 1024 - w.Down, back = 1024 - w.Across;
            var top = L.Add(L.Multiply(topLeft, L.Create(up * back)), L.Multiply(topRight, L.Create(up * w.Across)));
            var bottom = L.Add(L.Multiply(bottomLeft, L.Create(w.Down * back)), L.Multiply(bottomRight, L.Create(w.Down * w.Across)));
            return L.Add(new RoundingShift<L, I, F>(20).Apply(L.Subtract(L.Add(top, bottom), L.Create(w.Origin << 20))), L.Create(w.Origin));
        }
    }

    private readonly struct Fixed11<L, I, F> : IBlend<I> where L : struct, ILanes<I, F> where I : unmanaged where F : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static I Apply(Weights w, I topLeft, I topRight, I bottomLeft, I bottomRight)
        {
            var across = L.Create(w.Across);
            var top = L.Add(L.ShiftLeft(topLeft, 11), L.Multiply(L.Subtract(topRight, topLeft), across));
            var bottom = L.Add(L.ShiftLeft(bottomLeft, 11), L.Multiply(L.Subtract(bottomRight, bottomLeft), across));
            var sum = L.Add(L.ShiftLeft(top, 11), L.Multiply(L.Subtract(bottom, top), L.Create(w.Down)));
            return L.ShiftRight(L.Add(sum, L.Create(1 << 21)), 22);
        }
    }

    private readonly struct Float<L, I, F> : IBlend<I> where L : struct, ILanes<I, F> where I : unmanaged where F : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static I Apply(Weights w, I topLeft, I topRight, I bottomLeft, I bottomRight)
        {
            float downWeight = BitConverter.Int32BitsToSingle(w.Down), acrossWeight = BitConverter.Int32BitsToSingle(w.Across);
            F up = L.Create(1f - downWeight), down = L.Create(downWeight), back = L.Create(1f - acrossWeight), across = L.Create(acrossWeight);
            var sum = L.Add(L.Multiply(L.Multiply(L.ToFloat(topLeft), up), back), L.Multiply(L.Multiply(L.ToFloat(bottomLeft), down), back));
            sum = L.Add(sum, L.Multiply(L.Multiply(L.ToFloat(topRight), up), across));
            sum = L.Add(sum, L.Multiply(L.Multiply(L.ToFloat(bottomRight), down), across));
            return L.Truncate(L.Add(sum, L.Create(0.5f)));
        }
    }

    private readonly struct FloatProducts<L, I, F> : IBlend<I> where L : struct, ILanes<I, F> where I : unmanaged where F : unmanaged
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static I Apply(Weights w, I topLeft, I topRight, I bottomLeft, I bottomRight)
        {
            float down = BitConverter.Int32BitsToSingle(w.Down), across = BitConverter.Int32BitsToSingle(w.Across);
            var sum = L.Add(L.Multiply(L.ToFloat(topLeft), L.Create((1f - down) * (1f - across))), L.Multiply(L.ToFloat(topRight), L.Create((1f - down) * across)));
            sum = L.Add(sum, L.Multiply(L.ToFloat(bottomLeft), L.Create(down * (1f - across))));
            sum = L.Add(sum, L.Multiply(L.ToFloat(bottomRight), L.Create(down * across)));
            return L.Truncate(L.Add(sum, L.Create(0.5f)));
        }
    }
}

/// <summary>Makes <see cref="QuantizedResizeBilinearKernel{T, TLanes, TInt, TFloat}"/>.</summary>
internal static class QuantizedResizeBilinearKernel
{
    public static Kernel Create(StepInfo step)
    {
        var (x, y) = (step.Input(0), step.Output(0));
        var p = step.ReadParameters<QuantizedResizeBilinearParameters>();
        step.Require(x.Type == y.Type && x.Type is ElementType.U8 or ElementType.S8 or ElementType.S16, "the operands must be of one 8 or 16-bit type");
        step.Require(x.Rank == 4 && y.Rank == 4 && x.Shape[0] == y.Shape[0] && x.Shape[3] == y.Shape[3]);
        step.Require(p.Arithmetic is ResizeArithmetic.Fixed10 or ResizeArithmetic.Fixed11 or ResizeArithmetic.Float32 or ResizeArithmetic.Float32Products);
        step.Require(x.Type != ElementType.S16 || p.Arithmetic == ResizeArithmetic.Fixed10);
        step.Require(p.Origin == 0 || p.Origin == 128 && x.Type == ElementType.U8 && p.Arithmetic == ResizeArithmetic.Fixed10, "the origin is unknown");
        int[] rows = Places(step, 1, y.Shape[1], x.Shape[1], p.Arithmetic), columns = Places(step, 2, y.Shape[2], x.Shape[2], p.Arithmetic);
        return step.Tier.Create<Factory, Kernel>(new Factory(p, x, y, rows, columns));
    }

    private static int[] Places(StepInfo step, int input, int outputs, int inputs, ResizeArithmetic arithmetic)
    {
        int[] places = [.. step.ConstantInput(input, ElementType.S32, 3L * outputs).ConstantSpan<int>()];
        for (int i = 0; i < places.Length; i += 3)
        {
            step.Require((uint)places[i] < (uint)inputs && (uint)places[i + 1] < (uint)inputs, "a neighbour is outside the input");
            bool fits = arithmetic switch
            {
                // Extrapolation by TensorFlow Lite's own rounding of the scale stays below one element.
                ResizeArithmetic.Fixed10 => places[i + 2] is >= -1024 and <= 2048,
                ResizeArithmetic.Fixed11 => places[i + 2] is >= 0 and <= 2048,
                _ => BitConverter.Int32BitsToSingle(places[i + 2]) is >= -1 and <= 2,
            };
            step.Require(fits, "a weight is out of range");
        }
        return places;
    }

    private readonly struct Factory(QuantizedResizeBilinearParameters p, TensorInfo x, TensorInfo y, int[] rows, int[] columns) : ILaneFactory<Kernel>
    {
        public Kernel Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => x.Type switch
        {
            ElementType.U8 => new QuantizedResizeBilinearKernel<byte, TLanes, TInt, TFloat>(p, x, y, rows, columns),
            ElementType.S8 => new QuantizedResizeBilinearKernel<sbyte, TLanes, TInt, TFloat>(p, x, y, rows, columns),
            _ => new QuantizedResizeBilinearKernel<short, TLanes, TInt, TFloat>(p, x, y, rows, columns),
        };
    }
}
