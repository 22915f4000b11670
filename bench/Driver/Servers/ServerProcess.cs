using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>A server under test while it runs: its own process, pinned to a core, with the probe inside. Ends with the driver.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string ProbePrefix = "@probe ";

    private readonly Process _process;
    private readonly DirectoryInfo _dataFolder;
    private readonly string _logFile;
    private readonly List<string> _output = [];
    private TaskCompletionSource<ProbeFigures>? _probe;

    private ServerProcess(ServerUnderTest server, RunOptions options)
    {
        Server = server;
        Address = new IPEndPoint(IPAddress.Loopback, FreePort());
        Http = new HttpClient { BaseAddress = new Uri($"http://{Address}") };
        _dataFolder = Directory.CreateTempSubdirectory("whatssound-bench-");
        _logFile = Path.Combine(options.Out, $"{server.Name}.log");
        _process = new Process { StartInfo = StartInfo(options) };
        _process.OutputDataReceived += (_, line) => OnOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => OnOutput(line.Data);
    }

    public ServerUnderTest Server { get; }

    public IPEndPoint Address { get; }

    public HttpClient Http { get; }

    public double CpuSeconds => ProcessClock.CpuSeconds(_process.Id);

    /// <summary>What it has in its folder, its database too.</summary>
    public DirectoryInfo DataFolder => _dataFolder;

    /// <summary>What it has written to files, and handed to the kernel.</summary>
    public long FileBytesWritten => ProcessFigures.FileBytesWritten(_process.Id);

    public long ResidentBytes => ProcessFigures.ResidentBytes(_process.Id);

    public static async Task<ServerProcess> StartAsync(ServerUnderTest server, RunOptions options, CancellationToken cancellationToken)
    {
        var process = new ServerProcess(server, options);
        try
        {
            process._process.Start();
            process._process.BeginOutputReadLine();
            process._process.BeginErrorReadLine();
            using var first = await process.FirstConnectionAsync(cancellationToken);
            await server.PrepareAsync(first, cancellationToken);
            return process;
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public async Task<ClientSocket> ConnectAsync(int user, ClientSocketOptions options, TextHandler onText, CancellationToken cancellationToken)
    {
        var path = await Server.PathAsync(Http, user, cancellationToken);
        var socket = await ClientSocket.ConnectAsync(Address, path, options, Server.HeartbeatOf(user), onText, cancellationToken);
        await Server.OpenAsync(socket, user, cancellationToken);
        return socket;
    }

    /// <summary>What the runtime says now.</summary>
    public Task<ProbeFigures> ReadProbeAsync() => AskProbeAsync("read");

    /// <summary>Deactivates every grain that nothing is using, of a server that has grains; what the runtime says after that and a collection.</summary>
    public async Task<ProbeFigures> DeactivateAsync()
    {
        await AskProbeAsync("deactivate");
        return await CollectAsync();
    }

    /// <summary>What the runtime says after all garbage is gone and its memory given back.</summary>
    public Task<ProbeFigures> CollectAsync() => AskProbeAsync("collect");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        lock (_output)
            File.WriteAllLines(_logFile, _output);
        Http.Dispose();
        _dataFolder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private ProcessStartInfo StartInfo(RunOptions options)
    {
        var info = new ProcessStartInfo("taskset")
        {
            WorkingDirectory = _dataFolder.FullName,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        foreach (var argument in (string[])["-c", $"{options.ServerCore}", .. Server.Command(options)])
            info.ArgumentList.Add(argument);

        // The same for every server. What the driver's own runtime was told does not concern them.
        foreach (var name in info.Environment.Keys.Where(IsRuntimeSetting).ToList())
            info.Environment.Remove(name);
        info.Environment["DOTNET_gcServer"] = "0";

        // Compile hot methods as soon as they are hot, not when nothing else happens: the same code, twenty seconds earlier.
        info.Environment["DOTNET_TC_CallCountingDelayMs"] = "1";
        info.Environment["DOTNET_STARTUP_HOOKS"] = Path.Combine(options.Bin, "Probe/release/WhatsSound.Bench.Probe.dll");
        info.Environment["ASPNETCORE_URLS"] = $"http://{Address}";
        info.Environment["PORT"] = $"{Address.Port}";
        info.Environment["Logging__LogLevel__Default"] = "Warning";
        info.Environment["Logging__LogLevel__Microsoft.AspNetCore"] = "Warning";
        foreach (var setting in options.ServerEnvironment.Concat(Server.Environment(_dataFolder.FullName)))
            info.Environment[setting.Key] = setting.Value;
        return info;
    }

    private static bool IsRuntimeSetting(string name) => name.StartsWith("DOTNET_", StringComparison.Ordinal) && !string.Equals(name, "DOTNET_ROOT", StringComparison.Ordinal);

    private async Task<ClientSocket> FirstConnectionAsync(CancellationToken cancellationToken)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await ConnectAsync(user: 0, new ClientSocketOptions(), static _ => { }, cancellationToken);
            }
            catch (Exception e) when (e is SocketException or HttpRequestException or InvalidOperationException)
            {
                if (_process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(30))
                    throw new InvalidOperationException($"{Server.Title} did not start: {e.Message}\n{OutputTail()}", e);
                await Task.Delay(100, cancellationToken);
            }
        }
    }

    private async Task<ProbeFigures> AskProbeAsync(string command)
    {
        _probe = new TaskCompletionSource<ProbeFigures>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await _probe.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private void OnOutput(string? line)
    {
        if (line is null)
            return;

        if (!line.StartsWith(ProbePrefix, StringComparison.Ordinal))
        {
            lock (_output)
                _output.Add(line);
            return;
        }

        _probe?.TrySetResult(ProbeFigures.Parse(line[ProbePrefix.Length..]));
    }

    private string OutputTail()
    {
        lock (_output)
            return string.Join('\n', _output.TakeLast(20));
    }
}
