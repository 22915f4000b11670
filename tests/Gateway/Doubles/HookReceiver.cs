using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>A receiver of webhooks on a port of its own, as its operator writes it: it checks each signature, and keeps what it took. It fails in each way that a test wants.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    public const string Secret = "a secret of a receiver, long enough";

    private readonly Lock _gate = new();
    private readonly List<JsonElement> _events = [];
    private readonly WebApplication _app;
    private int _requests;
    private int _forged;

    private HookReceiver(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it answers in place of taking what comes; null: it takes it.</summary>
    public Func<HttpContext, Task>? Fault { get; set; }

    /// <summary>How many requests came, taken or not.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many had no signature of the secret.</summary>
    public int Forged => Volatile.Read(ref _forged);

    /// <summary>What it took, in order.</summary>
    public IReadOnlyList<JsonElement> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    public static async Task<HookReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new HookReceiver(builder.Build());
        await receiver._app.StartAsync();
        receiver.Address = new Uri(receiver._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return receiver;
    }

    /// <summary>The settings of a server that tells it.</summary>
    public string[] SettingsOf(string name, int index, string[] events, params string[] channels) =>
    [
        $"--Hooks:Endpoints:{index}:Name={name}", $"--Hooks:Endpoints:{index}:Url={Address}", $"--Hooks:Endpoints:{index}:Secrets:0={Secret}",
        .. events.Select((one, number) => $"--Hooks:Endpoints:{index}:Events:{number}={one}"),
        .. channels.Select((one, number) => $"--Hooks:Endpoints:{index}:Channels:{number}={one}"),
    ];

    /// <summary>As docs/webhooks.md tells receivers to.</summary>
    public static bool IsSigned(string? header, ReadOnlySpan<byte> body, string secret)
    {
        var parts = (header ?? "").Split(',').Select(static part => part.Split('=', 2)).Where(static part => part.Length == 2).ToList();
        if (parts.Find(static part => part[0] == "t") is not { } time)
            return false;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time[1]}."), .. body];
        var expected = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)).ToLowerInvariant();
        return parts.Exists(part => part[0] == "v1" && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(part[1]), Encoding.UTF8.GetBytes(expected)))
            && long.TryParse(time[1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Interlocked.Increment(ref _requests);
        if (Fault is { } fault)
        {
            await fault(context);
            return;
        }

        if (!IsSigned(context.Request.Headers["WhatsSound-Signature"], body.ToArray(), Secret))
        {
            Interlocked.Increment(ref _forged);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var document = JsonDocument.Parse(body.ToArray());
        lock (_gate)
            _events.AddRange(document.RootElement.GetProperty("events").EnumerateArray().Select(static one => one.Clone()));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
