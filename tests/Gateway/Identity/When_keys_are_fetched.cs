using System.Net;
using Microsoft.AspNetCore.Http;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>The keys of those who sign tokens, on real sockets: they change, and their server fails, while tokens come.</summary>
public sealed class When_keys_are_fetched
{
    private static readonly TokenSigner First = TokenSigner.Rsa("first");
    private static readonly TokenSigner Second = TokenSigner.Ec("second");
    private static readonly TokenSigner Unknown = TokenSigner.Ec("unknown");

    private static readonly TimeSpan Pause = new KeyFetchOptions().Pause;
    private static readonly TimeSpan Refresh = new KeyFetchOptions().RefreshInterval;

    [Fact]
    public async Task Should_take_what_an_authority_has_signed_with_either_algorithm()
    {
        await using var server = await KeyServer.StartAsync(First, Second);
        using var verification = new Verification(Verification.AuthorityOf(server));

        foreach (var signer in (TokenSigner[])[First, Second])
        {
            var answer = await verification.Verifier.VerifyAsync(signer.Sign(verification.Ada($$""","iss":"{{server.Issuer}}","name":"Ada" """)));
            var identity = Assert.IsType<SessionIdentity>(answer.Value);
            Assert.Equal(("ada", "Ada"), (identity.UserId, identity.DisplayName));
        }

        Assert.Equal((1, 1), (server.Discoveries, server.Fetches));
    }

