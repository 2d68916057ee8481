using System.Runtime.InteropServices;
using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Detection;

/// <summary>The options of <see cref="DetectionPostProcessKernel"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DetectionPostProcessParameters
{
    public int Classes, MaxDetections, MaxClassesPerDetection, DetectionsPerClass;

    /// <summary>1: suppression class by class; 0: once, by each box's best class.</summary>
    public int Regular;

    public float ScoreThreshold, OverlapThreshold, ScaleY, ScaleX, ScaleHeight, ScaleWidth;
}

/// <summary>
/// TFLite_Detection_PostProcess: decodes boxes against anchors, suppresses overlapping ones, keeps the best.
/// Operands: box codes f32[1, N, 4 or more] (y, x, h, w), scores f32[1, N, classes, perhaps with a background class first], anchors f32[N, 4].
/// Results: boxes f32[1, D, 4] (top, left, bottom, right), classes f32[1, D], scores f32[1, D], count f32[1]. Places beyond the count are 0.
/// </summary>
internal sealed unsafe class DetectionPostProcessKernel : Kernel
{
    private readonly TensorInfo _codes, _scores, _anchors, _boxesOut, _classesOut, _scoresOut, _countOut;
    private readonly DetectionPostProcessParameters _p;
    private readonly int _boxes, _columns, _codeLength, _perAnchor, _slots;

    private DetectionPostProcessKernel(StepInfo step, DetectionPostProcessParameters p)
    {
        _p = p;
        (_codes, _scores, _anchors) = (step.Input(0), step.Input(1), step.Input(2));
        (_boxesOut, _classesOut, _scoresOut, _countOut) = (step.Output(0), step.Output(1), step.Output(2), step.Output(3));
        foreach (var tensor in (TensorInfo[])[_codes, _scores, _anchors, _boxesOut, _classesOut, _scoresOut, _countOut]) step.Require(tensor.Type == ElementType.F32, "an operand is not float32");
        step.Require(_codes.Rank == 3 && _scores.Rank == 3 && _codes.Shape[0] == 1 && _scores.Shape[0] == 1, "the batch is not 1");
        (_boxes, _codeLength, _columns) = (_codes.Shape[1], _codes.Shape[2], _scores.Shape[2]);
        step.Require(_codeLength >= 4 && _scores.Shape[1] == _boxes && (long)_boxes * 4 == _anchors.Count && _boxes is > 0 and < 1 << 22, "the operands do not fit");
        step.Require(p.Classes > 0 && p.Classes <= _columns && _columns - p.Classes <= 1, "the classes do not fit");
        step.Require(p.MaxDetections is > 0 and < 1 << 20 && p.MaxClassesPerDetection is > 0 and < 1 << 20 && p.DetectionsPerClass > 0 && p.Regular is 0 or 1, "the options are out of range");
        _perAnchor = Math.Min(p.MaxClassesPerDetection, p.Classes);
        _slots = _classesOut.Count;
        step.Require(_slots == (long)p.MaxDetections * p.MaxClassesPerDetection, "the results do not fit");
        step.Require(_scoresOut.Count == _slots && _boxesOut.Count == 4L * _slots && _countOut.Count == 1, "the results do not fit");
    }

    public static Kernel Create(StepInfo step) => new DetectionPostProcessKernel(step, step.ReadParameters<DetectionPostProcessParameters>());

    public override string Name => "detection_post_process";

    // Decoded boxes, the scores of one suppression, its order and marks, the selection, and the best so far of all classes (twice).
    public override nint ScratchBytes => (nint)_boxes * (4 + 1 + 1 + 1 + 1) * sizeof(float) + ((nint)_boxes + 2 * (nint)_p.MaxDetections) * 2 * (sizeof(float) + sizeof(int)) + _perAnchor * sizeof(int);

    public override void Run(in KernelContext context, int begin, int end, byte* scratch)
    {
        float* boxes = (float*)scratch, best = boxes + 4 * (nint)_boxes;
        int* order = (int*)(best + _boxes), marks = order + _boxes, selected = marks + _boxes;
        byte* rest = (byte*)(selected + _boxes);
        Decode(context.Pointer<float>(_codes), context.Pointer<float>(_anchors), boxes);
        context.Span<float>(_boxesOut).Clear();
        context.Span<float>(_classesOut).Clear();
        context.Span<float>(_scoresOut).Clear();
        int count = _p.Regular == 1 ? Regular(context, boxes, best, order, marks, selected, rest) : Fast(context, boxes, best, order, marks, selected, (int*)rest);
        *context.Pointer<float>(_countOut) = count;
    }

    private void Decode(float* codes, float* anchors, float* boxes)
    {
        for (int i = 0; i < _boxes; i++, codes += _codeLength, anchors += 4, boxes += 4)
        {
            float y = (float)((double)codes[0] / _p.ScaleY * anchors[2] + anchors[0]);
            float x = (float)((double)codes[1] / _p.ScaleX * anchors[3] + anchors[1]);
            float halfHeight = (float)(0.5 * Math.Exp((double)codes[2] / _p.ScaleHeight) * anchors[2]);
            float halfWidth = (float)(0.5 * Math.Exp((double)codes[3] / _p.ScaleWidth) * anchors[3]);
            (boxes[0], boxes[1], boxes[2], boxes[3]) = (y - halfHeight, x - halfWidth, y + halfHeight, x + halfWidth);
        }
    }

