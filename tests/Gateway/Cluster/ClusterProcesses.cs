using WhatsSound.Tests.Gateway.Crash;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>The processes of a cluster, with PostgreSQL between them. What a test leaves running ends with this.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-cluster-");
    private readonly List<ServerProcess> _processes = [];

    /// <summary>Where they run, and where what they read may be.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Starts a silo with more settings, which win, and waits until it listens.</summary>
    public Task<ServerProcess> StartAsync(string connectionString, params string[] more) => KeepAsync(ServerProcess.StartAsync(
        Folder,
        [
            "--Storage:Provider", "postgresql", "--Storage:ConnectionString", connectionString,
            "--Cluster:AdvertisedAddress", "127.0.0.1",
            // Tests ask again at once, which the server would take for a flood.
            "--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000", "--Sessions:RefusalsInRowMax", "100000000",
            .. more,
        ]));

    /// <summary>Starts a gateway of its own, and waits until it listens.</summary>
    public Task<ServerProcess> StartGatewayAsync(string connectionString, params string[] more) =>
        KeepAsync(ServerProcess.StartGatewayAsync(Folder, [$"--ConnectionStrings:Orleans={connectionString}", .. more]));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<ServerProcess> KeepAsync(Task<ServerProcess> starting)
    {
        var process = await starting;
        _processes.Add(process);
        return process;
    }
}
