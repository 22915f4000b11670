using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Identity;
using WhatsSound.Silo;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>The whole program in this process, with settings of its own, for a test that breaks what it depends on.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly HttpClient _http;

    private HostUnderTest(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _http = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<HostUnderTest> StartAsync(params string[] settings)
    {
        var app = WhatsSoundHost.Create(
        [
            "--environment=Development", "--urls=http://127.0.0.1:0", "--Identity:SigningKey=a key for tests that is long enough to sign with",
            "--Logging:LogLevel:Default=None", .. settings,
        ]);
        await app.StartAsync();
        return new(app);
    }

    public Task<HubClient> ConnectAsync(string userId) => HubClient.ConnectAsync(
        Address, Services.GetRequiredService<TokenIssuer>().Issue(userId, userId, DateTimeOffset.UtcNow + TimeSpan.FromHours(1), null));

    public async Task<(HttpStatusCode Status, string Body)> ReadyAsync()
    {
        using var response = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Asks, as an orchestrator does, until the answer is this one.</summary>
    public async Task WhenReadySaysAsync(HttpStatusCode status, string body)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var last = await ReadyAsync();
        while (last.Status != status || !last.Body.Contains(body, StringComparison.Ordinal))
        {
            Assert.False(patience.IsCancellationRequested, $"Ready still says {last}.");
            await pause.WaitForNextTickAsync();
            last = await ReadyAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
