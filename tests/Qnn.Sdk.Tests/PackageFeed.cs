using Qnn.Sdk.Tests;
using Qnn.Testing;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace Qnn.Sdk.Tests;

/// <summary>The packages, packed once into a folder that acts as a package source. A version of its own for each run keeps NuGet's cache from mixing runs.</summary>
public sealed class PackageFeed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("qnn-sdk-tests-").FullName;

    /// <summary>Packs.</summary>
    public PackageFeed()
    {
        Version = $"1.0.0-test{DateTime.UtcNow:yyyyMMddHHmmssfff}";
        string configuration = AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";
        foreach (string project in new[] { "Qnn.Runtime", "Qnn.Sdk" })
        {
            Dotnet.Run(TestModels.RepositoryRoot, "pack", $"src/{project}/{project}.csproj", "-c", configuration, "-o", Path.Combine(_root, "feed"), $"-p:PackageVersion={Version}", "-v", "q").ShouldSucceed();
        }
        File.WriteAllText(Path.Combine(_root, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="qnn" value="{Path.Combine(_root, "feed")}" />
              </packageSources>
            </configuration>
            """);
        // Nothing above the projects shall reach them.
        File.WriteAllText(Path.Combine(_root, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_root, "Directory.Packages.props"), "<Project />");
    }

    /// <summary>The version of both packages.</summary>
    public string Version { get; }

    /// <summary>A new folder for a project, below the folder with the package source.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, Guid.NewGuid().ToString("N")[..8], name)).FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        foreach (string folder in new[] { _root, Path.Combine(packages, "qnn.sdk", Version), Path.Combine(packages, "qnn.runtime", Version) })
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
    }
}
