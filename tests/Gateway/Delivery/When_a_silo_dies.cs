using WhatsSound.Gateway.Delivery;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>Renewals under way fail once the cluster knows that it is dead; its channels begin elsewhere, without a lane to this gateway.</summary>
public sealed class When_a_silo_dies : IDisposable
{
    private static readonly DeliveryOptions Options = new();

    private readonly FakeGateway _gateway = new(Options);
    private readonly TaskCompletionSource _hang = new();

    private FakeChannel Other => _gateway.Cluster.Channel("b");

    [Fact]
    public async Task Should_ask_its_channels_again_before_the_next_round()
    {
        var channel = await HangAsync();
        var begunAt = _gateway.Time.GetTimestamp();

        channel.RenewHold = Task.CompletedTask;
        await channel.DetachLaneAsync(Guid.Empty);
        _hang.SetException(new InvalidOperationException("Dead."));

        await Eventually.BecomesTrueAsync(() => TimePassesUntil(() => channel.HasLane, TimeSpan.FromMilliseconds(10)));
        Assert.InRange(_gateway.Time.GetElapsedTime(begunAt), Options.RepairRetryAfter, Options.RenewInterval - TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Should_ask_ever_less_often_where_none_answers_and_nothing_else_with_it()
    {
        var channel = await HangAsync();
        var begunAt = _gateway.Time.GetTimestamp();

        channel.RenewHold = Task.FromException(new InvalidOperationException("Dead."));
        _hang.SetException(new InvalidOperationException("Dead."));

        // After 0.2, 0.4 and 0.8 s, and then every second.
        await Eventually.BecomesTrueAsync(() => TimePassesUntil(() => channel.Renewals == 12, TimeSpan.FromMilliseconds(100)));
        var passed = _gateway.Time.GetElapsedTime(begunAt);
        Assert.True(passed >= TimeSpan.FromSeconds(8));
        Assert.True(Other.Renewals <= 2 + (passed / Options.RenewInterval), $"{Other.Renewals} in {passed}");
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<FakeChannel> HangAsync()
    {
        await _gateway.SubscribeAsync(_gateway.Connect().Session, "a");
        await _gateway.SubscribeAsync(_gateway.Connect().Session, "b");
        var channel = _gateway.Cluster.Channel("a");
        channel.RenewHold = _hang.Task;
        await _gateway.Leases.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.BecomesTrueAsync(() => TimePassesUntil(() => channel.Renewals == 1, TimeSpan.FromMilliseconds(100)));
        return channel;
    }

    private bool TimePassesUntil(Func<bool> isMet, TimeSpan step)
    {
        if (isMet())
            return true;
        _gateway.Time.Advance(step);
        return false;
    }
}
