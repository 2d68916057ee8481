using System.Runtime.InteropServices;

namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>Up to <see cref="Most"/> outputs of an image whose windows see the same taps: none of them is asked for while products are added.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FloatTile
{
    /// <summary>The most outputs of a tile.</summary>
    public const int Most = 6;

    /// <summary>How many outputs there are.</summary>
    public int Rows;

    /// <summary>Lines and columns of taps that lie in the image.</summary>
    public int Lines, Columns;

    /// <summary>The number of the first of these taps.</summary>
    public int Tap;

    /// <summary>Elements from the image's first to the first output's first tap.</summary>
    public nint Input;

    /// <summary>Elements from there to the same tap of each output.</summary>
    public fixed long Offsets[Most];

    /// <summary>The outputs' numbers in their image.</summary>
    public fixed int Pixels[Most];
}

/// <summary>A run of channels and some blocks of output channels, for all tiles.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FloatRun
{
    /// <summary>The image, at the run's first channel.</summary>
    public float* Image;

    /// <summary>Elements from a tap to its neighbours in the image.</summary>
    public nint ColumnStep, LineStep;

    /// <summary>The run's weights of the first block: [taps][Count][16].</summary>
    public float* Weights;

    /// <summary>Elements from a block's weights to the next one's.</summary>
    public nint BlockStep;

    /// <summary>Taps of a line of a whole window.</summary>
    public int WindowWidth;

    /// <summary>Channels of the run.</summary>
    public int Count;

    /// <summary>Where the products' numbers lie, from a window's first, one more than there are; null where they are channels of taps. With it a tile has one line, a column for each product, and <see cref="Count"/> is 1.</summary>
    public int* Places;

    /// <summary>Blocks of output channels.</summary>
    public int Blocks;

    /// <summary>Whether sums are added to those that are there.</summary>
    public bool Adds;
}
