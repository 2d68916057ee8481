using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Requantization;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// TensorFlow Lite's integer LSTM with 8-bit activations and weights and a 16-bit cell state (lstm_eval.cc, LstmStepInteger), with its options:
/// coupled input and forget gates, peepholes, layer normalisation, projection, clipping. The sequences of a batch are multiplied together, so there is one item of work.
/// </summary>
/// <remarks>
/// Inputs; absent ones are null: 0 data; 1... an <see cref="InnerDense"/> of the inputs to all gates, 6... of the states, zero points and biases folded in; 11-14 peepholes (int16), 15-18 layer normalisation
/// weights (int16), 19-22 its biases (int32), each in the order of the gates input, forget, cell, output; 23... the projection's; 28 output state, 29 cell state.
/// </remarks>
internal sealed unsafe class QuantizedLstmKernel : Kernel
{
    private const int InputGate = 0, ForgetGate = 1, CellGate = 2, OutputGate = 3, Gates = 4;

    // int8 data is multiplied as uint8.
    private const int Slack = 64;

    private readonly TensorInfo _data, _output, _outputState, _cellState;
    private readonly InnerDense? _inputs, _states, _projection;
    private readonly TensorInfo?[] _peepholes = new TensorInfo?[Gates], _normWeights = new TensorInfo?[Gates], _normBiases = new TensorInfo?[Gates];
    private readonly QuantizedLstmParameters _p;
    private readonly QuantizedLstmRows _rows;
    private readonly int _batches, _steps, _inputWidth, _outputs, _cells, _padded, _width;
    private readonly bool _vectors;

    private QuantizedLstmKernel(StepInfo step)
    {
        _p = step.ReadParameters<QuantizedLstmParameters>();
        (_data, _output, _outputState, _cellState) = (step.Input(0), step.Output(0), step.Input(28), step.Input(29));
        step.Require(_data.Rank == 3 && _output.Rank == 3 && _data.Type == ElementType.S8 && _output.Type == ElementType.S8, "bad operands");
        step.Require(_data.Shape[0] == _output.Shape[0] && _data.Shape[1] == _output.Shape[1], "bad shapes");
        (_steps, _batches) = _p.TimeMajor != 0 ? (_data.Shape[0], _data.Shape[1]) : (_data.Shape[1], _data.Shape[0]);
        (_inputWidth, _outputs) = (_data.Shape[2], _output.Shape[2]);
        step.Require(_outputState.Storage == Storage.State && _cellState.Storage == Storage.State, "the states are not state tensors");
        step.Require(_outputState.Type == ElementType.S8 && _cellState.Type == ElementType.S16 && _cellState.Rank == 2 && _cellState.Shape[0] == _batches, "bad states");
        _cells = _cellState.Shape[1];
        step.Require(_cells > 0 && _inputWidth > 0 && _outputs > 0 && Math.Max(_cells, Math.Max(_inputWidth, _outputs)) < 1 << 24, "bad extents");
        step.Require(_outputState.Count == (long)_batches * _outputs && _cellState.Count == (long)_batches * _cells, "bad states");
        _padded = (_cells + QuantizedLstmRows.Width - 1) / QuantizedLstmRows.Width * QuantizedLstmRows.Width;
        _width = (_p.Coupled != 0 ? Gates - 1 : Gates) * _cells;
        for (int gate = 0; gate < Gates; gate++)
        {
            _peepholes[gate] = Optional(step, 11 + gate, ElementType.S16, _cells);
            _normWeights[gate] = Optional(step, 15 + gate, ElementType.S16, _cells);
            _normBiases[gate] = _normWeights[gate] is null ? null : step.ConstantInput(19 + gate, ElementType.S32, _cells);
        }
        bool isProjected = step.OptionalInput(23) is not null;
        step.Require(isProjected || _outputs == _cells, "the output does not fit the cells");
        foreach (int exponent in _p.Exponents) step.Require(exponent is >= -31 and <= 30, "bad exponent");
        foreach (int multiplier in _p.Multipliers) step.Require(multiplier > int.MinValue, "bad multiplier");
        step.Require(_p.CellExponent is >= -15 and <= -9 && Math.Abs((long)_p.HiddenZeroPoint) <= 128 && Math.Abs((long)_p.OutputZeroPoint) <= 128, "bad parameters");
        step.Require(_p.CellClip is >= 0 and <= short.MaxValue && _p.ProjectionClip is >= 0 and <= sbyte.MaxValue, "bad clip");
        foreach (int guard in _p.VarianceGuards) step.Require(guard >= 1, "bad variance guard");
        _rows = QuantizedLstmRows.Create(step.Tier);
        _vectors = step.Tier != KernelTier.Scalar && FixedPoint16Vectors.IsSupported;
        if (_batches == 0) return;
        (_inputs, _states) = (new InnerDense(step, 1, _batches, _inputWidth, _width), new InnerDense(step, 6, _batches, _outputs, _width));
        if (isProjected) _projection = new InnerDense(step, 23, _batches, _cells, _outputs);
    }

