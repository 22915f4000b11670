using System.Diagnostics;
using Npgsql;
using WhatsSound.Tests.Shared;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace WhatsSound.Tests.Shared;

/// <summary>
/// A PostgreSQL server of this test run only: the machine's binaries, a temporary folder, a socket in it and no port. Tests that need it are skipped,
/// with the reason, where there is none.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly string[] BinaryFolders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), .. Installed("/usr/lib/postgresql"), "/usr/local/pgsql/bin"];

    private readonly SemaphoreSlim starting = new(1);
    private DirectoryInfo? folder;
    private string? skipReason;
    private int databases;

    public PostgresServer() => Shared = this;

    public static PostgresServer Shared { get; private set; } = null!;

    /// <summary>A new database with the schema, or with what another script makes. The first call starts the server.</summary>
    public async Task<string> CreateDatabaseAsync(string? script = null)
    {
        await StartAsync();
        Assert.SkipWhen(skipReason is not null, skipReason ?? "");

        var name = $"test{Interlocked.Increment(ref databases)}";
        await ExecuteAsync(ConnectionTo("postgres"), $"CREATE DATABASE {name}");
        await (script is null ? ApplySchemaAsync(ConnectionTo(name)) : ExecuteAsync(ConnectionTo(name), script));
        return ConnectionTo(name);
    }

    public static Task ApplySchemaAsync(string connectionString) =>
        ExecuteAsync(connectionString, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "postgresql.sql")));

    public async Task DropDatabaseAsync(string connectionString) =>
        await ExecuteAsync(ConnectionTo("postgres"), $"DROP DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} WITH (FORCE)");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        starting.Dispose();
        if (folder is null)
            return;

        if (skipReason is null)
            await RunAsync("pg_ctl", "stop", "-s", "-D", Path.Combine(folder.FullName, "data"), "-m", "immediate", "-w");
        folder.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        await starting.WaitAsync();
        try
        {
            if (folder is null)
                skipReason = await TryStartAsync();
        }
        finally
        {
            starting.Release();
        }
    }

    private async Task<string?> TryStartAsync()
    {
        folder = Directory.CreateTempSubdirectory("whatssound-pg-");
        if (Find("initdb") is null)
            return "PostgreSQL is not installed on this machine (no initdb).";
        if (Environment.IsPrivilegedProcess)
        {
            if (await RunAsync("chown", AccountForRoot, folder.FullName) is { } chownProblem)
                return chownProblem;
        }

        var data = Path.Combine(folder.FullName, "data");
        return await RunAsync("initdb", "-D", data, "-U", "test", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8")
            ?? await RunAsync("pg_ctl", "start", "-D", data, "-w", "-s", "-l", Path.Combine(folder.FullName, "log"), "-o", $"-k {folder.FullName} -c listen_addresses='' -c fsync=off");
    }

    // PostgreSQL refuses to run as root, which a container's only user often is.
    private const string AccountForRoot = "nobody";

    private static async Task<string?> RunAsync(string program, params string[] arguments)
    {
        var path = Find(program) ?? program;
        var start = Environment.IsPrivilegedProcess && !string.Equals(program, "chown", StringComparison.Ordinal)
            ? new ProcessStartInfo("runuser", ["-u", AccountForRoot, "--", path, .. arguments])
            : new ProcessStartInfo(path, arguments);
        start.WorkingDirectory = "/";
        // Not redirected: the server inherits the handles, and would hold a pipe open.
        start.RedirectStandardOutput = string.Equals(program, "initdb", StringComparison.Ordinal);
        try
        {
            using var process = Process.Start(start)!;
            if (start.RedirectStandardOutput)
                await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : $"{program} ended with {process.ExitCode}.";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return $"{program} could not be run: {exception.Message}";
        }
    }

    private string ConnectionTo(string database) => $"Host={folder!.FullName};Username=test;Database={database}";

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(connectionString);
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static string? Find(string program) => BinaryFolders.Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Installed(string root) =>
        Directory.Exists(root) ? Directory.GetDirectories(root).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin")) : [];
}
