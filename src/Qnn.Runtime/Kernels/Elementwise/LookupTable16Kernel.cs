using System.Runtime.CompilerServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>
/// y = f(x) for 16-bit x and y. Input 1 is the table: 65536 entries, by x + 32768; or 513, one for each 128 values of x, between which TensorFlow Lite interpolates:
/// with i = (x + 32768) >> 7, y = t[i] + (((short)(t[i + 1] - t[i]) * (x &amp; 127) + 64) >> 7).
/// </summary>
internal sealed unsafe class LookupTable16Kernel : Kernel
{
    private const int PieceLength = 4096;

    private readonly TensorInfo _input, _output;
    private readonly byte* _table;
    private readonly bool _interpolate;

    private LookupTable16Kernel(TensorInfo input, TensorInfo output, byte* table, bool interpolate)
    {
        (_input, _output, _interpolate) = (input, output, interpolate);
        _table = table;
    }

    public static Kernel Create(StepInfo step)
    {
        var (input, output) = (step.Input(0), step.Output(0));
        step.Require(input.Type == ElementType.S16 && output.Type == ElementType.S16 && input.Count == output.Count);
        bool interpolate = step.Input(1).Count == 513;
        var table = step.ConstantInput(1, ElementType.S16, interpolate ? 513 : 65536);
        return new LookupTable16Kernel(input, output, table.Constant, interpolate);
    }

    public override string Name => "lookup16";
    public override int WorkItems => (_input.Count + PieceLength - 1) / PieceLength;
    public override int Grain => 4;

    public override Region Reads(TensorInfo input, int begin, int end) => Region.Items(input, begin, end, PieceLength);

    public override Region Writes(TensorInfo output, int begin, int end) => Region.Items(output, begin, end, PieceLength);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        int first = begin * PieceLength, last = (int)Math.Min((long)end * PieceLength, _input.Count);
        short* x = context.Pointer<short>(_input), y = context.Pointer<short>(_output);
        if (_interpolate)
        {
            for (int i = first; i < last; i++) y[i] = Interpolate(_table, x[i]);
        }
        else
        {
            for (int i = first; i < last; i++) y[i] = Unsafe.ReadUnaligned<short>(_table + 2 * (x[i] + 32768));
        }
    }

    /// <summary>An entry of a 513-entry table, interpolated.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static short Interpolate(byte* table, short x)
    {
        byte* entry = table + 2 * (256 + (x >> 7));
        short from = Unsafe.ReadUnaligned<short>(entry), slope = (short)(Unsafe.ReadUnaligned<short>(entry + 2) - from);
        return (short)(from + ((slope * (x & 127) + 64) >> 7));
    }
}
