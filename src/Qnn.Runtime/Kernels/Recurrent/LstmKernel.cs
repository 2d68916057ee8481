using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// TensorFlow Lite's float LSTM (lstm_eval.cc), with float or int8 weights, and its options: coupled input and forget gates, peepholes, layer normalisation,
/// projection, clipping. Items of work are sequences of the batch.
/// </summary>
/// <remarks>
/// Inputs; absent ones are null: 0 data; 1-4 input weights and 5-8 recurrent weights, see <see cref="RecurrentMatrix"/>; 9-12 peepholes, 13-16 layer normalisation
/// weights, 17-20 biases, each in the order of the gates input, forget, cell, output; 21 projection weights, 22 its bias; 23 output state, 24 cell state.
/// </remarks>
internal sealed unsafe class LstmKernel : Kernel
{
    private const int InputGate = 0, ForgetGate = 1, CellGate = 2, OutputGate = 3;

    private readonly TensorInfo _data, _output, _outputState, _cellState;
    private readonly RecurrentMatrix[] _inputWeights = new RecurrentMatrix[4], _recurrentWeights = new RecurrentMatrix[4];
    private readonly RecurrentMatrix _projection;
    private readonly TensorInfo?[] _peepholes = new TensorInfo?[4], _norms = new TensorInfo?[4], _biases = new TensorInfo?[4];
    private readonly TensorInfo? _projectionBias;
    private readonly LstmParameters _p;
    private readonly RecurrentActivation _activation;
    private readonly int _batches, _steps, _inputs, _outputs, _cells;

