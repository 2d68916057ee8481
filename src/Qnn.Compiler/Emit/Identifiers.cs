using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Qnn.Compiler.Emit;

/// <summary>C# names from names of files and tensors. The same name always gives the same identifier.</summary>
public static partial class Identifiers
{
    private static readonly HashSet<string> s_keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default", "delegate", "do", "double", "else", "enum",
        "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace",
        "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ];

    /// <summary>Members of every wrapper, which a class cannot be named after.</summary>
    internal static readonly HashSet<string> Reserved = ["Compiled", "Labels", "Predict", "Run", "Session", "Result"];

    /// <summary>The class for a model file: its name without extension in PascalCase, <c>mobilenet_v2.tflite</c> to <c>MobilenetV2</c>.</summary>
    public static string ClassName(string fileName)
    {
        string name = Pascal(Path.GetFileNameWithoutExtension(fileName), "Model");
        return IsTaken(name) ? name + "Model" : name;
    }

    /// <summary>Whether a class cannot have a name because its members do.</summary>
    public static bool IsTaken(string className) => Reserved.Contains(className) || SizeMember().IsMatch(className ?? "");

    /// <summary>Whether a text is an identifier as it stands.</summary>
    public static bool IsIdentifier(string? name) =>
        !string.IsNullOrEmpty(name) && !s_keywords.Contains(name) && (name[0] == '_' || char.IsLetter(name[0])) && name.All(c => c == '_' || char.IsLetterOrDigit(c));

    /// <summary>Whether a text is a namespace: identifiers separated by dots, or nothing.</summary>
    public static bool IsNamespace(string? name) => string.IsNullOrEmpty(name) || name.Split('.').All(IsIdentifier);

    /// <summary>The namespace for a project's root namespace, which may be any project's name: what no identifier has becomes an underscore, as <c>dotnet new</c> makes it.</summary>
    public static string Namespace(string rootNamespace)
    {
        ArgumentNullException.ThrowIfNull(rootNamespace);
        return string.Join('.', rootNamespace.Split('.', StringSplitOptions.RemoveEmptyEntries).Select(Part));

        static string Part(string part)
        {
            string name = string.Concat(Normalize(part).Select(c => c == '_' || char.IsLetterOrDigit(c) ? c : '_'));
            return IsIdentifier(name) ? name : "_" + name;
        }
    }

    /// <summary>PascalCase. What is no letter or digit separates words; a digit after a digit keeps an underscore between; a digit in front gets the fallback before it.</summary>
    internal static string Pascal(string name, string fallback)
    {
        var result = new StringBuilder();
        bool start = true;
        foreach (char c in Normalize(name))
        {
            if (!char.IsLetterOrDigit(c))
            {
                start = true;
                continue;
            }
            if (start && result.Length > 0 && char.IsDigit(c) && char.IsDigit(result[^1])) result.Append('_');
            result.Append(start ? char.ToUpperInvariant(c) : c);
            start = false;
        }
        if (result.Length == 0) return fallback;
        return char.IsDigit(result[0]) ? fallback + result : result.ToString();
    }

    /// <summary>camelCase, escaped where it is a keyword.</summary>
    internal static string Camel(string name, string fallback)
    {
        string pascal = Pascal(name, fallback);
        int upper = pascal.TakeWhile(char.IsUpper).Count();
        // RGBImage is rgbImage, NHWC nhwc.
        int lowered = upper <= 1 ? 1 : upper == pascal.Length ? upper : char.IsLetter(pascal[upper]) ? upper - 1 : upper;
        string camel = pascal[..lowered].ToLowerInvariant() + pascal[lowered..];
        return s_keywords.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary>A tensor's name without what TensorFlow adds to it; the fallback where nothing is left that says something.</summary>
    internal static string TensorName(string name, string fallback)
    {
        name = OutputNumber().Replace(name, "");
        name = name[(name.LastIndexOf('/') + 1)..];
        if (name.StartsWith("serving_default_", StringComparison.Ordinal)) name = name["serving_default_".Length..];
        return Meaningless().IsMatch(name) ? fallback : name;
    }

    /// <summary>The name, or the name with the first number from 2 on that makes it new; added to those taken.</summary>
    internal static string Unique(string name, HashSet<string> taken)
    {
        string unique = name;
        for (int i = 2; !taken.Add(unique); i++) unique = (char.IsDigit(name[^1]) ? name + "_" : name) + i.ToString(CultureInfo.InvariantCulture);
        return unique;
    }

    // Composed letters, and no halves of characters that are no letters here anyway.
    private static string Normalize(string name) => string.Concat(name.Select(c => char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? ' ' : c)).Normalize(NormalizationForm.FormC);

    [GeneratedRegex(@":\d+$")]
    private static partial Regex OutputNumber();

    [GeneratedRegex(@"^(|Identity|PartitionedCall|StatefulPartitionedCall)(_\d+)?$")]
    private static partial Regex Meaningless();

    [GeneratedRegex("(Width|Height|Channels|Length)$")]
    private static partial Regex SizeMember();
}
