namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions of one element. The numbers are part of the artifact format. Formulas: docs/numerics.md.</summary>
internal enum UnaryKind
{
    Abs = 1,
    Negate = 2,
    Square = 3,
    Sqrt = 4,
    Rsqrt = 5,
    Exp = 6,
    Log = 7,
    Sin = 8,
    Cos = 9,
    Tan = 10,
    Tanh = 11,
    /// <summary>1 / (1 + exp(-x))</summary>
    Logistic = 12,
    Floor = 13,
    Ceil = 14,
    /// <summary>To the nearest integer, ties to even.</summary>
    Round = 15,
    LogicalNot = 16,
    /// <summary>min(max(x, alpha), beta)</summary>
    Clamp = 17,
    /// <summary>x for x > 0, else alpha * x</summary>
    LeakyRelu = 18,
    /// <summary>x for x >= 0, else exp(x) - 1</summary>
    Elu = 19,
    /// <summary>x * min(max(x + 3, 0), 6) / 6</summary>
    HardSwish = 20,
    /// <summary>x / 2 * (1 + erf(x / sqrt(2)))</summary>
    Gelu = 21,
    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * (x + 0.044715 x^3)))</summary>
    GeluTanh = 22,
    Erf = 23,
    Sign = 24,
    Asin = 300,
    Acos = 301,
    Atan = 302,
    Sinh = 303,
    Cosh = 304,
    Asinh = 305,
    Acosh = 306,
    Atanh = 307,
    /// <summary>As ONNX Runtime computes it; so the next ones.</summary>
    MlasExp = 310,
    MlasErf = 311,
    MlasLogistic = 312,
    MlasTanh = 313,
    /// <summary>x / 2 * (1 + erf(x / sqrt(2)))</summary>
    MlasGelu = 314,
    /// <summary>As Eigen computes it for ONNX Runtime: <see cref="EigenFunctions"/>; so the next ones.</summary>
    EigenExp = 320,
    EigenLog = 321,
    /// <summary>log(1 + x)</summary>
    EigenLog1P = 322,
    EigenSin = 323,
    EigenCos = 324,
    EigenAsin = 325,
    EigenAcos = 326,
    EigenAtan = 327,
    /// <summary><see cref="LibraryFunctions.Tanh"/></summary>
    LibraryTanh = 330,
    /// <summary><see cref="LibraryTrigonometry.Tan"/></summary>
    LibraryTan = 331,
    /// <summary><see cref="FloatMath.LibraryExp"/></summary>
    LibraryExp = 332,
    /// <summary><see cref="FloatMath.LibraryLog"/></summary>
    LibraryLog = 333,
    /// <summary><see cref="OneDnnMath.Exp(float)"/></summary>
    OneDnnExp = 30,
    /// <summary><see cref="OneDnnMath.Logistic(float)"/></summary>
    OneDnnLogistic = 31,
    /// <summary><see cref="OneDnnGelu.Apply(float)"/></summary>
    OneDnnGelu = 32,
    /// <summary>1 / (1 + exp(-x)) as PyTorch computes it: see <see cref="Recurrent.TorchActivations"/>; alpha elements follow each other in its memory, or all where it is 0.</summary>
    TorchLogistic = 420,
    /// <summary>x / (1 + exp(-x)), likewise.</summary>
    TorchSilu = 421,
    /// <summary>log(1 + exp(x)), likewise, by <see cref="SleefFunctions"/> and the C library; so the next ones.</summary>
    TorchLog1PExp = 422,
    /// <summary>x * tanh(log(1 + exp(x)))</summary>
    TorchMish = 423,
    /// <summary>x / 2 * (1 + tanh(sqrt(2 / pi) * fma(0.044715, x^3, x)))</summary>
    TorchGeluTanh = 424,
    /// <summary>exp(x) - 1</summary>
    TorchExpMinus1 = 425,
    /// <summary><see cref="SleefFunctions.Log1PExp"/></summary>
    SleefLog1PExp = 426,
    /// <summary>x / 2 * (1 + erf(x / sqrt 2)), likewise, by <see cref="TorchErf"/> and <see cref="LibraryErf"/>.</summary>
    TorchGelu = 427,
    /// <summary>exp(x) - 1</summary>
    ExpMinus1 = 430,
    /// <summary>log(1 + x)</summary>
    Log1P = 431,
    Log2 = 432,
    Log10 = 433,
    /// <summary>2^x</summary>
    Exp2 = 434,
    /// <summary>1 - erf(x)</summary>
    Erfc = 435,
    /// <summary><see cref="XnnMath.Logistic"/>; so the next ones.</summary>
    XnnLogistic = 410,
    XnnTanh = 411,
    XnnElu = 412,
    XnnHardSwish = 413,
    /// <summary><see cref="XnnRationals.Exp"/>; so the next ones.</summary>
    XnnExp = 414,
    XnnLog = 415,
    XnnSin = 416,
    XnnCos = 417,
    XnnGelu = 418,
    XnnGeluTanh = 419,
    /// <summary><see cref="TfLiteFunctions.Logistic"/>; so the next ones.</summary>
    TfLiteLogistic = 440,
    TfLiteTanh = 441,
    TfLiteElu = 442,
    TfLiteHardSwish = 443,
    TfLiteGelu = 444,
    TfLiteGeluTanh = 445,
    TfLiteRound = 446,
    /// <summary><see cref="MuslFunctions.Sin"/></summary>
    MuslSin = 447,
    /// <summary><see cref="MuslFunctions.Cos"/></summary>
    MuslCos = 448,
}

/// <summary>Facts about <see cref="UnaryKind"/>.</summary>
internal static class UnaryKinds
{
    /// <summary>Whether a function is PyTorch's that takes blocks of elements, and those that are left in another way.</summary>
    public static bool HasBlocks(this UnaryKind kind) => kind is >= UnaryKind.TorchLogistic and <= UnaryKind.TorchExpMinus1 or UnaryKind.TorchGelu;
}
