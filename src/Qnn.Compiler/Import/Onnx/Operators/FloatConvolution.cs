using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>
/// A convolution of floats as ONNX Runtime computes it: by blocks of sixteen channels where it keeps images so, else as a matrix product of the weights and what the windows see.
/// What stands behind one may join it: factors and terms of channels its weights and bias, another image its sums.
/// </summary>
/// <param name="Node">The node.</param>
/// <param name="Data">[N, C, spatial...]</param>
/// <param name="Weights">[O, C / groups, taps...]</param>
/// <param name="Bias">[O], or null.</param>
/// <param name="Windows">The windows.</param>
/// <param name="Groups">The number of groups.</param>
/// <param name="Sum">How products of images in blocks are added; null for a matrix product.</param>
/// <param name="IsStored">Whether weights and bias are stored as floats: others take no factors and terms.</param>
internal sealed record FloatConvolution(OnnxNode Node, Value Data, Value Weights, Value? Bias, Windows Windows, int Groups, FloatSum? Sum, bool IsStored)
{
    /// <summary>A convolution whose weights are stored as floats, or (not stored) come from elsewhere.</summary>
    public static FloatConvolution Of(OnnxNode node, Value data, Value weights, Value? bias, bool isStored)
    {
        if (data.Type.Shape.Rank != weights.Type.Shape.Rank) throw node.Malformed($"has data {data.Type} and weights {weights.Type}");
        var windows = Windows.Of(node, data.Type.Shape, weights.Type.Shape.Span[2..].ToArray());
        int groups = node.Int("group", 1);
        bool isConstant = isStored && weights.IsConstant && bias is null or { IsConstant: true };
        return new FloatConvolution(node, data, weights, bias, windows, groups, isConstant ? SumOf(data.Type.Shape, weights.Type.Shape, windows, groups) : null, isConstant);
    }

    /// <summary>A factor and a term for each channel of an image in blocks: windows of one tap and one channel.</summary>
    public static FloatConvolution OfChannels(OnnxNode node, Value data, float[] factors, float[] terms) => new(
        node, data, Value.Of("factors", Tensor.Of<float>(new Shape(factors.Length, 1, 1, 1), factors)), Value.Of("terms", Tensor.Of<float>(new Shape(terms.Length), terms)),
        new Windows([1, 1], [1, 1], [1, 1], [0, 0], [0, 0]), factors.Length, FloatSum.FusedBiasLast, true);

    /// <summary>Whether its images are kept by blocks of channels.</summary>
    public bool IsBlocked => Sum is not null;

    /// <summary>Whether another image can join its sums: not those of single rows, which MLAS adds in another way.</summary>
    public bool TakesAddend => IsBlocked || Weights.Type.Shape[0] != Groups;

    /// <summary>The same with each channel multiplied, then its bias increased; null where the weights are not known.</summary>
    /// <param name="factors">One for each channel of the result.</param>
    /// <param name="bias">What the bias becomes, of one channel.</param>
    public FloatConvolution? WithChannels(float[] factors, Func<float, int, float> bias)
    {
        if (!IsStored || factors.Length != Weights.Type.Shape[0]) return null;
        float[] weights = Weights.Constant!.Span<float>().ToArray(), old = Bias?.Constant!.Span<float>().ToArray() ?? new float[factors.Length];
        int each = weights.Length / Math.Max(1, factors.Length);
        for (int i = 0; i < weights.Length; i++) weights[i] = Rounded(weights[i] * factors[i / each]);
        return this with
        {
            Weights = Value.Of(Weights.Name, Tensor.Of<float>(Weights.Type.Shape, weights)),
            Bias = Value.Of("bias", Tensor.Of<float>(new Shape(factors.Length), [.. old.Select((b, c) => Rounded(bias(b, c)))])),
        };

        // Of halves it is done before they are cast.
        float Rounded(float number) => HalfPrecision.Rounded(number, Node.IsHalf(1));
    }

