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
        GuardAsync(inner.ReadStateAsync(stateName, grainId, grainState));

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        GuardAsync(inner.WriteStateAsync(stateName, grainId, grainState));

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        GuardAsync(inner.ClearStateAsync(stateName, grainId, grainState));

    private static async Task GuardAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (Exception exception) when (DatabaseFaults.IsFault(exception))
        {
#pragma warning disable MA0054 // The database's own exception may be unknown where this one goes; its text is in the message, and the storage has logged it.
            throw new StorageUnavailableException($"The database failed: {DatabaseFaults.Sentence(exception)}");
#pragma warning restore MA0054
        }
    }
}
