using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SeedOrleans.Domain.Mixtures;
using SeedOrleans.Domain.Specs;
using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Ledgers;

/// <summary>What one training step will do, written before the optimizer moves. There is one for each step of a run, whoever wrote it.</summary>
public sealed record StepRecord
{
    /// <summary>Counted from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The controller's incarnation that wrote it. Not part of what the run computes.</summary>
    public required long Epoch { get; init; }

    /// <summary>Optimizer steps behind the weights that sampled.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>Seeds the step's responses.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Under which the step is computed.</summary>
    public required LayoutSpec Layout { get; init; }

    /// <summary>What the step trains on, in order: <c>PROMPT#RESPONSE</c>.</summary>
    public required ImmutableArray<string> Trajectories { get; init; }

    /// <summary>Where in the order of prompts the step begins.</summary>
    public required long Cursor { get; init; }

    /// <summary>What became of the groups from <see cref="Cursor"/> to <see cref="NextCursor"/>, a letter each: see <see cref="GroupFate"/>.</summary>
    public required string Fates { get; init; }

    /// <summary>Prompt groups taken.</summary>
    public required int Consumed { get; init; }

    /// <summary>Prompt groups refused, by reason.</summary>
    public required ImmutableSortedDictionary<string, int> Dropped { get; init; }

    /// <summary>Prompt groups that the steps before this one trained on.</summary>
    public required long ConsumedBefore { get; init; }

    /// <summary>Prompt groups that the steps before this one refused.</summary>
    public required long DroppedBefore { get; init; }

    /// <summary>Where in the order of prompts the next step begins.</summary>
    public required long NextCursor { get; init; }

    /// <summary>How far the log of judged responses was read: later steps' lie behind. Not part of what the run computes.</summary>
    public required long LogEnd { get; init; }

    /// <summary>SHA-256 of the blob beside the record that holds the trajectories. Not part of what the run computes: a serializer has choices.</summary>
    public required string Content { get; init; }

    /// <summary>SHA-256 of the trajectories' tokens, log-probs and scores, in order.</summary>
    public required string Digest { get; init; }

    /// <summary>SHA-256 of the weights that the step starts from.</summary>
    public required string WeightsBefore { get; init; }

    /// <summary><see cref="LedgerHead.Chain"/> of the step before.</summary>
    public required string Previous { get; init; }

    /// <summary>Of the mixture where the step begins; what it becomes is a function of what the step passed. Null where prompts come in one order, and then not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MixtureState? Mixture { get; init; }

    /// <summary>The chain after this step: a hash of everything that decided the run so far, and of what came of it.</summary>
    public string ChainAfter(string weightsHash) => Hash(LedgerDocument.ToBytes(this with { Epoch = 0, LogEnd = 0, Content = "" }), Encoding.ASCII.GetBytes(weightsHash));

    /// <summary>Lower-case hexadecimal SHA-256.</summary>
    public static string Hash(params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
            hash.AppendData(part);

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
