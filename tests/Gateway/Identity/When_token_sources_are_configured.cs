using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;

namespace WhatsSound.Tests.Gateway.Identity;

public sealed class When_token_sources_are_configured
{
    private const string Path = "Identity:Sources:0";

    [Theory]
    [InlineData("https://login.example", null, true)]
    [InlineData("https://login.example/realms/app/", null, true)]
    [InlineData("http://127.0.0.1:8080", null, true)]
    [InlineData("http://[::1]:8080", null, true)]
    [InlineData("http://localhost:8080", null, true)]
    [InlineData(null, "https://login.example/keys?apikey=1", true)]
    [InlineData("http://login.example", null, false)]
    [InlineData("http://localhost.example", null, false)]
    [InlineData("http://127.0.0.1.example", null, false)]
    [InlineData("https://ada:secret@login.example", null, false)]
    [InlineData("https://login.example?tenant=1", null, false)]
    [InlineData("https://login.example#a", null, false)]
    [InlineData("login.example", null, false)]
    [InlineData("/login", null, false)]
    [InlineData("file:///keys", null, false)]
    [InlineData("ftp://login.example", null, false)]
    [InlineData(null, "http://login.example/keys", false)]
    [InlineData(null, null, false)]
    [InlineData("https://login.example", "https://login.example/keys", false)]
    public void Should_be_asked_over_tls_but_for_this_machine(string? authority, string? keysUrl, bool isValid) =>
        Assert.Equal(isValid, Validate(new() { Authority = authority, KeysUrl = keysUrl, AnyAudience = true }).Succeeded);

    [Fact]
    public void Should_be_asked_without_it_in_development() =>
        Assert.True(Validate(new() { Authority = "http://keycloak:8080/realms/app", AnyAudience = true }, Environments.Development).Succeeded);

    [Theory]
    [InlineData("https://login.example", "https://keys.example/keys", false, true)]
    [InlineData("https://login.example", "http://127.0.0.1/keys", false, false)]
    [InlineData("https://login.example", "http://127.0.0.1/keys", true, false)]
    [InlineData("https://login.example", "https://ada:secret@keys.example/keys", true, false)]
    [InlineData("http://127.0.0.1", "https://keys.example/keys", false, true)]
    [InlineData("http://127.0.0.1", "http://[::1]/keys", false, true)]
    [InlineData("http://127.0.0.1", "http://keys.example/keys", false, false)]
    [InlineData("http://127.0.0.1", "http://keys.example/keys", true, true)]
    [InlineData("http://127.0.0.1", "file:///keys", true, false)]
    public void Should_lead_on_to_no_address_without_tls_from_one_with_it(string from, string to, bool isDevelopment, bool isAllowed) =>
        Assert.Equal(isAllowed, KeyAddress.MayLeadTo(new Uri(from), new Uri(to), isDevelopment));

    [Fact]
    public void Should_stand_in_the_log_without_what_may_be_a_secret() =>
        Assert.Equal("https://keys.example/a/keys", KeyAddress.ShownOf(new Uri("https://keys.example/a/keys?apikey=secret#secret")));

    [Fact]
    public void Should_say_for_whom_tokens_are() =>
        Assert.Equal(
            $"{Path}:Audiences is not set: tokens that others than this app were given would count. {Path}:AnyAudience=true takes them.",
            Validate(new() { Authority = "https://login.example" }).FailureMessage);

    [Fact]
    public void Should_show_nothing_of_an_address_that_may_have_a_secret() =>
        Assert.DoesNotContain("hidden", Validate(new() { KeysUrl = "http://login.example/keys?apikey=hidden", AnyAudience = true }).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void Should_be_few()
    {
        var sources = Enumerable.Range(0, TokenSourceValidation.SourcesMax + 1).Select(static number => new TokenSourceOptions { Authority = $"https://{number}.example", AnyAudience = true }).ToArray();

        Assert.True(Validate(Environments.Production, sources[1..]).Succeeded);
        Assert.Equal("Identity:Sources has 17; it must be at most 16.", Validate(Environments.Production, sources).FailureMessage);
    }

    [Theory]
    [InlineData(null, false, true, true)]
    [InlineData(null, true, true, false)]
    [InlineData(null, false, false, false)]
    [InlineData(Verification.Secret, true, true, true)]
    [InlineData("short", false, true, false)]
    public void Should_need_a_secret_only_for_those_whose_tokens_are_signed_with_it(string? key, bool hasGuests, bool hasSource, bool isValid)
    {
        var options = hasSource ? Verification.Of(new TokenSourceOptions { Authority = "https://login.example", AnyAudience = true }) : new IdentityOptions();
        (options.SigningKey, options.Guests.Enabled) = (key, hasGuests);

        Assert.Equal(isValid, new IdentityOptionsValidator().Validate(null, options).Succeeded);
    }

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(TokenSourceOptions source, string environment = "Production") => Validate(environment, source);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(string environment, params TokenSourceOptions[] sources) =>
        new TokenSourceValidation(new HostingEnvironment { EnvironmentName = environment }).Validate(null, Verification.Of(sources));
}
