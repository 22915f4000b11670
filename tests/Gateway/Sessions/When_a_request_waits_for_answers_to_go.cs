using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A client that does not read its answers asks for no more; and what it has asked for by then is not carried out once somebody else has its place, or it is gone.</summary>
public sealed class When_a_request_waits_for_answers_to_go : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;
    private readonly RecordingSocket _socket;
    private int _carriedOut;
    private bool _wasGivenUp;

    public When_a_request_waits_for_answers_to_go()
    {
        (_session, _socket) = _gateway.Connect();
        _socket.Stall();
        for (var i = 0; i <= new SessionLimits().OutboxAnswersMax; i++)
            _session.Answer(new AnswerMessage("1", Reply.Of(Done.Value, GatewayJson.Default.Done), _socket.Format), isDone: true);
    }

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Should_be_carried_out_once_the_client_reads()
    {
        var asked = AskAsync();
        Assert.Equal(0, _carriedOut);

        _socket.Resume();
        await asked;

        Assert.Equal(1, _carriedOut);
    }

    [Fact]
    public async Task Should_have_its_time_from_when_it_is_carried_out()
    {
        var asked = AskAsync();
        _gateway.Time.Advance(2 * RequestTurns.Within);

        _socket.Resume();
        await asked;

        Assert.False(_wasGivenUp);
    }

    [Fact]
    public async Task Should_not_be_carried_out_once_the_connection_is_gone()
    {
        var asked = AskAsync();

        _session.End();
        await asked;

        Assert.Equal(0, _carriedOut);
    }

    [Fact]
    public async Task Should_not_be_carried_out_once_a_newer_connection_has_its_place()
    {
        var asked = AskAsync();

        _session.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.ConnectionLimit, ReconnectAfterMs: null)));
        await asked;

        Assert.Equal(0, _carriedOut);
    }

    [Fact]
    public async Task Should_not_be_carried_out_once_another_connection_has_its_session()
    {
        var keyHash = SessionKey.HashOf("key");
        Assert.True(await _gateway.Parking.TryHoldAsync(_session, new Resumption(_session.Id, keyHash)));
        var asked = AskAsync();

        Assert.NotNull(await _gateway.Parking.ReleaseAsync(_session.Id, keyHash));
        await asked;

        Assert.Equal(0, _carriedOut);
    }

    private Task AskAsync() => _gateway.Calls.RunAsync(
        _session,
        "2",
        new TypedRequest<string, Done>("Test", CallKind.Anonymous, static _ => "", refuse: null, (_, _) => CarryOutAsync(), GatewayJson.Default.Done),
        "");

    private Task<Answer<Done>> CarryOutAsync()
    {
        _carriedOut++;
        _wasGivenUp = _session.GivenUp.IsCancellationRequested;
        return Task.FromResult<Answer<Done>>(Done.Value);
    }
}