    // One suppression for all classes, by each box's best score; each selected box gives its best classes.
    private int Fast(in KernelContext context, float* boxes, float* best, int* order, int* marks, int* selected, int* classes)
    {
        float* scores = context.Pointer<float>(_scores) + (_columns - _p.Classes);
        for (int box = 0; box < _boxes; box++) best[box] = scores[(nint)box * _columns + BestClasses(scores + (nint)box * _columns, classes, 1)];
        int count = Suppress(boxes, best, order, marks, selected, _p.MaxDetections);
        for (int i = 0; i < count; i++)
        {
            float* own = scores + (nint)selected[i] * _columns;
            BestClasses(own, classes, _perAnchor);
            for (int c = 0; c < _perAnchor; c++) Emit(context, i * _p.MaxClassesPerDetection + c, boxes + 4 * (nint)selected[i], classes[c], own[classes[c]]);
        }
        return count;
    }

    // A suppression for each class; the best of all of them stay.
    private int Regular(in KernelContext context, float* boxes, float* best, int* order, int* marks, int* selected, byte* rest)
    {
        float* scores = context.Pointer<float>(_scores) + (_columns - _p.Classes);
        nint room = _boxes + 2 * (nint)_p.MaxDetections;
        float* keptScores = (float*)rest, sortedScores = keptScores + room;
        int* kept = (int*)(sortedScores + room), sorted = kept + room;
        int have = 0;
        for (int c = 0; c < _p.Classes; c++)
        {
            for (int box = 0; box < _boxes; box++) best[box] = scores[(nint)box * _columns + c];
            int count = Suppress(boxes, best, order, marks, selected, _p.DetectionsPerClass);
            for (int i = 0; i < count; i++) (kept[have + i], keptScores[have + i]) = (selected[i] * _p.Classes + c, best[selected[i]]);
            int total = have + count;
            have = Math.Min(total, _p.MaxDetections);
            // Both parts are in order already, and earlier ones go first among equals.
            int a = 0, b = total - count, split = b;
            for (int i = 0; i < have; i++)
            {
                int from = b >= total || a < split && keptScores[a] >= keptScores[b] ? a++ : b++;
                (sorted[i], sortedScores[i]) = (kept[from], keptScores[from]);
            }
            for (int i = 0; i < have; i++) (kept[i], keptScores[i]) = (sorted[i], sortedScores[i]);
        }
        for (int i = 0; i < Math.Min(have, _slots); i++) Emit(context, i, boxes + 4 * (nint)(kept[i] / _p.Classes), kept[i] % _p.Classes, keptScores[i]);
        return have;
    }

    private void Emit(in KernelContext context, int slot, float* box, int label, float score)
    {
        if (slot >= _slots) return;
        Buffer.MemoryCopy(box, context.Pointer<float>(_boxesOut) + 4 * (nint)slot, 16, 16);
        context.Pointer<float>(_classesOut)[slot] = label;
        context.Pointer<float>(_scoresOut)[slot] = score;
    }

    // The classes with the highest scores, best first, the lower number first among equals.
    private int BestClasses(float* scores, int* classes, int count)
    {
        int have = 0;
        for (int c = 0; c < _p.Classes; c++)
        {
            if (have == count && !(scores[c] > scores[classes[count - 1]])) continue;
            int place = have < count ? have++ : count - 1;
            for (; place > 0 && scores[c] > scores[classes[place - 1]]; place--) classes[place] = classes[place - 1];
            classes[place] = c;
        }
        return classes[0];
    }

    // Boxes by falling score, those that overlap an earlier one passed over.
    private int Suppress(float* boxes, float* scores, int* order, int* marks, int* selected, int most)
    {
        int candidates = 0;
        for (int i = 0; i < _boxes; i++)
        {
            if (scores[i] >= _p.ScoreThreshold) order[candidates++] = i;
        }
        SortDescending(order, marks, scores, candidates);
        new Span<int>(marks, candidates).Clear();
        int count = 0;
        for (int i = 0; i < candidates && count < most; i++)
        {
            if (marks[i] != 0) continue;
            selected[count++] = order[i];
            for (int j = i + 1; j < candidates; j++)
            {
                if (marks[j] == 0 && Overlap(boxes + 4 * (nint)order[i], boxes + 4 * (nint)order[j]) > _p.OverlapThreshold) marks[j] = 1;
            }
        }
        return count;
    }

    // Stable, by merging runs of growing length.
    private static void SortDescending(int* order, int* spare, float* scores, int count)
    {
        int* from = order, to = spare;
        for (int run = 1; run < count; run *= 2)
        {
            for (int start = 0; start < count; start += 2 * run)
            {
                int middle = Math.Min(start + run, count), stop = Math.Min(start + 2 * run, count), a = start, b = middle;
                for (int i = start; i < stop; i++) to[i] = a < middle && (b >= stop || !(scores[from[b]] > scores[from[a]])) ? from[a++] : from[b++];
            }
            int* swap = from;
            from = to;
            to = swap;
        }
        if (from != order) new Span<int>(from, count).CopyTo(new Span<int>(order, count));
    }

    private static float Overlap(float* a, float* b)
    {
        float areaA = (a[2] - a[0]) * (a[3] - a[1]), areaB = (b[2] - b[0]) * (b[3] - b[1]);
        if (areaA <= 0 || areaB <= 0) return 0;
        float common = Math.Max(Math.Min(a[2], b[2]) - Math.Max(a[0], b[0]), 0) * Math.Max(Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]), 0);
        return common / (areaA + areaB - common);
    }
}
