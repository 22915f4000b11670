using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>An OpenID authority on a port of its own: a discovery document and a key set. Its keys are changed while it runs, and it fails in each way that a test wants.</summary>
internal sealed class KeyServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _asked = new(0);
    private volatile string[] _jwks;
    private int _fetches;
    private int _discoveries;

    private KeyServer(WebApplication app, string[] jwks)
    {
        (_app, _jwks) = (app, jwks);
        app.MapGet("/.well-known/openid-configuration", AnswerDiscoveryAsync);
        app.MapGet("/keys", AnswerKeysAsync);
        app.MapGet("/around", static context => Redirect(context, "/around"));
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>As an authority names itself.</summary>
    public string Issuer => Address.GetLeftPart(UriPartial.Authority);

    public string KeysUrl => $"{Issuer}/keys";

    /// <summary>How often its keys were fetched.</summary>
    public int Fetches => Volatile.Read(ref _fetches);

    public int Discoveries => Volatile.Read(ref _discoveries);

    /// <summary>What it answers in place of its keys; null: its keys.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    /// <summary>Its discovery document; null: a proper one.</summary>
    public string? Document { get; set; }

    public static Task<KeyServer> StartAsync(params TokenSigner[] keys) => StartAsync(port: 0, keys);

    public static async Task<KeyServer> StartAsync(int port, params TokenSigner[] keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var server = new KeyServer(builder.Build(), JwksOf(keys));
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>From now on it has these keys, and no others.</summary>
    public void Rotate(params TokenSigner[] keys) => _jwks = JwksOf(keys);

    public void Publish(params string[] jwks) => _jwks = jwks;

    /// <summary>Done when its keys were asked for once more than this was called.</summary>
    public Task AskedAsync() => _asked.WaitAsync(TestContext.Current.CancellationToken);

    public static Task Redirect(HttpContext context, string to)
    {
        context.Response.Redirect(to);
        return Task.CompletedTask;
    }

    public static Task Answer(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(text);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _asked.Dispose();
    }

    private static string[] JwksOf(TokenSigner[] keys) => [.. keys.Select(static key => key.Jwk)];

    private Task AnswerDiscoveryAsync(HttpContext context)
    {
        Interlocked.Increment(ref _discoveries);
        return Answer(context, "application/json", Document ?? $$"""{"issuer":"{{Issuer}}","jwks_uri":"{{KeysUrl}}","id_token_signing_alg_values_supported":["RS256"]}""");
    }

    private Task AnswerKeysAsync(HttpContext context)
    {
        Interlocked.Increment(ref _fetches);
        _asked.Release();
        return Fault?.Invoke(context) ?? Answer(context, "application/jwk-set+json; charset=utf-8", $$"""{"keys":[{{string.Join(',', _jwks)}}]}""");
    }
}
