using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace WhatsSound.Gateway.Http;

/// <summary>Says so, loudly, where a program in Development can be reached from other machines.</summary>
internal sealed class DevelopmentWarning(IHostEnvironment environment, IHostApplicationLifetime lifetime, IServer server, ILogger<DevelopmentWarning> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
            lifetime.ApplicationStarted.Register(Warn);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Warn()
    {
        foreach (var address in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            if (!DevelopmentPeer.IsLocalAddress(address))
                HttpLog.DevelopmentIsReachable(logger, address);
        }
    }
}
