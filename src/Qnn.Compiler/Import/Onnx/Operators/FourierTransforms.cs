using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Elementwise;

namespace Qnn.Compiler.Import.Onnx.Operators;

/// <summary>Fourier transforms in ONNX Runtime's operations (<c>dft.cc</c>): butterflies where the length is a power of two, else as a convolution with a chirp (Bluestein), itself by butterflies.</summary>
internal static class FourierTransforms
{
    private const int MostSamples = 1 << 16;

    /// <summary>Rows of complex numbers; the imaginary parts may be absent.</summary>
    private readonly record struct Rows(Value Real, Value? Imaginary);

    /// <summary>x [..., n, 1 or 2] along an axis; the transform's length as an operand, the axis as an attribute, from version 20 on as an operand.</summary>
    [OnnxOperator("DFT")]
    public static void Dft(OnnxNode node)
    {
        var x = node.Input(0);
        int rank = x.Type.Shape.Rank;
        if (rank < 2 || x.Type.Element != ElementType.F32) throw node.Unsupported($"it transforms {x.Type}");
        if (rank == 2) x = node.Reshape(x, [.. x.Type.Shape.Span, 1]);
        rank = x.Type.Shape.Rank;
        int axis = node.Axis(node.Opset >= 20 ? node.OptionalInput(2) is null ? -2 : node.ConstantInts(2, "axis")[0] : node.Int("axis", 1), rank);
        if (axis == rank - 1 || x.Type.Shape[-1] is not (1 or 2)) throw node.Malformed($"transforms axis {axis} of {x.Type}");
        int length = node.OptionalInput(1) is null ? x.Type.Shape[axis] : node.ConstantInts(1, "length")[0];
        // [..., n, ...] with the axis last but one.
        int[] order = [.. Enumerable.Range(0, rank - 1).Where(a => a != axis), axis, rank - 1];
        var moved = Channels.Permute(node.Importer.Builder, x, order, node.Location);
        var s = moved.Type.Shape;
        var flat = node.Reshape(moved, s.ElementCount / Math.Max(1, s[-1] * s[-2]), s[-2], s[-1]);
        var y = Transform(node, flat, null, length, node.Int("inverse", 0) != 0, node.Int("onesided", 0) != 0);
        var spread = node.Reshape(y, [.. s.Span[..^2], y.Type.Shape[1], 2]);
        node.Result(Channels.Permute(node.Importer.Builder, spread, [.. Enumerable.Range(0, rank).Select(a => Array.IndexOf(order, a))], node.Location));
    }

    /// <summary>Windows over a signal [B, L(, 1)], each transformed: operands signal, step, window (optional), length (optional).</summary>
    [OnnxOperator("STFT")]
    public static void Stft(OnnxNode node)
    {
        var x = node.Input(0);
        var window = node.OptionalInput(2);
        int length = window?.Type.Shape.ElementCount ?? node.ConstantInts(3, "length")[0], step = node.ConstantInts(1, "step")[0];
        var s = x.Type.Shape;
        if (s.Rank is not (2 or 3) || s.Rank == 3 && s[2] != 1 || x.Type.Element != ElementType.F32) throw node.Unsupported($"its signal is {x.Type}");
        if (step < 1 || length < 1 || length > s[1]) throw node.Malformed($"has windows of {length} every {step} of {s[1]}");
        int frames = (s[1] - length) / step + 1;
        if ((long)frames * length > OnnxNode.MostIndices) throw node.Unsupported("its windows take too many samples");
        var table = Value.Of("samples", Tensor.Of<long>(new Shape(frames, length), [.. Enumerable.Range(0, frames * length).Select(i => (long)(i / length * step + i % length))]));
        var rows = node.Reshape(node.Emit(new Gather(1), node.Reshape(x, s[0], s[1]), table), s[0] * frames, length, 1);
        var y = Transform(node, rows, window, length, inverse: false, node.Int("onesided", 1) != 0);
        node.Result(node.Reshape(y, s[0], frames, y.Type.Shape[1], 2));
    }

