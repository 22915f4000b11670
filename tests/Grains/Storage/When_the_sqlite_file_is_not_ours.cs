using Dapper;
using Microsoft.Data.Sqlite;
using WhatsSound.Grains.Storage;
using WhatsSound.Start;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_the_sqlite_file_is_not_ours : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("whatssound-");

    private string File => Path.Combine(folder.FullName, "new", "test.db");

    [Fact]
    public async Task Should_commit_nothing_to_a_file_that_was_deleted()
    {
        await using var dataSource = Opened();
        await using var connection = await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("PRAGMA user_version = 7");
        System.IO.File.Delete(File);

        await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync("PRAGMA user_version = 8"));
        var opening = await Assert.ThrowsAnyAsync<Exception>(async () => await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken));
        Assert.True(opening is SqliteMovedException or SqliteException, opening.ToString());
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task Should_commit_nothing_where_another_file_took_the_place()
    {
        await using var dataSource = Opened();
        await using var connection = await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        System.IO.File.Move(File, File + ".away");
        System.IO.File.Copy(File + ".away", File);

        await Assert.ThrowsAsync<SqliteException>(() => connection.ExecuteAsync("PRAGMA user_version = 8"));
        connection.Close();
        System.IO.File.Move(File + ".away", File, overwrite: true);

        await using var back = await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await back.ExecuteAsync("PRAGMA user_version = 9");
        Assert.Equal(9, await back.QuerySingleAsync<int>("PRAGMA user_version"));
    }

    [Fact]
    public async Task Should_have_its_settings_on_every_connection()
    {
        await using var dataSource = Opened();
        await using var connection = await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);

        // FULL, and the disk's own cache too: as the deployment page promises.
        Assert.Equal(2, await connection.QuerySingleAsync<int>("PRAGMA synchronous"));
        Assert.Equal(1, await connection.QuerySingleAsync<int>("PRAGMA fullfsync"));
        Assert.Equal(10_000, await connection.QuerySingleAsync<int>("PRAGMA busy_timeout"));
    }

    [Fact]
    public void Should_be_for_one_holder_at_a_time_by_any_of_its_names()
    {
        using var dataSource = Opened();
        var other = Path.Combine(folder.FullName, "link.db");
        System.IO.File.CreateSymbolicLink(other, File);

        using (SqliteFileLock.Take(File))
            Assert.Contains("in use by another process", Assert.Throws<HostStartException>(() => SqliteFileLock.Take(other)).Message, StringComparison.Ordinal);
        SqliteFileLock.Take(other).Dispose();
    }

    [Fact]
    public void Should_be_readable_by_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        using var dataSource = Opened();

        Assert.Equal("rw-------", Modes(File));
        Assert.Equal("rwx------", Modes(Path.GetDirectoryName(File)!));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private SqliteDataSource Opened()
    {
        var dataSource = new SqliteDataSource($"Data Source={File}");
        SqliteFile.Prepare(dataSource.File);
        SqliteSchema.Apply(dataSource);
        return dataSource;
    }

    [Fact]
    public void Should_not_make_a_file_writable_that_its_owner_made_read_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no modes.");
        SqliteFile.Prepare(File);
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        SqliteFile.Prepare(File);

        Assert.Equal("r--------", Modes(File));
    }

    private static string Modes(string path)
    {
        var mode = OperatingSystem.IsWindows() ? UnixFileMode.None : System.IO.File.GetUnixFileMode(path);
        return string.Concat("rwxrwxrwx".Select((letter, index) => ((int)mode & (1 << (8 - index))) != 0 ? letter : '-'));
    }
}
