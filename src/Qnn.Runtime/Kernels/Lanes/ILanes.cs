namespace Qnn.Runtime.Kernels.Lanes;

/// <summary>
/// The 32-bit lanes of an instruction set: what an elementwise integer kernel is written in, once for all of them. <see cref="ScalarLanes"/> is the reference.
/// All loads and stores are unaligned; all operations give the same bits on every instruction set, for all inputs (float conversion: for inputs that fit).
/// </summary>
/// <typeparam name="TInt">A vector of <see cref="Count"/> int.</typeparam>
/// <typeparam name="TFloat">A vector of <see cref="Count"/> float.</typeparam>
internal unsafe interface ILanes<TInt, TFloat> where TInt : unmanaged where TFloat : unmanaged
{
    /// <summary>The suffix of kernel names.</summary>
    static abstract string Name { get; }

    /// <summary>How many lanes there are.</summary>
    static abstract int Count { get; }

    static abstract TInt Create(int value);
    static abstract TFloat Create(float value);

    /// <summary>Loads byte, sbyte, short, ushort or int elements, widened.</summary>
    static abstract TInt Load<T>(T* source) where T : unmanaged;

    /// <summary>Stores the low bits of each lane as byte, sbyte, short, ushort, int or bool elements.</summary>
    static abstract void Store<T>(T* destination, TInt value) where T : unmanaged;

    static abstract TFloat LoadFloat(float* source);
    static abstract void StoreFloat(float* destination, TFloat value);

    static abstract TInt Add(TInt a, TInt b);
    static abstract TInt Subtract(TInt a, TInt b);
    static abstract TInt Multiply(TInt a, TInt b);
    static abstract TInt Min(TInt a, TInt b);
    static abstract TInt Max(TInt a, TInt b);
    static abstract TInt And(TInt a, TInt b);

    /// <summary>a &amp; ~b</summary>
    static abstract TInt AndNot(TInt a, TInt b);
    static abstract TInt ShiftLeft(TInt value, int count);

    /// <summary>Arithmetic shift.</summary>
    static abstract TInt ShiftRight(TInt value, int count);

    /// <summary>1 where a &gt; b, else 0.</summary>
    static abstract TInt Greater(TInt a, TInt b);

    /// <summary>1 where a = b, else 0.</summary>
    static abstract TInt Equal(TInt a, TInt b);

    /// <summary>(a * b + 2^30) >> 31: gemmlowp's SaturatingRoundingDoublingHighMul, for b that is not int.MinValue.</summary>
    static abstract TInt DoublingHighMultiply(TInt a, TInt b);

    static abstract TFloat ToFloat(TInt value);

    /// <summary>To the nearest integer, ties to even. For values that fit.</summary>
    static abstract TInt ToInt(TFloat value);

    /// <summary>Toward zero. For values that fit.</summary>
    static abstract TInt Truncate(TFloat value);

    static abstract TFloat Add(TFloat a, TFloat b);
    static abstract TFloat Subtract(TFloat a, TFloat b);
    static abstract TFloat Multiply(TFloat a, TFloat b);
    static abstract TFloat Divide(TFloat a, TFloat b);

    /// <summary>a * b + c, rounded once.</summary>
    static abstract TFloat MultiplyAdd(TFloat a, TFloat b, TFloat c);

    /// <summary>a &lt; b ? a : b, so b where a is no number.</summary>
    static abstract TFloat Min(TFloat a, TFloat b);

    /// <summary>a &gt; b ? a : b, so b where a is no number.</summary>
    static abstract TFloat Max(TFloat a, TFloat b);

    /// <summary>The magnitude of a with the sign of b.</summary>
    static abstract TFloat CopySign(TFloat a, TFloat b);
}
