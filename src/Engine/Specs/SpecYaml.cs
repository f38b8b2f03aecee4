using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace SeedOrleans.Engine.Specs;

/// <summary>Reads the part of YAML 1.2 that a spec needs: one document of sections, lists and scalars, each with its line.</summary>
/// <remarks>Anchors, aliases, merge keys and tags are refused: they hide what a spec says, and can make it grow without bound.</remarks>
internal sealed class SpecYaml
{
    /// <summary>Far deeper than any spec, and shallow enough for the stack.</summary>
    private const int MaxDepth = 32;

    private readonly Func<int, SpecPlace> _placeOfLine;
    private readonly SpecProblems _problems;
    private readonly Parser _parser;

    private SpecYaml(string text, Func<int, SpecPlace> placeOfLine, SpecProblems problems)
    {
        _placeOfLine = placeOfLine;
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <returns>Null where the text is no YAML, or empty; the problem is noted.</returns>
    public static SpecNode? Read(string text, Func<int, SpecPlace> placeOfLine, SpecProblems problems)
    {
        try
        {
            return new SpecYaml(text, placeOfLine, problems).ReadDocument();
        }
        catch (YamlException exception)
        {
            problems.Add(placeOfLine((int)exception.Start.Line), "", $"this is not YAML: {exception.Message}");
            return null;
        }
    }

    private SpecNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(_placeOfLine(1), "", "the spec is empty; examples/ has some to start from");
            return null;
        }

        var root = ReadNode("", 0);
        _parser.Consume<DocumentEnd>();

        if (_parser.Accept<DocumentStart>(out var second))
            _problems.Add(Place(second), "", "a second document begins here; a spec is one document");

        return root;
    }

    private SpecNode ReadNode(string path, int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _problems.Add(Place(alias), path, $"aliases such as *{alias.Value} are not allowed; write the value out");
            return new SpecScalar(Place(alias), "", ScalarKind.Text);
        }

        var node = _parser.Consume<NodeEvent>();
        RefuseDecoration(node, path);

        if (depth > MaxDepth)
            throw new YamlException(node.Start, node.End, $"more than {MaxDepth} levels deep");

        return node switch
        {
            MappingStart mapping => ReadSection(mapping, path, depth),
            SequenceStart sequence => ReadList(sequence, path, depth),
            Scalar scalar => new SpecScalar(Place(scalar), scalar.Value,
                scalar.Style == ScalarStyle.Plain ? CoreSchema.Resolve(scalar.Value) : ScalarKind.Text),
            _ => throw new YamlException(node.Start, node.End, "neither a value, a list nor a section"),
        };
    }

    private SpecSection ReadSection(MappingStart start, string path, int depth)
    {
        var section = new SpecSection(Place(start), []);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            if (!_parser.TryConsume<Scalar>(out var key))
            {
                var odd = ReadNode(path, depth + 1);
                _problems.Add(odd.Place, path, "a key must be a plain word");
                ReadNode(path, depth + 1);
                continue;
            }

            var child = path.Length == 0 ? key.Value : $"{path}.{key.Value}";
            RefuseDecoration(key, child);
            var entry = new SpecEntry(Place(key), ReadNode(child, depth + 1));

            if (key.Value == "<<")
                _problems.Add(entry.Place, child, "merge keys are not allowed; write the values out");
            else if (!section.Entries.TryAdd(key.Value, entry))
                _problems.Add(entry.Place, child, $"written twice; line {section.Entries[key.Value].Place.Line} has it already");
        }

        return section;
    }

    private SpecList ReadList(SequenceStart start, string path, int depth)
    {
        var list = new SpecList(Place(start), []);
        while (!_parser.TryConsume<SequenceEnd>(out _))
            list.Items.Add(ReadNode($"{path}.{list.Items.Count}", depth + 1));

        return list;
    }

    private void RefuseDecoration(NodeEvent node, string path)
    {
        if (!node.Anchor.IsEmpty)
            _problems.Add(Place(node), path, $"anchors such as &{node.Anchor.Value} are not allowed; write the value out");

        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific)
            _problems.Add(Place(node), path, $"tags such as {node.Tag.Value} are not allowed; remove it");
    }

    private SpecPlace Place(ParsingEvent parsed) => _placeOfLine((int)parsed.Start.Line);
}
