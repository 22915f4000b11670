using Orleans.Storage;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Grain storage whose failures reach every caller as <see cref="StorageUnavailableException"/>, also from an activation that could not read its state, and also
/// in a process that does not know the database's own exceptions. The storage behind it logs the cause.
/// </summary>
public sealed class GuardedGrainStorage(IGrainStorage inner) : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        DatabaseFaults.GuardAsync(inner.ReadStateAsync(stateName, grainId, grainState));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        DatabaseFaults.GuardAsync(inner.WriteStateAsync(stateName, grainId, grainState));

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        DatabaseFaults.GuardAsync(inner.ClearStateAsync(stateName, grainId, grainState));
}
