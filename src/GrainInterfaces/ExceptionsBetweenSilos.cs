using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace SeedOrleans.GrainInterfaces;

public static class ExceptionsBetweenSilos
{
    /// <summary>
    /// Lets any exception of ours travel, with its type, message and cause. Orleans sends those of a few namespaces only; a call that fails with another one
    /// in another process would get no answer at all.
    /// </summary>
    public static IServiceCollection CarryOurExceptions(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.Add(nameof(SeedOrleans)));
}
