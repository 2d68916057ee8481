namespace Qnn.Runtime;

/// <summary>What one step of a model took.</summary>
/// <param name="Operator">The runtime's operator.</param>
/// <param name="Name">The source model's node.</param>
/// <param name="Kernel">The kernel that ran it.</param>
/// <param name="MultiplyAdds">Its multiply-adds.</param>
/// <param name="Milliseconds">Mean time of a call.</param>
public sealed record StepProfile(string Operator, string Name, string Kernel, long MultiplyAdds, double Milliseconds);
