using System.Diagnostics;
using System.Security.Cryptography;
using Qnn.Compiler.Diagnostics;
using Qnn.Compiler.Emit;
using Qnn.Compiler.Import;
using Qnn.Compiler.Ir;
using Qnn.Compiler.Lowering;
using Qnn.Compiler.Passes;

namespace Qnn.Compiler;

/// <summary>The compiler: a model file in, an artifact out. Knows nothing of MSBuild or the command line.</summary>
public static class ModelCompiler
{
    // Larger files are no models for this runtime: arrays end there.
    private const long MaxFileBytes = int.MaxValue - 64;

    /// <summary>Compiles a model. Faults of the model or the options come back as diagnostics; only faults of the compiler throw.</summary>
    public static CompilationResult Compile(CompileOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return new CompilationResult(CompileOrThrow(options, cancellation), []);
        }
        catch (ModelException fault)
        {
            return new CompilationResult(null, [.. fault.Diagnostics.Select(d => d with { File = d.File ?? options.ModelPath })]);
        }
    }

    private static CompiledModel CompileOrThrow(CompileOptions options, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        string name = options.Name ?? Path.GetFileNameWithoutExtension(options.ModelPath);
        byte[] bytes = ReadFile(options.ModelPath);
        var format = ModelFormats.Find(options.ModelPath, bytes);
        var imported = format.Import(bytes, new ImportOptions(name, options.Numerics, InputShapes.Parse(options.InputShapes)), cancellation);
        Action<string, Graph>? observe = options.DumpIr is { } dump ? (stage, graph) => dump(stage, GraphPrinter.Print(graph)) : null;
        var optimized = PassPipeline.Run(imported.Graph, observe, cancellation);
        var program = GraphLowering.Lower(optimized, cancellation);
        var metadata = new ArtifactMetadata(
            SHA256.HashData(bytes), format.Name, $"{format.Name}/{imported.Numerics}", imported.Description, imported.Labels, imported.Images, imported.InputDescriptions, imported.OutputDescriptions);
        cancellation.ThrowIfCancellationRequested();
        return new CompiledModel
        {
            Name = name,
            Artifact = ArtifactWriter.Write(program, metadata),
            Graph = optimized,
            Metadata = metadata,
            MultiplyAdds = program.MultiplyAdds,
            ArenaBytes = program.ArenaBytes,
            Elapsed = Stopwatch.GetElapsedTime(start),
        };
    }

    private static byte[] ReadFile(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) throw new ModelException(DiagnosticCodes.FileNotFound, Directory.Exists(path) ? $"'{path}' is a folder, not a model file." : $"The model file '{path}' does not exist.");
            if (file.Length > MaxFileBytes) throw new ModelException(DiagnosticCodes.TooLarge, $"The model file has {file.Length} bytes; at most {MaxFileBytes} are supported.");
            return File.ReadAllBytes(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(DiagnosticCodes.FileNotFound, $"The model file cannot be read: {fault.Message}");
        }
    }
}
