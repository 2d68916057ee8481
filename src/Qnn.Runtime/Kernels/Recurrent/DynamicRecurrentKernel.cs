using System.Numerics;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Hybrid;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// One direction of one layer of PyTorch's quantized recurrent networks, whose inputs' gates are computed before. At each step the whole state, all sequences of the batch together,
/// is quantized with one scale, as PyTorch does, so there is one item of work.
/// </summary>
/// <remarks>
/// Inputs: 0 the inputs' gates [T, B, G * H]; 1 state [B, H]; 2 cells [B, H] (LSTM); 3 biases [G * H]; 4 lengths int64 [B], optional; 5... weights: <see cref="StateSums"/>, or one of <see cref="FloatPanels"/>.
/// Outputs: states [T, B, H], last state, last cells (LSTM).
/// </remarks>
internal sealed unsafe class DynamicRecurrentKernel : Kernel
{
    private const int Weights = 5;

    private readonly TensorInfo _inputs, _state, _output, _lastState;
    private readonly TensorInfo? _cells, _lastCells, _lengths;
    private readonly DynamicRecurrentParameters _p;
    private readonly FloatPanels? _panels;
    private readonly StateSums? _sums;
    private readonly float* _biases;
    private readonly int _steps, _batches, _hidden, _width, _pitch;

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
        _pitch = FloatPanels.Pad(_width);
        if (_p.TorchRange > 0) _sums = StateSums.Create(step, Weights, _batches, _hidden, _width);
        else _panels = FloatPanels.Create(step.Tier, (float*)step.ConstantInput(Weights, ElementType.F32, (long)_pitch * _hidden).Constant, _hidden);
        _biases = (float*)step.ConstantInput(3, ElementType.F32, _width).Constant;
        _lengths = step.OptionalInput(4);
        step.Require(_lengths is null || _lengths.Type == ElementType.S64 && _lengths.Count == _batches, "the lengths do not fit");
    }

    public static Kernel Create(StepInfo step) => new DynamicRecurrentKernel(step);

    /// <summary>The dense layer within a step, for which there may be machine code.</summary>
    public static StepInfo? Dense(StepInfo step)
    {
        var kernel = new DynamicRecurrentKernel(step);
        return kernel._sums is null ? null : InnerDense.Describe(step, Weights, kernel._batches, kernel._hidden, kernel._width);
    }

    public override string Name => "recurrent_dynamic";

    public override int WorkItems => _batches > 0 ? 1 : 0;

    // What the products take, gates of all sequences, the states that take part.
    public override nint ScratchBytes => (_sums?.ScratchBytes ?? 0) + ((nint)_batches * _pitch + (_lengths is null ? 0 : (nint)_batches * _hidden)) * sizeof(float);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (begin == end) return;
        nint count = (nint)_batches * _hidden, bytes = count * sizeof(float);
        float* state = context.Pointer<float>(_lastState), cells = _lastCells is null ? null : context.Pointer<float>(_lastCells), gates = (float*)(scratch + (_sums?.ScratchBytes ?? 0));
        Buffer.MemoryCopy(context.Pointer<float>(_state), state, bytes, bytes);
        if (cells != null) Buffer.MemoryCopy(context.Pointer<float>(_cells!), cells, bytes, bytes);
        float* inputs = context.Pointer<float>(_inputs), output = context.Pointer<float>(_output);
        long* lengths = _lengths is null ? null : context.Pointer<long>(_lengths);
        float* present = gates + (nint)_batches * _pitch;
        for (int i = 0; i < _steps; i++)
        {
            int t = _p.Reverse != 0 ? _steps - 1 - i : i;
            if (_panels is not null) MultiplyPlain(_panels, state, gates);
            else MultiplyQuantized(lengths == null ? state : Present(state, present, lengths, t), gates, scratch);
            for (int b = 0; b < _batches; b++)
            {
                if (lengths != null && t >= lengths[b]) continue;
                float* input = inputs + ((nint)t * _batches + b) * _width, gate = gates + (nint)b * _pitch, h = state + (nint)b * _hidden;
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
        byte* states = _sums!.States(scratch);
        float scale = DynamicQuantization.Torch(state, _batches * _hidden, (sbyte*)states, _p.TorchRange, _p.ByReciprocal != 0, _p.Fused != 0, out int zeroPoint);
        FlipSignKernel.Flip(states, _batches * _hidden, states);
        _sums.Multiply(zeroPoint + 128, scale, _biases, _p.Fused != 0, gates, _pitch, scratch);
    }

    // Fused sums over the state, then the bias.
    private void MultiplyPlain(FloatPanels panels, float* state, float* gates)
    {
        int whole = _width / HalfPrecisionOrder.Columns * HalfPrecisionOrder.Columns;
        if (whole > 0) panels.Multiply(state, _hidden, _batches, 0, whole, gates, _pitch, _hidden, SumsMode.Begin);
        if (whole < _width) panels.Multiply(state, _hidden, _batches, whole, _width - whole, gates + whole, _pitch, HalfPrecisionOrder.Depth, SumsMode.Begin);
        for (int b = 0; b < _batches; b++)
        {
            float* result = gates + (nint)b * _pitch;
            int g = 0;
            for (; g <= _width - Vector<float>.Count; g += Vector<float>.Count) Vector.Store(Vector.Load(result + g) + Vector.Load(_biases + g), result + g);
            for (; g < _width; g++) result[g] += _biases[g];
        }
    }
}
