using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.MxNet;

/// <summary>MXNet's pooling windows.</summary>
internal static class Windows
{
    /// <summary>The window over an image with channels last. The convention <c>full</c> rounds the count of windows up and pads at the end for it.</summary>
    public static Window2D Pool(MxNetNode node, Shape image)
    {
        var attributes = node.Attributes;
        if (image.Rank != 4) throw node.Unsupported($"pooling of {image.Rank} axes");
        if (attributes.Text("layout", "NCHW") != "NCHW") throw node.Unsupported($"layout {attributes.Text("layout")}");
        if (attributes.Flag("global_pool")) return new Window2D(image[1], image[2]);
        var (kernel, stride, pad) = (attributes.Pair("kernel", 1), attributes.Pair("stride", 1), attributes.Pair("pad", 0));
        if (kernel.Rows < 1 || kernel.Columns < 1 || stride.Rows < 1 || stride.Columns < 1 || pad.Rows < 0 || pad.Columns < 0) throw node.Inconsistent("the window is malformed");
        string convention = attributes.Text("pooling_convention", "valid");
        if (convention is not ("valid" or "full")) throw node.Unsupported($"pooling_convention {convention}");
        int More(int extent, int kernelExtent, int strideExtent, int padExtent)
        {
            long room = (long)extent + 2L * padExtent - kernelExtent;
            return convention == "full" && room > 0 && room % strideExtent != 0 ? (int)(strideExtent - room % strideExtent) : 0;
        }
        return new Window2D(kernel.Rows, kernel.Columns, stride.Rows, stride.Columns, 1, 1, pad.Rows, pad.Columns,
            pad.Rows + More(image[1], kernel.Rows, stride.Rows, pad.Rows), pad.Columns + More(image[2], kernel.Columns, stride.Columns, pad.Columns));
    }

    /// <summary>The count of elements that an average is of: one number where padding counts, else [1, rows, columns, 1].</summary>
    public static Value Counts(MxNetNode node, Window2D window, Shape image)
    {
        if (node.Attributes.Flag("count_include_pad", true) || window is { PadTop: 0, PadLeft: 0, PadBottom: 0, PadRight: 0 }) return node.Constant(window.KernelHeight * window.KernelWidth);
        int rows = window.OutputHeight(image[1]), columns = window.OutputWidth(image[2]);
        var counts = new float[rows * columns];
        for (int y = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++)
            {
                int count = Valid(y * window.StrideHeight - window.PadTop, window.KernelHeight, image[1]) * Valid(x * window.StrideWidth - window.PadLeft, window.KernelWidth, image[2]);
                counts[y * columns + x] = Math.Max(count, 1);
            }
        }
        return Value.Of($"{node.Source.Name}/counts", Tensor.Of<float>(new Shape(1, rows, columns, 1), counts));
    }

    private static int Valid(int begin, int length, int extent) => Math.Max(Math.Min(begin + length, extent) - Math.Max(begin, 0), 0);
}
