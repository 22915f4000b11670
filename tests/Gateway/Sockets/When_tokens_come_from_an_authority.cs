using System.Text.Json;
using Microsoft.AspNetCore.Http;
using WhatsSound.Tests.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>The whole program with an OpenID authority beside it, whose keys change, and which is away, while clients are connected.</summary>
public sealed class When_tokens_come_from_an_authority
{
    private static readonly TokenSigner Rsa = TokenSigner.Rsa("rsa");
    private static readonly TokenSigner Ec = TokenSigner.Ec("ec");

    [Fact]
    public async Task Should_connect_with_either_algorithm_and_renew_in_the_live_connection()
    {
        await using var authority = await KeyServer.StartAsync(Rsa);
        await using var server = await StartAsync(authority);
        await using var ada = await HubClient.ConnectAsync(server.Address, TokenOf(authority, Rsa, "ada"));
        await ada.ResultInTheEndAsync("Subscribe", new { channel = "news" });

        authority.Rotate(Rsa, Ec);
        await using var bob = await HubClient.ConnectAsync(server.Address, TokenOf(authority, Ec, "bob"));
        await bob.ResultInTheEndAsync("Publish", new { channel = "news", id = "1", data = 1 });
        authority.Rotate(Ec);
        var renewed = await ada.ResultAsync("Authenticate", new { token = TokenOf(authority, Ec, "ada") });

        Assert.Equal(("ada", "The ada"), (renewed.GetProperty("userId").GetString(), renewed.GetProperty("displayName").GetString()));
        await bob.ResultAsync("Publish", new { channel = "news", id = "2", data = 2 });
        Assert.Equal(2, (await ada.PublicationsAsync("news", upTo: 2)).Count);
        Assert.Equal("FORBIDDEN", await ada.CodeAsync("Authenticate", new { token = TokenOf(authority, Ec, "bob") }));
        Assert.Equal("TOKEN_INVALID", await ada.CodeAsync("Authenticate", new { token = TokenOf(authority, Ec, "ada", audience: "other") }));
        AssertNoTokenIsLogged(server);
    }

    [Fact]
    public async Task Should_let_in_who_waits_once_the_authority_is_there()
    {
        await using var authority = await KeyServer.StartAsync(Ec);
        authority.Fault = static context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);
        await using var server = await StartAsync(authority, "--Sessions:AuthenticateWithin", "00:01:00");
        await using var ada = await HubClient.ConnectAsync(server.Address, TokenOf(authority, Ec, "ada"));

        var refused = (await ada.CallAsync("Subscribe", new { channel = "news" })).GetProperty("error");
        // Whose tokens are signed with the secret has nothing to do with it.
        await using var guest = await server.ConnectAsync("guest");
        await guest.ResultAsync("Subscribe", new { channel = "news" });
        Assert.Equal("NOT_READY", await guest.CodeAsync("Authenticate", new { token = TokenOf(authority, Ec, "guest") }));
        authority.Fault = null;

        Assert.Equal(("NOT_READY", true), (refused.GetProperty("code").GetString(), refused.GetProperty("retryable").GetBoolean()));
        await ada.ResultInTheEndAsync("Subscribe", new { channel = "news" });
        await guest.ResultAsync("Publish", new { channel = "news", id = "1", data = 1 });
        await ada.PublicationsAsync("news", upTo: 1);
        AssertNoTokenIsLogged(server);
    }

    [Fact]
    public async Task Should_let_a_dotnet_client_in_that_waits_for_it()
    {
        await using var authority = await KeyServer.StartAsync(Ec);
        authority.Fault = static context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);
        await using var server = await StartAsync(authority, "--Sessions:AuthenticateWithin", "00:01:00");
        await using var ada = new WhatsSound.Client.Connection(
            new WhatsSound.Client.ConnectionOptions { Url = new Uri(server.Address, "/hub"), Token = _ => Task.FromResult(TokenOf(authority, Ec, "ada")) });

        var starting = ada.StartAsync();
        await Eventually.BecomesTrueAsync(() => authority.Fetches > 3);
        Assert.False(starting.IsCompleted);
        authority.Fault = null;

        Assert.Equal("ada", (await starting).Value.UserId);
    }

    [Fact]
    public async Task Should_be_told_to_come_back_where_that_takes_too_long()
    {
        await using var authority = await KeyServer.StartAsync(Ec);
        authority.Fault = static context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);
        await using var server = await StartAsync(authority, "--Sessions:AuthenticateWithin", "00:00:02");
        await using var ada = await RawHubClient.ConnectAsync(server.Address, TokenOf(authority, Ec, "ada"));

        var closing = await ada.EventAsync("closing");

        Assert.Equal("NOT_READY", closing.GetProperty("code").GetString());
        Assert.True(closing.GetProperty("reconnectAfterMs").GetInt64() > 0);
        Assert.True((await ada.CloseMessage).GetProperty("allowReconnect").GetBoolean());
    }

    [Fact]
    public async Task Should_tell_an_http_client_to_come_back()
    {
        await using var authority = await KeyServer.StartAsync(Ec);
        authority.Fault = static context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);
        await using var server = await StartAsync(authority);
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/rooms/friday-night/plays.json");
        request.Headers.Authorization = new("Bearer", TokenOf(authority, Ec, "ada"));

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("NOT_READY", JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("code").GetString());
    }

    private static Task<RunningServer> StartAsync(KeyServer authority, params string[] arguments) => RunningServer.StartAsync(
        ["--Identity:Sources:0:Authority", authority.Issuer, "--Identity:Sources:0:Audiences:0", "music", "--Identity:Keys:Pause", "00:00:00.100", .. arguments]);

    private static string TokenOf(KeyServer authority, TokenSigner signer, string userId, string audience = "music") => signer.Sign(
        $$"""{"iss":"{{authority.Issuer}}","sub":"{{userId}}","name":"The {{userId}}","aud":"{{audience}}","exp":{{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}}""");

    private static void AssertNoTokenIsLogged(RunningServer server) => Assert.DoesNotContain(server.Log.Lines, static line => line.Text.Contains("eyJ", StringComparison.Ordinal));
}
