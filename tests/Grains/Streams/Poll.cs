namespace WhatsSound.Tests.Grains.Streams;

/// <summary>Waits for what has no event to await, by letting others run.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<bool> isMet)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!isMet())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
