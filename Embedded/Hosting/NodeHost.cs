using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace WhatsSound.Embedded.Hosting;

/// <summary>
/// Runs the hosted services of one node in order. Not <see cref="IHost.StartAsync"/>: that leaves the scheduler it is called on, and
/// a simulation must not.
/// </summary>
internal sealed class NodeHost(IHost host) : IAsyncDisposable
{
    private readonly List<IHostedService> started = [];

    public IServiceProvider Services => host.Services;

    public async Task StartAsync()
    {
        foreach (var service in Services.GetServices<IHostedService>())
        {
            started.Add(service);
            await service.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopAsync()
    {
        foreach (var service in Enumerable.Reverse(started)) await service.StopAsync(CancellationToken.None);
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else host.Dispose();
    }
}
