using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace WhatsSound.Tests.Engine.Storage;

/// <summary>Outlives silos, which memory storage on Orleans does not: it lives in grains.</summary>
internal sealed class ProcessStorage : IGrainStorage
{
    private static readonly ConcurrentDictionary<(string, GrainId), (int Version, string Json)> Rows = new();

    public static void AddTo(ISiloBuilder silo) => silo.Services.AddGrainStorage("Default", static (_, _) => new ProcessStorage());

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = Rows.TryGetValue((stateName, grainId), out var row);
        grainState.State = grainState.RecordExists ? JsonSerializer.Deserialize<T>(row.Json) : Activator.CreateInstance<T>();
        grainState.ETag = grainState.RecordExists ? row.Version.ToString(CultureInfo.InvariantCulture) : null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = grainState.ETag is null ? 1 : int.Parse(grainState.ETag, CultureInfo.InvariantCulture) + 1;
        Rows[(stateName, grainId)] = (version, JsonSerializer.Serialize(grainState.State));
        grainState.ETag = version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
