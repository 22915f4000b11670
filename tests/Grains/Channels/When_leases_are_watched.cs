using Microsoft.Extensions.Time.Testing;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Streams;
using WhatsSound.Playback;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>A channel is woken when a lease is over, and not to see that it is not.</summary>
public sealed class When_leases_are_watched : IDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly RoomClock _clock;
    private readonly LeaseWatch _watch;
    private readonly StandingRenewals _lane = new();
    private readonly Guid _gateway = Guid.NewGuid();
    private readonly GatewayLeases _leases;
    private int _woken;

    public When_leases_are_watched()
    {
        _clock = new(_time);
        _watch = new(_clock, _time);
        _leases = new(Lease, _watch, () => _woken++);
    }

    [Fact]
    public void Should_wake_its_channel_to_the_millisecond()
    {
        _leases.Renew(_gateway, _clock.NowMs);

        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _woken);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _woken);
        Assert.Equal([_gateway], _leases.TakeEnded(_clock.NowMs));
        Assert.False(_leases.HasAny);
    }

    [Fact]
    public void Should_let_a_channel_sleep_whose_lane_is_renewed()
    {
        Stand(1);

        for (var i = 0; i < 1_000; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(3));
            RenewLane(1);
        }

        Assert.Equal(0, _woken);
        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _woken);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _woken);
        Assert.Equal([_gateway], _leases.TakeEnded(_clock.NowMs));
    }

    [Fact]
    public void Should_wake_it_a_lease_after_the_last_renewal_when_nothing_stands_any_more()
    {
        Stand(1);
        _time.Advance(TimeSpan.FromSeconds(12));
        RenewLane(1);
        _lane.Close();

        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _woken);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _woken);
    }

    [Fact]
    public void Should_count_what_stood_when_the_channel_has_ended_it()
    {
        Stand(1);
        _time.Advance(TimeSpan.FromSeconds(12));
        RenewLane(1);
        _leases.EndStanding();
        _leases.Stand(_gateway, standing: null);

        _time.Advance(Lease - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, _woken);
        Assert.Empty(_leases.TakeEnded(_clock.NowMs));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _woken);
        Assert.Equal([_gateway], _leases.TakeEnded(_clock.NowMs));
    }

    [Fact]
    public void Should_wake_it_again_where_it_was_renewed_before_the_channel_came_to_look()
    {
        _leases.Renew(_gateway, _clock.NowMs);
        _time.Advance(Lease);
        Assert.Equal(1, _woken);

        _leases.Renew(_gateway, _clock.NowMs);
        Assert.Empty(_leases.TakeEnded(_clock.NowMs));

        _time.Advance(Lease);
        Assert.Equal(2, _woken);
        Assert.Equal([_gateway], _leases.TakeEnded(_clock.NowMs));
    }

    [Fact]
    public void Should_wake_it_until_it_has_come()
    {
        _leases.Renew(_gateway, _clock.NowMs);
        _time.Advance(Lease);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _woken);

        Assert.Equal([_gateway], _leases.TakeEnded(_clock.NowMs));
        _time.Advance(10 * Lease);
        Assert.Equal(2, _woken);
    }

    [Fact]
    public void Should_wake_nobody_who_has_left()
    {
        _leases.Renew(_gateway, _clock.NowMs);
        _leases.Leave();

        _time.Advance(10 * Lease);

        Assert.Equal(0, _woken);
    }

    [Fact]
    public void Should_wake_each_of_many_at_its_own_time()
    {
        var woken = new List<(int Channel, long AtMs)>();
        for (var i = 0; i < 100; i++)
        {
            var channel = i;
            new GatewayLeases(TimeSpan.FromMilliseconds(1_000 + (7 * (i % 10))), _watch, () => woken.Add((channel, _clock.NowMs))).Renew(_gateway, _clock.NowMs);
        }

        var startMs = _clock.NowMs;
        for (var i = 0; i < 1_100; i++)
            _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(Enumerable.Range(0, 100).OrderBy(static i => i % 10).ThenBy(static i => i), woken.Select(static one => one.Channel).OrderBy(static i => i % 10).ThenBy(static i => i));
        Assert.All(woken, one => Assert.Equal(startMs + 1_000 + (7 * (one.Channel % 10)), one.AtMs));
    }

    public void Dispose() => _watch.Dispose();

    private void Stand(long number)
    {
        _leases.Renew(_gateway, _clock.NowMs);
        _leases.Stand(_gateway, _lane.TryAdd(number, _clock.NowMs));
    }

    private void RenewLane(long number)
    {
        var (count, digest) = StandingDigest.Of([number], number);
        Assert.True(_lane.Renew(new() { GatewayId = _gateway, LaneId = Guid.Empty, UpTo = number, Count = count, Digest = digest, Ended = [] }, _clock.NowMs).IsKnown);
    }
}
