using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_a_writer_cannot_open
{
    [Fact]
    public async Task Should_open_with_the_next_group()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        var options = Options.Create(new StorageOptions { ConnectionString = $"Data Source={Path.Combine(folder.FullName, "test.db")}" });
        await using (var database = new Database(options))
        await using (var writer = new SqlitePublicationWriter(database))
        {
            SqliteFile.Prepare(((SqliteDataSource)database.DataSource).File);
            // Without the tables no statement can be prepared.
            await Assert.ThrowsAsync<SqliteException>(() => writer.WriteAsync([]));
            SqliteSchema.Apply((SqliteDataSource)database.DataSource);

            await writer.WriteAsync([]);
        }

        folder.Delete(recursive: true);
    }
}
