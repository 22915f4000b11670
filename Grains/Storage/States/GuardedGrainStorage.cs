using Orleans.Storage;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Grain storage whose failures reach every caller as <see cref="StorageUnavailableException"/>, also from an activation that could not read its state, and also
/// in a process that does not know the database's own exceptions. The storage behind it logs the cause. What it writes waits for its turn in the database.
/// </summary>
public sealed class GuardedGrainStorage(IGrainStorage inner, Database database) : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(inner.ReadStateAsync(stateName, grainId, grainState, cancellationToken).WaitAsync(cancellationToken));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <summary>As <see cref="Database.WriteAsync{T}(Func{Task{T}}, CancellationToken)"/>: cancelled before its turn it is not written, cancelled later nobody knows.</summary>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(database.WriteAsync(() => inner.WriteStateAsync(stateName, grainId, grainState, cancellationToken), cancellationToken).WaitAsync(cancellationToken));

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    /// <inheritdoc cref="WriteStateAsync{T}(string, GrainId, IGrainState{T}, CancellationToken)"/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        DatabaseFaults.GuardAsync(database.WriteAsync(() => inner.ClearStateAsync(stateName, grainId, grainState, cancellationToken), cancellationToken).WaitAsync(cancellationToken));
}
