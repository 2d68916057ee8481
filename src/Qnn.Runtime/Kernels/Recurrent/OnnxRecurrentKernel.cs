using System.Numerics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// One direction of ONNX's LSTM, GRU or RNN, or of com.microsoft's DynamicQuantizeLSTM, whose inputs' products are computed before. The states of a batch are multiplied together, so there is one item of work.
/// </summary>
/// <remarks>
/// Inputs: 0 the inputs' products [T, B, G * H]; 1 lengths of the sequences, int32 [B] (optional; beyond them the state stands still and the output is 0); 2 state [B, H]; 3 cells [B, H] (LSTM);
/// 4, 5 recurrent weights and their scales, see <see cref="OnnxStateProducts"/>; 6 biases of the gates [G * H], in a GRU that is linear before the reset followed by the recurrent one of n [H] (optional);
/// 7 peepholes of i, o and f [3 * H] (LSTM, optional). Outputs: states [T, B, H], last state, last cells (LSTM).
/// </remarks>
internal sealed unsafe class OnnxRecurrentKernel : Kernel
{
    private readonly TensorInfo _inputs, _state, _output, _lastState;
    private readonly TensorInfo? _lengths, _cells, _lastCells;
    private readonly OnnxRecurrentParameters _p;
    private readonly OnnxStateProducts _products;
    private readonly float* _biases, _peepholes;
    private readonly int _steps, _batches, _hidden, _width, _row;

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
        _products = new OnnxStateProducts(step, 4, _hidden, _width, _p.FusedRun);
        step.Require(!_products.IsQuantized || _p.Cell == OnnxCell.Lstm && _lengths is null, "quantized weights have lengths, or are no LSTM's");
        int biases = _p.Cell == OnnxCell.GruLinearBeforeReset ? _width + _hidden : _width;
        if (step.OptionalInput(6) is not null) _biases = (float*)step.ConstantInput(6, ElementType.F32, biases).Constant;
        if (step.OptionalInput(7) is not null) _peepholes = (float*)step.ConstantInput(7, ElementType.F32, 3L * _hidden).Constant;
        _row = (_hidden + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
    }

    public static Kernel Create(StepInfo step) => new OnnxRecurrentKernel(step);

    public override string Name => "recurrent_onnx";

    public override int WorkItems => _batches > 0 ? 1 : 0;

