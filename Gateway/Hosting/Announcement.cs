using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WhatsSound.Gateway.Hosting.Logs;
using WhatsSound.Gateway.Hosting.Start;

namespace WhatsSound.Gateway.Hosting;

/// <summary>One line when the program can be used.</summary>
internal sealed partial class Announcement(
    IHostApplicationLifetime lifetime, IServer server, IEnumerable<HostStatement> statements, StartLog start, ILogger<Announcement> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Announce);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        foreach (var line in start.End())
            Console.Out.Write(line);
        var addresses = string.Join(' ', server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);
        var statement = string.Join(", ", statements.Select(static one => one.Text));
        LogListening(addresses, statement);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "WhatsSound listens on {Addresses} ({Statement}).")]
    private partial void LogListening(string addresses, string statement);
}
