using Microsoft.Data.Sqlite;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_a_writer_cannot_open
{
    [Fact]
    public async Task Should_open_with_the_next_group()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        await using (var dataSource = new SqliteDataSource($"Data Source={Path.Combine(folder.FullName, "test.db")}"))
        await using (var writer = new SqlitePublicationWriter(dataSource))
        {
            SqliteFile.Prepare(dataSource.File);
            // Without the tables no statement can be prepared.
            await Assert.ThrowsAsync<SqliteException>(() => writer.WriteAsync([]));
            SqliteSchema.Apply(dataSource);

            await writer.WriteAsync([]);
        }

        folder.Delete(recursive: true);
    }
}