    // [rows, samples, 1 or 2] to [rows, length or its half, 2].
    private static Value Transform(OnnxNode node, Value x, Value? window, int length, bool inverse, bool oneSided)
    {
        int rows = x.Type.Shape[0], samples = x.Type.Shape[1];
        if (length is < 1 or > MostSamples) throw node.Unsupported($"it transforms {length} samples");
        Value Part(int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(x.Type.Shape, 2, i, 1), x), rows, samples);
        Value Fitted(Value v) => samples == length ? v : samples > length
            ? node.Emit(StridedSlice.OfAxis(v.Type.Shape, 1, 0, length), v)
            : node.Emit(new Pad(new Ints(0, 0), new Ints(0, length - samples)), v);
        Value Windowed(Value v) => window is null ? v : Times(node, v, node.Reshape(window, length));
        var data = new Rows(Windowed(Fitted(Part(0))), x.Type.Shape[2] == 2 ? Windowed(Fitted(Part(1))) : null);
        Rows y;
        if (int.IsPow2(length))
        {
            y = Butterflies(node, data, Roots(length, inverse));
            if (inverse) y = Scaled(node, y, length);
        }
        else
        {
            y = ByChirp(node, data, length, inverse);
        }
        if (oneSided) y = Sliced(node, y, length / 2 + 1);
        int count = y.Real.Type.Shape[1];
        return node.Emit(new Concat(2), node.Reshape(y.Real, rows, count, 1), node.Reshape(y.Imaginary!, rows, count, 1));
    }

    // exp(i * angle), every operation in single precision.
    private static (float[] Real, float[] Imaginary) Roots(int length, bool inverse)
    {
        float velocity = (inverse ? 1f : -1f) * (2 * 3.14159265f) / length;
        float[] angles = [.. Enumerable.Range(0, length).Select(i => i * velocity)];
        return ([.. angles.Select(a => LibraryAngles.Cos(a))], [.. angles.Select(a => LibraryAngles.Sin(a))]);
    }

    private static int Reversed(int number, int bits)
    {
        int reversed = 0;
        for (int i = 0; i < bits; i++) reversed |= (number >> i & 1) << bits - 1 - i;
        return reversed;
    }

    private static Rows Butterflies(OnnxNode node, Rows x, (float[] Real, float[] Imaginary) roots)
    {
        int length = roots.Real.Length, bits = int.Log2(length), rows = x.Real.Type.Shape[0];
        var places = Value.Of("reversed", Tensor.Of<long>(new Shape(length), [.. Enumerable.Range(0, length).Select(i => (long)Reversed(i, bits))]));
        Value Ordered(Value v) => node.Emit(new Gather(1), v, places);
        x = new Rows(Ordered(x.Real), x.Imaginary is null ? null : Ordered(x.Imaginary));
        for (int stage = 1, size = 2; size <= length; stage++, size *= 2)
        {
            int half = size / 2;
            Value Half(Value v, int i) => node.Reshape(node.Emit(StridedSlice.OfAxis(new Shape(rows, length / size, 2, half), 2, i, 1), node.Reshape(v, rows, length / size, 2, half)), rows, length / size, 1, half);
            Rows Of(int i) => new(Half(x.Real, i), x.Imaginary is null ? null : Half(x.Imaginary, i));
            var (even, odd) = (Of(0), Of(1));
            Rows Turned(int first)
            {
                int[] at = [.. Enumerable.Range(first, half).Select(k => Reversed(Reversed(k, stage), bits))];
                var turned = Multiply(node, odd, Row([.. at.Select(i => roots.Real[i])]), Row([.. at.Select(i => roots.Imaginary[i])]));
                return new Rows(Plus(node, even.Real, turned.Real), even.Imaginary is null ? turned.Imaginary : Plus(node, even.Imaginary, turned.Imaginary!));
            }
            var (upper, lower) = (Turned(0), Turned(half));
            x = new Rows(Joined(upper.Real, lower.Real), Joined(upper.Imaginary!, lower.Imaginary!));
        }
        return x with { Imaginary = x.Imaginary ?? Times(node, x.Real, OnnxNode.Scalar(0f)) };

        Value Joined(Value a, Value b) => node.Reshape(node.Emit(new Concat(2), a, b), rows, length);
    }

    private static Rows ByChirp(OnnxNode node, Rows x, int length, bool inverse)
    {
        int size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(2 * length - 1));
        float direction = (inverse ? 1f : -1f) * MathF.PI;
        float[] exponents = [.. Enumerable.Range(0, length).Select(n => direction * n * n / length)];
        float[] cos = [.. exponents.Select(e => LibraryAngles.Cos(e))], sin = [.. exponents.Select(e => LibraryAngles.Sin(e))];
        var (real, imaginary) = (new float[size], new float[size]);
        for (int n = 0; n < size; n++)
        {
            int from = n < length ? n : n > size - length ? size - n : -1;
            if (from >= 0) (real[n], imaginary[n]) = (cos[from], -sin[from]);
        }
        var roots = Roots(size, inverse: false);
        var shape = new Shape(1, size);
        var kernel = Butterflies(node, new Rows(Value.Of("chirp", Tensor.Of<float>(shape, real)), Value.Of("chirp", Tensor.Of<float>(shape, imaginary))), roots);
        var turned = Multiply(node, x, Row(cos), Row(sin));
        Value Padded(Value v) => node.Emit(new Pad(new Ints(0, 0), new Ints(0, size - length)), v);
        var spectrum = Butterflies(node, new Rows(Padded(turned.Real), Padded(turned.Imaginary!)), roots);
        // The transform back is one forwards, turned around.
        var product = Scaled(node, Butterflies(node, Multiply(node, spectrum, kernel.Real, kernel.Imaginary!), roots), size);
        var around = Value.Of("around", Tensor.Of<long>(new Shape(length), [.. Enumerable.Range(0, length).Select(i => i == 0 ? 0 : (long)size - i)]));
        var y = Multiply(node, new Rows(node.Emit(new Gather(1), product.Real, around), node.Emit(new Gather(1), product.Imaginary!, around)), Row(cos), Row(sin));
        if (!inverse) return y;
        var scale = OnnxNode.Scalar(1f / length);
        return new Rows(Times(node, y.Real, scale), Times(node, y.Imaginary!, scale));
    }

    private static Rows Multiply(OnnxNode node, Rows x, Value real, Value imaginary)
    {
        var (a, b) = (Times(node, real, x.Real), Times(node, imaginary, x.Real));
        if (x.Imaginary is null) return new Rows(a, b);
        return new Rows(node.Emit(new Binary(BinaryKind.Subtract), a, Times(node, imaginary, x.Imaginary)), Plus(node, Times(node, real, x.Imaginary), b));
    }

    private static Rows Scaled(OnnxNode node, Rows x, int length)
    {
        Value Part(Value v) => node.Emit(new Binary(BinaryKind.Divide), v, OnnxNode.Scalar((float)length));
        return new Rows(Part(x.Real), Part(x.Imaginary!));
    }

    private static Rows Sliced(OnnxNode node, Rows x, int count)
    {
        Value Part(Value v) => node.Emit(StridedSlice.OfAxis(v.Type.Shape, 1, 0, count), v);
        return new Rows(Part(x.Real), Part(x.Imaginary!));
    }

    private static Value Row(float[] numbers) => Value.Of("roots", Tensor.Of<float>(new Shape(numbers.Length), numbers));

    private static Value Plus(OnnxNode node, Value a, Value b) => node.Emit(new Binary(BinaryKind.Add), a, b);

    private static Value Times(OnnxNode node, Value a, Value b) => node.Emit(new Binary(BinaryKind.Multiply), a, b);
}
