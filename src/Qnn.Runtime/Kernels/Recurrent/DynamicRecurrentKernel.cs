using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// One direction of one layer of PyTorch's quantized recurrent networks, whose inputs' gates are computed before. At each step the whole state, all sequences of the batch together,
/// is quantized with one scale, as PyTorch does, so there is one item of work.
/// </summary>
/// <remarks>
/// Inputs: 0 the inputs' gates [T, B, G * H]; 1 state [B, H]; 2 cells [B, H] (LSTM); 3 weights: int16 [G * H][H, padded], or float32 [H, G * H]; 4 scales [G * H], for int16 weights;
/// 5 biases [G * H]; 6 lengths int64 [B], optional. Outputs: states [T, B, H], last state, last cells (LSTM).
/// </remarks>
internal sealed unsafe class DynamicRecurrentKernel : Kernel
{
    private readonly TensorInfo _inputs, _state, _output, _lastState;
    private readonly TensorInfo? _cells, _lastCells, _lengths;
    private readonly DynamicRecurrentParameters _p;
    private readonly short* _quantized;
    private readonly float* _plain, _scales, _biases;
    private readonly int _steps, _batches, _hidden, _width, _padded;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private DynamicRecurrentKernel(StepInfo step)
    {
        _p = step.ReadParameters<DynamicRecurrentParameters>();
        step.Require(_p.Cell is >= RecurrentCell.Tanh and <= RecurrentCell.Lstm && _p.TorchRange is 0 or 127 or 255);
        (_inputs, _state, _output, _lastState) = (step.Input(0), step.Input(1), step.Output(0), step.Output(1));
        step.Require(_inputs.Rank == 3 && _state.Rank == 2, "bad ranks");
        (_steps, _batches, _width, _hidden) = (_inputs.Shape[0], _inputs.Shape[1], _inputs.Shape[2], _state.Shape[1]);
        step.Require(_hidden is > 0 and < 1 << 20 && _width == _p.Cell.Gates() * _hidden && _state.Shape[0] == _batches, "the state does not fit");
        step.Require(_output.Count == (long)_steps * _batches * _hidden && _lastState.Count == _state.Count, "the results do not fit");
        if (_p.Cell == RecurrentCell.Lstm)
        {
            (_cells, _lastCells) = (step.Input(2), step.Output(2));
            step.Require(_cells.Count == _state.Count && _lastCells.Count == _state.Count, "the cells do not fit");
        }
        foreach (var tensor in (ReadOnlySpan<TensorInfo?>)[_inputs, _state, _cells, _output, _lastState, _lastCells]) step.Require(tensor is null || tensor.Type == ElementType.F32, "bad types");
        _padded = DotProduct16.Pad(_hidden);
        if (_p.TorchRange > 0)
        {
            _quantized = (short*)step.ConstantInput(3, ElementType.S16, (long)_width * _padded).Constant;
            _scales = (float*)step.ConstantInput(4, ElementType.F32, _width).Constant;
        }
        else
        {
            _plain = (float*)step.ConstantInput(3, ElementType.F32, (long)_width * _hidden).Constant;
        }
        _biases = (float*)step.ConstantInput(5, ElementType.F32, _width).Constant;
        _lengths = step.OptionalInput(6);
        step.Require(_lengths is null || _lengths.Type == ElementType.S64 && _lengths.Count == _batches, "the lengths do not fit");
        _dot = DotProduct16.For(step.Tier);
    }

    public static Kernel Create(StepInfo step) => new DynamicRecurrentKernel(step);

    public override string Name => "recurrent_dynamic";

    public override int WorkItems => _batches > 0 ? 1 : 0;

