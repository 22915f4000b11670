using System.Buffers.Text;
using System.Text.Json;
using WhatsSound.Gateway.Hosting;
using WhatsSound.Tests.Gateway.Identity;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>The verb <c>token</c>: a token and nothing else on standard output, or a sentence and the exit code 1.</summary>
public sealed class When_a_token_is_made_on_the_command_line(RunningServer server) : IDisposable
{
    private const string Key = $"--Identity:SigningKey={Verification.Secret}";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-token-");

    private string Here => $"--contentRoot={_folder.FullName}";

    [Fact]
    public async Task Should_let_its_user_in()
    {
        var token = await SignedAsync("--user=ada", "--name", "Ada Lovelace", "--cap=open:*=subscribe", "--cap", "news=subscribe,publish", "--lifetime=00:30:00", Key, Here);
        using var claims = ClaimsOf(token);

        await using var ada = await HubClient.ConnectAsync(server.Address, token);
        await ada.ResultAsync("Publish", new { channel = "news", id = "1", data = 1 });

        Assert.Equal("FORBIDDEN", await ada.CodeAsync("Publish", new { channel = "open:a", id = "2", data = 1 }));
        Assert.Equal(("ada", "Ada Lovelace"), (claims.RootElement.GetProperty("sub").GetString(), claims.RootElement.GetProperty("name").GetString()));
        Assert.InRange(LifetimeSecondsOf(claims), 1_798, 1_800);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task Should_say_no_more_than_it_was_told()
    {
        using var claims = ClaimsOf(await SignedAsync("--user", "ada", Key, Here));

        Assert.Equal(["exp", "iat", "iss", "jti", "sub"], claims.RootElement.EnumerateObject().Select(static claim => claim.Name).Order(StringComparer.Ordinal));
        Assert.InRange(LifetimeSecondsOf(claims), TokenArguments.LifetimeDefault.TotalSeconds - 2, TokenArguments.LifetimeDefault.TotalSeconds);
    }

    [Fact]
    public async Task Should_take_the_key_from_where_the_server_has_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), $$"""{"Identity":{"SigningKey":"{{Verification.Secret}}","Issuer":"music.example"},"Storage":{"Provider":"postgresql"} }""");
        using var verification = new Verification();

        var token = await SignedAsync("--user=ada", Here);
        using var claims = ClaimsOf(token);

        Assert.Equal("music.example", claims.RootElement.GetProperty("iss").GetString());
        await using var ada = await HubClient.ConnectAsync(server.Address, token);
        await ada.ResultAsync("Subscribe", new { channel = "news" });
    }

    [Fact]
    public async Task Should_make_a_key_in_development_that_the_server_then_has()
    {
        var first = await SignedAsync("--user=ada", "--environment=Development", Here);
        var second = await SignedAsync("--user=ada", "--environment=Development", Here);
        var key = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, "data", "identity-signing-key"), TestContext.Current.CancellationToken);

        foreach (var token in (string[])[first, second])
            Assert.Equal(TokenSigner.Secret(key).SignAs(HeaderOf(token), PayloadOf(token)), token);
    }

    [Theory]
    [InlineData("--user is not set: whose is the token to be?")]
    [InlineData("--user has no value.", "--user")]
    [InlineData("--user must be the id of a user: 1 to 128 characters, none of them a control character.", "--user=")]
    [InlineData("--user is there 2 times; it must be one value.", "--user=ada", "--user=bob")]
    [InlineData("'ada' is not an argument of token; token --help lists them.", "ada")]
    [InlineData("--lifetime is '3600'; it must be a time such as 01:00:00, or 30.00:00:00 for 30 days.", "--user=ada", "--lifetime=3600")]
    [InlineData("--lifetime is '1h'; it must be a time such as 01:00:00, or 30.00:00:00 for 30 days.", "--user=ada", "--lifetime=1h")]
    [InlineData("--lifetime is 00:00:00; it must be above zero, and 365.00:00:00 at most.", "--user=ada", "--lifetime=00:00:00")]
    [InlineData("--lifetime is -01:00:00; it must be above zero, and 365.00:00:00 at most.", "--user=ada", "--lifetime=-01:00:00")]
    [InlineData("--lifetime is 366.00:00:00; it must be above zero, and 365.00:00:00 at most.", "--user=ada", "--lifetime=366.00:00:00")]
    [InlineData("--cap is 'room:*'; it must be a pattern of channels and what is allowed there, of subscribe, publish, presence, admin: room:*=subscribe,publish.", "--user=ada", "--cap=room:*")]
    [InlineData("--cap is 'room:*=all'; it must be a pattern of channels and what is allowed there, of subscribe, publish, presence, admin: room:*=subscribe,publish.", "--user=ada", "--cap=room:*=all")]
    [InlineData("--cap is '=publish'; it must be a pattern of channels and what is allowed there, of subscribe, publish, presence, admin: room:*=subscribe,publish.", "--user=ada", "--cap==publish")]
    [InlineData("--cap has 'a' twice; it must be there once, with all that is allowed.", "--user=ada", "--cap=a=publish", "--cap=a=subscribe")]
    [InlineData("--usr is not an argument of token; did you mean --user?", "--user=ada", "--usr=bob")]
    [InlineData("--port is not a setting; --help lists all that are.", "--user=ada", "--port=80")]
    [InlineData("Identity:Isuer is not a setting; did you mean Identity:Issuer?", "--user=ada", "--Identity:Isuer=a")]
    [InlineData("Identity:SigningKey is not set. Outside of Development there is no default.", "--user=ada", "--Identity:SigningKey=")]
    [InlineData("Identity:SigningKey must have at least 32 bytes.", "--user=ada", "--Identity:SigningKey=short")]
    [InlineData("The server would not take such a token. The token has no cap, which is required here.", "--user=ada", "--Identity:CapabilitiesRequired=true")]
    [InlineData("The server would not take such a token. The token's name must be text of 1 to 64 characters, at least one of them visible, and no control characters.", "--user=ada", "--name=")]
    [InlineData("Identity:SigningKey is not set: there is nothing to sign with.", "--user=ada", "--Identity:SigningKey=", "--Identity:Sources:0:Authority=https://login.example", "--Identity:Sources:0:AnyAudience=true")]
    public async Task Should_say_what_is_wrong(string sentence, params string[] args)
    {
        var (exitCode, output, error) = await ProgramRun.OfSiloAsync(["token", Key, Here, .. args]);

        Assert.Equal((1, "", sentence), (exitCode, output, error.TrimEnd()));
    }

    [Fact]
    public async Task Should_be_told_of_in_the_help_with_all_that_it_takes()
    {
        var (_, help, _) = await ProgramRun.OfSiloAsync("--help");
        var (exitCode, ofToken, error) = await ProgramRun.OfGatewayAsync("token", "--help");

        Assert.Contains($" {TokenCommand.Verb} --{TokenArguments.UserOption}=ada\n", help, StringComparison.Ordinal);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.All(TokenArguments.Options, option => Assert.Contains($"\n  --{option} ", ofToken, StringComparison.Ordinal));
        Assert.All(ofToken.Split('\n'), static line => Assert.True(line.Length <= 200, line));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<string> SignedAsync(params string[] args)
    {
        var (exitCode, output, error) = await ProgramRun.OfSiloAsync(["token", .. args]);
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(output.TrimEnd() + Environment.NewLine, output);
        return output.TrimEnd();
    }

    private static string HeaderOf(string token) => System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0]));

    private static string PayloadOf(string token) => System.Text.Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));

    /// <summary>It ends with a whole second, and was issued within one.</summary>
    private static double LifetimeSecondsOf(JsonDocument claims) => claims.RootElement.GetProperty("exp").GetDouble() - claims.RootElement.GetProperty("iat").GetDouble();

    private static JsonDocument ClaimsOf(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
