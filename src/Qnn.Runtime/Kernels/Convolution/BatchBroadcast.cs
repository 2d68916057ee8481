using Qnn.Runtime.Execution;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>The leading axes of a matrix product, which broadcast.</summary>
internal static class BatchBroadcast
{
    /// <summary>For each matrix of the result, the one of an operand.</summary>
    public static int[] Of(StepInfo step, TensorInfo operand, TensorInfo output)
    {
        var matrices = new int[output.Count / (output.Shape[^1] * output.Shape[^2])];
        for (int batch = 0; batch < matrices.Length; batch++)
        {
            int index = 0, stride = 1, rest = batch;
            for (int i = 3; i <= output.Rank; i++)
            {
                int extent = output.Shape[^i], at = rest % extent;
                rest /= extent;
                if (i > operand.Rank) continue;
                step.Require(operand.Shape[^i] == extent || operand.Shape[^i] == 1, "the leading axes do not broadcast");
                if (operand.Shape[^i] != 1) index += at * stride;
                stride *= operand.Shape[^i];
            }
            matrices[batch] = index;
        }
        return matrices;
    }
}
