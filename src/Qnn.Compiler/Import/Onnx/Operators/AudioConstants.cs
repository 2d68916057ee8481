using Qnn.Compiler.Ir;
using Qnn.Runtime;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Windows of a signal and weights of mel bands, which are constants: in double precision, as ONNX Runtime works them out (<c>window_functions.cc</c>).</summary>
internal static class AudioConstants
{
    private const int MostSamples = 1 << 24;

    /// <summary>1/2 - 1/2 cos; the number of samples is an operand.</summary>
    [OnnxOperator("HannWindow")]
    public static void HannWindow(OnnxNode node) => Window(node, 0.5f, 0.5f, 0);

    /// <summary>25/46 - 21/46 cos.</summary>
    [OnnxOperator("HammingWindow")]
    public static void HammingWindow(OnnxNode node) => Window(node, 25f / 46f, 1 - 25f / 46f, 0);

    /// <summary>0.42 - 1/2 cos + 0.08 cos of twice as much.</summary>
    [OnnxOperator("BlackmanWindow")]
    public static void BlackmanWindow(OnnxNode node) => Window(node, 0.5f - 0.16f / 2, 0.5f, 0.16f / 2);

    /// <summary>Triangles that are 1 at bands evenly spread on the mel scale, 0 at their neighbours: [length / 2 + 1, bands]. Operands: bands, the transform's length, samples a second, lowest and highest frequency.</summary>
    [OnnxOperator("MelWeightMatrix")]
    public static void MelWeightMatrix(OnnxNode node)
    {
        CheckType(node);
        int bands = node.ConstantInts(0, "number of bands")[0], length = node.ConstantInts(1, "length")[0], rate = node.ConstantInts(2, "sample rate")[0];
        float lowest = node.Constant(3, "lowest frequency").Span<float>()[0], highest = node.Constant(4, "highest frequency").Span<float>()[0];
        if (bands < 1 || length < 1 || rate < 1 || bands > MostSamples || length > MostSamples || (long)bands * (length / 2 + 1) > MostSamples) throw node.Malformed($"has {bands} bands of {length} samples, {rate} a second");
        int rows = length / 2 + 1;
        double low = Mel(lowest), step = (Mel(highest) - low) / (float)(bands + 2);
        var places = new int[bands + 2];
        for (int i = 0; i < places.Length; i++)
        {
            double place = Math.Floor((length + 1) * Hertz(low + step * i) / rate);
            if (!(place >= 0 && place < rows)) throw node.Malformed("has frequencies beyond those of its samples");
            places[i] = (int)place;
        }
        var weights = new float[rows * bands];
        for (int band = 0; band < bands; band++)
        {
            int left = places[band], center = places[band + 1], right = places[band + 2];
            if (left == center) weights[center * bands + band] = 1;
            else for (int i = left; i <= center; i++) weights[i * bands + band] = (i - left) / (float)(center - left);
            for (int i = center; i < right; i++) weights[i * bands + band] = (right - i) / (float)(right - center);
        }
        node.Result(Value.Of("mel", Tensor.Of<float>(new Shape(rows, bands), weights)));
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double Hertz(double mel) => 700 * (Math.Pow(10, mel / 2595) - 1);

    private static void Window(OnnxNode node, float constant, float once, float twice)
    {
        const double Circle = 2 * Math.PI;
        CheckType(node);
        int size = node.ConstantInts(0, "size")[0];
        if (size is < 1 or > MostSamples) throw node.Malformed($"has {size} samples");
        double angle = Circle / (node.Int("periodic", 1) != 0 ? size : size - 1);
        var samples = new float[size];
        for (int i = 0; i < size; i++) samples[i] = (float)(constant - once * Math.Cos(angle * i) + (twice == 0 ? 0 : twice * Math.Cos(2 * angle * i)));
        node.Result(Value.Of("window", Tensor.Of<float>(new Shape(size), samples)));
    }

    private static void CheckType(OnnxNode node)
    {
        if (OnnxTensors.TypeOf(node.Int("output_datatype", 1)) != ElementType.F32) throw node.Unsupported("its result is not float32");
    }
}
