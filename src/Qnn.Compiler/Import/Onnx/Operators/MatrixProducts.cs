using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Elementwise;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Matrix products, quantized and float.</summary>
internal static class MatrixProducts
{
    /// <summary>a, its scale and zero point, b, theirs, the result's.</summary>
    [OnnxOperator("QLinearMatMul", Varying = VaryingOperands.Taken)]
    public static void QLinearMatMul(OnnxNode node)
    {
        var a = node.WithScales(node.Input(0), 1, 2);
        var b = node.WithScales(node.Input(3), 4, 5, node.Input(3).Type.Shape.Rank - 1);
        node.Result(Product(node, a, b, node.OptionalInput(7)?.Type.Element ?? a.Type.Element, node.Scales(6, 7)));
    }

    /// <summary>Between DequantizeLinear and QuantizeLinear it is a QLinearMatMul; float otherwise.</summary>
    [OnnxOperator("MatMul", Varying = VaryingOperands.Taken)]
    public static void MatMul(OnnxNode node)
    {
        if (BlockedWeights.OfDequantized(node)) return;
        if (node.Importer.Patterns.TermBehind(node) is { } sum)
        {
            bool rounds = node.IsHalf(0), front = rounds && node.Importer.Halves.RunsInFront(node.Proto);
            var joined = node.Importer.Joined(node, "Gemm", sum.Index, [.. node.Proto.Input, sum.Term]);
            string result = joined.Proto.Output[0];
            rounds &= node.Importer.Halves.RunsBehind(node.Proto, node.Importer.NodeAt(sum.Index).Proto);
            // Reshapes of halves stand around it.
            if (front) joined.Proto.Input[0] = node.Importer.RoundedName(node.Proto.Input[0]);
            Gemm(joined);
            if (rounds) node.Importer.Bind(result, node.Importer.Rounded(node.Importer.ValueOf(result, node)));
            return;
        }
        if (node.Quantized(0) is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } a && node.Quantized(1) is { Type.Element: ElementType.U8 or ElementType.S8 } b)
        {
            // What stays int8, and weights of four bits, are multiplied in float, weights being made real at run time.
            bool isInteger = node.Importer.Patterns.IsUnsigned(node, 0, a.Type.Element) && !node.Importer.IsMadeOfFourBits(node.Proto.Input[1]);
            if (isInteger && node.Importer.Following(node) is { IsUnsigned: true } target && target.Element == a.Type.Element)
            {
                node.Importer.Finish(target, Product(node, a, b, target.Element, target.Quantization));
                return;
            }
            if (!isInteger || node.Importer.IsQuantizedBehind(node))
            {
                if (node.Importer.Following(node, clamps: true) is { } rounding && RoundedProducts.Of(node, a, b, false, null, rounding) is { } rounded) node.Importer.Finish(rounding, rounded);
                else node.Result(Real(node, node.Input(0), node.Input(1), isPacked: false));
                return;
            }
            // Without a QuantizeLinear it is a MatMulIntegerToFloat.
            var scales = b.Type.Quantization!;
            var scale = Value.Of("scales", Tensor.Of<float>(scales.IsPerChannel ? new Shape(scales.Scales.Length) : Shape.Scalar, [.. scales.Scales]));
            node.Result(Scaled(node, Integer(node, a, b, ZeroOf(a), ZeroOf(b)), OnnxNode.Scalar(a.Type.Scale), scale, null));
            return;
        }
        var (x, y) = (node.Input(0), node.Input(1));
        bool isPacked = IsPacked(node, y);
        if (x.Type.Shape.Rank == 2 && y.Type.Shape.Rank == 2 && ChannelNormalization.Behind(node) is { } behind && behind.Normalization.Weights(y, 1) is { } scaled)
        {
            node.Importer.Finish([behind.Index], Onto(node, x, scaled, behind.Normalization.Biases(null)!));
            return;
        }
        if (x.Type.Shape.Rank < 2 || y.Type.Shape.Rank < 2)
        {
            node.Result(Real(node, x, y, isPacked));
            return;
        }
        var (alpha, names, replaced) = Factors(node);
        Finish(node, replaced, alpha == 1 ? Real(node, x, y, isPacked, node.Importer.Transposes.IsTurned(node.Proto.Input[1])) : Scaled(node, node.Importer.ValueOf(names[0], node), node.Importer.ValueOf(names[1], node), alpha, isPacked));
    }

    // The factors in front of a product and behind it that it takes, what it multiplies then, and the nodes behind it that it replaces.
    private static (float Alpha, string[] Operands, IReadOnlyList<int> Behind) Factors(OnnxNode node)
    {
        float alpha = node.Float("alpha", 1);
        string[] names = [node.Proto.Input[0], node.Proto.Input[1]];
        if (node.Importer.IsKnownAtLoad(node.Proto.Output[0])) return (alpha, names, []);
        for (int i = 0; i < 2; i++)
        {
            if (node.Importer.Patterns.FactorBefore(names[i]) is not { } before) continue;
            alpha *= before.Factor;
            names[i] = before.Operand;
        }
        var behind = node.Importer.Patterns.FactorsBehind(node).ToArray();
        return (behind.Aggregate(alpha, (product, factor) => product * factor.Number), names, [.. behind.Select(f => f.Index)]);
    }

    /// <summary>alpha * a * b, their last two axes exchanged where it says so.</summary>
    [OnnxOperator("FusedMatMul", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    [OnnxOperator("TransposeMatMul", OnnxOperatorAttribute.Microsoft)]
    public static void FusedMatMul(OnnxNode node)
    {
        if (node.Int("transBatchA", 0) != 0 || node.Int("transBatchB", 0) != 0) throw node.Unsupported("it exchanges axes of its batches");
        if (node.Input(0).Type.Shape.Rank < 2 || node.Input(1).Type.Shape.Rank < 2)
        {
            if (node.Float("alpha", 1) != 1) throw node.Unsupported("it multiplies vectors");
            node.Result(Real(node, node.Input(0), node.Input(1)));
            return;
        }
        var (alpha, names, replaced) = Factors(node);
        Value Operand(int i, string transposes)
        {
            var v = node.Importer.ValueOf(names[i], node);
            int rank = v.Type.Shape.Rank;
            return node.Int(transposes, 0) == 0 || rank < 2 ? v : Channels.Permute(node.Importer.Builder, v, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2], node.Location);
        }
        var (a, b) = (Operand(0, "transA"), Operand(1, "transB"));
        bool isPacked = IsPacked(node, b);
        Finish(node, replaced, alpha == 1 ? Real(node, a, b, isPacked, node.Int("transB", 0) != 0) : Scaled(node, a, b, alpha, isPacked));
    }

    private static void Finish(OnnxNode node, IReadOnlyList<int> replaced, Value result)
    {
        if (replaced.Count == 0) node.Result(result);
        else node.Importer.Finish(replaced, result);
    }

    // Stored matrices are packed beforehand, unless what they multiply is known too: such products are computed when the model is loaded.
    private static bool IsPacked(OnnxNode node, Value b) => b is { IsConstant: true, Type.Shape.Rank: 2 } && !node.Importer.IsKnownAtLoad(node.Proto.Input[0]) && node.Importer.Patterns.IsStored(node.Proto.Input[1]);

    // A factor keeps MLAS from its kernels of single rows and columns.
    private static Value Scaled(OnnxNode node, Value a, Value b, float factor, bool isPacked)
    {
        int run = isPacked ? PackedRun : Run(a.Type.Shape[-1], b.Type.Shape[-1]);
        if (a.Type.Shape.Rank < 2 || b.Type.Shape.Rank < 2) throw node.Unsupported("it multiplies vectors");
        return Sums(node, a, b, run, factor, null);
    }

    /// <summary>factor * a * b of matrices that are not packed.</summary>
    public static Value Scaled(OnnxNode node, Value a, Value b, float factor) => Scaled(node, a, b, factor, isPacked: false);

    // Runs of products, each times a factor, which joins the sum of those before with one rounding.
    private static Value Sums(OnnxNode node, Value a, Value b, int run, float factor, Value? sum)
    {
        int products = a.Type.Shape[-1];
        for (int k = 0; k < products || sum is null; k += run)
        {
            int count = Math.Min(run, products - k);
            Value Part(Value v, int axis) => count == products ? v : node.Emit(StridedSlice.OfAxis(v.Type.Shape, v.Type.Shape.Rank + axis, k, count), v);
            var part = node.Emit(new BatchMatMul(run), Part(a, -1), Part(b, -2));
            if (factor == 1) sum = sum is null ? part : node.Emit(new Binary(BinaryKind.Add), sum, part);
            else if (sum is null) sum = node.Emit(new Binary(BinaryKind.Multiply), part, OnnxNode.Scalar(factor));
            else sum = node.Emit(new MultiplyAdd(), part, OnnxNode.Scalar(factor), sum.Type.Shape.Equals(part.Type.Shape) ? sum : node.Emit(new BroadcastTo(part.Type.Shape), sum));
        }
        return sum;
    }

    // Of matrices packed beforehand.
    private const int PackedRun = 256;

    /// <summary>MLAS multiplies and adds with one rounding, in runs of so many products: longer ones where the result has few columns.</summary>
    public static int Run(int products, int columns)
    {
        int run = 128, width = 128;
        if (columns >= products) return run;
        for (; width > 16 && width / 2 >= columns; width /= 2) run *= 2;
        return run;
    }

    /// <summary>The same, or the order of a single row or column, for which MLAS has kernels of its own. Rows of all batches are one matrix where the second operand is.</summary>
    public static int Order(Shape a, Shape b)
    {
        int rows = b.Rank == 2 ? a.ElementCount / Math.Max(1, a[-1]) : a[-2];
        return rows == 1 ? MatMulOrder.Quads : b[-1] == 1 ? MatMulOrder.Lanes : Run(a[-1], b[-1]);
    }

    /// <summary>Rows of floats, all of them together, times a matrix whose columns lie side by side, and perhaps a row that is added.</summary>
    public static Value Turned(OnnxNode node, Value a, Value b, Value? term)
    {
        var rows = node.Reshape(a, a.Type.Shape.ElementCount / Math.Max(1, b.Type.Shape[0]), b.Type.Shape[0]);
        var y = Vector(node, rows, b, transposesB: true, term) ?? (term is null ? Real(node, rows, b, isPacked: false, isTurned: true) : Onto(node, rows, b, term, Run(b.Type.Shape[0], b.Type.Shape[1])));
        return node.Reshape(y, [.. a.Type.Shape.Span[..^1], b.Type.Shape[1]]);
    }

    /// <summary>A float product with a matrix that is not packed beforehand.</summary>
    public static Value Unpacked(OnnxNode node, Value a, Value b) => Real(node, a, b, isPacked: false);

    /// <summary>A float product by NumPy's rule.</summary>
    public static Value Real(OnnxNode node, Value a, Value b) => Real(node, a, b, b is { IsConstant: true, Type.Shape.Rank: 2 });

    private static Value Real(OnnxNode node, Value a, Value b, bool isPacked, bool isTurned = false)
    {
        var (ra, rb) = (a.Type.Shape.Rank, b.Type.Shape.Rank);
        if (ra == 0 || rb == 0) throw node.Malformed("multiplies a scalar");
        int products = a.Type.Shape[-1];
        int[]? extents = null;
        if (rb == 1)
        {
            // Each row is multiplied alone by a vector.
            extents = [.. a.Type.Shape.Span[..^1]];
            (a, b) = (node.Reshape(a, [.. extents, 1, products]), node.Reshape(b, b.Type.Shape[0], 1));
        }
        else if (ra >= rb && ra > 2 && (rb > 2 || b.Type.Shape[-1] == 1) && b.Type.Shape.ElementCount == b.Type.Shape[-2] * b.Type.Shape[-1])
        {
            // All rows are one matrix where the second operand is (matmul_helper.h). Of more columns a stored one's are anyway.
            extents = [.. a.Type.Shape.Span[..^1], b.Type.Shape[-1]];
            (a, b) = (node.Reshape(a, a.Type.Shape.ElementCount / Math.Max(1, products), products), node.Reshape(b, b.Type.Shape[-2], b.Type.Shape[-1]));
        }
        else if (ra == 1)
        {
            extents = [.. b.Type.Shape.Span[..^2], b.Type.Shape[-1]];
            a = node.Reshape(a, 1, products);
        }
        int order = isPacked ? PackedRun : rb == 1 ? MatMulOrder.Quads : Order(a.Type.Shape, b.Type.Shape);
        // MLAS's kernel for a column is not for one whose numbers it takes for rows of a single element.
        if (isTurned && order == MatMulOrder.Lanes) order = Run(a.Type.Shape[-1], 1);
        var y = isTurned && order == MatMulOrder.Quads ? ByColumn(node, a, b) : node.Emit(new BatchMatMul(order), a, b);
        return extents is null ? y : node.Reshape(y, extents);
    }

    /// <summary>a, b, their zero points; the accumulators are the result.</summary>
    [OnnxOperator("MatMulInteger", Varying = VaryingOperands.Taken)]
    public static void MatMulInteger(OnnxNode node) => node.Result(Integer(node, node.Input(0), node.Input(1), node.OptionalInput(2), node.OptionalInput(3)));

    /// <summary>Exact accumulators of a and constant b, whose zero points may be computed at run time (a's) or differ by column (b's).</summary>
    public static Value Integer(OnnxNode node, Value a, Value b, Value? zeroA, Value? zeroB)
    {
        if (b is not { IsConstant: true, Type.Shape.Rank: 2 } || zeroB is { IsConstant: false }) return IntegerInFloat(node, a, b, zeroA, zeroB);
        int[] zerosB = zeroB?.Constant!.ToInt32() ?? [0];
        b = node.WithQuantization(b, zerosB.Length == 1 ? new Ir.Quantization(1, zerosB[0]) : new Ir.Quantization([.. zerosB.Select(_ => 1f)], [.. zerosB], 1));
        int known = zeroA is { IsConstant: true, Type.Shape.ElementCount: 1 } ? zeroA.Constant!.ToInt32()[0] : 0;
        a = node.WithQuantization(a, new Ir.Quantization(1, known));
        var sums = node.Emit(new QnnDense(), a, Transposed(node, b));
        if (zeroA is null or { IsConstant: true, Type.Shape.ElementCount: 1 }) return sums;
        // The zero point's share: zero point times the sum of each column.
        var (rows, columns) = (b.Type.Shape[0], b.Type.Shape[1]);
        var totals = new int[columns];
        int[] elements = b.Constant!.ToInt32();
        for (int k = 0; k < rows; k++) for (int n = 0; n < columns; n++) totals[n] += elements[k * columns + n] - zerosB[zerosB.Length == 1 ? 0 : n];
        var point = node.Emit(new Cast(ElementType.S32), zeroA);
        if (point.Type.Shape.ElementCount == 1) point = node.Reshape(point, []);
        else point = node.Reshape(point, [.. a.Type.Shape.Span[..^1], 1]);
        return node.Emit(new Binary(BinaryKind.Subtract), sums, node.Emit(new Binary(BinaryKind.Multiply), Value.Of("column_sums", Tensor.Of<int>(new Shape(columns), totals)), point));
    }

    // Sums of so many products of 8-bit numbers are below 2^24, and exact in float.
    public const int MostProducts = (1 << 24) / (255 * 255);

    // Longer sums are taken in parts.
    private static Value IntegerInFloat(OnnxNode node, Value a, Value b, Value? zeroA, Value? zeroB)
    {
        if (a.Type.Shape.Rank < 2 || b.Type.Shape.Rank < 2) throw node.Unsupported("it multiplies vectors computed at run time");
        bool single = (zeroA is null || zeroA.Type.Shape.ElementCount == 1) && (zeroB is null || zeroB.Type.Shape.ElementCount == 1);
        if (single && a.Type.Shape[-1] <= QuantizedMatMul.LongestSum) return node.Emit(new QuantizedMatMul(), a, b, zeroA, zeroB);
        Value Centered(Value x, Value? zero, bool rows)
        {
            var real = node.Emit(new Cast(ElementType.F32), x);
            if (zero is null) return real;
            var point = node.Emit(new Cast(ElementType.F32), zero);
            int count = zero.Type.Shape.ElementCount;
            return node.Emit(new Binary(BinaryKind.Subtract), real, count == 1 ? node.Reshape(point, []) : rows ? node.Reshape(point, count, 1) : node.Reshape(point, count));
        }
        var (left, right) = (Centered(a, zeroA, true), Centered(b, zeroB, false));
        int inner = left.Type.Shape[-1];
        Value? sum = null;
        for (int k = 0; k < inner; k += MostProducts)
        {
            int count = Math.Min(MostProducts, inner - k);
            Value Part(Value v, int axis) => count == inner ? v : node.Emit(StridedSlice.OfAxis(v.Type.Shape, v.Type.Shape.Rank + axis, k, count), v);
            var part = node.Emit(new Cast(ElementType.S32), Real(node, Part(left, -1), Part(right, -2)));
            sum = sum is null ? part : node.Emit(new Binary(BinaryKind.Add), sum, part);
        }
        return sum ?? throw node.Malformed("adds nothing up");
    }

    private static Value ZeroOf(Value v)
    {
        var zeros = v.Type.Quantization!.ZeroPoints;
        var shape = zeros.Length == 1 ? Shape.Scalar : new Shape(zeros.Length);
        return Value.Of("zero_point", v.Type.Element == ElementType.U8
            ? Tensor.Of<byte>(shape, [.. zeros.Select(z => (byte)z)])
            : Tensor.Of<sbyte>(shape, [.. zeros.Select(z => (sbyte)z)]));
    }

    /// <summary>A product of two 8-bit matrices, requantized with float multipliers, halves to even.</summary>
    private static Value Product(OnnxNode node, Value a, Value b, ElementType element, Ir.Quantization y)
    {
        var scales = b.Type.Quantization!;
        double[] multipliers = [.. scales.Scales.Select(s => (double)(a.Type.Scale * s / y.Scale))];
        if (!multipliers.All(double.IsFinite) && InfiniteScales.Requantized(node, IntegerInFloat(node, a, b, ZeroOf(a), ZeroOf(b)), multipliers, element, y) is { } boundless) return boundless;
        var (low, high) = IntegerRange.Of(element);
        var epilogue = new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(multipliers), element, y.ZeroPoint, low, high);
        if (b is { IsConstant: true, Type.Shape.Rank: 2 }) return node.EmitQuantized(epilogue, y, node.Emit(new QnnDense(), a, Transposed(node, b)));
        if (scales.IsPerChannel) throw node.Unsupported("its second operand has several scales and is no constant matrix");
        int rank = b.Type.Shape.Rank;
        if (rank < 2 || a.Type.Shape.Rank < 2) throw node.Unsupported("it multiplies vectors");
        if (a.Type.Shape[-1] <= QuantizedMatMul.LongestSum && float.IsNormal((float)multipliers[0]) && multipliers[0] > 0)
        {
            return node.EmitQuantized(new QuantizedMatMul((float)multipliers[0], element, y.ZeroPoint), y, a, b, ZeroOf(a), ZeroOf(b));
        }
        int[] swap = [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2];
        return node.EmitQuantized(new QnnBatchMatMul(epilogue), y, a, Channels.Permute(node.Importer.Builder, b, swap, node.Location));
    }

    /// <summary>a, its scale and zero point, b, theirs, bias (int32), the result's scale and zero point; float without those.</summary>
    [OnnxOperator("QGemm", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void QGemm(OnnxNode node)
    {
        var a = node.WithScales(node.Input(0), 1, 2);
        var b = node.WithScales(node.Input(3), 4, 5, node.Int("transB", 0) == 0 ? 1 : 0);
        var y = node.OptionalInput(7) is null ? null : node.Scales(7, 8);
        var element = node.OptionalInput(8)?.Type.Element ?? a.Type.Element;
        node.Result(Layer(node, a, b, node.OptionalInput(6), y, element, node.Float("alpha", 1)));
    }

    /// <summary>Between DequantizeLinear and QuantizeLinear (which may be absent) it is a QGemm; float otherwise.</summary>
    [OnnxOperator("Gemm", Varying = VaryingOperands.Taken)]
    [OnnxOperator("FusedGemm", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void Gemm(OnnxNode node)
    {
        if (BlockedWeights.OfDequantizedLayer(node)) return;
        float alpha = node.Float("alpha", 1), beta = node.Float("beta", 1);
        var late = LateQuantization.Of(node);
        // A factor of the product would multiply a bias too, one of the bias has no place.
        if ((node.OptionalInput(2) is null || (alpha, beta) == (1, 1)) && node.Proto.OpType == "Gemm" && !node.StandsBehindReshapedConstant && !node.Importer.IsMadeOfFourBits(node.Proto.Input[1]) && node.Quantized(0) is { Type: { Element: ElementType.U8 or ElementType.S8, Quantization.IsPerChannel: false } } qa && late is { Weights: { IsConstant: true, Type.Element: ElementType.U8 or ElementType.S8 } qb }
            && (late.Bias is { IsConstant: true, Type.Element: ElementType.S32 } || node.OptionalInput(2) is null))
        {
            // Around a product of more axes stand Reshapes, and their pairs have one user.
            bool isReshaped = qa.Type.Shape.Rank > 2, isUnsigned = isReshaped || node.Importer.Patterns.IsUnsigned(node, 0, qa.Type.Element);
            bool fits = isUnsigned || qb.Type.Element == ElementType.S8;
            if (fits && node.Importer.Following(node) is { } target && (isReshaped || target.IsUnsigned == isUnsigned))
            {
                node.Importer.Finish(target, Layer(node, qa, qb, late.Bias, target.Quantization, target.Element, alpha));
                return;
            }
            if (fits && !node.Importer.IsQuantizedBehind(node))
            {
                node.Result(Layer(node, qa, qb, late.Bias, null, ElementType.F32, alpha));
                return;
            }
        }
        bool transposesA = node.Int("transA", 0) != 0, transposesB = node.Int("transB", 0) != 0;
        if (!transposesA && (alpha, beta) == (1, 1) && node.Proto.OpType == "Gemm" && node.Quantized(0) is { } data && late.Weights is { } matrix && node.Importer.Following(node, clamps: true) is { } rounding
            && RoundedProducts.Of(node, data, matrix, transposesB, late.RealBias, rounding) is { } rounded)
        {
            node.Importer.Finish(rounding, rounded);
            return;
        }
        Value Turned(Value v, bool transposes) => transposes ? Channels.Permute(node.Importer.Builder, v, [1, 0], node.Location) : v;
        var shape = node.Input(0).Type.Shape;
        var (a, b, c) = (Turned(node.Reshape(node.Input(0), shape.ElementCount / Math.Max(1, shape[-1]), shape[-1]), transposesA), Turned(late.RealWeights, transposesB), late.RealBias);
        if (c is not null && beta != 1) c = node.Emit(new Binary(BinaryKind.Multiply), c, OnnxNode.Scalar(beta));
        bool isPacked = late.Weights is null && b.IsConstant && !node.Importer.IsKnownAtLoad(node.Proto.Input[0]) && node.Importer.Patterns.IsStored(node.Proto.Input[1]);
        int run = isPacked ? PackedRun : Run(a.Type.Shape[-1], b.Type.Shape[-1]);
        Value y;
        if (!isPacked && !transposesA && alpha == 1 && Vector(node, a, b, transposesB, c) is { } vector) y = vector;
        else y = alpha != 1 ? Sums(node, a, b, run, alpha, c) : c is null ? Real(node, a, b, isPacked, transposesB) : Onto(node, a, b, c, run);
        if (shape.Rank > 2) y = node.Reshape(y, [.. shape.Span[..^1], b.Type.Shape[1]]);
        node.Result(FusedActivation.Apply(node, y));
    }

    /// <summary>Rows [.., 1, K] times matrices [.., K, N], each onto a row [.., 1, N], which MLAS's kernel for single rows begins with.</summary>
    public static Value RowOnto(OnnxNode node, Value a, Value b, Value y)
    {
        // It is the first four products: 1 times itself, and three of zeros.
        int axis = a.Type.Shape.Rank - 1;
        int[] outer = a.Type.Shape.Span[..^2].ToArray();
        int count = outer.Aggregate(1, (n, e) => n * e), columns = b.Type.Shape[axis];
        var front = Value.Of("one", Tensor.Of<float>(new Shape([.. outer, 1, 4]), [.. Enumerable.Range(0, count * 4).Select(i => i % 4 == 0 ? 1f : 0)]));
        var zeros = Value.Of("zeros", Tensor.Of<float>(new Shape([.. outer, 3, columns]), new float[count * 3 * columns]));
        return node.Emit(new BatchMatMul(MatMulOrder.Quads), node.Emit(new Concat(axis), front, a), node.Emit(new Concat(axis - 1), y, zeros, b));
    }

    /// <summary>A row times a matrix whose columns lie side by side: the matrix turned, times the row as a column.</summary>
    public static Value ByColumn(OnnxNode node, Value a, Value b)
    {
        Value Turned(Value v) => Channels.Permute(node.Importer.Builder, v, [.. Enumerable.Range(0, v.Type.Shape.Rank - 2), v.Type.Shape.Rank - 1, v.Type.Shape.Rank - 2], node.Location);
        return Turned(node.Emit(new BatchMatMul(MatMulOrder.Lanes), Turned(b), Turned(a)));
    }

    // A Gemm of a single row, or with a single column, of matrices that are not packed: MLAS's kernels for vectors, which begin with the term, or add it to the sums of rows that lie side by side. Null for others.
    private static Value? Vector(OnnxNode node, Value a, Value b, bool transposesB, Value? c)
    {
        int rows = a.Type.Shape[0], columns = b.Type.Shape[1];
        if (rows == 1 && transposesB) return Plus(ByColumn(node, a, b));
        if (rows == 1)
        {
            if (c is null) return node.Emit(new BatchMatMul(MatMulOrder.Quads), a, b);
            return RowOnto(node, a, b, node.Reshape(node.Emit(new BroadcastTo(new Shape(1, columns)), c), 1, columns));
        }
        return columns == 1 && !transposesB ? Plus(node.Emit(new BatchMatMul(MatMulOrder.Lanes), a, b)) : null;

        Value Plus(Value sums) => c is null ? sums : node.Emit(new Binary(BinaryKind.Add), sums, c);
    }

    /// <summary>A float product of two matrices onto a term: MLAS begins with what is added, then adds the runs' sums.</summary>
    public static Value Onto(OnnxNode node, Value a, Value b, Value y) => Onto(node, a, b, y, b.IsConstant ? PackedRun : Run(a.Type.Shape[-1], b.Type.Shape[-1]));

    /// <summary>A float product of two matrices, in runs, whose sums are added to y.</summary>
    public static Value Onto(OnnxNode node, Value a, Value b, Value y, int run, float factor = 1) => Sums(node, a, b, run, factor, y);

    /// <summary>Float a quantized at run time times an 8-bit matrix: float(accumulator) * (scale of a * scale of b), plus a float bias.</summary>
    [OnnxOperator("DynamicQuantizeMatMul", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void DynamicQuantizeMatMul(OnnxNode node)
    {
        var (a, scale, zero) = Quantization.Dynamic(node, node.Input(0));
        node.Result(Scaled(node, Integer(node, a, node.Input(1), zero, node.OptionalInput(3)), scale, node.Input(2), node.OptionalInput(4)));
    }

    /// <summary>a and b of 8 bits: float(accumulator) * (scale of a * scale of b), plus a float bias.</summary>
    [OnnxOperator("MatMulIntegerToFloat", OnnxOperatorAttribute.Microsoft, Varying = VaryingOperands.Taken)]
    public static void MatMulIntegerToFloat(OnnxNode node) =>
        node.Result(Scaled(node, Integer(node, node.Input(0), node.Input(1), node.OptionalInput(4), node.OptionalInput(5)), node.Input(2), node.Input(3), node.OptionalInput(6)));

    /// <summary>float(sums) * (scale of a * scale of b), plus a bias.</summary>
    public static Value Scaled(OnnxNode node, Value sums, Value scaleA, Value scaleB, Value? bias)
    {
        var factor = node.Emit(new Binary(BinaryKind.Multiply), scaleA, scaleB);
        var y = node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Cast(ElementType.F32), sums), factor);
        return bias is null ? y : node.Emit(new Binary(BinaryKind.Add), y, bias);
    }

    private static Value Layer(OnnxNode node, Value a, Value b, Value? bias, Ir.Quantization? y, ElementType element, float alpha)
    {
        if (node.Int("transA", 0) != 0) a = Channels.Permute(node.Importer.Builder, a, [1, 0], node.Location);
        if (!b.IsConstant || bias is { IsConstant: false }) throw node.Unsupported("its weights or bias are computed at run time; they must be constant");
        if (node.Int("transB", 0) == 0) b = Transposed(node, b);
        int outputs = b.Type.Shape[0];
        if (bias is not null && bias.Type.Shape.ElementCount == 1 && outputs > 1) bias = Value.Of(bias.Name, Tensor.Of<int>(new Shape(outputs), [.. Enumerable.Repeat(bias.Constant!.ToInt32()[0], outputs)]));
        if (bias is not null && bias.Type.Shape.ElementCount != outputs) throw node.Unsupported($"its bias has the shape {bias.Type.Shape}");
        var sums = node.Emit(new QnnDense(), a, b, bias is null ? null : node.Reshape(bias, outputs));
        var scales = b.Type.Quantization!.Scales;
        if (y is null)
        {
            float[] factors = [.. scales.Select(s => alpha * a.Type.Scale * s)];
            return node.Emit(new Binary(BinaryKind.Multiply), node.Emit(new Cast(ElementType.F32), sums), Value.Of("scales", Tensor.Of<float>(factors.Length == 1 ? Shape.Scalar : new Shape(factors.Length), factors)));
        }
        double[] multipliers = [.. scales.Select(s => (double)(alpha * a.Type.Scale * s / y.Scale))];
        var (low, high) = IntegerRange.Of(element);
        return InfiniteScales.Requantized(node, sums, multipliers, element, y) ?? node.EmitQuantized(new Requantize(RequantizeArithmetic.Float32NearestEven, new Doubles(multipliers), element, y.ZeroPoint, low, high), y, sums);
    }

    /// <summary>A matrix with its axes exchanged, and its quantization with them.</summary>
    public static Value Transposed(OnnxNode node, Value matrix) => matrix.Type.Shape.Rank == 2
        ? Channels.Permute(node.Importer.Builder, matrix, [1, 0], node.Location)
        : throw node.Unsupported($"its weights have the shape {matrix.Type.Shape}");
}
