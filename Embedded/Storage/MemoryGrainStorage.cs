using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Storage;

/// <summary>Grain state in the memory of the cluster, as bytes, with the same ETag rule as a database.</summary>
internal sealed class MemoryGrainStorage(MemoryGrainStorage.Table table, IGrainStorageSerializer serializer) : IGrainStorage
{
    public static MemoryGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<MemoryGrainStorageOptions>>().Get(name);
        var table = services.GetRequiredService<ClusterRuntime>().Shared(name, static () => new Table());
        return new(table, options.GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>());
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = table.Rows.GetValueOrDefault((stateName, grainId));
        grainState.RecordExists = row?.Payload is not null;
        grainState.State = row?.Payload is { } payload ? serializer.Deserialize<T>(payload) : Activator.CreateInstance<T>();
        grainState.ETag = row?.ETag;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = Replace(stateName, grainId, grainState.ETag, serializer.Serialize(grainState.State));
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (table.Rows.ContainsKey((stateName, grainId))) grainState.ETag = Replace(stateName, grainId, grainState.ETag, null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    private string Replace(string stateName, GrainId grainId, string? expected, BinaryData? payload)
    {
        lock (table.Rows)
        {
            var stored = table.Rows.GetValueOrDefault((stateName, grainId))?.ETag;
            if (stored != expected) throw new InconsistentStateException($"State {stateName} of {grainId} is not the one that was read.", stored, expected);
            var next = (++table.Versions).ToString(CultureInfo.InvariantCulture);
            table.Rows[(stateName, grainId)] = new(next, payload);
            return next;
        }
    }

    internal sealed record Row(string ETag, BinaryData? Payload);

    internal sealed class Table
    {
        public ConcurrentDictionary<(string State, GrainId Grain), Row> Rows { get; } = new();

        public long Versions { get; set; }
    }
}
