using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>Its channels take calls and do not answer; here not within the test's time.</summary>
public sealed class When_a_silo_hangs : IDisposable
{
    private readonly FakeGateway _gateway = new(new DeliveryOptions { ParallelCallsMax = 2, CallTimeout = TimeSpan.FromDays(10) });
    private readonly TaskCompletionSource _hang = new();
    private readonly List<Session> _sessions = [];
    private Task _round = Task.CompletedTask;

    [Fact]
    public async Task Should_renew_the_channels_of_the_others_in_every_round()
    {
        var hung = await SubscribeAsync("a", "b", "c");
        var healthy = await SubscribeAsync("d", "e");
        hung.ForEach(channel => channel.RenewHold = _hang.Task);
        await Eventually.BecomesTrueAsync(() => RoundEnds() && hung.TrueForAll(channel => channel.Renewals == 1));
        var before = healthy.ConvertAll(channel => channel.Renewals);

        await _gateway.Leases.RenewFeedsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before.ConvertAll(static count => count + 1), healthy.ConvertAll(channel => channel.Renewals));
        Assert.All(hung, static channel => Assert.Equal(1, channel.Renewals));
    }

    [Fact]
    public async Task Should_renew_while_its_idle_feeds_close()
    {
        var healthy = await SubscribeAsync("d");
        var hung = await SubscribeAsync("a", "b", "c");
        hung.ForEach(channel => channel.DetachHold = _hang.Task);
        await _gateway.Channels.EndAsync([.. _sessions.Skip(1).SelectMany(static session => session.End())]);
        _gateway.Time.Advance(TimeSpan.FromMinutes(1));

        await _gateway.Leases.RenewFeedsAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, Assert.Single(healthy).Renewals);
        Assert.Equal("d", Assert.Single(_gateway.Feeds.All).Channel);
        await Eventually.BecomesTrueAsync(() => hung.Count(static channel => !channel.HasLane) == 2);
        _hang.SetResult();
        await Eventually.BecomesTrueAsync(() => hung.TrueForAll(static channel => !channel.HasLane));
    }

    [Fact]
    public async Task Should_end_a_subscription_that_comes_about_too_late()
    {
        var channel = _gateway.Cluster.Channel("a");
        channel.AttachHold = _hang.Task;
        var subscribing = _gateway.SubscribeAsync(_gateway.Connect().Session, "a");
        await Eventually.BecomesTrueAsync(() => channel.HasLane);
        _gateway.Time.Advance(TimeSpan.FromDays(10));
        await Assert.ThrowsAsync<TimeoutException>(() => subscribing);

        _hang.SetResult();

        await Eventually.BecomesTrueAsync(() => !channel.HasLane);
    }

    [Fact]
    public async Task Should_renew_the_connections_of_other_users_in_every_round()
    {
        string[] hung = ["ada", "bob", "cem"];
        foreach (var userId in hung.Append("dee"))
            _gateway.Sessions.Add(_gateway.Connect(userId).Session);
        foreach (var userId in hung)
            _gateway.Cluster.User(userId).RenewHold = _hang.Task;

        for (var round = 0; round < 2; round++)
            await PassAsync(_gateway.Users.RenewAllAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, _gateway.Cluster.User("dee").Told.Count);
        Assert.All(hung, userId => Assert.Single(_gateway.Cluster.User(userId).Told));
    }

    [Fact]
    public async Task Should_report_how_many_are_in_the_channels_of_the_others()
    {
        var healthy = (await SubscribeAsync("d"))[0];
        (await SubscribeAsync("a", "b", "c")).ForEach(channel => channel.ReportHold = _hang.Task);
        using var loop = new OccupancyLoop(_gateway.Feeds, Microsoft.Extensions.Options.Options.Create(_gateway.DeliveryOptions), _gateway.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<OccupancyLoop>.Instance);

        await PassAsync(loop.ReportAsync(TestContext.Current.CancellationToken));

        Assert.Single(healthy.Reports);
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>Time passes until a round is over; not so much that a call would be given up.</summary>
    private async Task PassAsync(Task round)
    {
        await Eventually.BecomesTrueAsync(() =>
        {
            _gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
            return round.IsCompleted;
        });
        await round;
    }

    private async Task<List<FakeChannel>> SubscribeAsync(params string[] names)
    {
        foreach (var name in names)
        {
            _sessions.Add(_gateway.Connect().Session);
            await _gateway.SubscribeAsync(_sessions[^1], name);
        }

        return [.. names.Select(_gateway.Cluster.Channel)];
    }

    /// <summary>Lets some time go by; another round begins where one has ended.</summary>
    private bool RoundEnds()
    {
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(100));
        if (!_round.IsCompleted)
            return false;
        if (_gateway.Feeds.All.Count(static feed => feed.Lease.IsRenewing) == 3)
            return true;
        _round = _gateway.Leases.RenewFeedsAsync(CancellationToken.None);
        return false;
    }
}
