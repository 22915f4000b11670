using Microsoft.Extensions.Hosting;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Hosting;

/// <summary>Starts and stops the silo with its host.</summary>
internal sealed class SiloHost(Silo silo) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => silo.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => silo.IsDead ? Task.CompletedTask : silo.StopAsync(cancellationToken);
}
