namespace Qnn.Compiler.MachineCode;

/// <summary>Where the segments of a window are, in bytes from its first: by pairs of lines and of taps, and the second of a pair.</summary>
/// <param name="LinePair">From a pair of lines to the next.</param>
/// <param name="Line">From a pair's first line to its second.</param>
/// <param name="TapPair">From a pair of taps to the next.</param>
/// <param name="Tap">From a pair's first tap to its second.</param>
internal readonly record struct SegmentOffsets(int LinePair, int Line, int TapPair, int Tap)
{
    /// <summary>Lines and taps at equal distances.</summary>
    public static SegmentOffsets Even(int line, int tap) => new(checked(2 * line), line, 2 * tap, tap);

    /// <summary>The offset of a segment.</summary>
    public int this[int line, int tap] => line / 2 * LinePair + line % 2 * Line + tap / 2 * TapPair + tap % 2 * Tap;
}