    // A gate after the other of every sequence, the candidates' state, four rows of whole vectors, and what the products take.
    public override nint ScratchBytes => ((nint)_batches * (_width + _hidden) + 4 * _row) * sizeof(float) + _products.ScratchBytes(_batches);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (begin == end) return;
        nint count = (nint)_batches * _hidden, bytes = count * sizeof(float);
        float* state = context.Pointer<float>(_lastState), cells = _lastCells is null ? null : context.Pointer<float>(_lastCells);
        Buffer.MemoryCopy(context.Pointer<float>(_state), state, bytes, bytes);
        if (cells != null) Buffer.MemoryCopy(context.Pointer<float>(_cells!), cells, bytes, bytes);
        float* inputs = context.Pointer<float>(_inputs), output = context.Pointer<float>(_output);
        float* gates = (float*)scratch, candidates = gates + (nint)_batches * _width, rows = candidates + count;
        byte* rest = (byte*)(rows + 4 * _row);
        int* lengths = _lengths is null ? null : context.Pointer<int>(_lengths);
        for (int i = 0; i < _steps; i++)
        {
            int t = _p.Reverse != 0 ? _steps - 1 - i : i;
            Multiply(inputs + t * count * _p.Cell.Gates(), state, gates, candidates, rows, rest);
            for (int b = 0; b < _batches; b++)
            {
                float* h = state + (nint)b * _hidden, to = output + t * count + (nint)b * _hidden;
                if (lengths != null && t >= lengths[b])
                {
                    new Span<float>(to, _hidden).Clear();
                    continue;
                }
                Finish(inputs + (t * (nint)_batches + b) * _width, gates + (nint)b * _width, candidates + (nint)b * _hidden, h, cells == null ? null : cells + (nint)b * _hidden, rows);
                Buffer.MemoryCopy(h, to, (nint)_hidden * sizeof(float), (nint)_hidden * sizeof(float));
            }
        }
        for (int b = 0; lengths != null && b < _batches; b++)
        {
            if (lengths[b] > 0) continue;
            new Span<float>(state + (nint)b * _hidden, _hidden).Clear();
            if (cells != null) new Span<float>(cells + (nint)b * _hidden, _hidden).Clear();
        }
    }

    // The gates of all sequences, as far as they are products: for a GRU also what stands under its candidate.
    private void Multiply(float* inputs, float* state, float* gates, float* candidates, float* rows, byte* rest)
    {
        nint bytes = (nint)_batches * _width * sizeof(float);
        if (_p.Cell == OnnxCell.Simple) new Span<float>(gates, _batches * _width).Clear();
        else Buffer.MemoryCopy(inputs, gates, bytes, bytes);
        if (_p.Cell is OnnxCell.Simple or OnnxCell.Lstm)
        {
            _products.Add(state, _batches, 0, _width, gates, _width, rest);
            return;
        }
        _products.Add(state, _batches, 0, 2 * _hidden, gates, _width, rest);
        bool linear = _p.Cell == OnnxCell.GruLinearBeforeReset;
        for (int b = 0; b < _batches; b++)
        {
            float* candidate = candidates + (nint)b * _hidden;
            if (!linear) continue;
            if (_biases == null) new Span<float>(candidate, _hidden).Clear();
            else Buffer.MemoryCopy(_biases + _width, candidate, (nint)_hidden * sizeof(float), (nint)_hidden * sizeof(float));
        }
        if (linear) _products.Add(state, _batches, 2 * _hidden, _hidden, candidates, _hidden, rest);
        for (int b = 0; b < _batches; b++)
        {
            float* gate = gates + (nint)b * _width, reset = gate + _hidden, candidate = candidates + (nint)b * _hidden, h = state + (nint)b * _hidden;
            var row = Load(rows, reset, _biases == null ? null : _biases + _hidden);
            _p.First.ApplyUnfused(row);
            for (int j = 0; j < _hidden; j++) candidate[j] = (linear ? candidate[j] : h[j]) * row[j];
            if (!linear) continue;
            for (int j = 0; j < _hidden; j++) gate[2 * _hidden + j] += candidate[j];
        }
        if (!linear) _products.Add(candidates, _batches, 2 * _hidden, _hidden, gates + 2 * _hidden, _width, rest);
    }

    private void Finish(float* input, float* gate, float* candidate, float* h, float* c, float* rows)
    {
        switch (_p.Cell)
        {
            case OnnxCell.Simple:
                for (int j = 0; j < _hidden; j++) h[j] = _p.First.ApplyPlain(Math.Clamp(gate[j] + input[j], -_p.Clip, _p.Clip));
                return;
            case OnnxCell.Lstm:
                Lstm(gate, h, c, rows);
                return;
            default:
                Gru(gate, h, rows);
                return;
        }
    }

    private void Gru(float* gate, float* h, float* rows)
    {
        var update = Load(rows, gate, _biases);
        _p.First.Apply(update);
        var next = Load(rows + _row, gate + 2 * _hidden, _biases == null ? null : _biases + 2 * _hidden);
        _p.Second.ApplyUnfused(next);
        for (int j = 0; j < _hidden; j++) h[j] = (1 - update[j]) * next[j] + update[j] * h[j];
    }

    private void Lstm(float* gate, float* h, float* c, float* rows)
    {
        var input = Gate(0, 0, _p.First);
        Span<float> forget;
        if (_p.InputForget != 0)
        {
            forget = new Span<float>(rows + 2 * _row, _row);
            for (int j = 0; j < _hidden; j++) forget[j] = 1 - input[j];
        }
        else
        {
            forget = Gate(2, 2, _p.First);
        }
        var update = Gate(3, -1, _p.Second);
        for (int j = 0; j < _hidden; j++) c[j] = c[j] * forget[j] + input[j] * update[j];
        var output = Gate(1, 1, _p.First);
        var row = Load(rows, c, null, clip: false);
        _p.Third.Apply(row);
        for (int j = 0; j < _hidden; j++) h[j] = row[j] * output[j];

        // Gates i, o, f and c; peepholes of the first three.
        Span<float> Gate(int index, int peephole, OnnxActivation activation)
        {
            float* own = gate + (nint)index * _hidden;
            if (_peepholes != null && peephole >= 0) for (int j = 0; j < _hidden; j++) own[j] += c[j] * _peepholes[(nint)peephole * _hidden + j];
            var result = Load(rows + index * _row, own, _biases == null ? null : _biases + (nint)index * _hidden);
            activation.Apply(result);
            return result;
        }
    }

    // A row of whole vectors: values with their biases, clipped.
    private Span<float> Load(float* row, float* values, float* biases, bool clip = true)
    {
        for (int j = 0; j < _hidden; j++)
        {
            float x = biases == null ? values[j] : values[j] + biases[j];
            row[j] = clip ? MathF.Max(-_p.Clip, MathF.Min(_p.Clip, x)) : x;
        }
        for (int j = _hidden; j < _row; j++) row[j] = 0;
        return new Span<float>(row, _row);
    }
}
