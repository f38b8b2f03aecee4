using System.Globalization;
using System.Text;

namespace SeedOrleans.Engine.Data.Tasks;

/// <summary>Writes docs/tasks.md: every task with its ladder and an example, family by family.</summary>
public static class TaskManual
{
    private const string Opening = """
        # The tasks

        Problems without end, made from a seed and judged by rules. A spec names them under `data.train` and `data.evaluation`
        (`{task: sudoku, difficulty: 3}`), `seed tasks NAME` prints a task's rules in words and samples, `seed tasks NAME --count 1000 --json`
        makes files of them.

        - A problem is a pure function of task, difficulty, seed and index, the same on every machine. Problems for evaluation never occur
          in training, whatever the seeds: a hash of the question decides.
        - Questions are short enough for a model that reads single characters and end in `=`. A response is steps with commas between
          them, then a semicolon, then the answer; what follows the last semicolon is judged, so steps may be left out. Nothing inside
          `<think>` counts.
        - Where several answers are right the verifier checks the puzzle's rules, and any right answer wins; the reason of a verdict names
          the rule that was broken. The reward style is `task:NAME`.
        - Programs are run in a sandbox (reward style `code`); the whole response is the program. `say-preferred` is for a reward model
          (`pairwise`), which compares with the ground truth. What judges are trained on has a family of its own.
        - Boards are rows with slashes between them, cells are named `a1` by column letter and row number from the top left, nodes of
          graphs are letters.

        This page is generated: `seed tasks --manual`.

        """;

    public static string Generate()
    {
        var page = new StringBuilder(Opening);
        foreach (var family in TaskCatalog.All.GroupBy(task => task.Family))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {family.Key}\n\n");
            page.Append("| task | what | difficulty | a question and its answer |\n|---|---|---|---|\n");
            foreach (var task in family)
                AddRow(page, task);
        }

        return page.Replace("\r\n", "\n").ToString();
    }

    private static void AddRow(StringBuilder page, ITask task)
    {
        var example = task.Example();
        var isWhole = task.Family == TaskFamily.Programs;
        var answer = isWhole ? example.WorkedSolution : example.WorkedSolution[(example.WorkedSolution.LastIndexOf(';') + 1)..];
        page.Append(
            CultureInfo.InvariantCulture,
            $"| `{task.Name}` | {Cell(task.Description)} | 1 to {task.MaxDifficulty}: {Cell(task.DifficultyMeaning)} "
            + $"| `{Cell(example.Question)}` → `{Cell(answer)}` |\n");
    }

    /// <summary>A bar would end the cell, in code too.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
