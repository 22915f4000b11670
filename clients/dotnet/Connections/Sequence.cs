namespace WhatsSound.Client;

/// <summary>Runs one thing after the other, in the order in which they came, whatever becomes of each. Refuses what comes when 1,000 wait. Used in turns only.</summary>
internal sealed class Sequence
{
    private const int WaitingMax = 1_000;

    private Task _last = Task.CompletedTask;
    private int _waiting;

    /// <summary>Whether what waits comes later than it was asked for, since there was no connection: until nothing waits any more.</summary>
    public bool IsLate { get; set; }

    public async Task<T> RunAsync<T>(Func<Task<T>> action)
    {
        if (_waiting >= WaitingMax)
            throw Refusals.TooMany();
        var former = _last;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = done.Task;
        _waiting++;
        try
        {
            await former;
            return await action();
        }
        finally
        {
            IsLate &= --_waiting > 0;
            done.SetResult();
        }
    }
}
