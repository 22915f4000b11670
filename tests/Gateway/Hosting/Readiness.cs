using System.Net;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>What a server says of itself to an orchestrator.</summary>
internal sealed class Readiness(Uri server) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = server };

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

    public void Dispose() => _http.Dispose();
}
