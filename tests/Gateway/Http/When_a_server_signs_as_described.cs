using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Identity;
using WhatsSound.Tests.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Http;

/// <summary>The examples of docs/keys.md, run as they stand there against an address that says whose request it has taken.</summary>
public sealed class When_a_server_signs_as_described : IAsyncLifetime
{
    private static readonly string Page = File.ReadAllText(Path.Combine(FolderOfThis(), "..", "..", "..", "docs", "keys.md"));

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-keys-");
    private readonly Keys _keys = new(Keys.Key());
    private readonly WebApplication _app;

    public When_a_server_signs_as_described()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        // The examples have the machine's time.
        _keys.Tokens.Time.SetUtcNow(DateTimeOffset.UtcNow);
        _app.Run(AnswerAsync);
    }

    private string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public ValueTask InitializeAsync() => new(_app.StartAsync());

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _keys.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_be_taken_with_curl_and_openssl() =>
        Assert.Equal("backend POST /v1/channels/news%3Atoday/publications 40", await RunAsync("bash", "example.sh", Example("curl and openssl", "bash")));

    [Fact]
    public async Task Should_be_taken_with_javascript() =>
        Assert.Equal("backend POST /v1/channels/news%3Atoday/publications 40", await RunAsync("node", "example.mjs", Example("JavaScript", "js")));

    [Fact]
    public async Task Should_be_taken_with_csharp()
    {
        using var client = new HttpClient(new SigningHandler(Keys.Name, Keys.Secret)) { BaseAddress = new Uri(Address) };

        using var posted = await client.PostAsync("/v1/channels/news:a%3Ab/publications?a=%20", new StringContent("ö"), TestContext.Current.CancellationToken);

        Assert.Equal("backend POST /v1/channels/news:a%3Ab/publications?a=%20 2", await posted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("backend GET /v1/channels/news/history 0", await client.GetStringAsync("/v1/channels/news/history", TestContext.Current.CancellationToken));
        var source = await File.ReadAllTextAsync(Path.Combine(FolderOfThis(), "SigningHandler.cs"), TestContext.Current.CancellationToken);
        Assert.Equal(source[source.IndexOf("internal sealed", StringComparison.Ordinal)..].TrimEnd(), Example("C#", "csharp").TrimEnd());
    }

    private static string Example(string heading, string language)
    {
        var start = Page.IndexOf($"```{language}\n", Page.IndexOf($"### {heading}\n", StringComparison.Ordinal), StringComparison.Ordinal) + language.Length + 4;
        return Page[start..Page.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = HttpCredential.Read(context.Request) is { Value: Credential.Signed signed } ? await _keys.VerifyAsync(HttpCredential.Over(signed, body.ToArray())) : new Answer<TokenGrant>();
        await context.Response.WriteAsync($"{answer.Value?.KeyName ?? answer.Refusal?.Code} {context.Request.Method} {context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget} {body.Length}", context.RequestAborted);
    }

    private async Task<string> RunAsync(string program, string file, string text)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, file), text, TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(program, file)
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["WHATSSOUND_URL"] = Address, ["WHATSSOUND_KEY"] = Keys.Name, ["WHATSSOUND_SECRET"] = Keys.Secret },
        })!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("", await errors);
        return output.Trim();
    }

    private static string FolderOfThis([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
