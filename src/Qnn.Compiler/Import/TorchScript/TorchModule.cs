using System.Text;
using Qnn.Compiler.Import.TorchScript.Archive;
using Qnn.Compiler.Import.TorchScript.Syntax;
using Qnn.Compiler.Ir;

namespace Qnn.Compiler.Import.TorchScript;

/// <summary>A TorchScript model: the root module with its attributes, its constants, and the code of its classes, parsed when first asked for.</summary>
internal sealed class TorchModule
{
    private readonly TorchArchive _archive;
    private readonly Dictionary<string, SourceFile?> _files = new(StringComparer.Ordinal);

    private TorchModule(TorchArchive archive, TorchObject root, IReadOnlyList<object?> constants, IReadOnlySet<Value> trained, IReadOnlyDictionary<Value, long[]> strides) => (_archive, Root, Constants, Trained, Strides) = (archive, root, constants, trained, strides);

    /// <summary>The model itself.</summary>
    public TorchObject Root { get; }

    /// <summary>What <c>CONSTANTS.c0</c> and so on are.</summary>
    public IReadOnlyList<object?> Constants { get; }

    /// <summary>Parameters that are marked as to be trained.</summary>
    public IReadOnlySet<Value> Trained { get; }

    /// <summary>The strides of tensors that do not lie row by row.</summary>
    public IReadOnlyDictionary<Value, long[]> Strides { get; }

    /// <summary>Reads the pickles of an archive.</summary>
    public static TorchModule Open(TorchArchive archive)
    {
        var constantStorages = new TorchStorages(archive, "constants");
        object? constants = archive.Contains("constants.pkl") ? new PickleReader(archive.Read("constants.pkl"), "constants.pkl", constantStorages).Read() : null;
        var storages = new TorchStorages(archive, "data");
        object? root = new PickleReader(archive.Read("data.pkl"), "data.pkl", storages).Read();
        if (root is not TorchObject module) throw TorchFault.Unsupported("data.pkl holds no module, but a state dict or another object. Export the model in Python with torch.jit.trace(model.eval(), example).save('model.pt').");
        module.Path = "";
        return new TorchModule(archive, module, constants switch { object?[] tuple => tuple, TorchList list => list.Items, _ => [] }, storages.Trained, new Dictionary<Value, long[]>(storages.Strides.Concat(constantStorages.Strides), ReferenceEqualityComparer.Instance));
    }

    /// <summary>A class by its full name, <c>__torch__.torch.nn.modules.linear.Linear</c>, or null.</summary>
    public Class? FindClass(string name) => Split(name) is var (file, member) && File(file)?.Classes.TryGetValue(member, out var found) == true ? found : null;

    /// <summary>A function by its full name, or null.</summary>
    public Function? FindFunction(string name) => Split(name) is var (file, member) && File(file)?.Functions.TryGetValue(member, out var found) == true ? found : null;

    private static (string File, string Member) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
    }

    private SourceFile? File(string module)
    {
        if (_files.TryGetValue(module, out var known)) return known;
        string entry = $"code/{module.Replace('.', '/')}.py";
        return _files[module] = _archive.Contains(entry) ? Parser.Parse(Encoding.UTF8.GetString(_archive.Read(entry)), entry) : null;
    }
}
