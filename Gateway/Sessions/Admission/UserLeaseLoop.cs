using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Delivery;

namespace WhatsSound.Gateway.Sessions;

/// <summary>Renews, in rounds, what this gateway holds in users' grains.</summary>
internal sealed class UserLeaseLoop(SessionUsers users, IOptions<DeliveryOptions> options, TimeProvider time, ILogger<UserLeaseLoop> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(
        options.Value.UserRenewInterval, time, users.RenewAllAsync, logger, stoppingToken);
}
