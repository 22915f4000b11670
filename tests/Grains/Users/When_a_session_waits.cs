using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Users;

[Collection(ClusterTests.Name)]
public sealed class When_a_session_waits(TestCluster cluster)
{
    private static readonly ImmutableArray<byte> KeyHash = [.. Enumerable.Repeat((byte)7, 32)];

    private readonly IUserGrain _user = cluster.Grains.GetGrain<IUserGrain>(UserId.KeyOf($"{Guid.NewGuid():N}"));

    [Fact]
    public async Task Should_be_given_once_to_who_shows_the_key()
    {
        await ParkAsync("a");

        Assert.Null((await _user.TakeAsync("a", [.. KeyHash.Select(static one => (byte)(one + 1))])).Parked);
        Assert.Equal("a", (await TakeAsync("a")).Parked?.SessionId);
        Assert.Null((await TakeAsync("a")).Parked);
    }

    [Fact]
    public async Task Should_be_kept_for_as_long_as_it_said()
    {
        using var counted = new Counted("whatssound.user.sessions.expired");
        await ParkAsync("short", forMs: 60_000);
        await ParkAsync("long", forMs: 120_000);

        cluster.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Null((await TakeAsync("short")).Parked);
        Assert.Equal("long", (await TakeAsync("long")).Parked?.SessionId);
        Assert.True(counted.Sum >= 1, $"{counted.Sum} have expired.");
    }

    [Fact]
    public async Task Should_make_place_for_one_too_many_if_it_has_waited_for_longest()
    {
        using var counted = new Counted("whatssound.user.sessions.dropped");
        for (var i = 0; i < 11; i++)
            await ParkAsync($"s{i}");

        Assert.Null((await TakeAsync("s0")).Parked);
        for (var i = 1; i < 11; i++)
            Assert.Equal($"s{i}", (await TakeAsync($"s{i}")).Parked?.SessionId);
        Assert.True(counted.Sum >= 1, $"{counted.Sum} had to go.");
    }

    [Fact]
    public async Task Should_not_be_kept_where_it_is_too_large()
    {
        await ParkAsync("large", rooms: 2_000);

        Assert.Null((await TakeAsync("large")).Parked);
    }

    [Fact]
    public async Task Should_go_along_where_the_grain_moves()
    {
        var holder = cluster.Client.CreateObjectReference<ISessionHolder>(new Holder());
        await ParkAsync("a", forMs: 60_000);
        await HoldAsync("b", "b-1", number: 1, holder);
        var from = cluster.FindSiloOf(_user);

        await cluster.MigrateAsync(_user);

        Assert.Equal("a", (await TestCluster.RetryAsync(() => TakeAsync("a"))).Parked?.SessionId);
        Assert.NotEqual(from, cluster.FindSiloOf(_user));
        Assert.Equal(holder, (await TakeAsync("b")).Holder);
    }

    [Fact]
    public async Task Should_wait_no_longer_for_having_moved()
    {
        await ParkAsync("a", forMs: 60_000);
        await cluster.MigrateAsync(_user);
        await TestCluster.RetryAsync(() => TakeAsync("nobody's"));

        cluster.Time.Advance(TimeSpan.FromSeconds(61));

        Assert.Null((await TakeAsync("a")).Parked);
    }

    /// <summary>Two gateways tell of the same session; the call of the one that it has left comes last.</summary>
    [Fact]
    public async Task Should_be_looked_for_at_its_last_gateway()
    {
        var former = cluster.Client.CreateObjectReference<ISessionHolder>(new Holder());
        var last = cluster.Client.CreateObjectReference<ISessionHolder>(new Holder());

        await HoldAsync("a", "third", number: 3, last);
        await HoldAsync("a", "second", number: 2, former);

        Assert.Equal(last, (await TakeAsync("a")).Holder);
        await ParkAsync("a", "third", number: 3);
        Assert.Equal("a", (await TakeAsync("a")).Parked?.SessionId);
    }

    /// <summary>That the session lives on a newer connection was never heard: the call was lost.</summary>
    [Fact]
    public async Task Should_be_kept_though_an_older_connection_is_known()
    {
        await HoldAsync("a", "first", number: 1, cluster.Client.CreateObjectReference<ISessionHolder>(new Holder()));

        await ParkAsync("a", "second", number: 2);

        Assert.Equal("a", (await TakeAsync("a")).Parked?.SessionId);
    }

    [Fact]
    public async Task Should_not_be_kept_where_it_lives_on_a_newer_connection()
    {
        await HoldAsync("a", "second", number: 2, cluster.Client.CreateObjectReference<ISessionHolder>(new Holder()));

        await ParkAsync("a", "first", number: 1);

        Assert.Null((await TakeAsync("a")).Parked);
    }

