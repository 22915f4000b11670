using System.Runtime.CompilerServices;

namespace WhatsSound.Tests.Shared;

/// <summary>
/// Waits for something that another thread does and tells nobody of. It looks at once and a few times more, and then less and less often, so that whoever does it has the processor; and gives up
/// in the end, naming what did not come about.
/// </summary>
internal static class Eventually
{
    private const int QuickLooks = 32;
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Task BecomesTrueAsync(Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string? what = null) =>
        BecomesTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task BecomesTrueAsync(Func<Task<bool>> condition, [CallerArgumentExpression(nameof(condition))] string? what = null)
    {
        for (var look = 0; look < QuickLooks; look++)
        {
            if (await condition())
                return;
            await Task.Yield();
        }

        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!await condition())
        {
            Assert.False(patience.IsCancellationRequested, $"It did not come about that {what}.");
            await pause.WaitForNextTickAsync(CancellationToken.None);
            pause.Period = pause.Period * 2 < PauseMax ? pause.Period * 2 : PauseMax;
        }
    }

    /// <summary>Asks until the answer is the one that is waited for.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> ask, Predicate<T> isMet, [CallerArgumentExpression(nameof(isMet))] string? what = null)
    {
        var answer = default(T)!;
        await BecomesTrueAsync(async () => isMet(answer = await ask()), what);
        return answer;
    }
}
