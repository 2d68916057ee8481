using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Products of quantized matrices that ONNX Runtime adds up in float and a QuantizeLinear rounds: from exact sums, as a convolution of one tap is.</summary>
internal static class RoundedProducts
{
    /// <summary>The quantized product of rows and a stored matrix; null where the sums have another order, or the matrix zero points.</summary>
    /// <param name="node">The node.</param>
    /// <param name="a">Quantized rows, [..., K].</param>
    /// <param name="b">The quantized matrix, [K, N], or turned [N, K].</param>
    /// <param name="isTurned">Which it is.</param>
    /// <param name="bias">What joins the first run's sum, f32[N], or null.</param>
    /// <param name="target">The QuantizeLinear.</param>
    public static Value? Of(OnnxNode node, Value a, Value b, bool isTurned, Value? bias, QuantizeTarget target)
    {
        if (b.Type is not { Shape.Rank: 2, Quantization: { } q } || a.Type.Shape.Rank < 2 || !RoundedSums.Fit(a, b, isTurned ? 0 : 1, target)) return null;
        int products = a.Type.Shape[-1], columns = b.Type.Shape[isTurned ? 0 : 1], rows = a.Type.Shape.ElementCount / Math.Max(1, products);
        if (b.Type.Shape[isTurned ? 1 : 0] != products || products is 0 or > RoundedSums.MostProducts || rows < 2 || columns < 2) return null;
        int run = MatrixProducts.Run(products, columns);
        // A single run's sum is the bias's last term too.
        if (bias is not null && (products > run || bias is not { IsConstant: true, Type: { Element: ElementType.F32, Shape: { Rank: 1 } s } } || s[0] != columns)) return null;
        var stored = b.Constant!.Span<sbyte>();
        var turned = new sbyte[stored.Length];
        for (int i = 0; i < turned.Length; i++) turned[i] = isTurned ? stored[i] : stored[i % products * columns + i / products];
        var weights = Value.Of(b.Name, Tensor.Of<sbyte>(new Shape(columns, 1, 1, products), turned, q.IsPerChannel ? new Ir.Quantization(q.Scales, q.ZeroPoints, 0) : q));
        var op = RoundedSums.Of(new Window2D(1, 1), FloatSumOrder.OfProducts(run), target);
        var y = node.EmitQuantized(op, target.Quantization, node.Reshape(a, 1, 1, rows, products), weights, bias);
        return node.Reshape(y, [.. a.Type.Shape.Span[..^1], columns]);
    }
}
