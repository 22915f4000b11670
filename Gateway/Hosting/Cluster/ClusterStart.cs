using Microsoft.Extensions.Options;
using Npgsql;
using WhatsSound.Start;

namespace WhatsSound.Gateway.Hosting.Cluster;

/// <summary>
/// Waits until the database lists a silo that takes gateways: a gateway may be started in the same moment as its silos. Where there is none in time, or no such
/// database, the program does not start.
/// </summary>
internal sealed partial class ClusterStart(
    IOptions<MembershipDatabase> database, IOptions<ClusterSettings> cluster, TimeProvider time, ILogger<ClusterStart> logger) : IHostedService
{
    private const string ListedSilos =
        "SELECT COUNT(*) FROM OrleansMembershipTable WHERE DeploymentId = @cluster AND Status = @active AND ProxyPort > 0";

    /// <summary>Two silos that start together, on a slow machine.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var server = new NpgsqlConnectionStringBuilder(database.Value.Orleans);
        try
        {
            await WaitAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw new HostStartException($"PostgreSQL at {server.Host}, database {server.Database}, has no schema: run psql --file deploy/postgresql.sql.", exception);
        }
        catch (NpgsqlException exception)
        {
            var reason = (exception as PostgresException)?.MessageText ?? exception.InnerException?.Message ?? exception.Message;
            throw new HostStartException($"PostgreSQL at {server.Host}, database {server.Database}, cannot be used: {reason.TrimEnd('.')}.", exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        await using var source = NpgsqlDataSource.Create(database.Value.Orleans);
        using var pause = new PeriodicTimer(Pause, time);
        var hasSaid = false;
        while (await CountAsync(source, cancellationToken) == 0)
        {
            if (time.GetElapsedTime(since) > Patience)
                throw new HostStartException($"The cluster {cluster.Value.ClusterId} has no silo that takes gateways: start one, with --Cluster:GatewayPort.");
            if (!hasSaid)
                LogWaiting(cluster.Value.ClusterId);
            hasSaid = true;
            await pause.WaitForNextTickAsync(cancellationToken);
        }
    }

    private async Task<long> CountAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(ListedSilos);
        command.Parameters.AddWithValue("cluster", cluster.Value.ClusterId);
        command.Parameters.AddWithValue("active", (int)SiloStatus.Active);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Waiting for a silo of cluster {ClusterId}.")]
    private partial void LogWaiting(string clusterId);
}
