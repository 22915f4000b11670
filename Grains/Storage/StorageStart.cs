using Microsoft.Extensions.Hosting;
using Npgsql;

namespace WhatsSound.Grains.Storage;

/// <summary>Makes the database ready before the silo starts; registered before it, as hosted services start in the order of registration.</summary>
internal sealed class StorageStart(Database database) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (database.DataSource is NpgsqlDataSource postgres)
            return PostgresSchema.CheckAsync(postgres, cancellationToken);

        SqliteSchema.Apply((SqliteDataSource)database.DataSource);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
