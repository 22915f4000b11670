using WhatsSound.Grains.Hooks;

namespace WhatsSound.Tests.Grains.Hooks;

/// <summary>A cluster with two receivers of webhooks, <c>ours</c> and <c>theirs</c>, which are told everything of some channels, at once.</summary>
public sealed class HookCluster : IAsyncLifetime
{
    public const string Ours = "ours";
    public const string Theirs = "theirs";

    /// <summary>How many events wait in a lane at most.</summary>
    public const int LaneEventsMax = 100;

    public TestCluster Cluster { get; } = new()
    {
        Hooks = static options =>
        {
            options.Endpoints.Add(EndpointOf(Ours));
            options.Endpoints.Add(EndpointOf(Theirs));
            (options.BatchInterval, options.LaneEventsMax) = (TimeSpan.Zero, LaneEventsMax);
        },
    };

    public ValueTask InitializeAsync() => Cluster.InitializeAsync();

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    /// <summary>Advances the clock a little at a time until it is so.</summary>
    public async Task UntilAsync(Func<bool> isMet, TimeSpan? step = null)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!isMet())
        {
            Cluster.Time.Advance(step ?? TimeSpan.FromMilliseconds(100));
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }

    private static HookEndpoint EndpointOf(string name) => new()
    {
        Name = name,
        Url = "https://app.example/hooks",
        Secrets = { "a secret of a test that is long enough" },
        Events = { HookKind.Occupied, HookKind.Vacated, HookKind.Joined, HookKind.Left, HookKind.Published },
        Channels = { "hooked:*", "room:*", "user:*:notifications" },
    };
}
