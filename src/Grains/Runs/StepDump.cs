using System.Text.Encodings.Web;
using System.Text.Json;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Ledgers;
using SeedOrleans.GrainInterfaces.Rollout;
using SeedOrleans.Grains.Training;

namespace SeedOrleans.Grains.Runs;

/// <summary>Writes everything about one step to files, for whoever looks for a fault in it.</summary>
/// <remarks>
/// <c>record.json</c>; <c>trajectories.jsonl</c>, a response a line with its text, verdict, tokens and log-probs;
/// <c>sequences.jsonl</c>, what the trainer made of them; <c>updates.json</c>; the policy before and after, in Hugging Face's format.
/// </remarks>
internal sealed class StepDump(string folder)
{
    private static readonly JsonSerializerOptions Line = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Readable = new(Line) { WriteIndented = true };

    public string Folder => folder;

    /// <summary>Before the step: what it begins with.</summary>
    public async Task BeginAsync(StepRecord record, CollectedGroups collected, StepReplay replay, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await WriteAsync("record.json", record, cancellationToken);
        await WriteLinesAsync("trajectories.jsonl", collected.Groups.SelectMany(Trajectories), cancellationToken);
        await WriteLinesAsync(
            "sequences.jsonl",
            replay.Updates.Assemble(collected.Groups).Index().SelectMany(update => update.Item.Select(sequence => new { Update = update.Index, Sequence = sequence })),
            cancellationToken);
        await replay.Ranks.SaveAsync(Path.Combine(folder, "policy-before"), cancellationToken);
    }

    /// <summary>After the step: what came of it.</summary>
    public async Task EndAsync(IReadOnlyList<UpdateReport> updates, string weightsHash, StepReplay replay, CancellationToken cancellationToken)
    {
        await WriteAsync("updates.json", new { WeightsHash = weightsHash, Updates = updates }, cancellationToken);
        await replay.Ranks.SaveAsync(Path.Combine(folder, "policy-after"), cancellationToken);
    }

    private static IEnumerable<object> Trajectories(RolloutGroup group) => group.Responses.Select(response => new
    {
        Prompt = group.Prompt.Id,
        response.Trajectory.ResponseIndex,
        group.Prompt.Question,
        group.Prompt.GroundTruth,
        response.ResponseText,
        response.Verdict,
        StopReason = response.Trajectory.StopReason.ToString(),
        Policy = response.Trajectory.OldestPolicy.Step,
        response.Trajectory.PromptTokens,
        response.Trajectory.ResponseTokens,
        response.Trajectory.RolloutLogProbs,
    });

    private Task WriteAsync(string file, object content, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(Path.Combine(folder, file), JsonSerializer.Serialize(content, Readable), cancellationToken);

    private Task WriteLinesAsync(string file, IEnumerable<object> lines, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(Path.Combine(folder, file), lines.Select(line => JsonSerializer.Serialize(line, Line)), cancellationToken);
}
