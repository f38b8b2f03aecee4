using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tensors;

/// <summary>A backward pass in pieces, for graphs that are cut where ranks talk to each other or where a block is computed again.</summary>
/// <remarks>
/// At a cut the graph ends and new leaves begin. <see cref="Backward"/> differentiates what comes after the last cut, carries the leaves'
/// gradients over to the other side, goes on from there, and so back to the beginning. So what happens between two pieces happens on the
/// caller's thread, in the opposite order of the forward pass on every rank, and may fail like any other call. A piece's graph is walked
/// once: what several pieces read must come from one cut (<see cref="Share"/>). Owns the leaves; belongs to one thread.
/// </remarks>
public sealed class GradientTape : IDisposable
{
    private static readonly AtenOperator SetData = new("set_data");

    private readonly Stack<Step> _steps = [];
    private readonly bool _isCut;

    private GradientTape(bool isRecording, bool isCut) => (IsRecording, _isCut) = (isRecording, isCut);

    /// <summary>Whether there will be a way back.</summary>
    public bool IsRecording { get; }

    /// <param name="isCut">Whether there are cuts at all: where there are none, nothing needs to be shared between pieces.</param>
    public static GradientTape Recording(bool isCut = true) => new(isRecording: true, isCut);

    /// <summary>For a forward pass that nobody differentiates.</summary>
    public static GradientTape Idle() => new(isRecording: false, isCut: false);

    /// <param name="forward">Computed without a graph.</param>
    /// <param name="backward">→ gradients of <paramref name="inputs"/>, without those of the last that have none.</param>
    /// <param name="readsInputs">Whether <paramref name="backward"/> reads their numbers; else these need not last until then.</param>
    public Tensor[] Cut(Tensor[] inputs, Func<Tensor[], Tensor[]> forward, Func<Crossing, Tensor[]> backward, bool readsInputs = false)
    {
        Tensor[] outputs;
        using (no_grad())
        using (NewDisposeScope())
            outputs = [.. forward([.. inputs.Select(input => input.detach())]).Select(output => output.MoveToOuterDisposeScope())];

        if (!IsRecording || !inputs.Any(input => input.requires_grad))
            return outputs;

        return Continue(readsInputs ? Handles(inputs) : EmptyHandles(inputs), outputs, crossing =>
        {
            Tensor[] gradients;
            using (no_grad())
                gradients = backward(crossing with { Before = [.. crossing.Before.Select(tensor => tensor.detach())] });

            var wanted = crossing.Before.Zip(gradients).Where(pair => pair.First.requires_grad).ToArray();
            autograd.backward([.. wanted.Select(pair => pair.First)], [.. wanted.Select(pair => pair.Second)]);
        });
    }

    /// <param name="forward">Computed without a graph.</param>
    /// <param name="backward">Gradient of what <paramref name="forward"/> returned → gradient of <paramref name="input"/>.</param>
    public Tensor Cut(Tensor input, Func<Tensor, Tensor> forward, Func<Tensor, Tensor> backward) =>
        Cut([input], inputs => [forward(inputs[0])], crossing => [backward(crossing.Gradients[0])])[0];

    /// <summary>Lets several pieces read tensors of one piece.</summary>
    public Tensor[] Share(params Tensor[] inputs) =>
        _isCut ? Cut(inputs, tensors => [.. tensors.Select(tensor => tensor.alias())], crossing => crossing.Gradients) : inputs;

    /// <summary>Forgets what a block computes on its way, and computes it again on the way back (Chen et al., arXiv:1604.06174).</summary>
    /// <param name="input">Alone in its memory where there is an <paramref name="offload"/>, and nobody else's to read.</param>
    /// <param name="block">Of no other effect than its result. The second argument is the tape of its own cuts.</param>
    /// <param name="offload">Where the input waits for the way back; in memory if null.</param>
    public Tensor[] Recompute(Tensor input, Func<Tensor, GradientTape, Tensor[]> block, FileMemory? offload = null)
    {
        Tensor[] outputs;
        using (no_grad())
        using (NewDisposeScope())
        using (var idle = Idle())
            outputs = [.. block(input.detach(), idle).Select(output => output.MoveToOuterDisposeScope())];

        if (!IsRecording)
            return outputs;

        var bringBack = offload?.MoveOut(input);
        return Continue(Handles([input]), outputs, crossing =>
        {
            bringBack?.Invoke();
            using var again = crossing.Before[0].detach().requires_grad_(true);
            using var tape = Recording(_isCut);
            tape.Backward(block(again, tape), crossing.Gradients);
            if (crossing.Before[0].requires_grad)
                autograd.backward(crossing.Before, [again.grad!]);
        });
    }

    /// <summary>Does something when the way back comes by here: after the gradients of all that follows, before those of what precedes.</summary>
    public void OnWayBack(Action action)
    {
        if (IsRecording)
            _steps.Push(new Step(action));
    }

    /// <summary>Differentiates all that was computed on this tape; gradients add up in the leaves that are not its own.</summary>
    /// <param name="gradients">Of <paramref name="outputs"/>; null where these are the loss.</param>
    public void Backward(Tensor[] outputs, Tensor[]? gradients = null)
    {
        autograd.backward(outputs, gradients);
        while (_steps.TryPop(out var step))
        {
            using (step)
            using (NewDisposeScope())
                step.Run();
        }
    }

    public void Dispose()
    {
        while (_steps.TryPop(out var step))
            step.Dispose();
    }

    /// <returns>Of our own, since the caller's scope may end long before the way back.</returns>
    private static Tensor[] Handles(Tensor[] inputs) => [.. inputs.Select(input => input.alias().DetachFromDisposeScope())];

    /// <returns>With the same place in the graph and the same shape, over next to no memory: a gradient can come to them, and nothing be read.</returns>
    private static Tensor[] EmptyHandles(Tensor[] inputs)
    {
        var handles = Handles(inputs);
        foreach (var handle in handles)
        {
            using var nothing = zeros([], handle.dtype);
            using var shaped = nothing.expand(handle.shape);
            SetData.Run(AtenOperator.Argument(handle), AtenOperator.Argument(shaped));
        }

        return handles;
    }

    private Tensor[] Continue(Tensor[] before, Tensor[] outputs, Action<Crossing> backward)
    {
        Tensor[] leaves = [.. outputs.Select(output => output.DetachFromDisposeScope().requires_grad_(true))];
        _steps.Push(new Step(() => backward(new Crossing(before, leaves, [.. leaves.Select(leaf => leaf.grad ?? zeros_like(leaf))])), [.. before, .. leaves]));
        return leaves;
    }

    /// <summary>What stands on both sides of a cut when the way back comes to it.</summary>
    /// <param name="Before">What went in; without its numbers, unless the cut reads them.</param>
    /// <param name="Gradients">Of <paramref name="After"/>; zeros where nobody used one.</param>
    public readonly record struct Crossing(Tensor[] Before, Tensor[] After, Tensor[] Gradients);

    private sealed class Step(Action run, params Tensor[] owned) : IDisposable
    {
        public void Run() => run();

        public void Dispose()
        {
            foreach (var tensor in owned)
                tensor.Dispose();
        }
    }
}
