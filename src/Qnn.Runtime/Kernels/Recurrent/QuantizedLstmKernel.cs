using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;
using Qnn.Runtime.Kernels.Wide;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// TensorFlow Lite's integer LSTM with 8-bit activations and weights and a 16-bit cell state (lstm_eval.cc, LstmStepInteger), with its options:
/// coupled input and forget gates, peepholes, layer normalisation, projection, clipping. Items of work are sequences of the batch.
/// </summary>
/// <remarks>
/// Inputs; absent ones are null: 0 data; 1-4 input weights and 5-8 recurrent weights (int16 rows, padded), 9-12 peepholes (int16), 13-16 layer normalisation
/// weights (int16), 17-20 its biases (int32), 21-24 input biases and 25-28 recurrent biases (int32, zero points folded in), each in the order of the gates
/// input, forget, cell, output; 29 projection weights (int16 rows, padded), 30 its biases (int32); 31 output state, 32 cell state.
/// </remarks>
internal sealed unsafe class QuantizedLstmKernel : Kernel
{
    private const int InputGate = 0, ForgetGate = 1, CellGate = 2, OutputGate = 3;

    private readonly TensorInfo _data, _output, _outputState, _cellState;
    private readonly TensorInfo?[] _inputWeights = new TensorInfo?[4], _recurrentWeights = new TensorInfo?[4], _peepholes = new TensorInfo?[4];
    private readonly TensorInfo?[] _normWeights = new TensorInfo?[4], _normBiases = new TensorInfo?[4], _inputBiases = new TensorInfo?[4], _recurrentBiases = new TensorInfo?[4];
    private readonly TensorInfo? _projection, _projectionBiases;
    private readonly QuantizedLstmParameters _p;
    private readonly int _batches, _steps, _inputs, _outputs, _cells, _paddedInputs, _paddedOutputs, _paddedCells;
    private readonly delegate*<short*, short*, nint, long> _dot;

    private QuantizedLstmKernel(StepInfo step)
    {
        _p = step.ReadParameters<QuantizedLstmParameters>();
        (_data, _output, _outputState, _cellState) = (step.Input(0), step.Output(0), step.Input(31), step.Input(32));
        step.Require(_data.Rank == 3 && _output.Rank == 3 && _data.Type == ElementType.S8 && _output.Type == ElementType.S8, "bad operands");
        step.Require(_data.Shape[0] == _output.Shape[0] && _data.Shape[1] == _output.Shape[1], "bad shapes");
        (_steps, _batches) = _p.TimeMajor != 0 ? (_data.Shape[0], _data.Shape[1]) : (_data.Shape[1], _data.Shape[0]);
        (_inputs, _outputs) = (_data.Shape[2], _output.Shape[2]);
        step.Require(_outputState.Storage == Storage.State && _cellState.Storage == Storage.State, "the states are not state tensors");
        step.Require(_outputState.Type == ElementType.S8 && _cellState.Type == ElementType.S16 && _cellState.Rank == 2 && _cellState.Shape[0] == _batches, "bad states");
        _cells = _cellState.Shape[1];
        step.Require(_cells > 0 && _inputs > 0 && _outputs > 0 && Math.Max(_cells, Math.Max(_inputs, _outputs)) < 1 << 24, "bad extents");
        step.Require(_outputState.Count == (long)_batches * _outputs && _cellState.Count == (long)_batches * _cells, "bad states");
        (_paddedInputs, _paddedOutputs, _paddedCells) = (DotProduct16.Pad(_inputs), DotProduct16.Pad(_outputs), DotProduct16.Pad(_cells));
        for (int gate = 0; gate < 4; gate++)
        {
            _peepholes[gate] = Optional(step, 9 + gate, ElementType.S16, _cells);
            _normWeights[gate] = Optional(step, 13 + gate, ElementType.S16, _cells);
            _normBiases[gate] = _normWeights[gate] is null ? null : step.ConstantInput(17 + gate, ElementType.S32, _cells);
            if (gate == InputGate && step.OptionalInput(1) is null) continue;
            _inputWeights[gate] = step.ConstantInput(1 + gate, ElementType.S16, (long)_cells * _paddedInputs);
            _recurrentWeights[gate] = step.ConstantInput(5 + gate, ElementType.S16, (long)_cells * _paddedOutputs);
            _inputBiases[gate] = step.ConstantInput(21 + gate, ElementType.S32, _cells);
            _recurrentBiases[gate] = step.ConstantInput(25 + gate, ElementType.S32, _cells);
        }
        _projection = Optional(step, 29, ElementType.S16, (long)_outputs * _paddedCells);
        _projectionBiases = _projection is null ? null : step.ConstantInput(30, ElementType.S32, _outputs);
        step.Require(_projection is not null || _outputs == _cells, "the output does not fit the cells");
        foreach (int exponent in _p.Exponents) step.Require(exponent is >= -31 and <= 30, "bad exponent");
        step.Require(_p.CellExponent is >= -15 and <= -9 && Math.Abs((long)_p.HiddenZeroPoint) <= 128 && Math.Abs((long)_p.OutputZeroPoint) <= 128, "bad parameters");
        step.Require(_p.CellClip is >= 0 and <= short.MaxValue && _p.ProjectionClip is >= 0 and <= sbyte.MaxValue, "bad clip");
        foreach (int guard in _p.VarianceGuards) step.Require(guard >= 1, "bad variance guard");
        _dot = DotProduct16.For(step.Tier);
    }

