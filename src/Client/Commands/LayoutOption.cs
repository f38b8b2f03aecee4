using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using SeedOrleans.Domain.Specs;

namespace SeedOrleans.Client.Commands;

/// <summary><c>--layout data=1,tensor=2</c>: another layout for a run, where what it does not name stays; <c>--layout auto</c> chooses one.</summary>
internal static class LayoutOption
{
    private static readonly Dictionary<string, Func<LayoutSpec, int, LayoutSpec>> Axes = new()
    {
        ["data"] = (layout, ranks) => layout with { Data = ranks },
        ["context"] = (layout, ranks) => layout with { Context = ranks },
        ["tensor"] = (layout, ranks) => layout with { Tensor = ranks },
        ["expert"] = (layout, ranks) => layout with { Expert = ranks },
    };

    /// <returns>What it makes of the layout that a run has.</returns>
    public static Option<Func<LayoutSpec, LayoutSpec>?> Create() => new("--layout")
    {
        Description = "Go on under another layout, for example data=1,tensor=2, where what is not named stays; auto chooses one for the devices there are.",
        HelpName = "axis=ranks,...|auto",
        CustomParser = Parse,
    };

    private static Func<LayoutSpec, LayoutSpec>? Parse(ArgumentResult result)
    {
        var text = result.Tokens.Single().Value;
        if (text == "auto")
            return layout => layout with { Auto = true };

        List<Func<LayoutSpec, LayoutSpec>> changes = [layout => layout with { Auto = false }];
        foreach (var part in text.Split(','))
        {
            if (part.Split('=') is not [var name, var number] || !Axes.TryGetValue(name, out var change)
                || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var ranks) || ranks < 1)
            {
                result.AddError($"'{part}' is no part of a layout; write {string.Join(", ", Axes.Keys)} with a number of ranks each, for example data=1,tensor=2.");
                return null;
            }

            changes.Add(layout => change(layout, ranks));
        }

        return layout => changes.Aggregate(layout, (now, change) => change(now));
    }
}