    /// <summary>Its result, another image added to its first sums.</summary>
    public Value Emit(Value? addend = null)
    {
        if (Sum is not { } sum) return Product(addend);
        var (last, weights, shape) = Convolutions.Planar(Node, Data, Weights);
        var (op, added) = (new Conv2D(Windows.Last2D(), Sum: sum), addend is null ? null : Channels.ToLast(Node.Importer.Builder, addend, Node.Location));
        if (added is null || sum != FloatSum.FusedBiasLast) return Convolutions.Unplanar(Node, Node.Emit(op, last, weights, Bias, added), shape);
        // A single sum, which the image joins before the bias does.
        var y = Node.Emit(new Binary(BinaryKind.Add), Node.Emit(op, last, weights), added);
        return Convolutions.Unplanar(Node, Bias is null ? y : Node.Emit(new Binary(BinaryKind.Add), y, Bias), shape);
    }

    // How MLAS adds the products of images, which it keeps by blocks of sixteen channels where those fit; null where it multiplies matrices. Weights are [O, C / groups, KH, KW].
    private static FloatSum? SumOf(Shape data, Shape weights, Windows windows, int groups)
    {
        if (data.Rank != 4) return null;
        int channels = weights[1], outputs = weights[0];
        if (groups > 1)
        {
            if (channels == 1 && outputs == groups) return outputs % 4 == 0 ? FloatSum.FusedBiasLast : null;
            if (outputs % ChannelBlocks.Size != 0) return null;
            if (channels % ChannelBlocks.Size != 0 || outputs % groups != 0 || outputs / groups % ChannelBlocks.Size != 0) return null;
        }
        else if (channels < ChannelBlocks.Size)
        {
            return FloatSum.FusedSingles;
        }
        else if (channels % 4 != 0)
        {
            return null;
        }
        return windows.Kernel.All(k => k == 1) && windows.Before.Concat(windows.After).All(p => p == 0) ? FloatSum.FusedPoints : FloatSum.FusedBlocks;
    }

    // A matrix product of the weights and what the windows see, channels outermost, as MLAS does it: in runs, whose sums join what is added.
    private Value Product(Value? addend)
    {
        int channels = Data.Type.Shape[1], outputs = Weights.Type.Shape[0];
        if (Groups < 1 || channels % Groups != 0 || outputs % Groups != 0 || Weights.Type.Shape[1] != channels / Groups) throw Node.Malformed($"has data {Data.Type}, weights {Weights.Type} and {Groups} groups");
        if (InOrder(addend) is { } image) return image;
        var patches = Patches.Of(Node, Data, Windows, 0);
        var s = patches.Data.Type.Shape;
        int products = channels / Groups * s[2];
        int run = outputs == Groups ? MatMulOrder.Quads : s[3] == 1 ? MatMulOrder.Lanes : MatrixProducts.Run(products, s[3]);
        var (a, b) = (Node.Reshape(Weights, 1, Groups, outputs / Groups, products), Node.Reshape(patches.Data, s[0], Groups, products, s[3]));
        // A single window is a column, for which MLAS has a kernel of its own.
        var y = addend is null ? Node.Emit(new BatchMatMul(run), a, b) : Onto(Node.Reshape(addend, s[0], Groups, outputs / Groups, s[3]), a, b, products, run);
        return patches.Spread(Node, Convolutions.Biased(Node, Node.Reshape(y, s[0], outputs, s[3]), Bias));
    }

    // The same sums, straight from the image; null where they are no plain runs.
    private Value? InOrder(Value? addend)
    {
        if (Order is not { } order || !Weights.IsConstant || Bias is { IsConstant: false } || addend is not null && order == FloatSum.RoundedQuads) return null;
        if (Windows.Kernel.Length < 3) return InOrder(order, addend);
        // A product of matrices as they lie.
        if (Windows.IsPointwise) return null;
        return DepthWindows.Apply(Node, Data, Weights, Windows, 0, (x, w) => (this with { Data = x, Weights = w, Windows = Windows.Planes }).InOrder(order, addend is null ? null : DepthWindows.Images(Node, addend)));
    }

