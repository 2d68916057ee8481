using Qnn.Runtime.Execution;
using Qnn.Runtime.Kernels.Counted;

namespace Qnn.Runtime.Kernels.Detection;

/// <summary>
/// ONNX's NonMaxSuppression in ONNX Runtime's float operations: of each image and class, boxes by falling scores, passing over those that overlap a selected one.
/// Operands: boxes f32[B, N, 4], scores f32[B, C, N], how many boxes there are (s64, optional). Results: rows (image, class, box) s64[M, 3], one selected box after the other, the rows beyond -1; how many are selected (s64).
/// </summary>
internal sealed unsafe class BoxSelectionKernel : Kernel
{
    private const int RowLength = 3, Corners = 4;

    private readonly TensorInfo _boxes, _scores, _rows, _selected;
    private readonly TensorInfo? _there;
    private readonly BoxSelectionParameters _p;
    private readonly int _images, _classes, _count;

    private struct Candidate : IComparable<Candidate>
    {
        public float Score;
        public int Index;

        // Greatest score first, of equal ones the first box first.
        public readonly int CompareTo(Candidate other) => Score != other.Score ? other.Score.CompareTo(Score) : Index.CompareTo(other.Index);
    }

    private BoxSelectionKernel(StepInfo step)
    {
        (_boxes, _scores, _there, _rows, _selected, _p) = (step.Input(0), step.Input(1), step.OptionalInput(2), step.Output(0), step.Output(1), step.ReadParameters<BoxSelectionParameters>());
        step.Require(_boxes.Type == ElementType.F32 && _scores.Type == ElementType.F32 && _rows.Type == ElementType.S64, "the element types do not fit");
        step.Require(_selected.Type == ElementType.S64 && _selected.Count == 1 && (_there is null || _there.Type == ElementType.S64 && _there.Count == 1), "a count is malformed");
        step.Require(_boxes.Rank == 3 && _scores.Rank == 3 && _rows.Rank == 2, "bad ranks");
        (_images, _classes, _count) = (_scores.Shape[0], _scores.Shape[1], _scores.Shape[2]);
        step.Require(_boxes.Shape[0] == _images && _boxes.Shape[1] == _count && _boxes.Shape[2] == Corners && _count < 1 << 24, "the boxes do not fit their scores");
        step.Require(_p.Most >= 0 && _rows.Shape[1] == RowLength && _rows.Shape[0] >= (long)_images * _classes * Math.Min(_p.Most, _count), "the result has too few rows");
    }

    public static Kernel Create(StepInfo step) => new BoxSelectionKernel(step);

    public override string Name => "box_selection";

    public override nint ScratchBytes => (nint)_count * (sizeof(Candidate) + sizeof(int));

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        var rows = context.Span<long>(_rows);
        rows.Fill(-1);
        int count = _there is null ? _count : CountedAxis.Read(context, _there, _count), all = 0;
        var candidates = new Span<Candidate>(scratch, _count);
        var selected = new Span<int>(scratch + (nint)_count * sizeof(Candidate), _count);
        for (int image = 0; image < _images; image++)
        {
            float* boxes = context.Pointer<float>(_boxes) + (nint)image * _count * Corners;
            for (int kind = 0; kind < _classes; kind++)
            {
                float* scores = context.Pointer<float>(_scores) + ((nint)image * _classes + kind) * _count;
                int found = 0, taken = 0;
                for (int i = 0; i < count; i++)
                {
                    if (_p.HasThreshold == 0 || scores[i] > _p.Threshold) candidates[found++] = new Candidate { Score = scores[i], Index = i };
                }
                candidates[..found].Sort();
                for (int i = 0; i < found && taken < _p.Most; i++)
                {
                    int box = candidates[i].Index;
                    if (OverlapsAny(boxes, box, selected[..taken])) continue;
                    selected[taken++] = box;
                    (rows[0], rows[1], rows[2]) = (image, kind, box);
                    rows = rows[RowLength..];
                }
                all += taken;
            }
        }
        context.Pointer<long>(_selected)[0] = all;
    }

    private bool OverlapsAny(float* boxes, int box, ReadOnlySpan<int> selected)
    {
        foreach (int other in selected)
        {
            if (Overlaps(boxes + (nint)box * Corners, boxes + (nint)other * Corners)) return true;
        }
        return false;
    }

    private bool Overlaps(float* a, float* b)
    {
        var (aLeft, aRight) = Interval(a, 0);
        var (bLeft, bRight) = Interval(b, 0);
        float left = MathF.Max(aLeft, bLeft), right = MathF.Min(aRight, bRight);
        if (right <= left) return false;
        var (aTop, aBottom) = Interval(a, 1);
        var (bTop, bBottom) = Interval(b, 1);
        float top = MathF.Max(aTop, bTop), bottom = MathF.Min(aBottom, bBottom);
        if (bottom <= top) return false;
        float common = (right - left) * (bottom - top), areaA = (aRight - aLeft) * (aBottom - aTop), areaB = (bRight - bLeft) * (bBottom - bTop), union = areaA + areaB - common;
        return common > 0 && areaA > 0 && areaB > 0 && union > 0 && common / union > _p.Overlap;
    }

    // Where a box lies on an axis: 0 for x, 1 for y.
    private (float Least, float Greatest) Interval(float* box, int axis)
    {
        if (_p.Centers != 0)
        {
            float half = box[2 + axis] / 2;
            return (box[axis] - half, box[axis] + half);
        }
        float one = box[1 - axis], two = box[3 - axis];
        return one > two ? (two, one) : (one, two);
    }
}
