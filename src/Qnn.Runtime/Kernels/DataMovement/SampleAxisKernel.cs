using System.Runtime.Intrinsics;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.DataMovement;

/// <summary>
/// Resamples an axis: an element of the result is the sum of some elements of the axis, each with its weight; the first product is rounded, each further one joins the sum with one rounding.
/// Inputs: data [outer, extent, inner], places int32 [n, taps], which are taken to the edge, weights [n, taps]. Output: [outer, n, inner]. An item is a row of inner elements.
/// </summary>
internal sealed unsafe class SampleAxisKernel : Kernel
{
    private const int Width = 8;

    private readonly TensorInfo _data, _places, _weights, _output;
    private readonly int _extent, _inner, _count, _taps;
    private readonly bool _vectors;

    private SampleAxisKernel(StepInfo step)
    {
        (_data, _places, _weights, _output) = (step.Input(0), step.Input(1), step.Input(2), step.Output(0));
        step.Require(_data.Type == ElementType.F32 && _output.Type == ElementType.F32 && _data.Rank == 3 && _output.Rank == 3 && _data.Count > 0, "it takes float tensors of three axes only");
        step.Require(_places.Type == ElementType.S32 && _weights.Type == ElementType.F32 && _places.Rank == 2 && _weights.Count == _places.Count, "the places do not fit");
        (_extent, _inner, _count, _taps) = (_data.Shape[1], _data.Shape[2], _places.Shape[0], _places.Shape[1]);
        step.Require(_taps > 0 && _output.Shape[0] == _data.Shape[0] && _output.Shape[1] == _count && _output.Shape[2] == _inner, "the result does not fit");
        _vectors = step.Tier != KernelTier.Scalar;
    }

    public static Kernel Create(StepInfo step) => new SampleAxisKernel(step);

    public override string Name => "sample_axis";

    public override int WorkItems => _output.Shape[0] * _count;

    public override int Grain => Math.Max(1, 1024 / Math.Max(1, _inner * _taps));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        for (int item = begin; item < end; item++)
        {
            int at = item % _count;
            float* from = context.Pointer<float>(_data) + (nint)(item / _count) * _extent * _inner, to = context.Pointer<float>(_output) + (nint)item * _inner;
            int* places = context.Pointer<int>(_places) + (nint)at * _taps;
            float* weights = context.Pointer<float>(_weights) + (nint)at * _taps;
            int i = 0;
            for (; _vectors && i <= _inner - Width; i += Width)
            {
                var sum = Vector256.Load(Row(from, places[0]) + i) * Vector256.Create(weights[0]);
                for (int t = 1; t < _taps; t++) sum = Vector256.FusedMultiplyAdd(Vector256.Load(Row(from, places[t]) + i), Vector256.Create(weights[t]), sum);
                sum.Store(to + i);
            }
            for (; i < _inner; i++)
            {
                float sum = Row(from, places[0])[i] * weights[0];
                for (int t = 1; t < _taps; t++) sum = MathF.FusedMultiplyAdd(Row(from, places[t])[i], weights[t], sum);
                to[i] = sum;
            }
        }
    }

    private float* Row(float* from, int place) => from + (nint)Math.Clamp(place, 0, _extent - 1) * _inner;
}
