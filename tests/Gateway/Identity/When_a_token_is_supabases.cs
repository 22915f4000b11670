using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>Tokens as Supabase Auth makes them, with their secret of before and with their keys of now.</summary>
public sealed class When_a_token_is_supabases
{
    private const string Project = "https://abcdefghijklmnopqrst.supabase.co/auth/v1";
    private const string User = "0b1c4b5e-6d7f-4a8b-9c0d-1e2f3a4b5c6d";

    private static readonly TokenSigner Legacy = TokenSigner.Secret(Verification.Secret);
    private static readonly TokenSigner Current = TokenSigner.Ec("3f2a1b0c-9d8e-4f7a-8b6c-5d4e3f2a1b0c");

    [Fact]
    public async Task Should_be_the_user_under_the_name_of_its_profile()
    {
        await using var server = await KeyServer.StartAsync(Current);
        using var verification = new Verification(Settings(server));

        foreach (var signer in (TokenSigner[])[Legacy, Current])
        {
            var answer = await verification.Verifier.VerifyAsync(signer.Sign(UserToken(verification, """{"full_name":"Ada Lovelace","name":"ada","email_verified":true}""")));
            var identity = Assert.IsType<SessionIdentity>(answer.Value);
            Assert.Equal((User, "Ada Lovelace", false), (identity.UserId, identity.DisplayName, identity.IsGuest));
            Assert.True(identity.Allows(Capability.Publish, "room:jazz"));
        }
    }

    [Theory]
    [InlineData("""{"full_name":"Ada","name":"Lovelace"}""", "Ada")]
    [InlineData("""{"name":"Ada"}""", "Ada")]
    [InlineData("""{"full_name":7,"name":"Ada"}""", "Ada")]
    [InlineData("""{"name":"  Ada "}""", "Ada")]
    [InlineData("""{"name":"\u200b"}""", null)]
    [InlineData("""{"name":"a\u202eb"}""", null)]
    [InlineData("""{"name":"a\ud800"}""", null)]
    [InlineData("""{"name":""}""", null)]
    [InlineData("""{"avatar_url":"https://a.example"}""", null)]
    [InlineData("{}", null)]
    [InlineData("7", null)]
    public async Task Should_have_no_name_rather_than_be_refused_for_one_that_its_user_wrote(string metadata, string? name)
    {
        await using var server = await KeyServer.StartAsync(Current);
        using var verification = new Verification(Settings(server));

        foreach (var signer in (TokenSigner[])[Legacy, Current])
            Assert.Equal(name, Assert.IsType<SessionIdentity>((await verification.Verifier.VerifyAsync(signer.Sign(UserToken(verification, metadata)))).Value).DisplayName);
    }

    [Fact]
    public async Task Should_cut_a_long_name_between_what_people_see_as_characters()
    {
        await using var server = await KeyServer.StartAsync(Current);
        using var verification = new Verification(Settings(server));
        const string family = "👨‍👩‍👧‍👦";
        var name = new string('a', 60) + family;

        var answer = await verification.Verifier.VerifyAsync(Current.Sign(UserToken(verification, $$"""{"name":"{{name}}"}""")));

        Assert.Equal(new string('a', 60), Assert.IsType<SessionIdentity>(answer.Value).DisplayName);
    }

    [Fact]
    public async Task Should_get_no_right_from_what_its_user_wrote()
    {
        await using var server = await KeyServer.StartAsync(Current);
        var settings = Settings(server);
        settings.CapabilitiesRequired = true;
        using var verification = new Verification(settings);

        var written = UserToken(verification, """{"name":"Ada","cap":{"*":["publish"]},"role":"service_role","sub":"root"}""");

        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Current.Sign(written)));
        var identity = Assert.IsType<SessionIdentity>((await verification.Verifier.VerifyAsync(Current.Sign(With(written, """ "cap":{"open:*":["subscribe"]} """)))).Value);
        Assert.Equal((User, true, false), (identity.UserId, identity.Allows(Capability.Subscribe, "open:news"), identity.Allows(Capability.Publish, "open:news")));
    }

    [Fact]
    public async Task Should_count_as_a_guest_where_its_user_has_not_signed_up()
    {
        await using var server = await KeyServer.StartAsync(Current);
        using var verification = new Verification(Settings(server));

        var answer = await verification.Verifier.VerifyAsync(Current.Sign(With(UserToken(verification, "{}"), "\"is_anonymous\":true")));

        Assert.True(Assert.IsType<SessionIdentity>(answer.Value).IsGuest);
    }

    [Fact]
    public async Task Should_be_nobody_with_the_key_of_the_page_also_where_tokens_need_a_user()
    {
        await using var server = await KeyServer.StartAsync(Current);
        using var verification = new Verification(Settings(server));
        var key = $$"""{"iss":"supabase","ref":"abcdefghijklmnopqrst","role":"anon","iat":1700000000,"exp":{{verification.At(TimeSpan.FromDays(3650))}}}""";

        Assert.Equal(typeof(TokenGrant), (await verification.Verifier.VerifyAsync(Legacy.Sign(key))).Value?.GetType());
        // Nobody else may come without an audience, or without a user, and nobody with another issuer.
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Legacy.Sign(key.Replace("anon", "authenticated", StringComparison.Ordinal))));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Legacy.Sign(With(key, "\"aud\":\"other\""))));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Legacy.Sign(With(key, "\"sub\":\"ada\""))));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Legacy.Sign(key.Replace("\"supabase\"", "\"other\"", StringComparison.Ordinal))));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Current.Sign(key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"sub":"ada"}""")]
    [InlineData("""{"aud":"authenticated"}""")]
    public async Task Should_not_let_the_key_of_a_server_in(string more)
    {
        await using var server = await KeyServer.StartAsync(Current);
        var settings = Settings(server);
        settings.SubjectRequired = false;
        using var verification = new Verification(settings);
        var key = With($$"""{"iss":"supabase","role":"service_role","exp":{{verification.At(TimeSpan.FromDays(3650))}}}""", more.Trim('{', '}'));

        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Legacy.Sign(key)));
    }

    /// <summary>As deploy/README.md has it for a project that has changed its keys.</summary>
    private static IdentityOptions Settings(KeyServer server)
    {
        var settings = Verification.Of(new TokenSourceOptions { KeysUrl = server.KeysUrl, Issuers = { Project }, Audiences = { "authenticated" } });
        settings.Issuers.Add(Project);
        settings.Issuers.Add("supabase");
        settings.Audiences.Add("authenticated");
        return settings;
    }

    private static string UserToken(Verification verification, string metadata) => $$"""
        {"iss":"{{Project}}","sub":"{{User}}","aud":"authenticated","exp":{{verification.At(TimeSpan.FromHours(1))}},"iat":{{verification.At(TimeSpan.Zero)}},"email":"ada@a.example","phone":"",
        "app_metadata":{"provider":"email","providers":["email"]},"user_metadata":{{metadata}},"role":"authenticated","aal":"aal1","amr":[{"method":"password","timestamp":1700000000}],
        "session_id":"7d9f0a1b-2c3d-4e5f-8a9b-0c1d2e3f4a5b","is_anonymous":false}
        """;

    private static string With(string claims, string more)
    {
        if (more.Length == 0)
            return claims;
        var json = System.Text.Json.Nodes.JsonNode.Parse(claims)!.AsObject();
        foreach (var (claim, value) in System.Text.Json.Nodes.JsonNode.Parse($"{{{more}}}")!.AsObject())
            json[claim] = value?.DeepClone();
        return json.ToJsonString();
    }
}
