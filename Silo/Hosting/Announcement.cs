using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Silo.Hosting;

/// <summary>One line when the program can be used.</summary>
internal sealed partial class Announcement(
    IHostApplicationLifetime lifetime, IServer server, IOptions<StorageOptions> storage, ILogger<Announcement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var addresses = string.Join(' ', server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        LogListening(addresses, storage.Value.Provider);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "WhatsSound listens on {Addresses} (storage {Storage}).")]
    private partial void LogListening(string addresses, StorageProvider storage);
}
