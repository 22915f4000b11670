using WhatsSound.Grains.Hooks;

namespace WhatsSound.Tests.Rules.Hooks;

public sealed class When_receivers_are_configured
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("https://app.example/hooks")]
    [InlineData("http://127.0.0.1:3000/")]
    [InlineData("http://localhost/hooks")]
    public void Should_take_a_receiver_with_tls_or_on_this_machine(string url) => Assert.Empty(ProblemsOf(Endpoint(url: url)));

    [Theory]
    [InlineData("http://app.example/hooks", "must be an address with https")]
    [InlineData("https://ada:secret@app.example/", "must be an address with https")]
    [InlineData("ftp://app.example/", "must be an address with https")]
    [InlineData("hooks", "must be an address with https")]
    public void Should_refuse_an_address_that_is_not_safe(string url, string said) => Assert.Contains(said, Assert.Single(ProblemsOf(Endpoint(url: url))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Main")]
    [InlineData("a:b")]
    [InlineData("a-name-that-is-longer-than-32-chars")]
    public void Should_refuse_a_name_that_cannot_be_a_lane_s(string name) => Assert.Contains("Hooks:Endpoints:0:Name", Assert.Single(ProblemsOf(Endpoint(name))), StringComparison.Ordinal);

    [Fact]
    public void Should_refuse_what_has_no_secret_a_short_one_or_too_many_and_show_none()
    {
        Assert.Contains("must have 1, or 2", Assert.Single(ProblemsOf(Endpoint(secrets: []))), StringComparison.Ordinal);
        Assert.Contains("must have 1, or 2", Assert.Single(ProblemsOf(Endpoint(secrets: [Secret, Secret, Secret]))), StringComparison.Ordinal);
        var problem = Assert.Single(ProblemsOf(Endpoint(secrets: [Secret, "tooshort"])));
        Assert.Contains("32 to 256 bytes", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("tooshort", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_what_is_told_nothing_or_of_no_channel()
    {
        Assert.Contains("Events must have one or more of Occupied, Vacated, Joined, Left, Published", Assert.Single(ProblemsOf(Endpoint(events: []))), StringComparison.Ordinal);
        Assert.Contains("must have 1 to 64 patterns", Assert.Single(ProblemsOf(Endpoint(channels: []))), StringComparison.Ordinal);
        Assert.Contains("'chat*' is not a pattern", Assert.Single(ProblemsOf(Endpoint(channels: ["chat*"]))), StringComparison.Ordinal);
    }

    [Fact]
    public void Should_refuse_two_of_one_name_and_more_than_16()
    {
        Assert.Contains("there must be one", Assert.Single(ProblemsOf(Endpoint(), Endpoint())), StringComparison.Ordinal);
        Assert.Contains("at most 16", Assert.Single(ProblemsOf([.. Enumerable.Range(1, 17).Select(static number => Endpoint($"e{number}"))])), StringComparison.Ordinal);
    }

    private static HookEndpoint Endpoint(string name = "main", string url = "https://app.example", string[]? secrets = null, HookKind[]? events = null, string[]? channels = null)
    {
        var endpoint = new HookEndpoint { Name = name, Url = url };
        foreach (var secret in secrets ?? [Secret])
            endpoint.Secrets.Add(secret);
        foreach (var kind in events ?? [HookKind.Published])
            endpoint.Events.Add(kind);
        foreach (var channel in channels ?? ["chat:*"])
            endpoint.Channels.Add(channel);
        return endpoint;
    }

    private static List<string> ProblemsOf(params HookEndpoint[] endpoints)
    {
        var options = new HookOptions();
        foreach (var endpoint in endpoints)
            options.Endpoints.Add(endpoint);
        return [.. new HookEndpointValidation([]).Validate(name: null, options).Failures ?? []];
    }
}
