using System.Collections.Concurrent;
using Orleans.Storage;

namespace WhatsSound.Tests.Engine.Storage;

/// <summary>Fails to write for the grains it is told to.</summary>
public sealed class BrittleStorage : IGrainStorage
{
    public static ConcurrentDictionary<string, bool> Broken { get; } = new(StringComparer.Ordinal);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.State ??= Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        => Broken.ContainsKey(grainId.Key.ToString()!) ? throw new IOException("the disk is full") : Task.CompletedTask;

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
}
