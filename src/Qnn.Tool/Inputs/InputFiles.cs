using Qnn.Runtime;
using Qnn.Tool.Output;

namespace Qnn.Tool.Inputs;

/// <summary>Gives each <c>--input [NAME=]FILE</c> its input: those with a name first, the others in order.</summary>
internal static class InputFiles
{
    /// <summary>The shape set that the files fit by their sizes; the first, whose faults are then told, where they fit none.</summary>
    public static QuantizedModel Choose(IReadOnlyList<string> arguments, QuantizedModel model)
    {
        if (model.ShapeSets.Count == 1) return model;
        var files = Assign(arguments, model.Inputs);
        int[] lengths = [.. files.Select((file, i) => TensorFile.Count(file, model.Inputs[i].Type))];
        return model.FindShapeSet(lengths) ?? model;
    }

    /// <summary>Reads all files into the session.</summary>
    public static void Load(IReadOnlyList<string> arguments, InferenceSession session)
    {
        var inputs = session.Model.Inputs;
        var files = Assign(arguments, inputs);
        for (int i = 0; i < inputs.Count; i++) TensorFile.Read(files[i], inputs[i], session.Input(i));
    }

    /// <summary>The file of each input.</summary>
    internal static string[] Assign(IReadOnlyList<string> arguments, IReadOnlyList<TensorDescription> inputs)
    {
        var files = new string?[inputs.Count];
        var positional = new Queue<string>();
        foreach (string argument in arguments)
        {
            if (FindName(argument, inputs) is not ( >= 0 and var index, var file))
            {
                positional.Enqueue(argument);
                continue;
            }
            if (files[index] is not null) throw ErrorReport.Option($"Input '{inputs[index].Name}' is given twice.");
            files[index] = file;
        }
        for (int i = 0; i < files.Length && positional.Count > 0; i++) files[i] ??= positional.Dequeue();
        if (positional.Count > 0) throw ErrorReport.Option($"{arguments.Count} inputs are given; the model has {inputs.Count}: {Names(inputs)}.");
        string[] missing = [.. inputs.Where((_, i) => files[i] is null).Select(i => i.ToString())];
        if (missing.Length > 0) throw ErrorReport.Option($"No file is given for {string.Join("; ", missing)}. Use --input [NAME=]FILE once for each input.");
        return files!;
    }

    // Names and paths may both hold '=', so every one is tried.
    private static (int Index, string File) FindName(string argument, IReadOnlyList<TensorDescription> inputs)
    {
        for (int equals = argument.IndexOf('=', StringComparison.Ordinal); equals >= 0; equals = argument.IndexOf('=', equals + 1))
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                if (inputs[i].Name == argument[..equals]) return (i, argument[(equals + 1)..]);
            }
        }
        int first = argument.IndexOf('=', StringComparison.Ordinal);
        if (first <= 0 || File.Exists(argument)) return (-1, argument);
        throw ErrorReport.Option($"'{argument[..first]}' is no input of the model. Inputs: {Names(inputs)}.");
    }

    private static string Names(IReadOnlyList<TensorDescription> inputs) => string.Join(", ", inputs.Select(i => i.Name));
}
