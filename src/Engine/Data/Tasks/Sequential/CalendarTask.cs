using System.Globalization;
using SeedOrleans.Engine.Data.Tasks.Puzzles;
using SeedOrleans.Engine.Randomness;

namespace SeedOrleans.Engine.Data.Tasks.Sequential;

/// <summary>Counts days on: <c>date:2024-02-27+5=</c>, <c>2024-03-01+2;2024-03-03</c>.</summary>
/// <remarks>A step is the first day of the next month and how many days are left then.</remarks>
internal sealed class CalendarTask : GeneratedTask
{
    private static readonly int[] MostDays = [20, 50, 120, 250, 500];

    public override string Name => "calendar";

    public override TaskFamily Family => TaskFamily.Sequential;

    public override string Description => "Say which date it is so many days later.";

    public override string DifficultyMeaning => "at most 20, 50, 120, 250, 500 days";

    public override int MaxDifficulty => MostDays.Length;

    public override string Alphabet => Symbols.Digits + "date:+-=,;";

    protected override string Rules =>
        "A question such as date:2024-02-27+5= gives a date of the Gregorian calendar as year-month-day and a number of days. "
        + "February has 29 days in years that 4 divides (of whole hundreds, only those that 400 divides), else 28. The answer "
        + "is the date so many days later in the same form, months and days with two digits: 2024-03-03.";

    protected override Problem Generate(int difficulty, RandomSequence random)
    {
        var most = MostDays[difficulty - 1];
        var start = new DateOnly(1890, 1, 1).AddDays(random.Next(0, 80_000));
        var days = random.Next(most / 4, most);

        var (date, left, steps) = (start, days, new List<string>());
        while (new DateOnly(date.Year, date.Month, 1).AddMonths(1) is var next && next.DayNumber - date.DayNumber <= left)
        {
            left -= next.DayNumber - date.DayNumber;
            date = next;
            steps.Add($"{Text(date)}+{left}");
        }

        var answer = Text(start.AddDays(days));
        return new Problem($"date:{Text(start)}+{days}=", answer, $"{string.Join(',', steps)};{answer}");
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
