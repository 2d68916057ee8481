namespace Microsoft.Build.Framework;

/// <summary>
/// Says that a task may run beside others in one process: it uses full paths only, and neither the current folder nor the environment.
/// MSBuild knows the attribute by its name; hosts older than 18.9 do not have it, so that it is defined here.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
