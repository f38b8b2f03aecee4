using System.Text.RegularExpressions;

namespace SeedOrleans.Engine.Specs;

/// <summary>What a scalar is before anyone asks for a type.</summary>
internal enum ScalarKind
{
    /// <summary>Nothing was written after the key.</summary>
    Empty,
    Null,
    Boolean,
    Integer,
    Float,
    Text,
}

/// <summary>Tells what an unquoted scalar is: the core schema of YAML 1.2.2, §10.3.2, so that yes, on and 010 are no surprise.</summary>
internal static partial class CoreSchema
{
    public static ScalarKind Resolve(string text) => text switch
    {
        "" => ScalarKind.Empty,
        "null" or "Null" or "NULL" or "~" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        _ when Integer().IsMatch(text) => ScalarKind.Integer,
        _ when Float().IsMatch(text) => ScalarKind.Float,
        _ => ScalarKind.Text,
    };

    // The class [0-9] and not \d, which also takes digits of other scripts.
    [GeneratedRegex(@"\A([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z")]
    private static partial Regex Float();
}
