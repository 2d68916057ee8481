using System.Diagnostics;
using System.Reflection;

namespace Qnn.Runtime;

/// <summary>
/// What a typed wrapper stands on: loads its model when it is first needed, and lends sessions to calls from any thread.
/// Sessions are kept and reused, so that a call allocates nothing once as many have run at a time before.
/// </summary>
public sealed class ModelHost
{
    private readonly Lazy<QuantizedModel> _model;
    private readonly Lazy<ImagePreprocessor?[]> _images;
    private readonly Lazy<SessionPool[]> _pools;

    private ModelHost(Func<QuantizedModel> load)
    {
        _model = new(() =>
        {
            var model = load();
            model.BelongsToClass = true;
            return model;
        });
        _images = new(() => PrepareImages(_model.Value));
        _pools = new(() => [.. _model.Value.ShapeSets.Select(set => new SessionPool(set))]);
    }

    /// <summary>A model that is a resource of the assembly of its wrapper.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="resource">The resource's name.</param>
    public static ModelHost Embedded(Assembly assembly, string resource)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        ArgumentNullException.ThrowIfNull(resource);
        return new(() => QuantizedModel.LoadResource(assembly, resource));
    }

    /// <summary>A model in a file next to the program.</summary>
    /// <param name="fileName">The file's name.</param>
    /// <param name="sha256">The SHA-256 of the artifact as it was compiled, in hexadecimal: its machine code runs only if it has this hash.</param>
    /// <exception cref="FileNotFoundException">On first use: the file is not there.</exception>
    public static ModelHost File(string fileName, string sha256 = "")
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(sha256);
        return new(() =>
        {
            string path = Path.Combine(AppContext.BaseDirectory, fileName);
            if (!System.IO.File.Exists(path)) throw new FileNotFoundException($"The compiled model '{fileName}' is not next to the program. It is built with Deploy=\"File\" and must be deployed with it.", path);
            return sha256.Length > 0 ? QuantizedModel.Load(path, sha256) : QuantizedModel.Load(path);
        });
    }

    /// <summary>The model, loaded and verified when it is first asked for.</summary>
    public QuantizedModel Model => _model.Value;

    /// <summary>Lends a session until the lease is disposed. Its state (recurrent models) is that of a new session.</summary>
    public SessionLease Rent() => _pools.Value[0].Rent();

    /// <summary>As <see cref="Rent()"/>, a session of the model's shape set whose inputs have as many elements.</summary>
    /// <param name="lengths">The elements of each input.</param>
    /// <exception cref="ArgumentException">No shape set has as many.</exception>
    public SessionLease Rent(params ReadOnlySpan<int> lengths)
    {
        var set = ShapeSetOf(Model, lengths);
        foreach (var pool in _pools.Value)
        {
            if (ReferenceEquals(pool.Model, set)) return pool.Rent();
        }
        throw new UnreachableException();
    }

    /// <summary>Writes an input, whose length is checked.</summary>
    /// <exception cref="ArgumentException">The input does not have as many elements.</exception>
    public static void SetInput<T>(InferenceSession session, int input, ReadOnlySpan<T> values, string parameter) where T : unmanaged
    {
        ArgumentNullException.ThrowIfNull(session);
        var destination = session.Input<T>(input);
        if (values.Length != destination.Length)
        {
            var tensor = session.Model.Inputs[input];
            throw new ArgumentException($"'{tensor.Name}' takes {destination.Length} elements ({string.Join('x', tensor.Shape)}); {values.Length} were given.", parameter);
        }
        values.CopyTo(destination);
    }

    /// <summary>Writes an image into an input, as the model's <see cref="QuantizedModel.ImageInputs"/> say: resized, normalised, quantized.</summary>
    /// <exception cref="ArgumentException">The image is empty, or the input takes no images.</exception>
    public void SetImage(InferenceSession session, int input, ImageView image)
    {
        ArgumentNullException.ThrowIfNull(session);
        var preprocessor = _images.Value[input] ?? throw new ArgumentException($"'{Model.Inputs[input].Name}' takes no image.", nameof(input));
        preprocessor.Convert(image, session.Input(input));
    }

    /// <summary>The shape set that inputs of so many elements belong to.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    internal static QuantizedModel ShapeSetOf(QuantizedModel model, ReadOnlySpan<int> lengths)
    {
        if (model.FindShapeSet(lengths) is { } set) return set;
        string known = string.Join("; ", model.ShapeSets.Select(s => string.Join(", ", s.Inputs.Select(i => $"{i.Name} {i.Count} ({string.Join('x', i.Shape)})"))));
        throw new ArgumentException($"The inputs have {string.Join(", ", lengths.ToArray())} elements. '{model.Name}' was compiled for {known}.", nameof(lengths));
    }

    private static ImagePreprocessor?[] PrepareImages(QuantizedModel model)
    {
        var images = new ImagePreprocessor?[model.Inputs.Count];
        foreach (var image in model.ImageInputs) images[image.Input] = ImagePreprocessor.For(model.Inputs[image.Input], image);
        return images;
    }
}
