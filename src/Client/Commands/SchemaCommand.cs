using System.CommandLine;
using SeedOrleans.Engine.Specs;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed schema</c>: the JSON Schema of specs, or their manual.</summary>
internal static class SchemaCommand
{
    public static Command Create(CommandServices services)
    {
        var manual = new Option<bool>("--manual") { Description = "Print docs/spec.md in its place." };
        var command = new Command("schema", "Print the JSON Schema of run specs, for editors.") { manual };

        command.SetAction(parsed => services.Console.Output.Write(parsed.GetValue(manual) ? RunSpecManual.Generate() : RunSpecSchema.Generate()));

        return command;
    }
}
