using System.Net;
using System.Net.Sockets;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>What another attempt will hardly change is the answer to starting; the connection goes on trying all the same.</summary>
public sealed class When_a_dotnet_client_cannot_start(ClientServer server) : IClassFixture<ClientServer>
{
    public static TheoryData<string, string, string?> Mistakes => new()
    {
        { "signature", "TOKEN_INVALID", null },
        { "throws", "UNAUTHENTICATED", "token" },
        { "nothing", "UNAUTHENTICATED", "token" },
        { "page", "PAYLOAD_TOO_LARGE", "65536" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Should_say_what_is_wrong_with_the_token(string mistake, string code, string? detail)
    {
        var token = server.Server.TokenOf("ann");
        await using var ann = server.Connect(token: _ => mistake switch
        {
            "signature" => Task.FromResult($"{token[..^6]}AAAAAA"),
            "throws" => throw new InvalidOperationException("No session."),
            "nothing" => Task.FromResult<string>(null!),
            _ => Task.FromResult(new string('<', 100_000)),
        });
        var failed = FailuresOf(ann);

        var refusal = (await ann.StartAsync()).Refusal;

        Assert.Equal((code, detail), (refusal?.Code, refusal?.Detail));
        await failed.UntilAsync(all => all.Count > 0);
        Assert.Equal(mistake == "throws", refusal!.Message.Contains("No session.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Should_go_on_where_the_network_is_away_for_the_token()
    {
        var asked = 0;
        await using var ann = server.Connect(token: _ => ++asked < 3 ? throw new HttpRequestException("Connection refused") : Task.FromResult(server.Server.TokenOf("ann")));

        Assert.Null((await ann.StartAsync()).Refusal);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task Should_say_so_where_no_hub_is_at_the_address()
    {
        await using var ann = new Connection(new ConnectionOptions { Url = new Uri(server.Server.Address, "/nowhere"), Token = _ => Task.FromResult("token") });

        var refusal = (await ann.StartAsync()).Refusal;

        Assert.Equal(("BAD_REQUEST", "url"), (refusal?.Code, refusal?.Detail));
        Assert.Contains("404", refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_be_live_once_what_was_wrong_is_not()
    {
        var isWrong = true;
        await using var ann = server.Connect(token: _ => isWrong ? throw new InvalidOperationException("No session.") : Task.FromResult(server.Server.TokenOf("ann")));

        Assert.Equal("UNAUTHENTICATED", (await ann.StartAsync()).Refusal?.Code);
        isWrong = false;

        Assert.Null((await ann.StartAsync()).Refusal);
        Assert.Equal("ann", ann.Identity?.UserId);
    }

    [Fact]
    public async Task Should_try_a_network_that_is_away_again_and_again_unless_it_was_given_a_time()
    {
        using var port = new TcpListener(IPAddress.Loopback, 0);
        port.Start();
        var nobody = new Uri($"http://{port.LocalEndpoint}");
        port.Stop();
        await using var ann = server.Connect(via: nobody);
        var failed = FailuresOf(ann);

        var starting = ann.StartAsync();
        await failed.UntilAsync(all => all.Count >= 2);
        var refusal = (await ann.StartAsync(TimeSpan.FromMilliseconds(1))).Refusal;

        Assert.Equal(("TIMEOUT", true), (refusal?.Code, refusal?.Retryable));
        Assert.StartsWith("Not connected within 1 ms: ", refusal!.Message, StringComparison.Ordinal);
        Assert.False(starting.IsCompleted);
    }

    private static Heard<Exception> FailuresOf(Connection connection)
    {
        var failed = new Heard<Exception>();
        connection.Failed += failed.Add;
        return failed;
    }
}
