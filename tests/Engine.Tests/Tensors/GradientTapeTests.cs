using SeedOrleans.Engine.Tensors;
using static TorchSharp.torch;

namespace SeedOrleans.Engine.Tests.Tensors;

public sealed class GradientTapeTests
{
    [Fact]
    public void Across_cuts_and_shared_tensors_gradients_are_those_of_the_whole_graph()
    {
        using var scope = NewDisposeScope();
        var (whole, cut) = (Leaf(), Leaf());
        var input = whole.sin();
        ((input * input.exp()).sum() + input.sum()).backward();

        using var tape = GradientTape.Recording();
        var shared = tape.Share(cut.sin())[0];
        var product = tape.Cut(shared.exp(), tensor => tensor.clone(), gradient => gradient) * shared;
        tape.Backward([product.sum() + shared.sum()]);

        Assert.Equal(whole.grad!.data<float>(), cut.grad!.data<float>());
    }

    [Fact]
    public void A_cut_says_what_its_gradient_is()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf();
        using var tape = GradientTape.Recording();

        var doubled = tape.Cut(leaf * 1, tensor => tensor * 2, gradient => gradient * 5);
        Assert.Equal([2f, 4f, 6f], doubled.data<float>().ToArray());
        tape.Backward([doubled.sum()]);

        Assert.All(leaf.grad!.data<float>().ToArray(), slope => Assert.Equal(5, slope));
    }

    [Fact]
    public void A_block_that_is_computed_again_gives_the_same_gradients_and_keeps_none_of_its_own_tensors()
    {
        using var scope = NewDisposeScope();
        var (whole, again) = (Leaf(), Leaf());
        whole.sin().exp().sum().backward();
        var calls = 0;

        using var tape = GradientTape.Recording();
        var output = tape.Recompute(again.sin(), (tensor, inner) =>
        {
            calls++;
            return [inner.Share(tensor)[0].exp()];
        });
        Assert.Equal(1, calls);
        tape.Backward([output[0].sum()]);

        Assert.Equal(2, calls);
        Assert.Equal(whole.grad!.data<float>(), again.grad!.data<float>());
    }

    [Fact]
    public void The_way_back_comes_by_in_the_opposite_order()
    {
        using var scope = NewDisposeScope();
        var leaf = Leaf();
        List<string> seen = [];
        using var tape = GradientTape.Recording();

        tape.OnWayBack(() => seen.Add("first"));
        var cut = tape.Cut(leaf * 1, tensor => tensor.clone(), gradient =>
        {
            seen.Add("cut");
            return gradient;
        });
        tape.OnWayBack(() => seen.Add("last"));
        tape.Backward([cut.sum()]);

        Assert.Equal(["last", "cut", "first"], seen);
    }

    [Fact]
    public void Without_a_way_back_nothing_is_kept()
    {
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        using var tape = GradientTape.Idle();
        var before = scope.DisposablesCount;

        tape.OnWayBack(() => throw new InvalidOperationException());
        var output = tape.Cut(ones(3), tensor => tensor * 2, gradient => gradient);

        Assert.False(output.requires_grad);
        Assert.Equal(before + 2, scope.DisposablesCount); // what went in, and what came out
    }

    [Fact]
    public void A_failure_on_the_way_back_reaches_the_caller()
    {
        using var scope = NewDisposeScope();
        using var tape = GradientTape.Recording();
        var cut = tape.Cut(Leaf() * 1, tensor => tensor.clone(), _ => throw new InvalidOperationException("the peer is gone"));

        Assert.Equal("the peer is gone", Assert.Throws<InvalidOperationException>(() => tape.Backward([cut.sum()])).Message);
    }

    private static Tensor Leaf() => tensor((float[])[1, 2, 3]).requires_grad_(true);
}
