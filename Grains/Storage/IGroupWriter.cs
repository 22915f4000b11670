namespace WhatsSound.Grains.Storage;

/// <summary>Writes a group in one transaction, in the way of one database.</summary>
internal interface IGroupWriter<TWrite> : IAsyncDisposable
    where TWrite : PendingWrite
{
    /// <summary>
    /// When it returns, the group is committed, and <see cref="PendingWrite.IsConflict"/> is set where another writer was faster. When it throws, nothing of
    /// the group counts as kept, though a part may be (an unknown outcome, as after a lost connection).
    /// </summary>
    Task WriteAsync(IReadOnlyList<TWrite> group);
}
