using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// TensorFlow Lite's basic recurrent layer (kernel_utils.cc), with float or int8 weights. Inputs: data, input weights and recurrent weights (see <see cref="RecurrentMatrix"/>),
/// biases [units], state [B, units]. Items of work are sequences of the batch.
/// </summary>
internal sealed unsafe class RnnKernel : Kernel
{
    private readonly TensorInfo _data, _biases, _state, _output;
    private readonly RecurrentMatrix _weights, _recurrent;
    private readonly RnnParameters _p;
    private readonly int _batches, _steps, _inputs, _units;

    private RnnKernel(StepInfo step)
    {
        _p = step.ReadParameters<RnnParameters>();
        (_data, _state, _output) = (step.Input(0), step.Input(4), step.Output(0));
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_data, _state, _output]) step.Require(tensor.Type == ElementType.F32, "bad types");
        step.Require(_data.Rank == 3 && _output.Rank == 3 && _data.Shape[0] == _output.Shape[0] && _data.Shape[1] == _output.Shape[1], "bad shapes");
        (_steps, _batches) = _p.TimeMajor != 0 ? (_data.Shape[0], _data.Shape[1]) : (_data.Shape[1], _data.Shape[0]);
        (_inputs, _units) = (_data.Shape[2], _output.Shape[2]);
        step.Require(_inputs > 0 && _units > 0 && Math.Max(_inputs, _units) < 1 << 24, "bad extents");
        step.Require(_state.Storage == Storage.State && _state.Count == (long)_batches * _units, "bad state");
        (_weights, _recurrent) = (new RecurrentMatrix(step, 1, _units, _inputs, _p.InputScale), new RecurrentMatrix(step, 2, _units, _units, _p.RecurrentScale));
        step.Require(_weights.IsThere && _recurrent.IsThere, "lacks weights");
        _biases = step.ConstantInput(3, ElementType.F32, _units);
    }

    public static Kernel Create(StepInfo step) => new RnnKernel(step);

    public override string Name => "rnn";

    public override int WorkItems => _batches;

    public override nint ScratchBytes => RecurrentMatrix.ScratchBytes(Math.Max(_inputs, _units));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var activation = (RecurrentActivation)_p.Activation;
        bool asymmetric = _p.Asymmetric != 0;
        float* data = context.Pointer<float>(_data), output = context.Pointer<float>(_output);
        for (int b = begin; b < end; b++)
        {
            var state = new Span<float>(context.Pointer<float>(_state) + (nint)b * _units, _units);
            for (int t = 0; t < _steps; t++)
            {
                nint place = _p.TimeMajor != 0 ? (nint)t * _batches + b : (nint)b * _steps + t;
                float* result = output + place * _units;
                context.Span<float>(_biases).CopyTo(new Span<float>(result, _units));
                _weights.AddProducts(data + place * _inputs, result, 1, asymmetric, scratch);
                fixed (float* before = state) _recurrent.AddProducts(before, result, 1, asymmetric, scratch);
                for (int u = 0; u < _units; u++) state[u] = result[u] = activation.Apply(result[u]);
            }
        }
    }
}
