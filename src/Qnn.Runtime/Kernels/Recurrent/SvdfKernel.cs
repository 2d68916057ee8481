using Qnn.Runtime.Artifact.Format;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Recurrent;

/// <summary>
/// TensorFlow Lite's float SVDF (reference/svdf.h), with float or int8 feature weights. Inputs: data [B, I], feature weights (see <see cref="RecurrentMatrix"/>),
/// time weights [F, M], biases [F / rank], state [B, F * M]; all float. Items of work are rows of the batch.
/// </summary>
internal sealed unsafe class SvdfKernel : Kernel
{
    private readonly TensorInfo _data, _time, _biases, _state, _output;
    private readonly RecurrentMatrix _features;
    private readonly SvdfParameters _p;
    private readonly int _inputs, _filters, _memory, _units;

    private SvdfKernel(StepInfo step)
    {
        _p = step.ReadParameters<SvdfParameters>();
        (_data, _time, _state, _output) = (step.Input(0), step.Input(2), step.Input(4), step.Output(0));
        step.Require(_data.Rank == 2 && _output.Rank == 2 && _time.Rank == 2 && _data.Shape[0] == _output.Shape[0], "bad ranks");
        foreach (var tensor in (ReadOnlySpan<TensorInfo>)[_data, _time, _state, _output]) step.Require(tensor.Type == ElementType.F32, "bad types");
        step.Require(_time.IsConstant && _state.Storage == Storage.State, "bad state");
        (_inputs, _filters, _memory, _units) = (_data.Shape[1], _time.Shape[0], _time.Shape[1], _output.Shape[1]);
        step.Require(_p.Rank > 0 && _memory > 0 && _filters == (long)_units * _p.Rank && _state.Count == (long)_data.Shape[0] * _filters * _memory && _inputs < 1 << 24, "bad shapes");
        _features = new RecurrentMatrix(step, 1, _filters, _inputs, _p.FeatureScale);
        step.Require(_features.IsThere, "lacks weights");
        _biases = step.ConstantInput(3, ElementType.F32, _units);
    }

    public static Kernel Create(StepInfo step) => new SvdfKernel(step);

    public override string Name => "svdf";

    public override int WorkItems => _data.Shape[0];

    public override nint ScratchBytes => RecurrentMatrix.ScratchBytes(_inputs);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var activation = (RecurrentActivation)_p.Activation;
        float* time = context.Pointer<float>(_time), biases = context.Pointer<float>(_biases);
        for (int b = begin; b < end; b++)
        {
            float* state = context.Pointer<float>(_state) + (nint)b * _filters * _memory;
            // Each filter's memory moves on by one, and takes the feature of now at its end.
            for (int f = 0; f < _filters; f++)
            {
                float* memory = state + (nint)f * _memory;
                for (int m = 1; m < _memory; m++) memory[m - 1] = memory[m];
                memory[_memory - 1] = 0;
            }
            _features.AddProducts(context.Pointer<float>(_data) + (nint)b * _inputs, state + _memory - 1, _memory, _p.Asymmetric != 0, scratch);
            for (int u = 0; u < _units; u++)
            {
                float sum = 0;
                for (int f = u * _p.Rank; f < (u + 1) * _p.Rank; f++) sum += RecurrentMatrix.Dot(time + (nint)f * _memory, state + (nint)f * _memory, _memory);
                context.Pointer<float>(_output)[(nint)b * _units + u] = activation.Apply(sum + biases[u]);
            }
        }
    }
}
