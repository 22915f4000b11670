using Orleans.Storage;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Grain storage whose failures reach every caller as <see cref="StorageUnavailableException"/>, also from an activation that could not read its state, and also
/// in a process that does not know the database's own exceptions. The storage behind it logs the cause. What it writes waits for its turn in the database.
/// </summary>
public sealed class GuardedGrainStorage(IGrainStorage inner, Database database) : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        DatabaseFaults.GuardAsync(inner.ReadStateAsync(stateName, grainId, grainState));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        DatabaseFaults.GuardAsync(database.WriteAsync(() => inner.WriteStateAsync(stateName, grainId, grainState), CancellationToken.None));

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        DatabaseFaults.GuardAsync(database.WriteAsync(() => inner.ClearStateAsync(stateName, grainId, grainState), CancellationToken.None));
}
