using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Detection;

/// <summary>
/// NON_MAX_SUPPRESSION_V4 and V5: selects boxes by score, passing over those that overlap a selected one; with sigma > 0 (V5) overlap lowers a score instead.
/// Operands: boxes f32[N, 4] (two corners y, x), scores f32[N], the most to select (int32), overlap threshold, score threshold, sigma (optional).
/// Results: indices s32[M], scores f32[M] where sigma is given, count s32. Places beyond the count are 0.
/// </summary>
internal sealed unsafe class NonMaxSuppressionKernel : Kernel
{
    private readonly TensorInfo _boxes, _scores, _most, _overlap, _threshold, _indices, _count;
    private readonly TensorInfo? _sigma, _selectedScores;
    private readonly int _boxCount;

    private struct Candidate
    {
        public int Index;
        public int CheckedUpTo;
        public float Score;
    }

    private NonMaxSuppressionKernel(StepInfo step)
    {
        (_boxes, _scores, _most, _overlap, _threshold, _sigma) = (step.Input(0), step.Input(1), step.Input(2), step.Input(3), step.Input(4), step.OptionalInput(5));
        _indices = step.Output(0);
        _selectedScores = _sigma is null ? null : step.Output(1);
        _count = step.Output(_sigma is null ? 1 : 2);
        _boxCount = _scores.Count;
        step.Require(_boxes.Type == ElementType.F32 && _scores.Type == ElementType.F32 && (long)_boxCount * 4 == _boxes.Count && _boxCount < 1 << 24, "the boxes do not fit their scores");
        step.Require(_most.Type == ElementType.S32 && _most.Count == 1, "the count to select is malformed");
        foreach (var number in (TensorInfo?[])[_overlap, _threshold, _sigma]) step.Require(number is null || number.Type == ElementType.F32 && number.Count == 1, "a threshold is malformed");
        step.Require(_indices.Type == ElementType.S32 && _count.Type == ElementType.S32 && _count.Count == 1, "the results are malformed");
        step.Require(_selectedScores is null || _selectedScores.Type == ElementType.F32 && _selectedScores.Count == _indices.Count, "the results are malformed");
    }

    public static Kernel Create(StepInfo step) => new NonMaxSuppressionKernel(step);

    public override string Name => "non_max_suppression";

    public override nint ScratchBytes => (nint)_boxCount * sizeof(Candidate);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* boxes = context.Pointer<float>(_boxes), scores = context.Pointer<float>(_scores);
        float overlap = *context.Pointer<float>(_overlap), threshold = *context.Pointer<float>(_threshold);
        float sigma = _sigma is null ? 0 : *context.Pointer<float>(_sigma);
        var indices = context.Span<int>(_indices);
        var selectedScores = _selectedScores is null ? default : context.Span<float>(_selectedScores);
        indices.Clear();
        selectedScores.Clear();

        var queue = (Candidate*)scratch;
        int waiting = 0;
        for (int i = 0; i < _boxCount; i++)
        {
            if (scores[i] > threshold) Push(queue, ref waiting, new Candidate { Index = i, Score = scores[i] });
        }
        int most = Math.Min(Math.Min(waiting, Math.Max(0, *context.Pointer<int>(_most))), indices.Length), selected = 0;
        float scale = sigma > 0 ? -0.5f / sigma : 0;
        while (selected < most && waiting > 0)
        {
            var next = Pop(queue, ref waiting);
            float original = next.Score;
            bool suppressed = false;
            for (int j = selected - 1; j >= next.CheckedUpTo; j--)
            {
                float iou = Overlap(boxes + 4 * next.Index, boxes + 4 * indices[j]);
                if (iou >= overlap)
                {
                    suppressed = true;
                    break;
                }
                if (sigma > 0) next.Score *= (float)Math.Exp(scale * iou * iou);
                if (next.Score <= threshold) break;
            }
            next.CheckedUpTo = selected;
            if (suppressed) continue;
            if (next.Score == original)
            {
                indices[selected] = next.Index;
                if (_selectedScores is not null) selectedScores[selected] = next.Score;
                selected++;
            }
            // As TensorFlow Lite does: a selected box comes back too, and meets itself.
            if (next.Score > threshold) Push(queue, ref waiting, next);
        }
        *context.Pointer<int>(_count) = selected;
    }

    private static float Overlap(float* a, float* b)
    {
        float aTop = Math.Min(a[0], a[2]), aBottom = Math.Max(a[0], a[2]), aLeft = Math.Min(a[1], a[3]), aRight = Math.Max(a[1], a[3]);
        float bTop = Math.Min(b[0], b[2]), bBottom = Math.Max(b[0], b[2]), bLeft = Math.Min(b[1], b[3]), bRight = Math.Max(b[1], b[3]);
        float areaA = (aBottom - aTop) * (aRight - aLeft), areaB = (bBottom - bTop) * (bRight - bLeft);
        if (areaA <= 0 || areaB <= 0) return 0;
        float common = Math.Max(Math.Min(aBottom, bBottom) - Math.Max(aTop, bTop), 0) * Math.Max(Math.Min(aRight, bRight) - Math.Max(aLeft, bLeft), 0);
        float union = areaA + areaB - common;
        return union == 0 ? 0 : common / union;
    }

    // A heap, greatest score first, of equal ones the first box first.
    private static bool Before(in Candidate a, in Candidate b) => a.Score > b.Score || a.Score == b.Score && a.Index < b.Index;

    private static void Push(Candidate* heap, ref int count, Candidate candidate)
    {
        int at = count++;
        for (int parent; at > 0 && Before(candidate, heap[parent = (at - 1) / 2]); at = parent) heap[at] = heap[parent];
        heap[at] = candidate;
    }

    private static Candidate Pop(Candidate* heap, ref int count)
    {
        var top = heap[0];
        var last = heap[--count];
        int at = 0;
        while (2 * at + 1 < count)
        {
            int child = 2 * at + 1;
            if (child + 1 < count && Before(heap[child + 1], heap[child])) child++;
            if (!Before(heap[child], last)) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return top;
    }
}
