using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Control;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Control;

public sealed class When_a_session_loses_its_right : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly SessionAccess _access;

    public When_a_session_loses_its_right() => _access = new SessionAccess(_gateway.Channels, _gateway.Rooms);

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Should_get_the_goodbye_alone_however_much_waited_for_its_socket()
    {
        var (session, socket) = _gateway.Connect();
        await _gateway.SubscribeAsync(session, "news");
        socket.Stall();
        for (var offset = 1; offset <= 3; offset++)
            session.Outbox.Deliver(new FrameMessage(Sample.Frame(offset - 1, offset)));

        await _access.RevokeAsync(session);
        session.Outbox.Deliver(new FrameMessage(Sample.Frame(3, 4)));
        socket.Resume();

        // The first was with the socket already.
        Assert.Equal([1L], socket.Offsets);
        var goodbye = Assert.IsType<ClosingMessage>(socket.Messages.Last());
        Assert.Equal((RefusalCode.TokenRevoked, null, false), (goodbye.Closing.Code, goodbye.Closing.ReconnectAfterMs, goodbye.MayReconnect));
        Assert.Empty(session.Attachments);
        Assert.DoesNotContain(socket.Messages, static message => message is DetachedMessage);
    }

    [Fact]
    public async Task Should_be_cut_within_the_second_if_its_socket_takes_nothing()
    {
        var (session, socket) = _gateway.Connect();
        socket.Stall();
        session.Outbox.Deliver(new FrameMessage(Sample.Frame(0, 1)));

        await _access.RevokeAsync(session);
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(socket.Closed.Task.IsCompleted);
        _gateway.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.True(socket.Closed.Task.IsCompleted);
    }

    [Fact]
    public async Task Should_be_told_once()
    {
        var (session, socket) = _gateway.Connect();

        await _access.RevokeAsync(session);
        await _access.RevokeAsync(session);

        Assert.Single(socket.Messages);
    }

    [Theory]
    [InlineData(true, RefusalCode.NotReady)]
    [InlineData(false, null)]
    public async Task Should_be_sent_away_for_now_where_nobody_knows_and_the_deployment_wants_it_so(bool isClosed, string? code)
    {
        var (session, socket) = _gateway.Connect();
        _gateway.Sessions.Add(session);
        using var loop = new SilenceLoop(_gateway.Sessions, new Knowledge(isClosed), _gateway.Time, NullLogger<SilenceLoop>.Instance);

        await loop.CloseAllAsync(CancellationToken.None);

        var goodbye = socket.Messages.OfType<ClosingMessage>().SingleOrDefault();
        Assert.Equal((code, code is not null), (goodbye?.Closing.Code, goodbye?.MayReconnect is true));
    }

    /// <summary>As where a rule that had freed it is taken back.</summary>
    [Theory]
    [InlineData(true, RefusalCode.NotMember)]
    [InlineData(false, null)]
    public async Task Should_lose_what_a_room_manages_that_it_is_not_in_unless_it_is_about_to_be(bool isAnswered, string? code)
    {
        var (session, socket) = _gateway.Connect();
        Assert.Null((await _gateway.Channels.AttachAsync(session, "room:den:chat", new AttachRequest(new RecoverRequest()))).Refusal);
        if (isAnswered)
            session.Answer(answer: null, isDone: true);

        await _access.CheckAsync(session);

        Assert.Equal(code is null, session.FindAttachment("room:den:chat") is not null);
        Assert.Equal(code, socket.Messages.OfType<DetachedMessage>().SingleOrDefault()?.Detached.Code);
    }

    [Fact]
    public async Task Should_lose_it_though_another_cannot_be_looked_at_which_is_tried_again()
    {
        var ((broken, _), (session, _)) = (_gateway.Connect("bob"), _gateway.Connect());
        broken.Grant = new BrokenGrant { ExpiresAt = DateTimeOffset.MaxValue };
        _gateway.Sessions.Add(broken);
        _gateway.Sessions.Add(session);
        var book = new RuleBook(ChannelOptions.Defaults);
        var knowledge = new ControlKnowledge(book, Options.Create(new ControlOptions()), _gateway.Time, NullLogger<ControlKnowledge>.Instance);
        knowledge.Take(new() { RulesVersion = 0, RevocationsNumber = 1, Revocations = [new() { Kind = RevocationKind.User, Value = "ada", Number = 1, UntilMs = long.MaxValue }] });
        using var loop = new AccessLoop(_gateway.Sessions, _access, knowledge, book, new ControlMeters(_gateway.MeterFactory), _gateway.Time, NullLogger<AccessLoop>.Instance);

        var looking = loop.LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal((true, false), (session.Outbox.Goodbye is not null, looking.IsCompleted));
        _gateway.Time.Advance(AccessLoop.RepeatAfter);
        await looking;
    }

    private sealed record BrokenGrant : TokenGrant
    {
        public override TokenFacts Facts => throw new InvalidOperationException("It cannot be looked at.");
    }

    private sealed class Knowledge(bool isClosed) : IRevocations
    {
        public event EventHandler? Changed
        {
            add { }
            remove { }
        }

        public bool IsClosed => isClosed;

        public bool IsRevoked(in TokenFacts facts) => false;

        public bool IsRevoked(in TokenFacts facts, string channel) => false;
    }
}
