using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>From then on the connection is one of its user's, without anybody's waiting for that who need not.</summary>
public sealed class When_it_is_known_whose_a_connection_is : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly FakeCluster _cluster = new();
    private readonly TaskCompletionSource _hold = new();
    private readonly ServiceProvider _services;
    private int _connections;

    public When_it_is_known_whose_a_connection_is() => _services = new ServiceCollection()
        .AddLogging().AddMetrics()
        .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production })
        .AddSingleton<TimeProvider>(_time)
        .AddSingleton<IClusterClient>(_cluster)
        .AddWhatsSoundGateway(new ConfigurationBuilder().AddInMemoryCollection([new("Identity:SigningKey", "a key for tests that is long enough to sign with")]).Build())
        .BuildServiceProvider();

    private FakeUser User => _cluster.User("ada");

    [Fact]
    public async Task Should_tell_the_user_at_the_handshake()
    {
        await OpenAsync(Token());

        Assert.Equal(["+c1"], User.Told);
    }

    [Fact]
    public async Task Should_tell_the_user_when_the_token_comes_later_and_once()
    {
        var (session, _) = await OpenAsync(token: null);
        Assert.Empty(User.Told);

        await Host.AuthenticateAsync(session, Token());
        await Host.AuthenticateAsync(session, Token());

        Assert.Equal(["+c1"], User.Told);
    }

    [Fact]
    public async Task Should_be_told_by_what_others_know_it_where_its_session_was_resumed()
    {
        var (session, _) = await OpenAsync(Token());
        Assert.Equal("c1", (await Host.AuthenticateAsync(session, Token())).Value!.ConnectionId);

        Assert.True(session.TryBecome(new Resumption("before", SessionKey.HashOf("key"))));

        Assert.Equal("before", (await Host.AuthenticateAsync(session, Token())).Value!.ConnectionId);
    }

    [Fact]
    public async Task Should_not_wait_for_the_user_to_say_what_time_it_is()
    {
        User.ConnectHold = _hold.Task;

        var (session, socket) = await OpenAsync(Token());
        await AskTheTimeAsync(session);

        Assert.Single(socket.Messages.OfType<AnswerMessage>());
        Assert.Empty(User.Told);
    }

    [Fact]
    public async Task Should_wait_for_the_user_to_do_what_needs_one()
    {
        User.ConnectHold = _hold.Task;
        var (session, socket) = await OpenAsync(Token());

        var asked = SubscribeAsync(session);
        Assert.Empty(socket.Messages);
        _hold.SetResult();
        await asked;

        Assert.Single(socket.Messages.OfType<AnswerMessage>());
        Assert.Equal(["+c1"], User.Told);
    }

    [Fact]
    public async Task Should_be_gone_after_it_came_where_it_goes_meanwhile()
    {
        User.ConnectHold = _hold.Task;
        var (session, _) = await OpenAsync(Token());

        var ending = Host.EndAsync(session);
        _hold.SetResult();
        await ending;

        Assert.Equal(["+c1", "-c1"], User.Told);
    }

    [Fact]
    public async Task Should_not_be_told_where_it_had_gone_before()
    {
        var (session, _) = await OpenAsync(token: null);

        await Host.EndAsync(session);
        await Host.AuthenticateAsync(session, Token());

        Assert.Empty(User.Told);
    }

    [Fact]
    public async Task Should_be_gone_last_where_a_request_tells_of_it_as_it_goes()
    {
        User.ConnectHold = Task.FromException(new TimeoutException());
        var (session, _) = await OpenAsync(Token());
        User.ConnectHold = _hold.Task;
        var asked = SubscribeAsync(session);

        await Host.EndAsync(session);
        _hold.SetResult();
        await asked;

        Assert.Equal("-c1", User.Told[^1]);
    }

    [Fact]
    public async Task Should_be_told_by_the_next_renewal_where_the_user_could_not_be_told()
    {
        User.ConnectHold = Task.FromException(new TimeoutException());
        await OpenAsync(Token());

        await RenewAsync();

        Assert.Equal(["=c1"], User.Told);
    }

    [Fact]
    public async Task Should_count_no_more_and_ask_for_nothing_once_told_to_go_for_good()
    {
        var (replaced, _) = await OpenAsync(Token());
        var (other, _) = await OpenAsync(Token());
        replaced.Outbox.Close(new ClosingMessage(new SessionClosing(RefusalCode.ConnectionLimit, ReconnectAfterMs: null)));

        await SubscribeAsync(replaced);
        await SubscribeAsync(other);
        await RenewAsync();

        Assert.Equal((0, 1), (replaced.AttachmentCount, other.AttachmentCount));
        Assert.Equal(["+c1", "+c2", "=c2"], User.Told);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private SessionHost Host => _services.GetRequiredService<SessionHost>();

    private SessionCalls Calls => _services.GetRequiredService<SessionCalls>();

    private Task RenewAsync() => _services.GetRequiredService<SessionUsers>().RenewAllAsync(TestContext.Current.CancellationToken);

    private Task AskTheTimeAsync(Session session) => Calls.RunAsync(session, "1", ConnectionRequests.Time, 1L);

    private Task SubscribeAsync(Session session) =>
        Calls.RunAsync(session, "1", ChannelRequests.Subscribe, System.Text.Json.JsonSerializer.SerializeToElement(new { channel = "news" }));

    private string Token() => _services.GetRequiredService<TokenIssuer>().Issue("ada", "Ada", _time.GetUtcNow() + TimeSpan.FromHours(1));

    private async Task<(Session Session, RecordingSocket Socket)> OpenAsync(string? token)
    {
        var socket = new RecordingSocket();
        var admission = (await Host.AdmitAsync($"c{++_connections}", IPAddress.Loopback, token)).Value!;
        return (Host.Open(admission, "test", isTls: false, socket), socket);
    }
}