    public static Kernel Create(StepInfo step) => new QuantizedLstmKernel(step);

    public override string Name => "lstm_8_16";

    public override int WorkItems => _batches > 0 && _steps > 0 ? 1 : 0;

    // What the products take; cell states, a row of each gate, one of the hidden state.
    public override nint ScratchBytes => (_inputs?.ScratchBytes ?? 0) + (_states?.ScratchBytes ?? 0) + (_projection?.ScratchBytes ?? 0) + (nint)(_batches + Gates + 1) * _padded * sizeof(short) + Slack;

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        if (begin == end) return;
        sbyte* data = context.Pointer<sbyte>(_data), output = context.Pointer<sbyte>(_output), states = context.Pointer<sbyte>(_outputState);
        short* cellState = context.Pointer<short>(_cellState);
        byte* stateScratch = scratch + _inputs!.ScratchBytes, projectionScratch = stateScratch + _states!.ScratchBytes;
        byte* inputData = _inputs.Data(scratch), stateData = _states.Data(stateScratch), hiddenData = _projection is null ? null : _projection.Data(projectionScratch);
        var cells = (short*)(projectionScratch + (_projection?.ScratchBytes ?? 0));
        short* gates = cells + (nint)_batches * _padded;
        var hidden = (sbyte*)(gates + Gates * _padded);
        for (int b = 0; b < _batches; b++)
        {
            new Span<short>(cellState + (nint)b * _cells, _cells).CopyTo(new Span<short>(cells + (nint)b * _padded, _padded));
            new Span<short>(cells + (nint)b * _padded + _cells, _padded - _cells).Clear();
        }
        for (int t = 0; t < _steps; t++)
        {
            for (int b = 0; b < _batches; b++) FlipSignKernel.Flip((byte*)(data + Place(t, b) * _inputWidth), _inputWidth, inputData + (nint)b * _inputWidth);
            FlipSignKernel.Flip((byte*)states, (nint)_batches * _outputs, stateData);
            int* inputSums = _inputs.Run(scratch), stateSums = _states.Run(stateScratch);
            for (int b = 0; b < _batches; b++)
            {
                Step(context, b, inputSums + (nint)b * _width, stateSums + (nint)b * _width, gates, cells + (nint)b * _padded, hidden);
                if (hiddenData == null) new Span<sbyte>(hidden, _cells).CopyTo(new Span<sbyte>(states + (nint)b * _outputs, _outputs));
                else FlipSignKernel.Flip((byte*)hidden, _cells, hiddenData + (nint)b * _cells);
            }
            if (_projection is not null) Project(_projection.Run(projectionScratch), states);
            for (int b = 0; b < _batches; b++) new Span<sbyte>(states + (nint)b * _outputs, _outputs).CopyTo(new Span<sbyte>(output + Place(t, b) * _outputs, _outputs));
        }
        for (int b = 0; b < _batches; b++) new Span<short>(cells + (nint)b * _padded, _cells).CopyTo(new Span<short>(cellState + (nint)b * _cells, _cells));
    }

    private nint Place(int t, int b) => _p.TimeMajor != 0 ? (nint)t * _batches + b : (nint)b * _steps + t;

    private void Step(in KernelContext context, int row, int* inputSums, int* stateSums, short* gates, short* cell, sbyte* hidden)
    {
        short* inputGate = gates, forgetGate = gates + _padded, update = forgetGate + _padded, outputGate = update + _padded;
        Gate(context, ForgetGate, row, inputSums, stateSums, cell, forgetGate);
        Logistic(forgetGate);
        Gate(context, CellGate, row, inputSums, stateSums, null, update);
        Tanh(update, 3);
        if (_p.Coupled != 0)
        {
            for (int c = 0; c < _cells; c++) inputGate[c] = (short)(short.MaxValue - forgetGate[c]);
        }
        else
        {
            Gate(context, InputGate, row, inputSums, stateSums, cell, inputGate);
            Logistic(inputGate);
        }
        _rows.Cell(forgetGate, cell, inputGate, update, 30 + _p.CellExponent, _p.CellClip, _padded);
        Gate(context, OutputGate, row, inputSums, stateSums, cell, outputGate);
        Logistic(outputGate);
        new Span<short>(cell, _padded).CopyTo(new Span<short>(update, _padded));
        Tanh(update, 15 + _p.CellExponent);
        // The framework subtracts the zero point here, and so do the goldens.
        _rows.Hidden(outputGate, update, Scale(LstmNumbers.Hidden), _p.HiddenZeroPoint, hidden, _padded);
    }

    private void Project(int* sums, sbyte* states)
    {
        for (nint i = 0; i < (nint)_batches * _outputs; i++)
        {
            int value = Math.Clamp(Rescale(sums[i], LstmNumbers.Projection) + _p.OutputZeroPoint, sbyte.MinValue, sbyte.MaxValue);
            states[i] = (sbyte)(_p.ProjectionClip > 0 ? Math.Clamp(value, -_p.ProjectionClip, _p.ProjectionClip) : value);
        }
    }

    // A gate before its activation, with three integer bits.
    private void Gate(in KernelContext context, int gate, int row, int* inputSums, int* stateSums, short* cell, short* result)
    {
        nint at = (nint)(_p.Coupled != 0 ? gate - 1 : gate) * _cells;
        _rows.Gate(inputSums + at, Scale(gate * 4), stateSums + at, Scale(gate * 4 + 1), result, _padded);
        if (cell is not null && _peepholes[gate] is { } peephole)
        {
            // The framework counts outputs here, not cells, and over the whole batch: where a projection makes fewer, weights come again, and the last cells have none.
            short* weights = context.Pointer<short>(peephole);
            int period = Math.Min(_outputs, _cells), first = row * _cells, count = Math.Clamp(_batches * period - first, 0, _cells);
            for (int c = 0; c < count; c++) result[c] = (short)Clamp16(Rescale(weights[(first + c) % period] * cell[c], gate * 4 + 2) + result[c]);
        }
        if (_normWeights[gate] is { } norm) Normalize(gate, context.Pointer<short>(norm), context.Pointer<int>(_normBiases[gate]!), result);
    }

    private (int Multiplier, int Exponent) Scale(int at) => (_p.Multipliers[at], _p.Exponents[at]);

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
        if (_vectors) FixedPoint16Vectors.Logistic(gate, _padded);
        else for (int c = 0; c < _cells; c++) gate[c] = FixedPoint16.Logistic(gate[c]);
    }

    private void Tanh(short* values, int integerBits)
    {
        if (_vectors) FixedPoint16Vectors.Tanh(values, _padded, integerBits);
        else for (int c = 0; c < _cells; c++) values[c] = FixedPoint16.Tanh(values[c], integerBits);
    }

    private int Rescale(int value, int at) => FixedPoint.MultiplyDouble(value, _p.Multipliers[at], _p.Exponents[at]);

    private static int Clamp16(int value) => Math.Clamp(value, short.MinValue, short.MaxValue);

    private static TensorInfo? Optional(StepInfo step, int index, ElementType type, long count) =>
        step.OptionalInput(index) is null ? null : step.ConstantInput(index, type, count);
}
