using Orleans.Providers.Streams.Common;
using SeedOrleans.Grains.Rewards;

namespace SeedOrleans.Grains.Tests.Rewards;

public sealed class JudgedMessagesTests
{
    [Fact]
    public void What_was_answered_is_not_new_when_it_comes_again()
    {
        var judged = new JudgedMessages();

        judged.Add(At(3));
        judged.Add(At(3));

        Assert.False(judged.IsNew(At(3)));
        Assert.True(judged.IsNew(At(4)));
        Assert.True(judged.IsNew(null));
    }

    [Fact]
    public void Only_the_latest_are_remembered()
    {
        var judged = new JudgedMessages();
        for (var place = 0; place < 300; place++)
            judged.Add(At(place));

        Assert.True(judged.IsNew(At(0)));
        Assert.False(judged.IsNew(At(299)));
    }

    private static EventSequenceTokenV2 At(long place) => new(place);
}
