namespace Qnn.Runtime.Kernels.Elementwise;

/// <summary>Functions of two elements of one type. The numbers are part of the artifact format.</summary>
internal enum BinaryKind
{
    Add = 1,
    Subtract = 2,
    Multiply = 3,
    /// <summary>Integers: toward zero; by zero gives 0.</summary>
    Divide = 4,
    /// <summary>floor(a / b); integers by zero give 0.</summary>
    FloorDivide = 5,
    /// <summary>a - floor(a / b) * b; has the sign of b; integers by zero give 0.</summary>
    FloorModulo = 6,
    Power = 7,
    Maximum = 8,
    Minimum = 9,
    /// <summary>(a - b)^2</summary>
    SquaredDifference = 10,
    LogicalAnd = 11,
    LogicalOr = 12,
    LogicalXor = 13,
    BitwiseAnd = 14,
    BitwiseOr = 15,
    BitwiseXor = 16,
    Atan2 = 17,
    /// <summary>a for a >= 0, else a * b</summary>
    PRelu = 18,
    /// <summary>a^b as glibc's powf has it.</summary>
    LibraryPower = 19,
}