    public static Kernel Create(StepInfo step) => new QuantizedLstmKernel(step);

    public override string Name => "lstm_8_16";

    public override int WorkItems => _batches;

    public override nint ScratchBytes => (nint)(_paddedInputs + _paddedOutputs + _paddedCells + 4 * _cells) * sizeof(short);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        sbyte* data = context.Pointer<sbyte>(_data), output = context.Pointer<sbyte>(_output);
        var inputRow = (short*)scratch;
        short* stateRow = inputRow + _paddedInputs, hiddenRow = stateRow + _paddedOutputs, gates = hiddenRow + _paddedCells;
        new Span<byte>(scratch, (int)ScratchBytes).Clear();
        for (int b = begin; b < end; b++)
        {
            sbyte* state = context.Pointer<sbyte>(_outputState) + (nint)b * _outputs;
            short* cell = context.Pointer<short>(_cellState) + (nint)b * _cells;
            for (int t = 0; t < _steps; t++)
            {
                nint place = _p.TimeMajor != 0 ? (nint)t * _batches + b : (nint)b * _steps + t;
                Widen(data + place * _inputs, inputRow, _inputs);
                Widen(state, stateRow, _outputs);
                Step(context, inputRow, stateRow, hiddenRow, gates, cell, state);
                Buffer.MemoryCopy(state, output + place * _outputs, _outputs, _outputs);
            }
        }
    }

    private void Step(in KernelContext context, short* input, short* state, short* hidden, short* gates, short* cell, sbyte* newState)
    {
        short* inputGate = gates, forgetGate = gates + _cells, update = forgetGate + _cells, outputGate = update + _cells;
        Gate(context, ForgetGate, input, state, cell, forgetGate);
        Logistic(forgetGate);
        Gate(context, CellGate, input, state, null, update);
        for (int c = 0; c < _cells; c++) update[c] = FixedPoint16.Tanh(update[c], 3);
        if (_inputWeights[InputGate] is null)
        {
            for (int c = 0; c < _cells; c++) inputGate[c] = (short)(short.MaxValue - forgetGate[c]);
        }
        else
        {
            Gate(context, InputGate, input, state, cell, inputGate);
            Logistic(inputGate);
        }
        for (int c = 0; c < _cells; c++)
        {
            int kept = (short)FixedPoint16.DivideByPowerOfTwo(forgetGate[c] * cell[c], 15);
            int added = (short)FixedPoint16.DivideByPowerOfTwo(inputGate[c] * update[c], 30 + _p.CellExponent);
            int sum = Clamp16(kept + added);
            cell[c] = (short)(_p.CellClip > 0 ? Math.Clamp(sum, -_p.CellClip, _p.CellClip) : sum);
        }
        Gate(context, OutputGate, input, state, cell, outputGate);
        Logistic(outputGate);
        for (int c = 0; c < _cells; c++)
        {
            int product = outputGate[c] * FixedPoint16.Tanh(cell[c], 15 + _p.CellExponent);
            // The framework subtracts the zero point here, and so do the goldens.
            int value = Rescale(product, LstmNumbers.Hidden) - _p.HiddenZeroPoint;
            hidden[c] = (short)Math.Clamp(value, sbyte.MinValue, sbyte.MaxValue);
        }
        if (_projection is null)
        {
            for (int o = 0; o < _outputs; o++) newState[o] = (sbyte)hidden[o];
            return;
        }
        short* weights = context.Pointer<short>(_projection);
        int* biases = context.Pointer<int>(_projectionBiases!);
        for (int o = 0; o < _outputs; o++)
        {
            int sum = (int)_dot(weights + (nint)o * _paddedCells, hidden, _paddedCells) + biases[o];
            int value = Math.Clamp(Rescale(sum, LstmNumbers.Projection) + _p.OutputZeroPoint, sbyte.MinValue, sbyte.MaxValue);
            newState[o] = (sbyte)(_p.ProjectionClip > 0 ? Math.Clamp(value, -_p.ProjectionClip, _p.ProjectionClip) : value);
        }
    }

    // A gate before its activation, with three integer bits.
    private void Gate(in KernelContext context, int gate, short* input, short* state, short* cell, short* result)
    {
        short* inputWeights = context.Pointer<short>(_inputWeights[gate]!), recurrentWeights = context.Pointer<short>(_recurrentWeights[gate]!);
        int* inputBiases = context.Pointer<int>(_inputBiases[gate]!), recurrentBiases = context.Pointer<int>(_recurrentBiases[gate]!);
        for (int c = 0; c < _cells; c++)
        {
            int sum = (int)_dot(inputWeights + (nint)c * _paddedInputs, input, _paddedInputs) + inputBiases[c];
            int value = Clamp16(Rescale(sum, gate * 4));
            sum = (int)_dot(recurrentWeights + (nint)c * _paddedOutputs, state, _paddedOutputs) + recurrentBiases[c];
            result[c] = (short)Clamp16(Rescale(sum, gate * 4 + 1) + value);
        }
        if (cell is not null && _peepholes[gate] is { } peephole)
        {
            short* weights = context.Pointer<short>(peephole);
            for (int c = 0; c < _cells; c++) result[c] = (short)Clamp16(Rescale(weights[c] * cell[c], gate * 4 + 2) + result[c]);
        }
        if (_normWeights[gate] is { } norm) Normalize(gate, context.Pointer<short>(norm), context.Pointer<int>(_normBiases[gate]!), result);
    }

    // Layer normalisation, with ten more bits between mean and deviation.
    private void Normalize(int gate, short* weights, int* biases, short* values)
    {
        const int one = 1 << 20;
        long sum = 0, squares = 0;
        for (int c = 0; c < _cells; c++)
        {
            sum += values[c];
            squares += values[c] * values[c];
        }
        int mean = (int)(sum * 1024 / _cells);
        int variance = (int)((squares * (one / _cells) - (long)mean * mean) / one);
        if (variance < 1) variance = _p.VarianceGuards[gate];
        var (inverse, exponent) = InverseSquareRoot.Of(variance);
        for (int c = 0; c < _cells; c++)
        {
            int scaled = FixedPoint.MultiplyDouble(1024 * values[c] - mean, inverse, exponent);
            long weighted = unchecked(scaled * weights[c] + biases[c]);
            int rounded = (int)((weighted > 0 ? weighted + 512 : weighted - 512) / 1024);
            int at = gate * 4 + 3;
            values[c] = (short)Clamp16(FixedPoint.MultiplyDouble(rounded, _p.Multipliers[at], Math.Min(_p.Exponents[at] + 12, 31)));
        }
    }

    private void Logistic(short* gate)
    {
        for (int c = 0; c < _cells; c++) gate[c] = FixedPoint16.Logistic(gate[c]);
    }

    private int Rescale(int value, int at) => FixedPoint.MultiplyDouble(value, _p.Multipliers[at], _p.Exponents[at]);

    private static int Clamp16(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private static void Widen(sbyte* source, short* target, int count)
    {
        for (int i = 0; i < count; i++) target[i] = source[i];
    }

    private static TensorInfo? Optional(StepInfo step, int index, ElementType type, long count) =>
        step.OptionalInput(index) is null ? null : step.ConstantInput(index, type, count);
}
