using System.CommandLine;
using SeedOrleans.Client.Views;

namespace SeedOrleans.Client.Commands;

/// <summary><c>seed validate FILE</c>: everything that is wrong with a spec, without starting anything.</summary>
internal static class ValidateCommand
{
    public static Command Create(CommandServices services)
    {
        var (file, overrides, json) = (CommandParts.SpecFile(), CommandParts.Overrides(), CommandParts.Json());
        var command = new Command("validate", "Check a spec and list every mistake in it.") { file, overrides, json };

        command.SetAction(parsed =>
        {
            var reading = SpecLoading.Read(parsed.GetRequiredValue(file), parsed.GetValue(overrides) ?? []);

            if (parsed.GetValue(json))
            {
                services.Console.Output.WriteLine(RunJson.Validation(reading));
            }
            else
            {
                foreach (var error in reading.Errors)
                    services.Console.Error.WriteLine(error);

                if (reading.Errors.IsEmpty)
                    services.Console.Output.WriteLine($"{parsed.GetValue(file)} is valid");
            }

            return reading.Errors.IsEmpty ? ExitCode.Fine : ExitCode.Usage;
        });

        return command;
    }
}
