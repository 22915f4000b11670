using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>An app's own server on a port of its own: it checks each signature, and answers as a test wants.</summary>
internal sealed class AppServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _questions = [];

    private AppServer(WebApplication app)
    {
        _app = app;
        app.Run(AnswerAsync);
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<JsonElement> Questions
    {
        get
        {
            lock (_gate)
                return [.. _questions];
        }
    }

    /// <summary>What it answers.</summary>
    public Func<JsonElement, HttpContext, Task> Answer { get; set; } = static (_, context) => SayAsync(context, "{}");

    public static async Task<AppServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new AppServer(builder.Build());
        await server._app.StartAsync();
        server.Address = new Uri(server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    public static async Task SayAsync(HttpContext context, string json, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(json);
    }

    /// <summary>The settings of a server that asks it.</summary>
    public string[] Settings(params string[] calls) =>
    [
        $"--Application:Url={Address}", $"--Application:Secrets:0={HookReceiver.Secret}", .. calls.Select(static (call, index) => $"--Application:Calls:{index}={call}"),
    ];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (!HookReceiver.IsSigned(context.Request.Headers["WhatsSound-Signature"], body.ToArray(), HookReceiver.Secret))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var document = JsonDocument.Parse(body.ToArray());
        var question = document.RootElement.Clone();
        lock (_gate)
            _questions.Add(question);
        await Answer(question, context);
    }
}
