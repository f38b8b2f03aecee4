using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization;
using Orleans.Streams;
using SeedOrleans.Engine.Storage;

namespace SeedOrleans.Providers.Streams;

/// <summary>Makes the parts of one log stream provider.</summary>
internal sealed class LogQueueAdapterFactory(
    string name, IBlobStore store, string folder, LogStreamOptions options, Serializer<LogBatch> serializer, TimeProvider time, ILoggerFactory loggers)
    : IQueueAdapterFactory, IQueueAdapterCache
{
    private readonly HashRingBasedStreamQueueMapper _mapper = MapperOf(options, name);

    public static LogQueueAdapterFactory Create(IServiceProvider services, string name) => new(
        name,
        services.GetRequiredService<IBlobStore>(),
        FolderOf(services, name),
        services.GetOptionsByName<LogStreamOptions>(name),
        services.GetRequiredService<Serializer<LogBatch>>(),
        services.GetService<TimeProvider>() ?? TimeProvider.System,
        services.GetRequiredService<ILoggerFactory>());

    public static string FolderOf(IServiceProvider services, string name) =>
        $"{BlobClusterExtensions.ClusterOf(services)}/streams/{BlobName.Segment(name)}";

    public static HashRingBasedStreamQueueMapper MapperOf(LogStreamOptions options, string name) =>
        new(new HashRingStreamQueueMapperOptions { TotalQueueCount = options.Partitions }, name);

    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult<IQueueAdapter>(
        new LogQueueAdapter(name, new StreamLogs(store, folder), _mapper, serializer, options, time, loggers));

    public IQueueAdapterCache GetQueueAdapterCache() => this;

    public IQueueCache CreateQueueCache(QueueId queueId) => new LogQueueCache(options, time);

    public IStreamQueueMapper GetStreamQueueMapper() => _mapper;

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new DeadLetters(store, folder, loggers.CreateLogger<DeadLetters>()));
}