    private Value InOrder(FloatSum order, Value? addend)
    {
        var padded = Node.Emit(new Pad(new Ints([0, 0, .. Windows.Before]), new Ints([0, 0, .. Windows.After]), 0), Data);
        var (last, weights, shape) = Convolutions.Planar(Node, padded, Weights);
        if (addend is not null) addend = Convolutions.Row(Node, Channels.ToLast(Node.Importer.Builder, addend, Node.Location));
        var inside = Windows with { Before = new int[Windows.Kernel.Length], After = new int[Windows.Kernel.Length] };
        return Convolutions.Unplanar(Node, Node.Emit(new Conv2D(inside.Last2D(), Sum: order), last, weights, Bias, addend), shape);
    }

    /// <summary>What a QuantizeLinear makes of the sums of quantized data and weights; null where those cannot be worked out from exact ones.</summary>
    /// <param name="data">The quantized data.</param>
    /// <param name="weights">The quantized weights.</param>
    /// <param name="target">The QuantizeLinear.</param>
    public Value? Quantized(Value data, Value weights, QuantizeTarget target)
    {
        if (Order is not { } order || Bias is { IsConstant: false } || !RoundedSums.Fit(data, weights, 0, target)) return null;
        return Windows.Kernel.Length < 3 ? Rounded(data, weights) : DepthWindows.Apply(Node, data, weights, Windows, data.Type.ZeroPoint, Rounded);

        Value Rounded(Value x, Value w)
        {
            var (last, rows, shape) = Convolutions.Planar(Node, x, w);
            var op = RoundedSums.Of(Windows.Last2D(), order, target, Groups);
            return Convolutions.Unplanar(Node, Node.EmitQuantized(op, target.Quantization, last, rows, Bias), shape);
        }
    }

    // The order of a matrix product that sums what windows see: runs, or a single row for each channel; null for others.
    private FloatSum? Order
    {
        get
        {
            int channels = Data.Type.Shape[1], outputs = Weights.Type.Shape[0];
            bool isDepthwise = Groups > 1 && Groups == channels && outputs == Groups;
            if (Windows.Kernel.Length > 2 && isDepthwise || Groups < 1 || !isDepthwise && (outputs / Groups < 2 || outputs % Groups != 0)) return null;
            int[] counts = Windows.Counts([.. Data.Type.Shape.Skip(2).Select((e, i) => e + Windows.Before[i] + Windows.After[i])]);
            if (counts.Any(c => c < 1)) throw Node.Malformed("has a window larger than its data");
            long windows = counts.Aggregate(1L, (n, c) => n * c), products = Weights.Type.Shape.Skip(1).Aggregate(1L, (n, e) => n * e);
            // A single window is a column, for which MLAS has a kernel of its own; sums of many products might not fit 32 bits.
            if (windows > int.MaxValue || products > RoundedSums.MostProducts || !isDepthwise && windows == 1) return null;
            return isDepthwise ? FloatSum.RoundedQuads : FloatSumOrder.OfProducts(MatrixProducts.Run((int)products, (int)windows));
        }
    }

    private Value Onto(Value y, Value a, Value b, int products, int run)
    {
        int part = run > 0 ? run : products;
        for (int k = 0; k < products; k += part)
        {
            int count = Math.Min(part, products - k);
            Value Part(Value v, int axis) => count == products ? v : Node.Emit(StridedSlice.OfAxis(v.Type.Shape, axis, k, count), v);
            y = Node.Emit(new Binary(BinaryKind.Add), y, Node.Emit(new BatchMatMul(run), Part(a, 3), Part(b, 2)));
        }
        return y;
    }
}
