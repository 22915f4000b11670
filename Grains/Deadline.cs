using System.Globalization;

namespace WhatsSound.Grains;

/// <summary>
/// How long a channel waits for what stores. Whose time is up gets <see cref="StorageUnavailableException"/>; a cancellation means that the one who asked has
/// gone, and no more.
/// </summary>
internal sealed class Deadline(TimeSpan timeout, TimeProvider time)
{
    /// <summary>For each of the two things that a channel reads before it begins, its members and its position: together less than its caller waits.</summary>
    public static readonly TimeSpan ActivationStep = TimeSpan.FromSeconds(4);

    public Task RunAsync(Func<CancellationToken, Task> call, CancellationToken cancellationToken) => RunAsync(
        async token =>
        {
            await call(token);
            return true;
        },
        cancellationToken);

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        catch (OperationCanceledException exception) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new StorageUnavailableException(
                string.Create(CultureInfo.InvariantCulture, $"The database did not answer within {timeout.TotalSeconds} s."), exception);
        }
    }
}
