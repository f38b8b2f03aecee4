using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using SeedOrleans.Engine.Parallelism;
using SeedOrleans.Engine.Training;
using SeedOrleans.GrainInterfaces;

namespace SeedOrleans.Grains.Tests;

public sealed class ExceptionsBetweenSilosTests
{
    [Fact]
    public void A_failure_of_the_engine_arrives_as_what_it_is()
    {
        var serializer = new ServiceCollection().AddSerializer().CarryOurExceptions().BuildServiceProvider().GetRequiredService<Serializer>();
        Exception failure = new PeerFailedException(3, new NumericalFailureException("the gradient's norm", double.NaN));

        var arrived = serializer.Deserialize<Exception>(serializer.SerializeToArray(failure));

        Assert.IsType<PeerFailedException>(arrived);
        Assert.Equal(failure.Message, arrived.Message);
        Assert.Equal(failure.InnerException!.Message, Assert.IsType<NumericalFailureException>(arrived.InnerException).Message);
    }
}
