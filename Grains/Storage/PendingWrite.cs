namespace WhatsSound.Grains.Storage;

/// <summary>Something on its way into the database. Its task ends when the database has it, or has refused it.</summary>
internal abstract class PendingWrite
{
    // Continuations must not run on the writer's turn: one slow caller would hold up all others.
    private readonly TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Completion => completion.Task;

    /// <summary>How many rows it is: groups are bounded by their rows too.</summary>
    public virtual int RowsCount => 1;

    /// <summary>Set by the writer of a group, before its transaction ends: another writer was faster.</summary>
    public bool IsConflict { get; set; }

    public void Finish()
    {
        if (IsConflict)
            completion.TrySetException(Conflict());
        else
            completion.TrySetResult();
    }

    public void Fail(Exception exception) => completion.TrySetException(exception);

    protected abstract Exception Conflict();
}
