using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Convolution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>One direction of one layer of PyTorch's float recurrent networks, whose inputs' gates are computed before. The states of a batch are multiplied together, so there is one item of work.</summary>
/// <remarks>
/// Inputs: 0 the inputs' gates [T, B, G * H]; 1 state [B, P]; 2 cells [B, H] (LSTM); 3 weights, P deep, in <see cref="FloatPanels"/>; 4 biases [G * H], optional but for oneDNN's LSTM; 5 weights of the projection, H deep, optional (LSTM): without it P is H;
/// 6 lengths int64 [B], optional: from its length on a sequence takes no part, its state stays, and its states are 0. Outputs: states [T, B, P], last state [B, P], last cells [B, H] (LSTM).
/// </remarks>
internal sealed unsafe class FloatRecurrentKernel : Kernel
{
    private readonly TensorInfo _inputs, _state, _output, _lastState;
    private readonly TensorInfo? _cells, _lastCells, _lengths;
    private readonly FloatRecurrentParameters _p;
    private readonly TorchStateProducts _products, _projection;
    private readonly float* _biases;
    private readonly int _steps, _batches, _hidden, _width, _stateWidth;

    private FloatRecurrentKernel(StepInfo step)
    {
        _p = step.ReadParameters<FloatRecurrentParameters>();
        step.Require(_p.Cell is >= RecurrentCell.Tanh and <= RecurrentCell.OneDnnLstm);
        (_inputs, _state, _output, _lastState) = (step.Input(0), step.Input(1), step.Output(0), step.Output(1));
        step.Require(_inputs.Rank == 3 && _state.Rank == 2, "bad ranks");
        (_steps, _batches, _width, _stateWidth) = (_inputs.Shape[0], _inputs.Shape[1], _inputs.Shape[2], _state.Shape[1]);
        _hidden = _width / _p.Cell.Gates();
        step.Require(_hidden is > 0 and < 1 << 20 && _stateWidth is > 0 and < 1 << 20 && _width == _p.Cell.Gates() * _hidden && _state.Shape[0] == _batches, "the state does not fit");
        step.Require(_output.Count == (long)_steps * _batches * _stateWidth && _lastState.Count == _state.Count, "the results do not fit");
        if (_p.Cell.HasCells())
        {
            (_cells, _lastCells) = (step.Input(2), step.Output(2));
            step.Require(_cells.Count == (long)_batches * _hidden && _lastCells.Count == _cells.Count, "the cells do not fit");
        }
        foreach (var tensor in (ReadOnlySpan<TensorInfo?>)[_inputs, _state, _cells, _output, _lastState, _lastCells]) step.Require(tensor is null || tensor.Type == ElementType.F32, "bad types");
        bool biasLast = _p.Cell == RecurrentCell.OneDnnLstm;
        step.Require(_p.Order != MatMulOrder.Continued || biasLast, "the order is not for the cell");
        _products = new TorchStateProducts(step, 3, biasLast ? -1 : 4, _stateWidth, _width, _p.Order);
        if (biasLast) _biases = (float*)step.ConstantInput(4, ElementType.F32, _width).Constant;
        step.Require(_p.ProjectionOrder == 0 ? _stateWidth == _hidden : _p.Cell == RecurrentCell.Lstm, "the projection does not fit");
        if (_p.ProjectionOrder != 0) _projection = new TorchStateProducts(step, 5, -1, _hidden, _stateWidth, _p.ProjectionOrder);
        _lengths = step.OptionalInput(6);
        step.Require(_lengths is null || _lengths.Type == ElementType.S64 && _lengths.Count == _batches, "the lengths do not fit");
    }

    public static Kernel Create(StepInfo step) => new FloatRecurrentKernel(step);

    public override string Name => "recurrent_float";

    public override int WorkItems => _batches > 0 ? 1 : 0;

    // Gates of all sequences, and their states before the projection and behind it.
    public override nint ScratchBytes => ((nint)_batches * _products.Pitch + (_p.ProjectionOrder == 0 ? 0 : (nint)_batches * (_hidden + _projection.Pitch))) * sizeof(float);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (begin == end) return;
        float* state = context.Pointer<float>(_lastState), cells = _lastCells is null ? null : context.Pointer<float>(_lastCells), gates = (float*)scratch;
        nint count = (nint)_batches * _stateWidth, cellBytes = (nint)_batches * _hidden * sizeof(float);
        Buffer.MemoryCopy(context.Pointer<float>(_state), state, count * sizeof(float), count * sizeof(float));
        if (cells != null) Buffer.MemoryCopy(context.Pointer<float>(_cells!), cells, cellBytes, cellBytes);
        float* inputs = context.Pointer<float>(_inputs), output = context.Pointer<float>(_output);
        float* whole = _p.ProjectionOrder == 0 ? state : gates + (nint)_batches * _products.Pitch, projected = whole + (nint)_batches * _hidden;
        long* lengths = _lengths is null ? null : context.Pointer<long>(_lengths);
        for (int i = 0; i < _steps; i++)
        {
            int t = _p.Reverse != 0 ? _steps - 1 - i : i;
            // The sequences that take part come first.
            int present = _batches;
            while (lengths != null && present > 0 && t >= lengths[present - 1]) present--;
            float* input = inputs + (nint)t * _batches * _width;
            for (int b = 0; _p.Order == MatMulOrder.Continued && b < _batches; b++) Buffer.MemoryCopy(input + (nint)b * _width, gates + (nint)b * _products.Pitch, (nint)_width * sizeof(float), (nint)_width * sizeof(float));
            _products.Multiply(state, present, lengths != null, gates);
            for (int b = 0; b < _batches; b++)
            {
                if (lengths != null && t >= lengths[b]) continue;
                TorchCells.Step(_p.Cell, _p.Order == MatMulOrder.Continued ? null : input + (nint)b * _width, gates + (nint)b * _products.Pitch, _biases, whole + (nint)b * _hidden, cells == null ? null : cells + (nint)b * _hidden, _hidden);
            }
            if (whole != state) _projection.Multiply(whole, present, lengths != null, projected);
            for (int b = 0; b < _batches; b++)
            {
                var to = new Span<float>(output + t * count + (nint)b * _stateWidth, _stateWidth);
                var own = new Span<float>(state + (nint)b * _stateWidth, _stateWidth);
                if (lengths != null && t >= lengths[b])
                {
                    to.Clear();
                    continue;
                }
                if (whole != state) new ReadOnlySpan<float>(projected + (nint)b * _projection.Pitch, _stateWidth).CopyTo(own);
                own.CopyTo(to);
            }
        }
    }
}
