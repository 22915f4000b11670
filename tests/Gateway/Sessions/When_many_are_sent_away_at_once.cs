using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>What is too fast for one reader is too fast for others, and a gateway that is full is full for all: told the same time, they would come back together.</summary>
public sealed class When_many_are_sent_away_at_once : IDisposable
{
    private const int Count = 20;

    private readonly SessionLimits _limits = new() { OutboxMessagesMax = 4, RefusalsInRowMax = 1 };
    private readonly FakeGateway _gateway;

    public When_many_are_sent_away_at_once() => _gateway = new FakeGateway(limits: _limits);

    [Fact]
    public void Should_come_back_at_different_times_when_they_were_too_slow() => AssertSpread(TimeSpan.FromSeconds(1), (session, socket) =>
    {
        socket.Stall();
        for (var offset = 1; offset <= 6; offset++)
            session.Outbox.Deliver(new FrameMessage(Sample.Frame(offset - 1, offset)));
        socket.Resume();
    });

    [Fact]
    public void Should_come_back_at_different_times_when_all_that_they_asked_was_refused()
    {
        var conduct = new SessionConduct(Options.Create(_limits), _gateway.Allowances);

        AssertSpread(TimeSpan.FromSeconds(10), (session, _) => conduct.WasRefused(session, Refusals.Retry(RefusalCode.RateLimited, "There is too much of it.")));
    }

    [Fact]
    public void Should_come_back_at_different_times_when_there_is_no_room()
    {
        var strangers = new Strangers(_gateway.Sessions, Options.Create(_limits), _gateway.Time);

        AssertSpread(TimeSpan.FromSeconds(10), (session, _) =>
        {
            _gateway.Sessions.Add(session);
            strangers.Refuse(session, Refusals.Retry(RefusalCode.RateLimited, "There is too much of it."));
            _gateway.Time.Advance(_limits.RefusedGrace);
        });
    }

    public void Dispose() => _gateway.Dispose();

    /// <summary>From half to one and a half times as much, about as far apart from each other as can be.</summary>
    private void AssertSpread(TimeSpan middle, Action<Session, RecordingSocket> sendAway)
    {
        var times = Enumerable.Range(0, Count).Select(_ => TimeOf(sendAway)).Order().ToList();

        Assert.All(times, time => Assert.InRange(time, middle * 0.5, middle * 1.5));
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, middle / Count / 4, middle / Count * 4));
    }

    private TimeSpan TimeOf(Action<Session, RecordingSocket> sendAway)
    {
        var (session, socket) = _gateway.Connect();
        sendAway(session, socket);
        var goodbye = Assert.IsType<ClosingMessage>(socket.Messages.Last());
        return TimeSpan.FromMilliseconds(Assert.NotNull(goodbye.Closing.ReconnectAfterMs));
    }
}
