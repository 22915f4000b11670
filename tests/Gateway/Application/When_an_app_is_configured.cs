using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using WhatsSound.Gateway.Application;

namespace WhatsSound.Tests.Gateway.Application;

public sealed class When_an_app_is_configured
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Should_take_an_app_that_is_not_asked_and_one_that_can_be()
    {
        Assert.Empty(ProblemsOf(new()));
        Assert.Empty(ProblemsOf(Options("https://app.example/decide")));
        Assert.Empty(ProblemsOf(Options("http://127.0.0.1:3000/")));
        Assert.Empty(ProblemsOf(Options("http://app.example/"), Environments.Development));
    }

    [Theory]
    [InlineData("http://app.example/")]
    [InlineData("https://ada:secret@app.example/")]
    [InlineData("decide")]
    public void Should_refuse_an_address_that_is_not_safe(string url) => Assert.Contains("must be an address with https", Assert.Single(ProblemsOf(Options(url))), StringComparison.Ordinal);

    [Fact]
    public void Should_refuse_what_cannot_be_meant()
    {
        Assert.Contains("Application:Url is not set", Assert.Single(ProblemsOf(Options(url: ""))), StringComparison.Ordinal);
        Assert.Contains("Application:Secrets has 0", Assert.Single(ProblemsOf(Options(secrets: []))), StringComparison.Ordinal);
        Assert.Contains("one or more of Connect, Subscribe, Publish, Call", Assert.Single(ProblemsOf(Options(calls: []))), StringComparison.Ordinal);
        Assert.Contains("'chat*' is not a pattern", Assert.Single(ProblemsOf(Options(channels: ["chat*"]))), StringComparison.Ordinal);
        Assert.Contains("at most 64 patterns", Assert.Single(ProblemsOf(Options(channels: [.. Enumerable.Range(1, 65).Select(static number => $"chat:{number}")]))), StringComparison.Ordinal);
    }

    private static ApplicationOptions Options(string url = "https://app.example", string[]? secrets = null, string[]? channels = null)
        => Options(url, secrets, channels, [ApplicationCall.Publish]);

    private static ApplicationOptions Options(ApplicationCall[] calls) => Options("https://app.example", null, null, calls);

    private static ApplicationOptions Options(string url, string[]? secrets, string[]? channels, ApplicationCall[] calls)
    {
        var options = new ApplicationOptions { Url = url };
        foreach (var secret in secrets ?? [Secret])
            options.Secrets.Add(secret);
        foreach (var call in calls)
            options.Calls.Add(call);
        foreach (var channel in channels ?? [])
            options.Channels.Add(channel);
        return options;
    }

    private static List<string> ProblemsOf(ApplicationOptions options, string? environment = null) =>
        [.. new ApplicationValidation([new Host { EnvironmentName = environment ?? Environments.Production }]).Validate(name: null, options).Failures ?? []];

    private sealed class Host : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "";

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
