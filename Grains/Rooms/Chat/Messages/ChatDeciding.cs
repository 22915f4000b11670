namespace WhatsSound.Grains.Rooms;

/// <summary>What the chat decides and keeps, one after another, and whoever waits for it.</summary>
internal sealed class ChatDeciding
{
    private Task _last = Task.CompletedTask;

    /// <summary>Decides, from asking the room until it is kept.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> decide)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _last = end.Task;
        try
        {
            return await decide();
        }
        finally
        {
            end.SetResult();
        }
    }

    /// <summary>Ends with what is being decided now.</summary>
    public Task SettleAsync() => _last;
}
