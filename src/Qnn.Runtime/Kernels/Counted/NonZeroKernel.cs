using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Counted;

/// <summary>The places of the elements that are not 0 [rank, elements], in row-major order, zeros beyond them; and how many they are.</summary>
internal sealed unsafe class NonZeroKernel : Kernel
{
    private readonly TensorInfo _data, _places, _count;

    private NonZeroKernel(StepInfo step)
    {
        (_data, _places, _count) = (step.Input(0), step.Output(0), step.Output(1));
        step.Require(_places.Type == ElementType.S64 && _count.Type == ElementType.S64 && _count.Count == 1, "the element types do not fit");
        step.Require(_places.Rank == 2 && _places.Shape[0] == _data.Rank && _places.Shape[1] == _data.Count, "the places do not fit the data");
    }

    public static Kernel Create(StepInfo step) => new NonZeroKernel(step);

    public override string Name => "non_zero";

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        byte* data = context[_data];
        long* places = context.Pointer<long>(_places);
        int found = 0;
        for (int i = 0; i < _data.Count; i++)
        {
            if (IsZero(data, i)) continue;
            int rest = i;
            for (int axis = _data.Rank - 1; axis >= 0; axis--)
            {
                places[(nint)axis * _data.Count + found] = rest % _data.Shape[axis];
                rest /= _data.Shape[axis];
            }
            found++;
        }
        for (int axis = 0; axis < _data.Rank; axis++) new Span<long>(places + (nint)axis * _data.Count + found, _data.Count - found).Clear();
        context.Pointer<long>(_count)[0] = found;
    }

    // Both zeros of floats are 0, what is no number is not.
    private bool IsZero(byte* data, int i) => _data.Type switch
    {
        ElementType.F32 => ((float*)data)[i] == 0,
        ElementType.F16 => (((ushort*)data)[i] & 0x7FFF) == 0,
        ElementType.F64 => ((double*)data)[i] == 0,
        _ => _data.Type.Size() switch
        {
            1 => data[i] == 0,
            2 => ((short*)data)[i] == 0,
            4 => ((int*)data)[i] == 0,
            _ => ((long*)data)[i] == 0,
        },
    };
}
