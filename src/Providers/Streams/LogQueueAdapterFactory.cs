using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Streams;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>Makes the parts of one log stream provider.</summary>
internal sealed class LogQueueAdapterFactory(
    string name, IBlobStore store, LogStreamOptions options, Serializer<LogBatch> serializer, TimeProvider time, ILoggerFactory loggers)
    : IQueueAdapterFactory, IQueueAdapterCache
{
    private readonly HashRingBasedStreamQueueMapper _mapper = new(new HashRingStreamQueueMapperOptions { TotalQueueCount = options.Partitions }, name);

    public static LogQueueAdapterFactory Create(IServiceProvider services, string name) => new(
        name,
        services.GetRequiredService<IBlobStore>(),
        services.GetOptionsByName<LogStreamOptions>(name),
        services.GetRequiredService<Serializer<LogBatch>>(),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetRequiredService<ILoggerFactory>());

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(
        new LogQueueAdapter(name, new StreamLogs(store, name), _mapper, serializer, options, time, loggers));

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IQueueCache CreateQueueCache(QueueId queueId) => new LogQueueCache(options, time);

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new DeadLetters(store, name, loggers.CreateLogger<DeadLetters>()));
}
