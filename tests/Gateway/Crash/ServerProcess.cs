using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>The program itself, as an operator starts it, in a process that can be killed.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri address, string announcement)
    {
        _process = process;
        Address = address;
        Announcement = announcement;
    }

    /// <summary>The line by which it says that it listens.</summary>
    public string Announcement { get; }

    public Uri Address { get; }

    public int Id => _process.Id;

    /// <summary>Done when the process has ended, by itself or not.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Starts the silo with a database file, and waits until it says that it listens.</summary>
    public static Task<ServerProcess> StartAsync(string folder, params string[] arguments) =>
        StartAsync(new ProcessStartInfo(Executable("Silo"), ["--environment", "Development", "--urls", "http://127.0.0.1:0", "--Users:RoomsOwnedMax=1000", "--Users:RoomsPerHourMax=1000", .. arguments]), folder);

    /// <summary>Starts a gateway of its own, and waits until it says that it listens.</summary>
    public static Task<ServerProcess> StartGatewayAsync(string folder, params string[] arguments) =>
        StartAsync(new ProcessStartInfo(Executable("Gateway"), ["--environment", "Development", "--urls", "http://127.0.0.1:0", .. arguments]), folder);

    /// <summary>Starts what is known not to start, or to end by itself; answers the exit code and what it said.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable(program), arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static async Task<ServerProcess> StartAsync(ProcessStartInfo start, string folder)
    {
        // Everything that it keeps is relative to this.
        start.WorkingDirectory = folder;
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            said.Add(line);
            if (Listening().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new ServerProcess(process, new Uri(match.Value), line);
            }
        }

        throw new InvalidOperationException($"The server did not start: {string.Join('\n', said)}");
    }

    /// <summary>SIGKILL: nothing is saved, flushed or said.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator sends it; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <summary>SIGSTOP: the process does nothing any more, and its sockets stay open.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on, and knows nothing of the time that has passed.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async Task<string> TokenAsync(string userId)
    {
        using var http = new HttpClient { BaseAddress = Address };
        using var response = await http.PostAsJsonAsync("/dev/token", new { userId, name = userId });
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string name)
    {
        using var signal = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        await signal.WaitForExitAsync();
    }

    /// <summary>The program's file, beside this project's own output: bin/Gateway.Tests/(configuration) and bin/Silo/(configuration).</summary>
    public static string Executable(string program)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var name = $"WhatsSound.{program}" + (OperatingSystem.IsWindows() ? ".exe" : "");
        return Path.Combine(here.Parent!.Parent!.FullName, program, here.Name, name);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Listening();
}
