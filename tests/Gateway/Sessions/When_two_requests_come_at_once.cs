using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>Whatever a door does, the requests of a session are carried out one after another, in the order in which they came: what one has attached waits for its own answer.</summary>
public sealed class When_two_requests_come_at_once : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly TaskCompletionSource _hold = new();
    private readonly List<string> _begun = [];

    [Fact]
    public async Task Should_carry_out_the_second_when_the_first_is_answered()
    {
        var (session, socket) = _gateway.Connect();
        var channel = _gateway.Cluster.Channel("news");

        var first = _gateway.Calls.RunAsync(session, "1", Request(AttachAndWaitAsync), "news");
        var second = _gateway.Calls.RunAsync(session, "2", Request(DoAsync), "second");
        var third = _gateway.Calls.RunAsync(session, "3", Request(DoAsync), "third");
        channel.AddAndSend(1);
        Assert.Equal(["news"], _begun);
        Assert.Empty(socket.Messages);
        _hold.SetResult();
        await Task.WhenAll(first, second, third);

        Assert.Equal(["news", "second", "third"], _begun);
        Assert.Equal(["1", "news", "2", "3"], socket.Messages.Select(static message => message is AnswerMessage answer ? (string)answer.Reference : message.Channel!));
    }

    [Fact]
    public async Task Should_keep_the_sessions_of_others_going()
    {
        var (session, _) = _gateway.Connect();
        var (other, socket) = _gateway.Connect("bob");
        var first = _gateway.Calls.RunAsync(session, "1", Request(AttachAndWaitAsync), "news");

        await _gateway.Calls.RunAsync(other, "2", Request(DoAsync), "second");

        Assert.Single(socket.Messages);
        _hold.SetResult();
        await first;
    }

    [Fact]
    public async Task Should_go_on_after_one_that_fails()
    {
        var (session, socket) = _gateway.Connect();
        var failing = _gateway.Calls.RunAsync(session, "1", Request(FailAsync), "first");

        var second = _gateway.Calls.RunAsync(session, "2", Request(DoAsync), "second");
        _hold.SetResult();
        await Task.WhenAll(failing, second);

        Assert.Equal([("1", RefusalCode.Internal), ("2", null)], socket.Messages.Cast<AnswerMessage>().Select(static answer => ((string)answer.Reference, answer.Reply.Refusal?.Code)));
    }

    public void Dispose() => _gateway.Dispose();

    private static TypedRequest<string, Done> Request(Func<Call, string, Task<Answer<Done>>> run) =>
        new("Test", CallKind.Anonymous, static _ => "", refuse: null, run, GatewayJson.Default.Done);

    private async Task<Answer<Done>> AttachAndWaitAsync(Call call, string name)
    {
        _begun.Add(name);
        await call.Services.Channels.AttachAsync(call.Session, name, new AttachRequest(new RecoverRequest()));
        await _hold.Task;
        return Done.Value;
    }

    private Task<Answer<Done>> DoAsync(Call call, string name)
    {
        _begun.Add(name);
        return Task.FromResult<Answer<Done>>(Done.Value);
    }

    private async Task<Answer<Done>> FailAsync(Call call, string name)
    {
        await _hold.Task;
        throw new InvalidOperationException("A bug.");
    }
}
