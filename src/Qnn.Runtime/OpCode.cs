namespace Qnn.Runtime;

/// <summary>
/// The runtime's operators. The numbers are part of the artifact format: they are never reused, and a new operator takes the next free one of its group.
/// Each has a kernel, registered in <see cref="Kernels.KernelTable"/>, and a parameter structure beside that kernel.
/// </summary>
internal enum OpCode : ushort
{
    // Convolution family: 1-49
    QuantizedConv2D = 1,
    QuantizedDepthwiseConv2D = 2,
    QuantizedDense = 3,
    QuantizedConv2DTranspose = 4,
    QuantizedBatchMatMul = 5,
    QuantizedConv2D16 = 6,
    QuantizedDepthwiseConv2D16 = 7,
    QuantizedDense16 = 8,
    SaturatingDepthwiseConv2D = 9,
    Conv2D = 20,
    DepthwiseConv2D = 21,
    Dense = 22,
    Conv2DTranspose = 23,
    BatchMatMul = 24,
    HybridConv2D = 30,
    HybridDepthwiseConv2D = 31,
    HybridDense = 32,
    HybridBatchMatMul = 33,

    // Pooling and reduction: 50-79
    QuantizedPool2D = 50,
    Pool2D = 51,
    QuantizedMean = 52,
    Reduce = 53,
    ArgReduce = 54,
    CumulativeSum = 55,
    TopK = 56,

    // Quantization: 80-99
    Quantize = 80,
    Dequantize = 81,
    Requantize = 82,
    FlipSign = 83,
    Cast = 84,
    FakeQuantize = 85,
    DynamicQuantize = 86,
    RequantizeFloatSum = 87,

    // Elementwise: 100-149
    QuantizedAdd = 100,
    QuantizedMul = 101,
    QuantizedCompare = 102,
    LookupTable = 103,
    QuantizedPRelu = 104,
    Unary = 110,
    Binary = 111,
    Compare = 112,
    Select = 113,
    QuantizedPiecewise = 114,
    LookupTable16 = 115,
    QuantizedSquaredDifference = 117,
    QuantizedMinMax = 118,

    // Normalisation and activation over an axis: 150-179
    QuantizedSoftmax = 150,
    Softmax = 151,
    LogSoftmax = 152,
    QuantizedLogSoftmax = 153,
    L2Normalize = 154,
    QuantizedL2Normalize = 155,
    LocalResponseNormalization = 156,

    // Data movement: 180-249
    Copy = 180,
    Pad = 181,
    MirrorPad = 182,
    StridedCopy = 183,
    Concat = 184,
    Gather = 186,
    GatherNd = 187,
    ReverseSequence = 191,
    Resize = 193,
    QuantizedResizeBilinear = 194,
    ScatterNd = 198,
    Assign = 202,
    NonZero = 203,
    JoinCounted = 204,
    PackCounted = 205,

    // Recurrent: 250-279
    Lstm = 250,
    QuantizedLstm = 251,
    HybridLstm = 252,
    Svdf = 253,
    QuantizedSvdf = 254,
    HybridSvdf = 255,

    // Detection: 280-299
    DetectionPostProcess = 280,
    NonMaxSuppression = 281,

    // ONNX: 300-329
    Interpolate = 300,
    LayerNormalization = 301,
    QuantizedMatMul = 302,
    DynamicQuantizeLinear = 303,
    ScaledSums = 304,
    OnnxRecurrent = 305,
    RowSum = 306,
    GridSample = 307,
    RoiAlign = 308,
    BoxSelection = 309,
    RowChain = 310,
    BlockedMatMul = 311,
    CountedResize = 312,

    // PyTorch: 330-359
    DynamicRecurrent = 330,
    EmbeddingBag = 331,
    CascadeSum = 332,
    FloatRecurrent = 333,
    RowNorm = 334,
    RowBag = 335,
    SampleAxis = 336,
    RowMoments = 337,
    FlashExponentials = 338,
    QuantizedRowMoments = 339,
    GroupedMatMul = 340,
    TriangularSolve = 341,

    // MXNet: 360-389
    MultiplyAdd = 360,
    ResidualSums = 361,

    // TensorFlow Lite: 410-439
    QuantizedDiv = 410,
    QuantizedProduct = 411,
    Rnn = 412,
}
