using SeedOrleans.Domain.Trajectories;

namespace SeedOrleans.Engine.Rollout;

/// <summary>One call on its way through <see cref="PolicyChatClient"/>.</summary>
internal sealed class PolicyChatCall(RolloutRequest request, int alternatives, CancellationToken cancellation)
{
    // The device thread must not run what comes after.
    private readonly TaskCompletionSource<FinishedRollout> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RolloutRequest Request { get; } = request;

    /// <summary>Most likely tokens to note at each place.</summary>
    public int Alternatives { get; } = alternatives;

    /// <summary>Of the prompt and of the longest reply.</summary>
    public int Tokens => Request.Prompt.Tokens.Length + Request.Sampling.MaxResponseTokens;

    public Task<FinishedRollout> Reply => _reply.Task;

    /// <summary>Whoever called no longer waits.</summary>
    public bool IsCancelled => cancellation.IsCancellationRequested;

    public bool IsOver => IsCancelled || _reply.Task.IsCompleted;

    public void Finish(FinishedRollout reply) => _reply.TrySetResult(reply);

    public void Fail(Exception failure) => _reply.TrySetException(failure);
}