    [Fact]
    public async Task Should_take_what_the_owner_of_a_key_set_has_signed_beside_what_is_signed_with_the_secret()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));

        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        Assert.Null(await verification.CodeOfAsync(TokenSigner.Secret(Verification.Secret).Sign(verification.Ada())));
        Assert.Equal((0, 1), (server.Discoveries, server.Fetches));
    }

    [Fact]
    public async Task Should_know_several_sources_apart()
    {
        await using var one = await KeyServer.StartAsync(First);
        // Both call their key the same.
        await using var other = await KeyServer.StartAsync(TokenSigner.Rsa("first"));
        using var verification = new Verification(Verification.AuthorityOf(other), Verification.AuthorityOf(one));

        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada($$""","iss":"{{one.Issuer}}" """))));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(First.Sign(verification.Ada($$""","iss":"{{other.Issuer}}" """))));
    }

    [Fact]
    public async Task Should_know_a_new_key_when_it_is_used_and_forget_the_old_one()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));

        server.Rotate(First, Second);
        verification.Time.Advance(Pause);
        Assert.Null(await verification.CodeOfAsync(Second.Sign(verification.Ada())));
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));

        server.Rotate(Second);
        verification.Time.Advance(Refresh);
        await verification.Sources.All[0].RefreshAsync();
        Assert.Null(await verification.CodeOfAsync(Second.Sign(verification.Ada())));
        verification.Time.Advance(Pause);
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(First.Sign(verification.Ada())));
    }

    [Fact]
    public async Task Should_ask_once_for_a_hundred_keys_that_nobody_has()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        verification.Time.Advance(Pause);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Fault = async context =>
        {
            await held.Task;
            await KeyServer.Answer(context, "application/json", $$"""{"keys":[{{First.Jwk}}]}""");
        };

        var verifications = Enumerable.Range(0, 100).Select(number => verification.CodeOfAsync(Invented(number))).ToList();
        held.SetResult();

        Assert.All(await Task.WhenAll(verifications), static code => Assert.Equal(RefusalCode.TokenInvalid, code));
        Assert.Equal(2, server.Fetches);
        // It may be there by the next time, which is told.
        foreach (var number in Enumerable.Range(100, 100))
        {
            var refusal = (await verification.Verifier.VerifyAsync(Invented(number))).Refusal!;
            Assert.Equal((RefusalCode.NotReady, true, (long)Pause.TotalMilliseconds), (refusal.Code, refusal.Retryable, refusal.RetryAfterMs));
        }

        Assert.Equal(2, server.Fetches);

        string Invented(int number) => Unknown.SignAs($$"""{"alg":"ES256","kid":"k{{number}}"}""", verification.Ada());
    }

    [Fact]
    public async Task Should_wait_for_nobody_whose_key_is_known()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        await server.AskedAsync();
        server.Fault = static context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        verification.Time.Advance(Refresh);

        var refreshing = verification.Sources.All[0].RefreshAsync();
        await server.AskedAsync();
        var verifying = verification.Verifier.VerifyAsync(First.Sign(verification.Ada()));

        Assert.True(verifying.IsCompletedSuccessfully);
        Assert.Null((await verifying).Refusal);
        Assert.False(refreshing.IsCompleted);
        verification.Time.Advance(new KeyFetchOptions().Timeout);
        await refreshing;
        Assert.Contains("does not answer within 5 s", Assert.Single(verification.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_keep_the_last_good_keys_for_a_time_while_their_server_is_away()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        var source = verification.Sources.All[0];
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        server.Fault = static context => Task.FromResult(context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable);

        verification.Time.Advance(Refresh);
        await source.RefreshAsync();
        verification.Time.Advance(new KeyFetchOptions().KeptFor);
        await source.RefreshAsync();
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));

        verification.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RefusalCode.NotReady, await verification.CodeOfAsync(First.Sign(verification.Ada())));

        server.Fault = null;
        verification.Time.Advance(Pause);
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        Assert.Contains("it answers 503", Assert.Single(verification.Warnings), StringComparison.Ordinal);
    }

    /// <summary>What a server of keys may answer, and what is said of it.</summary>
    public static TheoryData<string, string> Faults => new()
    {
        { "status", "it answers 500" },
        { "redirect", "it redirects more than 3 times" },
        { "away", "which is not asked without TLS" },
        { "password", "which is not asked without TLS, or with a password in the address" },
        { "file", "it leads to file:///etc/passwd" },
        { "announced", "it answers with more than 262144 bytes" },
        { "huge", "it answers with more than 262144 bytes" },
        { "html", "it answers with 'text/html', which is no JSON" },
        { "untyped", "it answers with '', which is no JSON" },
        { "broken", "what it answers is no JSON Web Key Set" },
        { "list", "what it answers is no JSON Web Key Set" },
        { "other", "what it answers is no JSON Web Key Set" },
        { "cut", "cannot be read: " },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Should_refuse_for_now_and_recover_by_itself(string fault, string problem)
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        server.Fault = context => FailAsync(context, fault);
        var token = First.Sign(verification.Ada());

        for (var attempt = 0; attempt < 3; attempt++)
        {
            var refusal = (await verification.Verifier.VerifyAsync(token)).Refusal!;
            Assert.Equal((RefusalCode.NotReady, true), (refusal.Code, refusal.Retryable));
            verification.Time.Advance(Pause);
        }

        var warning = Assert.Single(verification.Warnings);
        Assert.Contains(problem, warning, StringComparison.Ordinal);
        Assert.DoesNotContain(token, warning, StringComparison.Ordinal);
        server.Fault = null;
        Assert.Null(await verification.CodeOfAsync(token));
    }

    [Fact]
    public async Task Should_start_while_its_server_is_down_and_find_it_when_it_comes()
    {
        var port = FreePort.Of();
        using var verification = new Verification(new TokenSourceOptions { Authority = $"http://127.0.0.1:{port}/", AnyAudience = true });
        var token = First.Sign(verification.Ada($$""","iss":"http://127.0.0.1:{{port}}" """));
        using var refresh = new KeyRefresh(verification.Sources, verification.Time);

        await refresh.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.BecomesTrueAsync(() => verification.Warnings.Any());
        Assert.Equal(RefusalCode.NotReady, await verification.CodeOfAsync(token));

        await using var server = await KeyServer.StartAsync(port, First);
        // Nobody asks: it is found in the background.
        verification.Time.Advance(Pause);
        await Eventually.BecomesTrueAsync(() => verification.Sources.All[0].Find("RS256", "first") is not null);
        Assert.Null(await verification.CodeOfAsync(token));
        await refresh.StopAsync(TestContext.Current.CancellationToken);
        Assert.Contains("refused", Assert.Single(verification.Warnings), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"issuer":"https://elsewhere.example","jwks_uri":"KEYS"}""", "it says that its issuer is 'https://elsewhere.example'")]
    [InlineData("""{"issuer":"ISSUER","jwks_uri":"http://keys.example/keys"}""", "it leads to http://keys.example/keys")]
    [InlineData("""{"issuer":"ISSUER","jwks_uri":"/keys"}""", "it leads to file:///keys")]
    [InlineData("""{"issuer":"ISSUER"}""", "no discovery document")]
    [InlineData("""{"issuer":7,"jwks_uri":"KEYS"}""", "no discovery document")]
    [InlineData("""["ISSUER","KEYS"]""", "no discovery document")]
    [InlineData("ISSUER", "no discovery document")]
    public async Task Should_not_believe_a_discovery_document_that_is_none_of_its_own(string document, string problem)
    {
        await using var server = await KeyServer.StartAsync(First);
        server.Document = document.Replace("ISSUER", server.Issuer, StringComparison.Ordinal).Replace("KEYS", server.KeysUrl, StringComparison.Ordinal);
        using var verification = new Verification(Verification.AuthorityOf(server));

        Assert.Equal(RefusalCode.NotReady, await verification.CodeOfAsync(First.Sign(verification.Ada($$""","iss":"{{server.Issuer}}" """))));
        Assert.Contains(problem, Assert.Single(verification.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_believe_an_authority_with_another_name_where_that_is_configured()
    {
        await using var server = await KeyServer.StartAsync(First);
        server.Document = $$"""{"issuer":"https://login.example","jwks_uri":"{{server.KeysUrl}}"}""";
        using var verification = new Verification(new TokenSourceOptions { Authority = server.Issuer, Issuers = { "https://login.example" }, AnyAudience = true });

        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada(""","iss":"https://login.example" """))));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(First.Sign(verification.Ada($$""","iss":"{{server.Issuer}}" """))));
    }

    [Theory]
    [InlineData("""{"sub":"ada","exp":EXP,"iss":"https://elsewhere.example","aud":"app"}""", RefusalCode.TokenInvalid)]
    [InlineData("""{"sub":"ada","exp":EXP,"aud":"app"}""", RefusalCode.TokenInvalid)]
    [InlineData("""{"sub":"ada","exp":EXP,"iss":"ISSUER","aud":"other"}""", RefusalCode.TokenInvalid)]
    [InlineData("""{"sub":"ada","exp":1,"iss":"ISSUER","aud":"app"}""", RefusalCode.TokenExpired)]
    [InlineData("""{"exp":EXP,"iss":"ISSUER","aud":"app"}""", RefusalCode.TokenInvalid)]
    public async Task Should_ask_nobody_about_a_token_that_would_be_refused_in_any_case(string claims, string code)
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(new TokenSourceOptions { Authority = server.Issuer, Audiences = { "app" } });

        var token = First.Sign(claims.Replace("EXP", $"{verification.At(TimeSpan.FromHours(1))}", StringComparison.Ordinal).Replace("ISSUER", server.Issuer, StringComparison.Ordinal));

        Assert.Equal(code, await verification.CodeOfAsync(token));
        Assert.Equal(0, server.Discoveries);
    }

    [Fact]
    public async Task Should_read_keys_anew_as_they_grow_old_without_anybody_s_asking()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        using var refresh = new KeyRefresh(verification.Sources, verification.Time);

        await refresh.StartAsync(TestContext.Current.CancellationToken);
        await server.AskedAsync();
        await Eventually.BecomesTrueAsync(() => verification.Sources.All[0].Find("RS256", "first") is not null);
        server.Rotate(Second);
        verification.Time.Advance(Refresh);
        await Eventually.BecomesTrueAsync(() => verification.Sources.All[0].Find("ES256", "second") is not null);

        Assert.Null(verification.Sources.All[0].Find("RS256", "first"));
        await refresh.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Should_pass_over_keys_that_are_for_something_else_or_none()
    {
        await using var server = await KeyServer.StartAsync();
        var secret = TokenSigner.Secret("what everybody can read signs for nobody", keyId: "oct");
        server.Publish(
            "7", "null", "{}", """{"kty":"RSA","kid":"a"}""", """{"kty":"RSA","kid":"b","n":"!","e":"AQAB"}""", """{"kty":"EC","crv":"P-384","kid":"c","x":"AA","y":"AA"}""",
            """{"kty":"EC","crv":"P-256","kid":"d","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE","y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"}""",
            TokenSigner.Rsa("short", bits: 1024).Jwk, secret.Jwk, First.Jwk.Replace("\"sig\"", "\"enc\"", StringComparison.Ordinal).Replace("first", "enc", StringComparison.Ordinal),
            First.Jwk.Replace("RS256", "RS512", StringComparison.Ordinal).Replace("first", "other", StringComparison.Ordinal), First.Jwk);
        using var verification = new Verification(Verification.KeySetOf(server));

        await verification.CodeOfAsync(First.Sign(verification.Ada()));
        Assert.Contains("1 can be used", Assert.Single(verification.Log.Lines).Text, StringComparison.Ordinal);
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        Assert.Null(await verification.CodeOfAsync(First.SignAs("""{"alg":"RS256"}""", verification.Ada())));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(secret.Sign(verification.Ada())));
    }

    [Fact]
    public async Task Should_say_that_there_is_none_that_can_be_used_and_forget_those_of_before()
    {
        await using var server = await KeyServer.StartAsync(First);
        using var verification = new Verification(Verification.KeySetOf(server));
        Assert.Null(await verification.CodeOfAsync(First.Sign(verification.Ada())));
        server.Publish();

        for (var round = 0; round < 3; round++)
        {
            verification.Time.Advance(Refresh);
            await verification.Sources.All[0].RefreshAsync();
        }

        Assert.Contains("None of the keys", Assert.Single(verification.Warnings), StringComparison.Ordinal);
        verification.Time.Advance(Pause);
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(First.Sign(verification.Ada())));
    }

    [Fact]
    public async Task Should_not_choose_among_several_for_a_token_that_names_none()
    {
        await using var server = await KeyServer.StartAsync(First, TokenSigner.Rsa("another"), Second);
        using var verification = new Verification(Verification.KeySetOf(server));

        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(First.SignAs("""{"alg":"RS256"}""", verification.Ada())));
        Assert.Null(await verification.CodeOfAsync(Second.SignAs("""{"alg":"ES256"}""", verification.Ada())));
    }

    private static Task FailAsync(HttpContext context, string fault) => fault switch
    {
        "status" => Task.FromResult(context.Response.StatusCode = (int)HttpStatusCode.InternalServerError),
        "redirect" => KeyServer.Redirect(context, "/around"),
        "away" => KeyServer.Redirect(context, "http://keys.example/keys?secret=1"),
        "password" => KeyServer.Redirect(context, "https://somebody:something@keys.example/keys"),
        "file" => KeyServer.Redirect(context, "file:///etc/passwd"),
        "announced" => AnnounceAsync(context),
        "huge" => PourAsync(context),
        "html" => KeyServer.Answer(context, "text/html", $$"""{"keys":[{{First.Jwk}}]}"""),
        "untyped" => context.Response.WriteAsync($$"""{"keys":[{{First.Jwk}}]}"""),
        "broken" => KeyServer.Answer(context, "application/json", """{"keys":["""),
        "list" => KeyServer.Answer(context, "application/json", $"[{First.Jwk}]"),
        "other" => KeyServer.Answer(context, "application/json", """{"keys":{}}"""),
        _ => CutAsync(context),
    };

    private static async Task AnnounceAsync(HttpContext context)
    {
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", 1L << 40);
        await context.Response.Body.FlushAsync();
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private static async Task PourAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.WriteAsync(new string(' ', 4096), context.RequestAborted);
    }

    private static async Task CutAsync(HttpContext context)
    {
        (context.Response.ContentType, context.Response.ContentLength) = ("application/json", 100);
        await context.Response.WriteAsync("""{"keys":[""");
        context.Abort();
    }
}
