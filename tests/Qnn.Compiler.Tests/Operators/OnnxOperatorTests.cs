using Qnn.Compiler.Emit;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Ir.Operators;
using Qnn.Compiler.Lowering;
using Qnn.Runtime;
using Qnn.Runtime.Kernels.Convolution;
using Qnn.Runtime.Kernels.Recurrent;
using Qnn.Runtime.Kernels.Reduction;
using Qnn.Runtime.Kernels.Sampling;

namespace Qnn.Compiler.Tests.Operators;

/// <summary>Kernels made for ONNX against their formulas, written out; random shapes, every tier, one and three threads.</summary>
public sealed class OnnxOperatorTests
{
    [Theory]
    [InlineData(ElementType.U8, ElementType.S8, ElementType.U8)]
    [InlineData(ElementType.S8, ElementType.S8, ElementType.S8)]
    [InlineData(ElementType.U8, ElementType.U8, ElementType.S32)]
    public void MatricesOfRunTimeAreMultipliedExactly(ElementType left, ElementType right, ElementType output)
    {
        var r = new Random(5);
        for (int trial = 0; trial < 30; trial++)
        {
            int batches = r.Next(1, 4), m = r.Next(1, 20), k = r.Next(1, 70), n = r.Next(1, 45);
            var (a, b) = (Fill(r, left, batches, m, k), Fill(r, right, r.Next(2) == 0 ? 1 : batches, k, n));
            var (za, zb) = (Fill(r, left), Fill(r, right));
            float multiplier = output == ElementType.S32 ? 0 : r.NextSingle() * 1e-3f + 1e-5f;
            int zero = output == ElementType.U8 ? 7 : output == ElementType.S8 ? -3 : 0;
            var expected = new List<int>();
            int[] x = a.ToInt32(), y = b.ToInt32();
            for (int i = 0; i < batches * m; i++)
                for (int c = 0; c < n; c++)
                {
                    int sum = 0, at = b.Type.Shape[0] == 1 ? 0 : i / m * k * n;
                    for (int d = 0; d < k; d++) sum += (x[i * k + d] - za.ToInt32()[0]) * (y[at + d * n + c] - zb.ToInt32()[0]);
                    var (low, high) = output == ElementType.U8 ? (0, 255) : (-128, 127);
                    expected.Add(output == ElementType.S32 ? sum : (int)Math.Clamp(MathF.Round(sum * multiplier, MidpointRounding.ToEven) + zero, low, high));
                }
            Check(new QuantizedMatMul(multiplier, output, zero), results => Assert.Equal(expected, results[0].ToInt32()), a, b, za, zb);
        }
    }

