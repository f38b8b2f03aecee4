using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Engine.Specs;

/// <summary>The doc comments of the spec's records, as plain sentences in the spec's own words.</summary>
internal sealed partial class SpecComments
{
    private readonly Dictionary<string, XElement> _members;

    private SpecComments(Dictionary<string, XElement> members) => _members = members;

    /// <summary>Reads the comments that the build lays beside the records' assembly.</summary>
    public static SpecComments Load()
    {
        var file = Path.ChangeExtension(typeof(RunSpec).Assembly.Location, ".xml");
        return new SpecComments(XDocument.Load(file).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value));
    }

    /// <returns>Empty where the property has no comment.</returns>
    public string Of(PropertyInfo property) => Of($"P:{property.DeclaringType!.FullName}.{property.Name}");

    public string Of(Type type) => Of($"T:{type.FullName}");

    public string OfName(Type enumeration, string name) => Of($"F:{enumeration.FullName}.{name}");

    private string Of(string member)
    {
        if (!_members.TryGetValue(member, out var comment) || comment.Element("summary") is not { } summary)
            return "";

        return Spaces().Replace(string.Concat(summary.Nodes().Select(ToText)), " ").Trim();
    }

    private static string ToText(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is { } target =>
            $"`{Wording.ToSnakeCase(target.Value[(target.Value.LastIndexOf('.') + 1)..])}`",
        XElement element => $"`{element.Value}`",
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