    private LstmKernel(StepInfo step)
    {
        _p = step.ReadParameters<LstmParameters>();
        (_data, _output, _outputState, _cellState) = (step.Input(0), step.Output(0), step.Input(23), step.Input(24));
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_data, _output, _outputState, _cellState]) step.Require(tensor.Type == ElementType.F32, "bad types");
        step.Require(_data.Rank == 3 && _output.Rank == 3 && _data.Shape[0] == _output.Shape[0] && _data.Shape[1] == _output.Shape[1], "bad shapes");
        (_steps, _batches) = _p.TimeMajor != 0 ? (_data.Shape[0], _data.Shape[1]) : (_data.Shape[1], _data.Shape[0]);
        (_inputs, _outputs) = (_data.Shape[2], _output.Shape[2]);
        step.Require(_outputState.Storage == Storage.State && _cellState.Storage == Storage.State && _cellState.Rank == 2, "the states are not state tensors");
        _cells = _cellState.Shape[1];
        step.Require(_cells > 0 && _inputs > 0 && _outputs > 0 && Math.Max(_cells, Math.Max(_inputs, _outputs)) < 1 << 24, "bad extents");
        step.Require(_outputState.Count == (long)_batches * _outputs && _cellState.Count == (long)_batches * _cells, "bad states");
        for (int gate = 0; gate < 4; gate++)
        {
            _peepholes[gate] = Optional(step, 9 + gate, _cells);
            _norms[gate] = Optional(step, 13 + gate, _cells);
            _inputWeights[gate] = new RecurrentMatrix(step, 1 + gate, _cells, _inputs, _p.Scales[gate]);
            _recurrentWeights[gate] = new RecurrentMatrix(step, 5 + gate, _cells, _outputs, _p.Scales[4 + gate]);
            step.Require(_inputWeights[gate].IsThere == _recurrentWeights[gate].IsThere && (gate == InputGate || _inputWeights[gate].IsThere), "lacks weights");
            if (_inputWeights[gate].IsThere) _biases[gate] = step.ConstantInput(17 + gate, ElementType.F32, _cells);
        }
        _projection = new RecurrentMatrix(step, 21, _outputs, _cells, _p.Scales[8]);
        _projectionBias = Optional(step, 22, _outputs);
        step.Require(_projection.IsThere || _outputs == _cells, "the output does not fit the cells");
        _activation = (RecurrentActivation)_p.Activation;
    }

    public static Kernel Create(StepInfo step) => new LstmKernel(step);

    public override string Name => "lstm";

    public override int WorkItems => _batches;

    public override nint ScratchBytes => RecurrentMatrix.ScratchBytes(Math.Max(_inputs, Math.Max(_outputs, _cells))) + (nint)4 * _cells * sizeof(float);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var gates = (float*)scratch;
        byte* rest = (byte*)(gates + 4 * _cells);
        float* data = context.Pointer<float>(_data), output = context.Pointer<float>(_output);
        for (int b = begin; b < end; b++)
        {
            float* state = context.Pointer<float>(_outputState) + (nint)b * _outputs, cell = context.Pointer<float>(_cellState) + (nint)b * _cells;
            for (int t = 0; t < _steps; t++)
            {
                nint place = _p.TimeMajor != 0 ? (nint)t * _batches + b : (nint)b * _steps + t;
                Step(context, data + place * _inputs, state, cell, gates, rest);
                Buffer.MemoryCopy(state, output + place * _outputs, _outputs * sizeof(float), _outputs * sizeof(float));
            }
        }
    }

    private void Step(in KernelContext context, float* input, float* state, float* cell, float* gates, byte* scratch)
    {
        float* inputGate = gates, forgetGate = gates + _cells, update = forgetGate + _cells, outputGate = update + _cells;
        bool coupled = !_inputWeights[InputGate].IsThere;
        if (!coupled) Gate(context, InputGate, input, state, cell, inputGate, scratch);
        Gate(context, ForgetGate, input, state, cell, forgetGate, scratch);
        Gate(context, CellGate, input, state, null, update, scratch);
        for (int c = 0; c < _cells; c++)
        {
            float forget = EigenActivations.Logistic(forgetGate[c]);
            float take = coupled ? 1 - forget : EigenActivations.Logistic(inputGate[c]);
            float sum = forget * cell[c] + _activation.Apply(update[c]) * take;
            cell[c] = Clip(sum, _p.CellClip);
        }
        Gate(context, OutputGate, input, state, cell, outputGate, scratch);
        for (int c = 0; c < _cells; c++) outputGate[c] = EigenActivations.Logistic(outputGate[c]) * _activation.Apply(cell[c]);
        if (!_projection.IsThere)
        {
            Buffer.MemoryCopy(outputGate, state, _outputs * sizeof(float), _outputs * sizeof(float));
            return;
        }
        if (_projectionBias is { } bias) context.Span<float>(bias).CopyTo(new Span<float>(state, _outputs));
        else new Span<float>(state, _outputs).Clear();
        _projection.AddProducts(outputGate, state, 1, _p.Asymmetric != 0, scratch);
        for (int o = 0; o < _outputs; o++) state[o] = Clip(state[o], _p.ProjectionClip);
    }

    // A gate before its activation.
    private void Gate(in KernelContext context, int gate, float* input, float* state, float* cell, float* result, byte* scratch)
    {
        var values = new Span<float>(result, _cells);
        var biases = context.Span<float>(_biases[gate]!);
        if (_norms[gate] is null) biases.CopyTo(values);
        else values.Clear();
        _inputWeights[gate].AddProducts(input, result, 1, _p.Asymmetric != 0, scratch);
        _recurrentWeights[gate].AddProducts(state, result, 1, _p.Asymmetric != 0, scratch);
        if (cell != null && _peepholes[gate] is { } peephole)
        {
            var weights = context.Span<float>(peephole);
            for (int c = 0; c < _cells; c++) result[c] += weights[c] * cell[c];
        }
        if (_norms[gate] is { } norm) Normalize(values, context.Span<float>(norm), biases);
    }

    private static void Normalize(Span<float> values, ReadOnlySpan<float> weights, ReadOnlySpan<float> biases)
    {
        float sum = 0, squares = 0;
        foreach (float value in values) sum += value;
        float mean = sum / values.Length;
        foreach (float value in values) squares += (value - mean) * (value - mean);
        float inverse = 1 / MathF.Sqrt(squares / values.Length + 1e-8f);
        for (int c = 0; c < values.Length; c++) values[c] = (values[c] - mean) * inverse * weights[c] + biases[c];
    }

    private static float Clip(float value, float limit) => limit > 0 ? MathF.Min(MathF.Max(value, -limit), limit) : value;

    private static TensorInfo? Optional(StepInfo step, int index, int count) => step.OptionalInput(index) is null ? null : step.ConstantInput(index, ElementType.F32, count);
}