    [Theory]
    [InlineData(16, 4)]
    [InlineData(32, 2)]
    [InlineData(64, 2)]
    [InlineData(128, 2)]
    [InlineData(32, 4)]
    [InlineData(32, 8)]
    [InlineData(64, 4)]
    [InlineData(64, 8)]
    [InlineData(128, 8)]
    [InlineData(256, 4)]
    public void WeightsOfFewBitsAreAddedUpInMlassLanes(int block, int bits)
    {
        var r = new Random(block + bits);
        for (int trial = 0; trial < 8; trial++)
        {
            int rows = r.Next(1, trial == 0 ? 20 : 8), k = r.Next(1, 1200), n = trial == 1 ? r.Next(257, 300) : r.Next(1, 60), blocks = (k - 1) / block + 1, zero = r.Next(1 << bits);
            float[] Floats(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => (r.NextSingle() - 0.5f) * scale)];
            // Zero points of their own, or one for all.
            float[] x = Floats(rows * k, 4), scales = Floats(n * blocks, 0.1f), zeros = [.. Enumerable.Range(0, n * blocks).Select(_ => (float)(trial % 2 == 0 ? r.Next(1 << bits) : zero))], bias = Floats(n, 2);
            byte[] w = [.. Enumerable.Range(0, n * blocks * block).Select(_ => (byte)r.Next(1 << bits))];
            var expected = new float[rows * n];
            for (int i = 0; i < expected.Length; i++) expected[i] = Few(x.AsSpan(i / n * k, k), w.AsSpan(i % n * blocks * block, blocks * block), scales.AsSpan(i % n * blocks, blocks), zeros.AsSpan(i % n * blocks, blocks), bias[i % n], block, bits, i % n < n / 4 * 4, block < 64 || block == 64 && bits == 8 || rows % 2 == 1 && i / n == rows - 1);
            Check(new BlockedMatMul(block, bits, true), results => Assert.Equal(expected, results[0].Span<float>().ToArray()),
                [Tensor.Of<float>(new Shape(rows, k), x), Tensor.Of<byte>(new Shape(n, blocks * block), w), Tensor.Of<float>(new Shape(n, blocks), scales), Tensor.Of<float>(new Shape(n, blocks), zeros), Tensor.Of<float>(new Shape(n), bias)], 1);
        }
    }

    // As the instructions go: two vectors of 64 bytes, their products added by fours; quarters or halves of both side by side.
    private static float Few(ReadOnlySpan<float> x, ReadOnlySpan<byte> w, ReadOnlySpan<float> scales, ReadOnlySpan<float> zeros, float bias, int block, int bits, bool together, bool unpacked)
    {
        int blocks = scales.Length;
        var q = new int[blocks * block];
        var steps = new float[blocks];
        float offset = 0;
        for (int b = 0; b < blocks; b++)
        {
            float most = 0;
            for (int i = b * block; i < Math.Min(x.Length, (b + 1) * block); i++) most = MathF.Max(most, MathF.Abs(x[i]));
            steps[b] = most / 127;
            for (int i = b * block; i < Math.Min(x.Length, (b + 1) * block); i++) q[i] = (int)MathF.Round(x[i] * (127 / most), MidpointRounding.ToEven);
            offset = MathF.FusedMultiplyAdd(steps[b] * q.AsSpan(b * block, block).ToArray().Sum(), -(scales[b] * zeros[b]), offset);
        }
        var products = new int[q.Length / 4];
        for (int i = 0; i < q.Length; i++) products[i / 4] += q[i] * w[i];
        var sum = new float[16];
        int at = 0;
        if (bits == 2)
        {
            // Each block in lanes of four, four blocks at a time.
            for (; at < products.Length; at += block)
            {
                for (int lane = 0; lane < 16; lane++)
                {
                    var apart = new float[2];
                    for (int b = at * 4 / block; b < Math.Min(at * 4 / block + 4, blocks); b++)
                    {
                        int exact = 0;
                        for (int i = lane; i < block / 4; i += 16) exact += products[b * block / 4 + i];
                        apart[b % 2] = MathF.FusedMultiplyAdd(exact, steps[b] * scales[b], apart[b % 2]);
                    }
                    sum[lane] += apart[0] + apart[1];
                }
            }
            (together, at) = (false, products.Length);
        }
        for (; at + 32 <= products.Length; at += 32)
        {
            for (int lane = 0; lane < 16; lane++)
            {
                int quarter = lane & ~3, place = lane & 3;
                int[] of = block switch
                {
                    < 64 => [place / 2 * 16 + quarter + place % 2, place / 2 * 16 + quarter + place % 2 + 2],
                    64 => [place % 2 * 16 + quarter + place / 2, place % 2 * 16 + quarter + place / 2 + 2],
                    _ => [lane, lane + 16],
                };
                int b = (at + of[0]) * 4 / block;
                sum[lane] = MathF.FusedMultiplyAdd(products[at + of[0]] + products[at + of[1]], steps[b] * scales[b], sum[lane]);
            }
        }
        if (block < 64 && bits > 2) for (int lane = 0; lane < 8; lane++) (sum[lane], sum[lane + 8]) = (sum[lane] + sum[lane + 8], 0);
        for (; at < products.Length; at += block / 4)
        {
            int b = at * 4 / block;
            // Of a block of 16 each lane has two products.
            if (block == 16) for (int lane = 0; lane < 8; lane++) sum[lane] = MathF.FusedMultiplyAdd(q[at * 4 + 2 * lane] * w[at * 4 + 2 * lane] + q[at * 4 + 2 * lane + 1] * w[at * 4 + 2 * lane + 1], steps[b] * scales[b], sum[lane]);
            else for (int lane = 0; lane < block / 4; lane++) sum[lane] = MathF.FusedMultiplyAdd(products[at + lane], steps[b] * scales[b], sum[lane]);
        }
        float Quarter(int i) => sum[i] + sum[i + 1] + sum[i + 2] + sum[i + 3];
        float Column(int i) => sum[i] + sum[i + 8] + (sum[i + 4] + sum[i + 12]);
        float total = together && unpacked ? Quarter(0) + Quarter(8) + (Quarter(4) + Quarter(12)) : Column(0) + Column(2) + (Column(1) + Column(3));
        return offset + (total + bias);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(2000)]
    public void ConstantMatricesInPanelsKeepTheOrderOfSums(int run)
    {
        var r = new Random(run);
        for (int trial = 0; trial < 12; trial++)
        {
            int batches = r.Next(1, 3), rows = trial == 0 ? 70 : r.Next(1, 12), k = r.Next(400, 900), n = trial switch { 0 => 32, 1 => 64, 2 => 16, 3 => 5, _ => r.Next(16, 300) };
            float[] x = Floats(r, batches * rows * k), w = Floats(r, k * n), added = run == 0 || trial % 3 == 0 ? [] : Floats(r, trial % 3 == 1 ? n : batches * rows * n);
            var expected = new float[batches * rows * n];
            for (int i = 0; i < expected.Length; i++)
            {
                var (row, column) = Math.DivRem(i, n);
                float? total = added.Length == 0 ? null : added[i % added.Length];
                for (int first = 0; first < k; first += run == 0 ? k : run)
                {
                    float sum = 0;
                    for (int j = first; j < Math.Min(k, run == 0 ? k : first + run); j++) sum = run == 0 ? sum + x[row * k + j] * w[j * n + column] : MathF.FusedMultiplyAdd(x[row * k + j], w[j * n + column], sum);
                    total = total + sum ?? sum;
                }
                expected[i] = total!.Value;
            }
            Tensor? addend = added.Length == 0 ? null : added.Length == n ? Tensor.Of<float>(new Shape(n), added) : Tensor.Of<float>(new Shape(batches, rows, n), added);
            Check(new BatchMatMul(run), results => Assert.Equal(expected, results[0].Span<float>().ToArray()), [Tensor.Of<float>(new Shape(batches, rows, k), x), Tensor.Of<float>(new Shape(k, n), w), .. addend is null ? (Tensor?[])[] : [addend]], 1);
        }
    }

    [Fact]
    public void RangesAreSpreadAtRunTime()
    {
        var r = new Random(6);
        for (int trial = 0; trial < 40; trial++)
        {
            int count = r.Next(1, 200);
            float offset = trial % 3 - 1, width = trial == 0 ? 0 : r.NextSingle() * 10;
            float[] x = [.. Enumerable.Range(0, count).Select(_ => trial == 0 ? 0 : (r.NextSingle() + offset) * width)];
            float most = MathF.Max(0, x.Max()), least = MathF.Min(0, x.Min()), scale = most == least ? 1 : (most - least) / 255;
            float zero = Math.Clamp(MathF.Round(-least / scale, MidpointRounding.ToEven), 0, 255);
            Check(new DynamicQuantizeLinear(), results =>
            {
                Assert.Equal(x.Select(v => (int)Math.Clamp(MathF.Round(v / scale, MidpointRounding.ToEven) + zero, 0, 255)), results[0].ToInt32());
                Assert.Equal(scale, results[1].Span<float>()[0]);
                Assert.Equal((int)zero, results[2].ToInt32()[0]);
            }, Tensor.Of<float>(new Shape(count), x));
        }
    }

    [Fact]
    public void SumsAreScaledInTheOrderOfTheirOperators()
    {
        var r = new Random(7);
        for (int trial = 0; trial < 30; trial++)
        {
            int rows = r.Next(1, 9), n = r.Next(1, 40);
            int[] sums = [.. Enumerable.Range(0, rows * n).Select(_ => r.Next(-100000, 100000))], columns = [.. Enumerable.Range(0, n).Select(_ => r.Next(-5000, 5000))];
            float[] factors = [.. Enumerable.Range(0, r.Next(2) == 0 ? 1 : n).Select(_ => r.NextSingle() * 0.01f)], bias = [.. Enumerable.Range(0, n).Select(_ => r.NextSingle())];
            int zero = r.Next(256);
            var expected = sums.Select((s, i) => (s - zero * columns[i % n]) * factors[factors.Length == 1 ? 0 : i % n] + bias[i % n]).ToArray();
            Check(new ScaledSums(), results => Assert.Equal(expected, results[0].Span<float>().ToArray()),
                Tensor.Of<int>(new Shape(rows, n), sums), Tensor.Of<float>(new Shape(factors.Length), factors), Tensor.Of<float>(new Shape(n), bias), Tensor.Scalar(zero), Tensor.Of<int>(new Shape(n), columns));
        }
    }

    [Theory]
    [InlineData(RowSumOrder.Lanes)]
    [InlineData(RowSumOrder.PairedLanes)]
    [InlineData(RowSumOrder.AlignedPairedLanes)]
    public void RowsAreAddedInTheOrderOfALibrary(object order)
    {
        var r = new Random(8);
        for (int trial = 0; trial < 60; trial++)
        {
            int rows = r.Next(1, 6), length = r.Next(1, 45);
            float[] x = Floats(r, rows * length);
            var expected = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                float[] v = x[(row * length)..((row + 1) * length)];
                int start = (RowSumOrder)order == RowSumOrder.AlignedPairedLanes ? Math.Min((4 - row * length % 4) % 4, length) : 0;
                int whole = (length - start) / 4 * 4, pairs = (length - start) / 8 * 8;
                if (whole == 0 && (RowSumOrder)order != RowSumOrder.Lanes)
                {
                    expected[row] = v.Skip(1).Aggregate(v[0], (s, f) => s + f);
                    continue;
                }
                var lanes = new float[4];
                for (int lane = 0; lane < 4; lane++)
                {
                    if ((RowSumOrder)order == RowSumOrder.Lanes)
                    {
                        for (int i = 0; i < whole; i += 4) lanes[lane] += v[i + lane];
                        continue;
                    }
                    float even = v[start + lane], odd = 0;
                    if (whole > 4) odd = v[start + 4 + lane];
                    for (int i = 8; i < pairs; i += 8) (even, odd) = (even + v[start + i + lane], odd + v[start + i + 4 + lane]);
                    if (whole > 4) even += odd;
                    if (whole > 4 && whole > pairs) even += v[start + pairs + lane];
                    lanes[lane] = even;
                }
                float sum = lanes[0] + lanes[2] + (lanes[1] + lanes[3]);
                for (int i = 0; i < start; i++) sum += v[i];
                for (int i = start + whole; i < length; i++) sum += v[i];
                expected[row] = sum;
            }
            Check(new RowSum((RowSumOrder)order), results => Assert.Equal(expected, results[0].Span<float>().ToArray()), Tensor.Of<float>(new Shape(rows, length), x));
        }
    }

    [Fact]
    public void RowsAreAddedInSixteenLanes()
    {
        var r = new Random(18);
        for (int trial = 0; trial < 60; trial++)
        {
            int rows = r.Next(1, 6), length = r.Next(1, 70);
            float[] x = Floats(r, rows * length);
            var expected = new float[rows];
            for (int row = 0; row < rows; row++)
            {
                var lanes = new float[16];
                for (int i = 0; i < length; i++) lanes[i % 16] += x[row * length + i];
                float[] pairs = [.. Enumerable.Range(0, 8).Select(i => lanes[i] + lanes[i + 8])];
                expected[row] = (pairs[0] + pairs[1]) + (pairs[2] + pairs[3]) + ((pairs[4] + pairs[5]) + (pairs[6] + pairs[7]));
            }
            Check(new RowSum(RowSumOrder.Sixteens), results => Assert.Equal(expected, results[0].Span<float>().ToArray()), Tensor.Of<float>(new Shape(rows, length), x));
        }
    }

    [Fact]
    public void FactorsOfEveryElementAreFused()
    {
        var r = new Random(19);
        for (int trial = 0; trial < 40; trial++)
        {
            var shape = new Shape(r.Next(1, 5), r.Next(1, 40));
            float[] a = Floats(r, shape.ElementCount), factor = Floats(r, shape.ElementCount), c = Floats(r, shape.ElementCount);
            float[] expected = [.. a.Select((v, i) => MathF.FusedMultiplyAdd(v, factor[i], c[i]))];
            Check(new MultiplyAdd(), results => Assert.Equal(expected, results[0].Span<float>().ToArray()), Tensor.Of<float>(shape, a), Tensor.Of<float>(shape, factor), Tensor.Of<float>(shape, c));
        }
    }

    [Fact]
    public void ARowTimesAMatrixAddsFoursThenTwosThenOnes()
    {
        var r = new Random(9);
        for (int trial = 0; trial < 40; trial++)
        {
            int batches = r.Next(1, 4), k = r.Next(1, 23), n = r.Next(1, 30);
            float[] x = Floats(r, batches * k), w = Floats(r, k * n), expected = new float[batches * n];
            for (int i = 0; i < batches * n; i++)
            {
                var products = Enumerable.Range(0, k).Select(d => x[i / n * k + d] * w[d * n + i % n]).ToList();
                float sum = 0;
                foreach (int width in (int[])[4, 2, 1])
                {
                    for (; products.Count >= width; products.RemoveRange(0, width)) sum = products.Take(width).Skip(1).Aggregate(products[0], (s, f) => s + f) + sum;
                }
                expected[i] = sum;
            }
            Check(new BatchMatMul(MatMulOrder.Quads), results => Assert.Equal(expected, results[0].Span<float>().ToArray()), Tensor.Of<float>(new Shape(batches, 1, k), x), Tensor.Of<float>(new Shape(1, k, n), w));
        }
    }

    [Fact]
    public void AMatrixTimesAColumnAddsInEightLanes()
    {
        var r = new Random(10);
        for (int trial = 0; trial < 40; trial++)
        {
            int batches = r.Next(1, 3), m = r.Next(1, 12), k = r.Next(1, 40);
            float[] a = Floats(r, batches * m * k), x = Floats(r, k), expected = new float[batches * m];
            for (int i = 0; i < batches * m; i++)
            {
                var l = new float[8];
                for (int d = 0; d < k; d++) l[d % 8] += a[i * k + d] * x[d];
                int row = i % m, rest = m % 4;
                if (row < m - rest) expected[i] = l[0] + l[1] + l[2] + l[3] + (l[4] + l[5] + l[6] + l[7]);
                else if (rest >= 2 && row < m - rest + 2) expected[i] = l[0] + l[2] + (l[4] + l[6]) + (l[1] + l[3] + (l[5] + l[7]));
                else expected[i] = l[0] + l[1] + (l[2] + l[3]) + (l[4] + l[5] + (l[6] + l[7]));
            }
            Check(new BatchMatMul(MatMulOrder.Lanes), results => Assert.Equal(expected, results[0].Span<float>().ToArray()), Tensor.Of<float>(new Shape(batches, m, k), a), Tensor.Of<float>(new Shape(1, k, 1), x));
        }
    }

    [Theory]
    [InlineData(OnnxCell.Simple)]
    [InlineData(OnnxCell.Gru)]
    [InlineData(OnnxCell.GruLinearBeforeReset)]
    [InlineData(OnnxCell.Lstm)]
    public void RecurrentLayersFollowTheirFormulas(object kind)
    {
        var cell = (OnnxCell)kind;
        var r = new Random(11);
        for (int trial = 0; trial < 12; trial++)
        {
            int steps = r.Next(1, 5), batches = r.Next(1, 4), hidden = r.Next(1, 20), gates = cell.Gates(), width = gates * hidden;
            bool reverse = r.Next(2) == 0, linear = cell == OnnxCell.GruLinearBeforeReset;
            float[] x = Floats(r, steps * batches * width), h = Floats(r, batches * hidden), c = Floats(r, batches * hidden), w = Floats(r, width * hidden), b = Floats(r, linear ? width + hidden : width);
            int[] lengths = [.. Enumerable.Range(0, batches).Select(_ => r.Next(0, steps + 1))];
            Tensor?[] inputs = [
                Tensor.Of<float>(new Shape(steps, batches, width), x), Tensor.Of<int>(new Shape(batches), lengths), Tensor.Of<float>(new Shape(batches, hidden), h), cell == OnnxCell.Lstm ? Tensor.Of<float>(new Shape(batches, hidden), c) : null,
                Tensor.Of<float>(new Shape(width, hidden), w), cell == OnnxCell.Simple ? null : Tensor.Of<float>(new Shape(b.Length), b), null];
            double[] state = [.. h.Select(v => (double)v)], cells = [.. c.Select(v => (double)v)];
            var all = new double[steps * batches * hidden];
            for (int n = 0; n < batches; n++)
            {
                for (int i = 0; i < steps; i++)
                {
                    int t = reverse ? steps - 1 - i : i;
                    if (t >= lengths[n]) continue;
                    var from = state[(n * hidden)..((n + 1) * hidden)];
                    double Input(int gate, int j) => x[((t * batches) + n) * width + gate * hidden + j] + (cell == OnnxCell.Simple ? 0 : b[gate * hidden + j]);
                    double Product(double[] s, int gate, int j) => s.Select((v, d) => v * w[(gate * hidden + j) * hidden + d]).Sum();
                    double[] Gate(int gate, Func<double, double> f) => [.. Enumerable.Range(0, hidden).Select(j => f(Input(gate, j) + Product(from, gate, j)))];
                    double[] next;
                    if (cell == OnnxCell.Simple)
                    {
                        next = Gate(0, Math.Tanh);
                    }
                    else if (cell == OnnxCell.Lstm)
                    {
                        var (input, output, forget, update) = (Gate(0, Sigmoid), Gate(1, Sigmoid), Gate(2, Sigmoid), Gate(3, Math.Tanh));
                        for (int j = 0; j < hidden; j++) cells[n * hidden + j] = cells[n * hidden + j] * forget[j] + input[j] * update[j];
                        next = [.. Enumerable.Range(0, hidden).Select(j => Math.Tanh(cells[n * hidden + j]) * output[j])];
                    }
                    else
                    {
                        var (update, reset) = (Gate(0, Sigmoid), Gate(1, Sigmoid));
                        double[] scaled = [.. from.Select((v, j) => v * reset[j])];
                        next = [.. Enumerable.Range(0, hidden).Select(j => (1 - update[j]) * Math.Tanh(Input(2, j) + (linear ? reset[j] * (Product(from, 2, j) + b[width + j]) : Product(scaled, 2, j))) + update[j] * from[j])];
                    }
                    next.CopyTo(state, n * hidden);
                    next.CopyTo(all, (t * batches + n) * hidden);
                }
                if (lengths[n] > 0) continue;
                Array.Clear(state, n * hidden, hidden);
                Array.Clear(cells, n * hidden, hidden);
            }
            var (sigmoid, tanh) = (new OnnxActivation { Kind = OnnxActivationKind.Logistic }, new OnnxActivation { Kind = OnnxActivationKind.Tanh });
            var first = cell == OnnxCell.Simple ? tanh : sigmoid;
            byte[]? bits = null;
            Check(new OnnxRecurrent(cell, reverse, first, tanh, tanh, float.MaxValue, false, 7), results =>
            {
                Near(all, results[0]);
                Near(state, results[1]);
                if (cell == OnnxCell.Lstm) Near(cells, results[2]);
                Assert.Equal(bits ??= results[0].Bytes.ToArray(), results[0].Bytes.ToArray());
            }, inputs, constants: 4);
        }
    }

    [Theory]
    [InlineData(GridSampleMode.Linear, GridSamplePadding.Zeros)]
    [InlineData(GridSampleMode.Linear, GridSamplePadding.Border)]
    [InlineData(GridSampleMode.Nearest, GridSamplePadding.Border)]
    public void GridsReadImagesBetweenTheirPixels(object mode, object padding)
    {
        var r = new Random(12);
        int channels = 3, height = 5, width = 7, rows = 4, columns = 6;
        float[] image = Floats(r, 2 * channels * height * width), grid = [.. Enumerable.Range(0, 2 * rows * columns * 2).Select(_ => r.NextSingle() * 3 - 1.5f)];
        var expected = new double[2 * channels * rows * columns];
        for (int i = 0; i < expected.Length; i++)
        {
            int plane = i / (rows * columns), point = plane / channels * rows * columns + i % (rows * columns);
            double x = (grid[2 * point] + 1.0) / 2 * (width - 1), y = (grid[2 * point + 1] + 1.0) / 2 * (height - 1);
            if ((GridSamplePadding)padding == GridSamplePadding.Border) (x, y) = (Math.Clamp(x, 0, width - 1), Math.Clamp(y, 0, height - 1));
            if ((GridSampleMode)mode == GridSampleMode.Nearest) (x, y) = (Math.Round(x), Math.Round(y));
            int left = (int)Math.Floor(x), top = (int)Math.Floor(y);
            for (int corner = 0; corner < 4; corner++)
            {
                int column = left + corner % 2, row = top + corner / 2;
                if (column < 0 || column >= width || row < 0 || row >= height) continue;
                expected[i] += image[(plane * height + row) * width + column] * (1 - Math.Abs(x - column)) * (1 - Math.Abs(y - row));
            }
        }
        byte[]? bits = null;
        Check(new GridSample((GridSampleMode)mode, (GridSamplePadding)padding, true), results =>
        {
            Near(expected, results[0]);
            Assert.Equal(bits ??= results[0].Bytes.ToArray(), results[0].Bytes.ToArray());
        }, Tensor.Of<float>(new Shape(2, channels, height, width), image), Tensor.Of<float>(new Shape(2, rows, columns, 2), grid));
    }

    [Fact]
    public void RegionsOfAPlaneAreItsMeans()
    {
        // The image is a plane, so a bin's mean is the plane's value at its centre.
        int height = 12, width = 16;
        float[] image = [.. Enumerable.Range(0, 2 * height * width).Select(i => i / (height * width) * 100f + i % width * 0.5f + i / width % height * 2f)];
        float[] regions = [2, 1, 10, 9, 1, 2, 5, 8];
        byte[]? bits = null;
        Check(new RoiAlign(2, 4, 2, false, 1, false), results =>
        {
            var expected = new double[2 * 2 * 4];
            for (int i = 0; i < expected.Length; i++)
            {
                var region = regions.AsSpan(i / 8 * 4, 4);
                double x = region[0] + (region[2] - region[0]) * (i % 4 + 0.5) / 4, y = region[1] + (region[3] - region[1]) * (i / 4 % 2 + 0.5) / 2;
                expected[i] = (1 - i / 8) * 100 + x * 0.5 + y * 2;
            }
            Near(expected, results[0]);
            Assert.Equal(bits ??= results[0].Bytes.ToArray(), results[0].Bytes.ToArray());
        }, Tensor.Of<float>(new Shape(2, 1, height, width), image), Tensor.Of<float>(new Shape(2, 4), regions), Tensor.Of<long>(new Shape(2), [1L, 0]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BoxesAreSelectedByClassAndTheRestIsMarked(bool centers)
    {
        var r = new Random(13);
        for (int trial = 0; trial < 20; trial++)
        {
            int images = r.Next(1, 3), classes = r.Next(1, 4), count = r.Next(0, 15), most = r.Next(0, 6);
            float overlap = r.NextSingle(), threshold = r.NextSingle() * 0.5f;
            float[] boxes = [.. Enumerable.Range(0, images * count * 4).Select(_ => r.NextSingle())], scores = [.. Enumerable.Range(0, images * classes * count).Select(_ => r.Next(8) / 8f)];
            var expected = new List<long>();
            for (int kind = 0; kind < images * classes; kind++)
            {
                var taken = new List<int>();
                foreach (int box in Enumerable.Range(0, count).Where(b => scores[kind * count + b] > threshold).OrderByDescending(b => scores[kind * count + b]))
                {
                    if (taken.Count < most && taken.TrueForAll(t => Shared(At(box), At(t)) <= overlap)) taken.Add(box);
                }
                foreach (int box in taken) expected.AddRange([kind / classes, kind % classes, box]);

                double[] At(int box)
                {
                    var b = boxes.AsSpan((kind / classes * count + box) * 4, 4);
                    return centers ? [b[0] - b[2] / 2, b[1] - b[3] / 2, b[0] + b[2] / 2, b[1] + b[3] / 2] : [Math.Min(b[1], b[3]), Math.Min(b[0], b[2]), Math.Max(b[1], b[3]), Math.Max(b[0], b[2])];
                }
            }
            while (expected.Count < images * classes * Math.Min(most, count) * 3) expected.Add(-1);
            Check(new BoxSelection(most, overlap, threshold, centers), results => Assert.Equal(expected, results[0].ToInt64()), Tensor.Of<float>(new Shape(images, count, 4), boxes), Tensor.Of<float>(new Shape(images, classes, count), scores));
        }

        static double Shared(double[] a, double[] b)
        {
            double width = Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]), height = Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]);
            if (width <= 0 || height <= 0) return 0;
            return width * height / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - width * height);
        }
    }

    private static void Check(Operator op, Action<Tensor[]> check, params Tensor[] inputs) => Check(op, check, inputs, inputs.Length);

    // Operands from that of the number given on are constants.
    private static void Check(Operator op, Action<Tensor[]> check, Tensor?[] inputs, int constants)
    {
        var builder = new GraphBuilder("test");
        var values = inputs.Select((t, i) => t is null ? null : i < constants ? builder.AddInput($"x{i}", t.Type) : Value.Of($"x{i}", t)).ToArray();
        var types = op.InferTypes([.. inputs.Select(i => i?.Type)]);
        foreach (var result in builder.Add(op, values, new SourceLocation("node", "TEST"), new Quantization?[types.Count], null)) builder.AddOutput(result);
        using var model = QuantizedModel.Load(ArtifactWriter.Write(GraphLowering.Lower(builder.Build()), ArtifactMetadata.None));
        foreach (var tier in KernelTiers.Available)
        {
            foreach (int threads in (int[])[1, 3])
            {
                using var session = model.CreateSession(new InferenceOptions { Kernels = tier, Threads = threads, SplitsAll = true });
                int given = 0;
                foreach (var input in inputs[..constants]) input?.Bytes.Span.CopyTo(session.Input(given++));
                session.Run();
                check([.. types.Select((type, i) => new Tensor(type, session.Output(i).ToArray()))]);
            }
        }
    }

    private static float[] Floats(Random r, int count) => [.. Enumerable.Range(0, count).Select(_ => r.NextSingle() * 2 - 1)];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Near(double[] expected, Tensor actual)
    {
        var values = actual.Span<float>();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - values[i]) < 1e-4 * (1 + Math.Abs(expected[i])), $"[{i}]: {values[i]} for {expected[i]}");
    }

    private static Tensor Fill(Random r, ElementType element, params int[] extents)
    {
        var tensor = new Tensor(new TensorType(element, new Shape(extents)));
        r.NextBytes(tensor.MutableSpan<byte>());
        return tensor;
    }
}
