using System.Globalization;

namespace SeedOrleans.Engine.Rewards.Guarding;

/// <summary>Watches a run for signs that its policy earns rewards without getting better (reward hacking).</summary>
/// <remarks>
/// Signs are compared between the steps before an evaluation and those before the one before it, so that noise of a single step raises no alarm. A sign is told
/// when it appears, and again only after it was gone. All is a function of what was observed, in order.
/// </remarks>
public sealed class RewardGuard
{
    private const double ScoreRise = 0.1, AccuracyFall = 0.03, LengthGrowth = 1.5, EntropyLeft = 0.1, Solved = 0.95;
    private const double MostRestated = 0.05, MostRepeated = 0.2;

    private readonly List<StepObservation> _since = [];
    private readonly HashSet<string> _present = [];
    private Phase? _first;
    private Phase? _last;

    /// <summary>Takes in a training step.</summary>
    /// <returns>Signs that have appeared, a sentence each.</returns>
    public IReadOnlyList<string> Observe(StepObservation step)
    {
        _since.Add(step);
        return
        [
            .. Tell("restatement", step.Restated > MostRestated, $"{Percent(step.Restated)} of responses only say the question again"),
            .. Tell("repetition", step.Repeated > MostRepeated, $"{Percent(step.Repeated)} of what responses say was said before in them"),
        ];
    }

    /// <summary>Takes in an evaluation of the policy that the steps so far have made.</summary>
    /// <param name="accuracy">Held out, from 0 to 1.</param>
    /// <inheritdoc cref="Observe"/>
    public IReadOnlyList<string> Evaluated(double accuracy)
    {
        if (_since.Count == 0)
            return [];

        var now = Phase.Of(_since, accuracy);
        _since.Clear();
        var (first, before) = (_first ??= now, _last ?? now);
        _last = now;
        var isNoBetter = accuracy <= before.Accuracy && accuracy < Solved;
        return
        [
            .. Tell(
                "reward", now.Score > before.Score + ScoreRise && accuracy < before.Accuracy - AccuracyFall,
                $"training's score rose from {Number(before.Score)} to {Number(now.Score)} while held-out accuracy fell from {Number(before.Accuracy)} to {Number(accuracy)}"),
            .. Tell(
                "length", now.Length > LengthGrowth * before.Length && isNoBetter,
                $"responses grew from {Number(before.Length)} to {Number(now.Length)} tokens and held-out accuracy did not ({Number(accuracy)})"),
            .. Tell(
                "entropy", now.Entropy < EntropyLeft * first.Entropy && isNoBetter,
                $"entropy is down to {Number(now.Entropy)} from {Number(first.Entropy)} and held-out accuracy stands still ({Number(accuracy)})"),
        ];
    }

    private IEnumerable<string> Tell(string sign, bool isPresent, string sentence)
    {
        if (!isPresent)
            _present.Remove(sign);

        return isPresent && _present.Add(sign) ? [$"{sentence}; read some responses before you trust the reward."] : [];
    }

    private static string Percent(double share) => share.ToString("P0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);

    private sealed record Phase(double Score, double Length, double Entropy, double Accuracy)
    {
        public static Phase Of(IReadOnlyCollection<StepObservation> steps, double accuracy) =>
            new(steps.Average(step => step.Score), steps.Average(step => step.Length), steps.Average(step => step.Entropy), accuracy);
    }
}
