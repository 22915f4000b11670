namespace WhatsSound.Client;

/// <summary>
/// Runs what a client does one step after the other, whichever thread it comes from: nothing of it needs a lock. What is awaited within a turn goes on in a later one,
/// unless it says <c>ConfigureAwait(false)</c>, which it must not.
/// </summary>
internal sealed class Turns
{
    private readonly TaskScheduler _scheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

    public void Post(Action action) => _ = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);

    public Task RunAsync(Func<Task> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();

    public Task<T> RunAsync<T>(Func<Task<T>> action) =>
        Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler).Unwrap();

    /// <summary>As a value: a refusal is one, and what the caller cancels is thrown as usual.</summary>
    public async Task<Answer<T>> AskAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return new Answer<T>(await RunAsync(action).ConfigureAwait(false));
        }
        catch (RefusedException exception)
        {
            return new Answer<T>(exception.Refusal);
        }
    }
}
