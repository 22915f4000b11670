namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>Does one thing that the product relies on per method, and tells <see cref="Happenings"/> of its key.</summary>
[Alias("ws.test.IFactGrain"), GrainInterfaceType("ws.test.IFactGrain")]
public interface IFactGrain : IGrainWithStringKey
{
    /// <summary>Tells "in", and ends after "go".</summary>
    [Alias("Hold")]
    Task HoldAsync();

    /// <summary>The same, for a caller who gives up.</summary>
    [Alias("HoldBriefly"), ResponseTimeout("00:00:01")]
    Task HoldBrieflyAsync();

    /// <summary>The same, and then fails.</summary>
    [Alias("HoldAndFail"), OneWay]
    Task HoldAndFailAsync();

    [Alias("Pass")]
    Task PassAsync();

    [Alias("PassAlways"), AlwaysInterleave]
    Task PassAlwaysAsync();

    /// <summary>Ticks ten times a second from now on.</summary>
    [Alias("Tick")]
    Task TickAsync(bool keepAlive);

    [Alias("Stay")]
    Task StayAsync(TimeSpan time);

    [Alias("Remind")]
    Task RemindAsync(TimeSpan period);

    /// <summary>Waits for the observer.</summary>
    [Alias("Ask")]
    Task AskAsync(IFactObserver observer);
}
