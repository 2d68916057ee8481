using System.Numerics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Lanes;
using Qnn.Runtime.Kernels.Quantization;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// One direction of ONNX's LSTM, GRU or RNN, or of com.microsoft's DynamicQuantizeLSTM, whose inputs' products are computed before. The states of a batch are multiplied together, so there is one item of work.
/// </summary>
/// <remarks>
/// Inputs: 0 the inputs' products [T, B, G * H]; 1 lengths of the sequences, int32 [B] (optional; beyond them the state stands still and the output is 0); 2 state [B, H]; 3 cells [B, H] (LSTM);
/// 4 biases of the gates [G * H], in a GRU that is linear before the reset followed by the recurrent one of n [H] (optional); 5 peepholes of i, o and f [3 * H] (LSTM, optional);
/// 6... recurrent weights: <see cref="FloatPanels"/>, of a GRU those of z and r, then those of n; or <see cref="StateSums"/>. Outputs: states [T, B, H], last state, last cells (LSTM).
/// </remarks>
internal sealed unsafe class OnnxRecurrentKernel : Kernel
{
    private const int Weights = 6;

    private readonly TensorInfo _inputs, _state, _output, _lastState;
    private readonly TensorInfo? _lengths, _cells, _lastCells;
    private readonly OnnxRecurrentParameters _p;
    private readonly FloatPanels? _panels, _candidatePanels;
    private readonly StateSums? _sums;
    // A row for each gate, and its peephole: whole vectors. A bias that is not there is -0, which changes no number.
    private readonly float[] _biases, _peepholes;
    private readonly int _steps, _batches, _hidden, _width, _row, _pitch;
    private readonly bool _wide;

    private OnnxRecurrentKernel(StepInfo step)
    {
        _p = step.ReadParameters<OnnxRecurrentParameters>();
        step.Require(_p.Cell is >= OnnxCell.Simple and <= OnnxCell.Lstm && _p.First.IsKnown && _p.Second.IsKnown && _p.Third.IsKnown && _p.Clip > 0);
        (_inputs, _lengths, _state, _output, _lastState) = (step.Input(0), step.OptionalInput(1), step.Input(2), step.Output(0), step.Output(1));
        step.Require(_inputs.Rank == 3 && _state.Rank == 2, "bad ranks");
        (_steps, _batches, _width, _hidden) = (_inputs.Shape[0], _inputs.Shape[1], _inputs.Shape[2], _state.Shape[1]);
        step.Require(_hidden is > 0 and < 1 << 20 && _width == _p.Cell.Gates() * _hidden && _state.Shape[0] == _batches, "the state does not fit");
        step.Require(_output.Count == (long)_steps * _batches * _hidden && _lastState.Count == _state.Count, "the results do not fit");
        step.Require(_lengths is null || _lengths.Type == ElementType.S32 && _lengths.Count == _batches, "the lengths do not fit");
        if (_p.Cell == OnnxCell.Lstm)
        {
            (_cells, _lastCells) = (step.Input(3), step.Output(2));
            step.Require(_cells.Count == _state.Count && _lastCells.Count == _state.Count, "the cells do not fit");
        }
        foreach (var tensor in (ReadOnlySpan<TensorInfo?>)[_inputs, _state, _cells, _output, _lastState, _lastCells]) step.Require(tensor is null || tensor.Type == ElementType.F32, "bad types");
        (_row, _pitch, _wide) = (FloatPanels.Pad(_hidden), FloatPanels.Pad(_width) + FloatPanels.Width, step.Tier.HasAvx512());
        int biases = _p.Cell == OnnxCell.GruLinearBeforeReset ? _width + _hidden : _width;
        _biases = Rows(step.OptionalInput(4) is null ? null : step.ConstantInput(4, ElementType.F32, biases), biases / _hidden, -0f);
        if (step.OptionalInput(4) is null && _p.Cell == OnnxCell.GruLinearBeforeReset) _biases.AsSpan(3 * _row).Clear();
        _peepholes = step.OptionalInput(5) is null ? [] : Rows(step.ConstantInput(5, ElementType.F32, 3L * _hidden), 3, 0);
        bool isGru = _p.Cell is OnnxCell.Gru or OnnxCell.GruLinearBeforeReset;
        if (step.Input(Weights).Type == ElementType.F32)
        {
            step.Require(_p.FusedRun > 0, "a run has no products");
            int columns = isGru ? 2 * _hidden : _width;
            long first = (long)FloatPanels.Pad(columns) * _hidden, second = isGru ? (long)_row * _hidden : 0;
            var weights = (float*)step.ConstantInput(Weights, ElementType.F32, first + second).Constant;
            _panels = FloatPanels.Create(step.Tier, weights, _hidden);
            if (isGru) _candidatePanels = FloatPanels.Create(step.Tier, weights + first, _hidden);
            return;
        }
        step.Require(_p.Cell == OnnxCell.Lstm && _lengths is null, "quantized weights have lengths, or are no LSTM's");
        _sums = StateSums.Create(step, Weights, _batches, _hidden, _width);
    }

