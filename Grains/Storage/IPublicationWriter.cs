namespace WhatsSound.Grains.Storage;

/// <summary>Writes a group of publications in one transaction, in the way of one database.</summary>
internal interface IPublicationWriter : IAsyncDisposable
{
    /// <summary>
    /// When it returns, the group is committed, and <see cref="PendingAppend.IsConflict"/> is set where an offset was taken. When it throws, nothing of
    /// the group counts as kept, though a part may be (an unknown outcome, as after a lost connection).
    /// </summary>
    Task WriteAsync(IReadOnlyList<PendingAppend> group);
}
