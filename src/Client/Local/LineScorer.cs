using SeedOrleans.Client.Commands;
using SeedOrleans.Client.Views;
using SeedOrleans.Domain.Trajectories;
using SeedOrleans.Engine.Models;
using SeedOrleans.Engine.Training;

namespace SeedOrleans.Client.Local;

/// <summary>Scores sequences a batch at a time, so that an input of any length needs the memory of one batch.</summary>
internal sealed class LineScorer(Transformer policy, TextWriter output)
{
    /// <summary>Tokens read before any are scored: enough to put sequences of like length together.</summary>
    private const int BatchTokens = 1 << 16;

    private const int MicroBatchTokens = 1 << 12;

    private readonly List<TokenLine> _batch = [];

    /// <summary>Prints a line a sequence, in their order; where one is bad, those before it are still printed.</summary>
    /// <exception cref="CommandFailedException">A line cannot be scored.</exception>
    public void Run(IEnumerable<TokenLine> lines, CancellationToken cancellationToken)
    {
        using var remaining = lines.GetEnumerator();
        while (ReadBatch(remaining, out var refusal))
        {
            Flush(cancellationToken);
            if (refusal is not null)
                throw refusal;
        }
    }

    /// <returns>False when there is nothing left to do.</returns>
    private bool ReadBatch(IEnumerator<TokenLine> lines, out CommandFailedException? refusal)
    {
        _batch.Clear();
        refusal = null;
        try
        {
            // An empty sequence takes memory too.
            for (var tokens = 0L; tokens < BatchTokens && lines.MoveNext(); tokens += lines.Current.Tokens.Length + 1)
                _batch.Add(lines.Current);
        }
        catch (CommandFailedException failure)
        {
            refusal = failure;
        }

        return _batch.Count > 0 || refusal is not null;
    }

    private void Flush(CancellationToken cancellationToken)
    {
        TrainingSequence[] sequences =
        [
            .. _batch.Where(line => line.Tokens.Length > 1).Select(line => new TrainingSequence
            {
                PromptTokens = [line.Tokens[0]],
                ResponseTokens = [.. line.Tokens.AsSpan(1)],
                TokenWeight = 1,
            }),
        ];

        var scores = SequenceScorer.Score(policy, sequences, temperature: 1, MicroBatchTokens, cancellationToken);
        var next = 0;
        foreach (var line in _batch)
            Print(line, line.Tokens.Length > 1 ? scores[next++].AsSpan() : []);
    }

    private void Print(TokenLine line, ReadOnlySpan<float> logProbs)
    {
        foreach (var logProb in logProbs)
            if (!float.IsFinite(logProb))
                throw new CommandFailedException(
                    ExitCode.Usage, $"{line.Place}: the model gives {logProb} as a log-prob; its weights are damaged, or need --dtype float32.");

        float[] numbers = [.. logProbs];
        output.WriteLine(RunJson.Write(json =>
        {
            json.WritePropertyName("id");
            json.WriteRawValue(line.Id);
            json.WriteStartArray("logprobs");
            if (line.Tokens.Length > 0)
                json.WriteNullValue();

            foreach (var number in numbers)
                json.WriteNumberValue(number);

            json.WriteEndArray();
        }));
    }
}
