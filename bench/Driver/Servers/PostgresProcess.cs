using System.Diagnostics;
using System.Globalization;

namespace WhatsSound.Bench.Servers;

/// <summary>
/// A PostgreSQL server of this run only: the machine's binaries with their default settings, a temporary folder, a socket in it and no port. It runs on the
/// driver's core, as a database would on another machine.
/// </summary>
internal sealed class PostgresProcess : IAsyncDisposable
{
    // PostgreSQL refuses to run as root, which a container's only user often is.
    private const string AccountForRoot = "nobody";
    private const string Database = "bench";
    private const string User = "bench";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-pg-");
    private readonly string _binaries = Binaries() ?? throw new InvalidOperationException("PostgreSQL is not installed on this machine (no initdb).");
    private bool _isUp;

    private PostgresProcess()
    {
    }

    public string ConnectionString => $"Host={_folder.FullName};Username={User};Database={Database}";

    private string DataFolder => Path.Combine(_folder.FullName, "data");

    public static async Task<PostgresProcess> StartAsync(string schemaFile, CancellationToken cancellationToken)
    {
        var server = new PostgresProcess();
        try
        {
            if (Environment.IsPrivilegedProcess)
                await server.RunAsync("chown", [AccountForRoot, server._folder.FullName], cancellationToken);
            await server.RunAsync("initdb", ["-D", server.DataFolder, "-U", User, "--auth=trust", "--locale=C", "--encoding=UTF8"], cancellationToken);
            await server.RunAsync(
                "pg_ctl",
                ["start", "-D", server.DataFolder, "-w", "-s", "-l", Path.Combine(server._folder.FullName, "log"), "-o", $"-k {server._folder.FullName} -c listen_addresses=''"],
                cancellationToken);
            server._isUp = true;
            await server.RunAsync("createdb", ["-h", server._folder.FullName, "-U", User, Database], cancellationToken);
            await server.QueryAsync(["--set", "ON_ERROR_STOP=1", "--file", schemaFile], cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Bytes of the write-ahead log so far.</summary>
    public async Task<double> BytesWrittenAsync(CancellationToken cancellationToken)
    {
        var answer = await QueryAsync(["-A", "-t", "-c", "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')"], cancellationToken);
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isUp)
            await RunAsync("pg_ctl", ["stop", "-s", "-D", DataFolder, "-m", "immediate", "-w"], CancellationToken.None);
        _folder.Delete(recursive: true);
    }

    private Task<string> QueryAsync(string[] arguments, CancellationToken cancellationToken) =>
        RunAsync("psql", ["-h", _folder.FullName, "-U", User, "-d", Database, "-q", .. arguments], cancellationToken);

    private async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var path = Path.Combine(_binaries, program);
        var asOther = Environment.IsPrivilegedProcess && (program is "initdb" or "pg_ctl");
        var start = asOther
            ? new ProcessStartInfo("runuser", ["-u", AccountForRoot, "--", path, .. arguments])
            : new ProcessStartInfo(File.Exists(path) ? path : program, arguments);
        start.WorkingDirectory = "/";

        // The server inherits the handles of pg_ctl, and would hold a pipe open.
        var isHeard = program != "pg_ctl";
        start.RedirectStandardOutput = isHeard;
        using var process = Process.Start(start)!;
        var output = isHeard ? await process.StandardOutput.ReadToEndAsync(cancellationToken) : "";
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static string? Binaries()
    {
        const string Installed = "/usr/lib/postgresql";
        IEnumerable<string> versions = Directory.Exists(Installed)
            ? Directory.GetDirectories(Installed).OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin"))
            : [];
        return versions.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}