    // Gates of all sequences, the states that take part, one centered row, the quantized state.
    public override nint ScratchBytes => (nint)_batches * _width * sizeof(float) + (_lengths is null ? 0 : (nint)_batches * _hidden * sizeof(float)) + (nint)_padded * sizeof(short) + (nint)_batches * _hidden;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (begin == end) return;
        nint count = (nint)_batches * _hidden, bytes = count * sizeof(float);
        float* state = context.Pointer<float>(_lastState), cells = _lastCells is null ? null : context.Pointer<float>(_lastCells), gates = (float*)scratch;
        Buffer.MemoryCopy(context.Pointer<float>(_state), state, bytes, bytes);
        if (cells != null) Buffer.MemoryCopy(context.Pointer<float>(_cells!), cells, bytes, bytes);
        float* inputs = context.Pointer<float>(_inputs), output = context.Pointer<float>(_output);
        long* lengths = _lengths is null ? null : context.Pointer<long>(_lengths);
        float* present = gates + (nint)_batches * _width;
        byte* rest = (byte*)(lengths == null ? present : present + count);
        for (int i = 0; i < _steps; i++)
        {
            int t = _p.Reverse != 0 ? _steps - 1 - i : i;
            if (_plain != null) MultiplyPlain(state, gates);
            else MultiplyQuantized(lengths == null ? state : Present(state, present, lengths, t), gates, rest);
            for (int b = 0; b < _batches; b++)
            {
                if (lengths != null && t >= lengths[b]) continue;
                float* input = inputs + ((nint)t * _batches + b) * _width, gate = gates + (nint)b * _width, h = state + (nint)b * _hidden;
                TorchCells.Step(_p.Cell, input, gate, null, h, cells == null ? null : cells + (nint)b * _hidden, _hidden);
            }
            if (lengths == null) Buffer.MemoryCopy(state, output + t * count, bytes, bytes);
            else Present(state, output + t * count, lengths, t);
        }
    }

    // The states of the sequences that reach a step, zeros for the others.
    private float* Present(float* state, float* to, long* lengths, int t)
    {
        for (int b = 0; b < _batches; b++)
        {
            var row = new Span<float>(to + (nint)b * _hidden, _hidden);
            if (t < lengths[b]) new ReadOnlySpan<float>(state + (nint)b * _hidden, _hidden).CopyTo(row);
            else row.Clear();
        }
        return to;
    }

    private void MultiplyQuantized(float* state, float* gates, byte* scratch)
    {
        var row = (short*)scratch;
        var bytes = (sbyte*)(row + _padded);
        float scale = DynamicQuantization.Torch(state, _batches * _hidden, bytes, _p.TorchRange, _p.ByReciprocal != 0, _p.Fused != 0, out int zeroPoint);
        for (int c = _hidden; c < _padded; c++) row[c] = 0;
        for (int b = 0; b < _batches; b++)
        {
            CenteredData.Load((byte*)bytes, ElementType.S8, (nint)b * _hidden, zeroPoint, row, _hidden);
            for (int g = 0; g < _width; g++)
            {
                float sum = (int)_dot(row, _quantized + (nint)g * _padded, _padded), factor = scale * _scales[g];
                gates[(nint)b * _width + g] = _p.Fused != 0 ? MathF.FusedMultiplyAdd(sum, factor, _biases[g]) : sum * factor + _biases[g];
            }
        }
    }

    // Fused sums over the state, then the bias.
    private void MultiplyPlain(float* state, float* gates)
    {
        for (int b = 0; b < _batches; b++)
        {
            float* h = state + (nint)b * _hidden, result = gates + (nint)b * _width;
            int g = 0;
            for (; g <= _width - 8; g += 8)
            {
                var sum = Vector256<float>.Zero;
                for (int from = 0, run = HalfPrecisionOrder.Run(g, _width, _hidden); from < _hidden; from += run)
                {
                    var part = Vector256<float>.Zero;
                    for (int k = from; k < Math.Min(_hidden, from + run); k++) part = Vector256.FusedMultiplyAdd(Vector256.Create(h[k]), Vector256.Load(_plain + (nint)k * _width + g), part);
                    sum = from == 0 ? part : sum + part;
                }
                (sum + Vector256.Load(_biases + g)).Store(result + g);
            }
            for (; g < _width; g++)
            {
                float sum = 0;
                for (int from = 0; from < _hidden; from += HalfPrecisionOrder.Depth)
                {
                    float part = 0;
                    for (int k = from; k < Math.Min(_hidden, from + HalfPrecisionOrder.Depth); k++) part = MathF.FusedMultiplyAdd(h[k], _plain[(nint)k * _width + g], part);
                    sum = from == 0 ? part : sum + part;
                }
                result[g] = sum + _biases[g];
            }
        }
    }
}