    public static Kernel Create(StepInfo step) => new OnnxRecurrentKernel(step);

    /// <summary>The dense layer within a step, for which there may be machine code.</summary>
    public static StepInfo? Dense(StepInfo step)
    {
        var kernel = new OnnxRecurrentKernel(step);
        return kernel._sums is null ? null : InnerDense.Describe(step, Weights, kernel._batches, kernel._hidden, kernel._width);
    }

    public override string Name => "recurrent_onnx";

    public override int WorkItems => _batches > 0 ? 1 : 0;

    // Gates of every sequence, what stands under a GRU's candidate, and how it is reset; states and cells; four rows; what the products take.
    public override nint ScratchBytes => (nint)(_sums?.ScratchBytes ?? 0) + ((nint)_batches * (_pitch + 4 * _row) + 4 * _row) * sizeof(float);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (begin == end) return;
        nint count = (nint)_batches * _hidden;
        float* inputs = context.Pointer<float>(_inputs), output = context.Pointer<float>(_output);
        float* gates = (float*)(scratch + (_sums?.ScratchBytes ?? 0)), candidates = gates + (nint)_batches * _pitch, resets = candidates + (nint)_batches * _row;
        float* state = resets + (nint)_batches * _row, cells = state + (nint)_batches * _row, rows = cells + (nint)_batches * _row;
        Spread(context.Pointer<float>(_state), state);
        if (_cells is not null) Spread(context.Pointer<float>(_cells), cells);
        int* lengths = _lengths is null ? null : context.Pointer<int>(_lengths);
        float* before = context.Pointer<float>(_state);
        for (int i = 0; i < _steps; i++)
        {
            int t = _p.Reverse != 0 ? _steps - 1 - i : i;
            float* input = inputs + t * count * _p.Cell.Gates();
            if (_p.Cell is OnnxCell.Simple or OnnxCell.Lstm) Multiply(input, state, before, gates, scratch);
            else MultiplyGru(input, state, gates, candidates, resets, rows);
            for (int b = 0; b < _batches; b++)
            {
                float* h = state + (nint)b * _row, to = output + t * count + (nint)b * _hidden;
                if (lengths != null && t >= lengths[b])
                {
                    new Span<float>(to, _hidden).Clear();
                    continue;
                }
                float* gate = gates + (nint)b * _pitch;
                if (_p.Cell == OnnxCell.Simple) Simple(input + (nint)b * _width, gate, h);
                else if (_p.Cell == OnnxCell.Lstm) Lstm(gate, h, cells + (nint)b * _row, rows);
                else Gru(gate, candidates + (nint)b * _row, h, rows);
                Buffer.MemoryCopy(h, to, (nint)_hidden * sizeof(float), (nint)_hidden * sizeof(float));
            }
            before = output + t * count;
        }
        for (int b = 0; lengths != null && b < _batches; b++)
        {
            if (lengths[b] > 0) continue;
            new Span<float>(state + (nint)b * _row, _row).Clear();
            new Span<float>(cells + (nint)b * _row, _row).Clear();
        }
        Gather(state, context.Pointer<float>(_lastState));
        if (_lastCells is not null) Gather(cells, context.Pointer<float>(_lastCells));
    }

    // Rows to whole vectors, and back.
    private void Spread(float* from, float* to)
    {
        for (int b = 0; b < _batches; b++, from += _hidden, to += _row)
        {
            new Span<float>(from, _hidden).CopyTo(new Span<float>(to, _row));
            new Span<float>(to + _hidden, _row - _hidden).Clear();
        }
    }

    private void Gather(float* from, float* to)
    {
        for (int b = 0; b < _batches; b++, from += _row, to += _hidden) new Span<float>(from, _hidden).CopyTo(new Span<float>(to, _hidden));
    }

    // The gates of all sequences; a simple cell adds its input later.
    private void Multiply(float* input, float* state, float* before, float* gates, byte* scratch)
    {
        for (int b = 0; b < _batches; b++)
        {
            var gate = new Span<float>(gates + (nint)b * _pitch, _pitch);
            if (_p.Cell == OnnxCell.Simple) gate.Clear();
            else new Span<float>(input + (nint)b * _width, _width).CopyTo(gate);
        }
        if (_panels is not null)
        {
            _panels.Multiply(state, _row, _batches, 0, _width, gates, _pitch, _p.FusedRun, SumsMode.Add);
            return;
        }
        var (scale, zeroPoint) = DynamicQuantizeLinearKernel.Quantize(before, _batches * _hidden, _sums!.States(scratch), _wide);
        _sums.Multiply(zeroPoint, scale, null, false, gates, _pitch, scratch);
    }

    // The gates z and r, and the candidate before its activation.
    private void MultiplyGru(float* input, float* state, float* gates, float* candidates, float* resets, float* row)
    {
        bool linear = _p.Cell == OnnxCell.GruLinearBeforeReset;
        for (int b = 0; b < _batches; b++)
        {
            float* under = resets + (nint)b * _row;
            new Span<float>(input + (nint)b * _width, 2 * _hidden).CopyTo(new Span<float>(gates + (nint)b * _pitch, _pitch));
            new Span<float>(input + (nint)b * _width + 2 * _hidden, _hidden).CopyTo(new Span<float>(candidates + (nint)b * _row, _row));
            if (linear) _biases.AsSpan(3 * _row, _row).CopyTo(new Span<float>(under, _row));
        }
        _panels!.Multiply(state, _row, _batches, 0, 2 * _hidden, gates, _pitch, _p.FusedRun, SumsMode.Add);
        if (linear) _candidatePanels!.Multiply(state, _row, _batches, 0, _hidden, resets, _row, _p.FusedRun, SumsMode.Add);
        for (int b = 0; b < _batches; b++)
        {
            float* candidate = candidates + (nint)b * _row, under = resets + (nint)b * _row, h = state + (nint)b * _row;
            _p.First.ApplyUnfused(Prepare(gates + (nint)b * _pitch + _hidden, 1, row));
            for (int j = 0; j < _row; j += Vector<float>.Count)
            {
                var reset = Vector.Load(row + j);
                if (linear) Vector.Store(Vector.Load(candidate + j) + Vector.Load(under + j) * reset, candidate + j);
                else Vector.Store(Vector.Load(h + j) * reset, under + j);
            }
        }
        if (!linear) _candidatePanels!.Multiply(resets, _row, _batches, 0, _hidden, candidates, _row, _p.FusedRun, SumsMode.Add);
    }

    private void Simple(float* input, float* gate, float* h)
    {
        for (int j = 0; j < _hidden; j++) h[j] = Math.Clamp(gate[j] + input[j], -_p.Clip, _p.Clip);
        _p.First.ApplyPlain(h, _row);
    }

    private void Gru(float* gate, float* candidate, float* h, float* rows)
    {
        float* update = rows, next = rows + _row;
        _p.First.Apply(Prepare(gate, 0, update));
        _p.Second.ApplyUnfused(Prepare(candidate, 2, next));
        for (int j = 0; j < _row; j += Vector<float>.Count)
        {
            var z = Vector.Load(update + j);
            Vector.Store((Vector<float>.One - z) * Vector.Load(next + j) + z * Vector.Load(h + j), h + j);
        }
    }

    // Gates i, o, f and c.
    private void Lstm(float* gate, float* h, float* c, float* rows)
    {
        float* input = rows, output = rows + _row, forget = output + _row, update = forget + _row;
        Peep(gate, 0, c);
        _p.First.Apply(Prepare(gate, 0, input));
        if (_p.InputForget == 0)
        {
            Peep(gate + 2 * _hidden, 2, c);
            _p.First.Apply(Prepare(gate + 2 * _hidden, 2, forget));
        }
        _p.Second.Apply(Prepare(gate + 3 * _hidden, 3, update));
        for (int j = 0; j < _row; j += Vector<float>.Count)
        {
            var i = Vector.Load(input + j);
            var kept = Vector.Load(c + j) * (_p.InputForget != 0 ? Vector<float>.One - i : Vector.Load(forget + j));
            Vector.Store(kept + i * Vector.Load(update + j), c + j);
        }
        Peep(gate + _hidden, 1, c);
        _p.First.Apply(Prepare(gate + _hidden, 1, output));
        Buffer.MemoryCopy(c, update, (nint)_row * sizeof(float), (nint)_row * sizeof(float));
        _p.Third.Apply(new Span<float>(update, _row));
        for (int j = 0; j < _row; j += Vector<float>.Count) Vector.Store(Vector.Load(update + j) * Vector.Load(output + j), h + j);
    }

    private void Peep(float* gate, int index, float* c)
    {
        if (_peepholes.Length == 0) return;
        var weights = _peepholes.AsSpan(index * _row, _row);
        for (int j = 0; j < _hidden; j++) gate[j] += c[j] * weights[j];
    }

    // A gate with its biases, clipped, as a row of whole vectors.
    private Span<float> Prepare(float* values, int gate, float* row)
    {
        var biases = _biases.AsSpan(gate * _row, _row);
        Vector<float> most = new(_p.Clip), least = -most;
        for (int j = 0; j < _row; j += Vector<float>.Count) Vector.Store(Vector.Max(least, Vector.Min(most, Vector.Load(values + j) + new Vector<float>(biases[j..]))), row + j);
        return new Span<float>(row, _row);
    }

    // Numbers of each gate as whole vectors.
    private float[] Rows(TensorInfo? values, int count, float absent)
    {
        var rows = new float[count * _row];
        if (values is null) rows.AsSpan().Fill(absent);
        for (int r = 0; values is not null && r < count; r++) values.ConstantSpan<float>().Slice(r * _hidden, _hidden).CopyTo(rows.AsSpan(r * _row));
        return rows;
    }
}
