using System.Runtime.CompilerServices;
using Qnn.Runtime.Kernels.Lanes;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>What an integer LSTM does element by element, apart from gemmlowp's functions. Rows have room for whole vectors.</summary>
internal abstract unsafe class QuantizedLstmRows
{
    /// <summary>Elements that rows are padded to a multiple of.</summary>
    public const int Width = 16;

    /// <summary>Makes them for a tier.</summary>
    public static QuantizedLstmRows Create(KernelTier tier) => tier.Create<Factory, QuantizedLstmRows>(default);

    /// <summary>A gate before its activation: both sums rescaled, added and clamped to 16 bits, each of them.</summary>
    public abstract void Gate(int* inputSums, (int Multiplier, int Exponent) input, int* stateSums, (int Multiplier, int Exponent) state, short* result, int count);

    /// <summary>cell = clamp(forget * cell / 2^15 + input * update / 2^shift).</summary>
    public abstract void Cell(short* forget, short* cell, short* input, short* update, int shift, int clip, int count);

    /// <summary>The product of two rows of 16 bits, rescaled, less a zero point, as int8.</summary>
    public abstract void Hidden(short* output, short* cell, (int Multiplier, int Exponent) scale, int zeroPoint, sbyte* result, int count);

    private readonly struct Factory : ILaneFactory<QuantizedLstmRows>
    {
        public QuantizedLstmRows Create<TLanes, TInt, TFloat>() where TLanes : struct, ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged => new QuantizedLstmRows<TLanes, TInt, TFloat>();
    }
}

/// <summary>In vectors of some lanes.</summary>
internal sealed unsafe class QuantizedLstmRows<TLanes, TInt, TFloat> : QuantizedLstmRows
    where TLanes : struct, ILanes<TInt, TFloat>
    where TInt : unmanaged
    where TFloat : unmanaged
{
    public override void Gate(int* inputSums, (int Multiplier, int Exponent) input, int* stateSums, (int Multiplier, int Exponent) state, short* result, int count)
    {
        TInt low = TLanes.Create(short.MinValue), high = TLanes.Create(short.MaxValue), multiplier = TLanes.Create(input.Multiplier), stateMultiplier = TLanes.Create(state.Multiplier);
        var (shift, stateShift) = (new RoundingShift<TLanes, TInt, TFloat>(-input.Exponent), new RoundingShift<TLanes, TInt, TFloat>(-state.Exponent));
        for (int c = 0; c < count; c += TLanes.Count)
        {
            var value = Clamp(shift.Apply(TLanes.DoublingHighMultiply(TLanes.ShiftLeft(TLanes.Load(inputSums + c), Math.Max(input.Exponent, 0)), multiplier)), low, high);
            var own = stateShift.Apply(TLanes.DoublingHighMultiply(TLanes.ShiftLeft(TLanes.Load(stateSums + c), Math.Max(state.Exponent, 0)), stateMultiplier));
            TLanes.Store(result + c, Clamp(TLanes.Add(own, value), low, high));
        }
    }

    public override void Cell(short* forget, short* cell, short* input, short* update, int shift, int clip, int count)
    {
        TInt low = TLanes.Create(clip > 0 ? -clip : short.MinValue), high = TLanes.Create(clip > 0 ? clip : short.MaxValue);
        var (kept, added) = (new RoundingShift<TLanes, TInt, TFloat>(15), new RoundingShift<TLanes, TInt, TFloat>(shift));
        for (int c = 0; c < count; c += TLanes.Count)
        {
            var old = Short(kept.Apply(TLanes.Multiply(TLanes.Load(forget + c), TLanes.Load(cell + c))));
            var next = Short(added.Apply(TLanes.Multiply(TLanes.Load(input + c), TLanes.Load(update + c))));
            TLanes.Store(cell + c, Clamp(TLanes.Add(old, next), low, high));
        }
    }

    public override void Hidden(short* output, short* cell, (int Multiplier, int Exponent) scale, int zeroPoint, sbyte* result, int count)
    {
        TInt low = TLanes.Create(sbyte.MinValue), high = TLanes.Create(sbyte.MaxValue), multiplier = TLanes.Create(scale.Multiplier), zero = TLanes.Create(zeroPoint);
        var shift = new RoundingShift<TLanes, TInt, TFloat>(-scale.Exponent);
        for (int c = 0; c < count; c += TLanes.Count)
        {
            var product = TLanes.Multiply(TLanes.Load(output + c), TLanes.Load(cell + c));
            var value = shift.Apply(TLanes.DoublingHighMultiply(TLanes.ShiftLeft(product, Math.Max(scale.Exponent, 0)), multiplier));
            TLanes.Store(result + c, Clamp(TLanes.Subtract(value, zero), low, high));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TInt Clamp(TInt value, TInt low, TInt high) => TLanes.Min(TLanes.Max(value, low), high);

    // What a cast to 16 bits leaves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TInt Short(TInt value) => TLanes.ShiftRight(TLanes.ShiftLeft(value, 16), 16);
}