    [Fact]
    public async Task Should_not_be_sought_at_a_gateway_that_is_dead()
    {
        var (holder, gateway) = (cluster.Client.CreateObjectReference<ISessionHolder>(new Holder()), Guid.NewGuid());
        await HoldAsync("a", "a-1", number: 1, holder);
        await HoldAsync("b", "b-1", number: 1, holder);
        cluster.Time.Advance(TimeSpan.FromSeconds(20));
        await _user.RenewAsync(gateway, [new() { ConnectionId = "b-1", SilentMs = 0 }]);

        cluster.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Null((await TakeAsync("a")).Holder);
        Assert.Equal(holder, (await TakeAsync("b")).Holder);
    }

    [Fact]
    public async Task Should_not_hold_up_whoever_seeks_another()
    {
        var slow = new SlowHolder();
        var holder = cluster.Client.CreateObjectReference<ISessionHolder>(slow);
        var first = holder.ReleaseAsync("slow", KeyHash);
        await slow.IsAsked.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Null(await holder.ReleaseAsync("other", KeyHash).WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.False(first.IsCompleted);
        slow.HasEnded.SetResult();
        Assert.Null(await first);
    }

    [Fact]
    public async Task Should_be_found_by_what_its_gateway_says_again_where_the_grain_has_lost_its_memory()
    {
        var holder = cluster.Client.CreateObjectReference<ISessionHolder>(new Holder());
        var hold = new SessionHold { SessionId = "a", ConnectionId = "a-2", ConnectionNumber = 2, Holder = holder };

        await _user.RenewAsync(Guid.NewGuid(), [new() { ConnectionId = "a-2", SilentMs = 0, Hold = hold }]);

        Assert.Equal(holder, (await TakeAsync("a")).Holder);
    }

    [Fact]
    public async Task Should_be_where_it_went_on_whatever_is_said_again_late()
    {
        var former = cluster.Client.CreateObjectReference<ISessionHolder>(new Holder());
        var last = cluster.Client.CreateObjectReference<ISessionHolder>(new Holder());
        await HoldAsync("a", "a-2", number: 2, last);
        await ParkAsync("b", "b-1");

        await _user.RenewAsync(Guid.NewGuid(), [Heard("a-1", "a"), Heard("b-1", "b")]);

        Assert.Equal(last, (await TakeAsync("a")).Holder);
        Assert.NotNull((await TakeAsync("b")).Parked);
        Assert.Null((await TakeAsync("b")).Holder);

        ConnectionHeard Heard(string connectionId, string sessionId) =>
            new() { ConnectionId = connectionId, SilentMs = 0, Hold = new() { SessionId = sessionId, ConnectionId = connectionId, ConnectionNumber = 1, Holder = former } };
    }

    private Task HoldAsync(string sessionId, string connectionId, int number, ISessionHolder holder) =>
        _user.HoldAsync(new SessionHold { SessionId = sessionId, ConnectionId = connectionId, ConnectionNumber = number, Holder = holder });

    private Task ParkAsync(string sessionId, string? connectionId = null, int number = 1, long forMs = 120_000, int rooms = 1) =>
        _user.ParkAsync(connectionId ?? $"{sessionId}-1", new ParkedSession
        {
            SessionId = sessionId,
            KeyHash = KeyHash,
            Door = "test",
            ForMs = forMs,
            ConnectionNumber = number,
            Rooms = [.. Enumerable.Range(0, rooms).Select(static room => $"room-{room}")],
        });

    private Task<SessionFound> TakeAsync(string sessionId) => _user.TakeAsync(sessionId, KeyHash);

    private sealed class Holder : ISessionHolder
    {
        public Task<ParkedSession?> ReleaseAsync(string sessionId, ImmutableArray<byte> keyHash) => Task.FromResult<ParkedSession?>(null);
    }

    /// <summary>One of its sessions is ending, and takes its time.</summary>
    private sealed class SlowHolder : ISessionHolder
    {
        public TaskCompletionSource IsAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource HasEnded { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<ParkedSession?> ReleaseAsync(string sessionId, ImmutableArray<byte> keyHash)
        {
            if (sessionId == "slow")
            {
                IsAsked.SetResult();
                await HasEnded.Task;
            }

            return null;
        }
    }

    /// <summary>What an instrument of any silo counts meanwhile; other tests may count with it.</summary>
    private sealed class Counted : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _sum;

        public Counted(string name)
        {
            _listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == name)
                    self.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref _sum, value));
            _listener.Start();
        }

        public long Sum => Interlocked.Read(ref _sum);

        public void Dispose() => _listener.Dispose();
    }
}
