using Qnn.Compiler.Import.TfLite.Operators;

namespace Qnn.Compiler.Import.TfLite;

/// <summary>
/// LOGISTIC and TANH of int16, for all 65536 numbers. Scales that are no powers of two, and the reference kernels: interpolation in a table of the sigmoid (reference/integer_ops/logistic.h, tanh.h).
/// Powers of two in the optimised kernels: gemmlowp's functions on 16-bit fixed-point numbers with 3 integer bits.
/// </summary>
internal static class TfLiteSigmoid16
{
    // sigmoid(i / 24) with 16 fractional bits, as TensorFlow Lite's common.h has it; not always the nearest number.
    private static readonly ushort[] s_sigmoid =
    [
        32768, 33451, 34133, 34813, 35493, 36169, 36843, 37513, 38180, 38841, 39498, 40149, 40794, 41432, 42064, 42688, 43304, 43912, 44511, 45102, 45683, 46255, 46817, 47369,
        47911, 48443, 48964, 49475, 49975, 50464, 50942, 51409, 51865, 52311, 52745, 53169, 53581, 53983, 54374, 54755, 55125, 55485, 55834, 56174, 56503, 56823, 57133, 57433,
        57724, 58007, 58280, 58544, 58800, 59048, 59288, 59519, 59743, 59959, 60168, 60370, 60565, 60753, 60935, 61110, 61279, 61441, 61599, 61750, 61896, 62036, 62172, 62302,
        62428, 62549, 62666, 62778, 62886, 62990, 63090, 63186, 63279, 63368, 63454, 63536, 63615, 63691, 63765, 63835, 63903, 63968, 64030, 64090, 64148, 64204, 64257, 64308,
        64357, 64405, 64450, 64494, 64536, 64576, 64614, 64652, 64687, 64721, 64754, 64786, 64816, 64845, 64873, 64900, 64926, 64950, 64974, 64997, 65019, 65039, 65060, 65079,
        65097, 65115, 65132, 65149, 65164, 65179, 65194, 65208, 65221, 65234, 65246, 65258, 65269, 65280, 65291, 65301, 65310, 65319, 65328, 65337, 65345, 65352, 65360, 65367,
        65374, 65381, 65387, 65393, 65399, 65404, 65410, 65415, 65420, 65425, 65429, 65433, 65438, 65442, 65445, 65449, 65453, 65456, 65459, 65462, 65465, 65468, 65471, 65474,
        65476, 65479, 65481, 65483, 65485, 65488, 65489, 65491, 65493, 65495, 65497, 65498, 65500, 65501, 65503, 65504, 65505, 65507, 65508, 65509, 65510, 65511, 65512, 65513,
        65514, 65515, 65516, 65517, 65517, 65518, 65519, 65520, 65520, 65521, 65522, 65522, 65523, 65523, 65524, 65524, 65525, 65525, 65526, 65526, 65526, 65527, 65527, 65528,
        65528, 65528, 65529, 65529, 65529, 65529, 65530, 65530, 65530, 65530, 65531, 65531, 65531, 65531, 65531, 65532, 65532, 65532, 65532, 65532, 65532, 65533, 65533, 65533,
        65533, 65533, 65533, 65533, 65533, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65534, 65535,
    ];

    /// <summary>All results of the node's LOGISTIC.</summary>
    public static short[] Logistic(TfLiteNode node)
    {
        var (multiplier, shift, powerOfTwo) = Prepare(node, mostShift: 0);
        if (powerOfTwo && node.Numerics != TfLiteNumerics.Reference) return Table(x => FixedPoint16.Logistic3((short)x));
        return Table(x =>
        {
            int scaled = Scale(x, multiplier, shift);
            uint magnitude = (uint)Math.Abs(scaled), entry = magnitude >> 9;
            uint result = entry >= 255 ? 0x7FFF << 10 : ((uint)s_sigmoid[entry] << 9) + (magnitude & 0x1FF) * (uint)(s_sigmoid[entry + 1] - s_sigmoid[entry]);
            result = scaled >= 0 ? result + (1 << 9) : (1u << 25) - result + (1 << 9) - 1;
            return (int)(result >> 10);
        });
    }

    /// <summary>All results of the node's TANH: 2 sigmoid(2 x) - 1.</summary>
    public static short[] Tanh(TfLiteNode node)
    {
        var (multiplier, shift, powerOfTwo) = Prepare(node, mostShift: 1);
        if (powerOfTwo && node.Numerics != TfLiteNumerics.Reference) return Table(x => FixedPoint16.Tanh3((short)Math.Clamp(x << shift, short.MinValue, short.MaxValue)));
        return Table(x =>
        {
            int scaled = Scale(x, multiplier, shift);
            uint magnitude = (uint)Math.Abs(scaled), entry = magnitude >> 8;
            int result = entry >= 255 ? 0xFFFF << 8 : (s_sigmoid[entry] << 8) + (int)(magnitude & 0xFF) * (s_sigmoid[entry + 1] - s_sigmoid[entry]);
            result = scaled >= 0 ? result - (1 << 23) + (1 << 7) : -result + (1 << 23) + (1 << 7) - 1;
            return result >> 8;
        });
    }

    // The multiplier is 0 for powers of two, whose shift is how much the input lacks to 12 fractional bits.
    private static (int Multiplier, int Shift, bool PowerOfTwo) Prepare(TfLiteNode node, int mostShift)
    {
        var (input, output) = node.ElementwiseQuantization();
        if (input.ZeroPoint != 0 || output.ZeroPoint != 0 || output.Scale != 1f / 32768) throw node.Unsupported("its int16 numbers need zero points of 0 and a result's scale of 1/32768");
        double log2 = Math.Log2(input.Scale);
        int rounded = (int)Math.Round(log2), lacking = 12 + rounded;
        if (Math.Abs(log2 - rounded) < 1e-3 && lacking >= 0 && lacking <= mostShift) return (0, lacking, true);
        double multiplier = input.Scale * 4096.0 * 3.0;
        int shift = 0;
        for (; multiplier <= 32767.0 / 2.0 && shift <= 30; shift++) multiplier *= 2;
        return ((int)multiplier, shift, false);
    }

    private static int Scale(int x, int multiplier, int shift)
    {
        if (multiplier == 0) return unchecked(x * (3 << shift));
        return unchecked(x * multiplier + (shift > 0 ? 1 << (shift - 1) : 0)) >> shift;
    }

    private static short[] Table(Func<int, int> function)
    {
        var table = new short[65536];
        for (int x = short.MinValue; x <= short.MaxValue; x++) table[x + 32768] = (short)function(x);
        return table;
    }
}
