using System.CommandLine;
using Qnn.Runtime;
using Qnn.Tool.Output;

namespace Qnn.Tool.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal sealed class ModelArguments
{
    private readonly Argument<string> _model = new("MODEL") { Description = "A model file (.tflite, .onnx, .pt, -symbol.json) or a compiled one (.qnnc)." };
    private readonly Option<string?> _numerics = new("--numerics") { HelpName = "N", Description = "The framework's kernel set whose answers to give; TFLite: builtin (default), reference, xnnpack; PyTorch: fbgemm (default), fbgemm-exact, fbgemm-saturating, qnnpack, onednn, x86; ONNX: onnxruntime; MXNet: mxnet." };
    private readonly Option<string?> _inputShapes = new("--input-shapes") { HelpName = "S", Description = "Shapes that the model leaves open: [NAME:]1x3x224x224[:type], separated by ';'." };
    private readonly Option<string?> _params = new("--params") { HelpName = "FILE", Description = "The file with the parameters, where the format keeps them apart; beside the model unless said." };
    private readonly Option<string> _kernels = new("--kernels") { HelpName = "K", DefaultValueFactory = _ => "auto", Description = $"Kernels to run: {string.Join(", ", Enum.GetValues<KernelTier>().Select(k => k.Name()))}." };
    private readonly Option<int> _threads = new("--threads") { HelpName = "N", Description = "Threads that work on one call; QNN_NUM_THREADS or 1 unless said." };
    private readonly Option<bool> _json = new("--json") { Description = "Print a JSON object." };

    /// <summary>Adds the model and what changes how it is compiled.</summary>
    public ModelArguments AddModel(Command command)
    {
        command.Add(_model);
        command.Add(_numerics);
        command.Add(_inputShapes);
        command.Add(_params);
        return this;
    }

    /// <summary>Adds what changes how a model runs.</summary>
    public ModelArguments AddExecution(Command command)
    {
        command.Add(_threads);
        command.Add(_kernels);
        return this;
    }

    /// <summary>Adds <c>--json</c>.</summary>
    public ModelArguments AddJson(Command command)
    {
        command.Add(_json);
        return this;
    }

    public string ModelPath(ParseResult parsed) => parsed.GetRequiredValue(_model);

    public string? Numerics(ParseResult parsed) => parsed.GetValue(_numerics);

    public string? InputShapes(ParseResult parsed) => parsed.GetValue(_inputShapes);

    public string? Params(ParseResult parsed) => parsed.GetValue(_params);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Opens the model, compiling it where it is not yet.</summary>
    public LoadedModel Open(ParseResult parsed, CancellationToken cancellation) =>
        LoadedModel.Open(ModelPath(parsed), Numerics(parsed), InputShapes(parsed), Params(parsed), cancellation);

    /// <summary>Kernels and threads, checked against this machine.</summary>
    public InferenceOptions Execution(ParseResult parsed, bool profile = false)
    {
        int threads = parsed.GetValue(_threads);
        if (parsed.GetResult(_threads) is { Implicit: false } && threads is < 1 or > 1024) throw ErrorReport.Option($"--threads {threads}: it must be 1 to 1024.");
        try
        {
            var wish = KernelTiers.Parse(parsed.GetRequiredValue(_kernels));
            // Machine code is the intrinsics kernels with parts replaced; where it cannot run those run alone, and the report names them.
            if (wish == KernelTier.Native && !KernelTiers.IsSupported(wish)) wish = KernelTiers.Available[0];
            KernelTiers.Resolve(wish);
            return new InferenceOptions { Threads = threads, Kernels = wish, Profile = profile };
        }
        catch (Exception fault) when (fault is ArgumentException or PlatformNotSupportedException)
        {
            throw ErrorReport.Option(fault.Message);
        }
    }
}
