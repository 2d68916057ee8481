using Qnn.Compiler;
using Qnn.Compiler.Diagnostics;
using Qnn.Runtime;
using Qnn.Tool.Output;

namespace Qnn.Tool;

/// <summary>A model ready to run: an artifact from a file, or one just compiled.</summary>
internal sealed class LoadedModel : IDisposable
{
    private LoadedModel(QuantizedModel model, CompiledModel? compiled) => (Model, Compiled) = (model, compiled);

    public QuantizedModel Model { get; }

    /// <summary>What the compiler gave; null for a .qnnc file.</summary>
    public CompiledModel? Compiled { get; }

    /// <summary>Opens a model file of any known format, or an artifact.</summary>
    /// <exception cref="ModelException">It cannot be read or compiled.</exception>
    public static LoadedModel Open(string path, string? numerics, string? inputShapes, string? parameters, CancellationToken cancellation)
    {
        if (!IsArtifact(path))
        {
            var compiled = Compile(new CompileOptions { ModelPath = path, Numerics = numerics, InputShapes = inputShapes, Params = parameters }, cancellation);
            return new LoadedModel(QuantizedModel.LoadTrusted(compiled.Artifact), compiled);
        }
        if (inputShapes is not null) throw ErrorReport.Option("--input-shapes cannot be used with a compiled model: its shapes are fixed. Compile it again.");
        var model = LoadArtifact(path);
        if (numerics is null || numerics.Equals(ModelText.Numerics(model), StringComparison.OrdinalIgnoreCase)) return new LoadedModel(model, null);
        string has = ModelText.Numerics(model);
        model.Dispose();
        throw ErrorReport.Option($"--numerics {numerics}: the model was compiled with '{has}'. Compile it again.");
    }

    /// <summary>Compiles a model file, and writes the compiler's warnings.</summary>
    /// <exception cref="ModelException">It cannot be compiled.</exception>
    public static CompiledModel Compile(CompileOptions options, CancellationToken cancellation)
    {
        var result = Progress.Spin($"Compiling {Path.GetFileName(options.ModelPath)}", () => ModelCompiler.Compile(options, cancellation));
        if (result.Model is null) throw new ModelException(result.Diagnostics);
        ErrorReport.Write(result.Diagnostics);
        return result.Model;
    }

    public void Dispose() => Model.Dispose();

    /// <summary>Whether a file is an artifact, by its name or its identifier.</summary>
    public static bool IsArtifact(string path)
    {
        if (path.EndsWith(".qnnc", StringComparison.OrdinalIgnoreCase)) return true;
        try
        {
            Span<byte> head = stackalloc byte[12];
            using var file = File.OpenRead(path);
            return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length && head[8..].SequenceEqual("QNNC"u8);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The compiler says why it cannot be read.
            return false;
        }
    }

    private static QuantizedModel LoadArtifact(string path)
    {
        if (!File.Exists(path)) throw new ModelException(Diagnostic.Error(DiagnosticCodes.FileNotFound, "The compiled model does not exist.", path));
        try
        {
            return QuantizedModel.Load(path);
        }
        catch (QnnFormatException fault)
        {
            throw new ModelException(Diagnostic.Error(DiagnosticCodes.DamagedFile, fault.Message, path));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ModelException(Diagnostic.Error(DiagnosticCodes.FileNotFound, $"The compiled model cannot be read: {fault.Message}", path));
        }
    }
}
