namespace Qnn.Runtime.Kernels.Convolution;

/// <summary>How an instruction set adds the products of tiles. Sums lie as [rows][blocks][16].</summary>
internal unsafe interface IFloatTiles
{
    /// <summary>The instruction set's name.</summary>
    static abstract string Name { get; }

    /// <summary>Channels of a vector.</summary>
    static abstract int Channels { get; }

    /// <summary>Blocks of output channels that fit into registers.</summary>
    static abstract int Blocks { get; }

    /// <summary>Adds a tile's products, each sum from what <paramref name="start"/> has for it.</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="run">Channels and weights.</param>
    /// <param name="start">What sums begin with.</param>
    /// <param name="startStep">Elements from a row of these to the next one.</param>
    /// <param name="sums">The sums.</param>
    static abstract void Sum<TProducts>(FloatTile* tile, FloatRun* run, float* start, nint startStep, float* sums) where TProducts : struct, IFloatProducts;

    /// <summary>Adds to a tile's sums, of which <paramref name="channels"/> of <paramref name="width"/> a row are outputs, what an image of the result's shape has there.</summary>
    static abstract void Add(FloatTile* tile, float* sums, int width, float* terms, nint pitch, int channels);

    /// <summary>Writes a tile's results: sums, a bias that may be null, held between two bounds.</summary>
    static abstract void Finish(FloatTile* tile, float* sums, int width, float* bias, float* output, nint pitch, int channels, float min, float max);

    /// <summary>A tile's results where each channel, of at least a vector's, is convolved by itself. Weights lie as [taps][channels].</summary>
    /// <param name="tile">The tile.</param>
    /// <param name="run">All channels.</param>
    /// <param name="bias">A bias for each channel, or null.</param>
    /// <param name="fromBias">Whether sums begin with it, rather than it be added last.</param>
    /// <param name="output">The results' image.</param>
    /// <param name="min">The least result.</param>
    /// <param name="max">The greatest result; what is no number stays.</param>
    static abstract void Depthwise<TProducts>(FloatTile* tile, FloatRun* run, float* bias, bool fromBias, float* output, float min, float max) where TProducts : struct, IFloatProducts;
}

/// <summary>A number that the compiler knows.</summary>
internal interface INumber
{
    static abstract int Value { get; }
}

internal readonly struct One : INumber
{
    public static int Value => 1;
}

internal readonly struct Two : INumber
{
    public static int Value => 2;
}

internal readonly struct Three : INumber
{
    public static int Value => 3;
}

internal readonly struct Four : INumber
{
    public static int Value => 4;
}

internal readonly struct Five : INumber
{
    public static int Value => 5;
}

internal readonly struct Six : INumber
{
    public static int Value => 6;
}

internal readonly struct Seven : INumber
{
    public static int Value => 7;
}

internal readonly struct Eight : INumber
{
    public static int Value => 8;
}
