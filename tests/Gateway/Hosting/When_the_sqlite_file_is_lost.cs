using System.Diagnostics;
using System.Net;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>Nothing is acknowledged that a restart would not find, and health says why.</summary>
public sealed class When_the_sqlite_file_is_lost : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-lost-");

    [Fact]
    public async Task Should_acknowledge_nothing_into_a_deleted_file()
    {
        await using var server = await StartAsync(_folder.FullName);
        using var readiness = new Readiness(server.Address);
        await using var owner = await StartRoomAsync(server, readiness);

        foreach (var file in _folder.GetFiles("test.db*"))
            file.Delete();

        Assert.False((await owner.CallAsync("SendChat", new { roomId = "one", commandId = "lost", text = "lost" })).GetProperty("ok").GetBoolean());
        Assert.False((await owner.CallAsync("Enqueue", Song("lost-too"))).GetProperty("ok").GetBoolean());
        await readiness.WhenReadySaysAsync(HttpStatusCode.ServiceUnavailable, "not ready\ndatabase: moved\n");
        Assert.Empty(_folder.GetFiles("test.db"));
    }

    [Fact]
    public async Task Should_acknowledge_nothing_onto_a_full_disk_and_go_on_when_there_is_room()
    {
        var mount = Path.Combine(_folder.FullName, "small");
        Assert.SkipWhen(!TryRun("mkdir", mount) || !TryRun("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mount), "A small file system cannot be mounted (that takes root).");
        try
        {
            await using var server = await StartAsync(mount);
            using var readiness = new Readiness(server.Address);
            await using var owner = await StartRoomAsync(server, readiness);
            var ballast = Path.Combine(mount, "ballast");
            TryRun("dd", "if=/dev/zero", $"of={ballast}", "bs=4k");

            // The log of SQLite has some room of its own: up to a page at a time it fills that first.
            var code = "";
            for (var number = 0; number < 48 && code.Length == 0; number++)
                code = await owner.CodeAsync("Publish", new { channel = "kept", id = $"full{number}", @event = "noted", data = new string('x', 4_000) });
            // The database has said no, so that nothing is unknown.
            Assert.Equal("NOT_READY", code);
            Assert.Equal("NOT_READY", await owner.CodeAsync("Enqueue", Song("full")));
            await readiness.WhenReadySaysAsync(HttpStatusCode.ServiceUnavailable, "not ready\ndatabase: full\n");

            File.Delete(ballast);
            await readiness.WhenReadySaysAsync(HttpStatusCode.OK, "ready");
            await owner.ResultAsync("Enqueue", Song("after"));
        }
        finally
        {
            TryRun("umount", "-l", mount);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static Task<RunningServer> StartAsync(string folder) =>
        RunningServer.StartAsync($"--Storage:ConnectionString=Data Source={Path.Combine(folder, "test.db")}", "--Logging:LogLevel:Default=None", "--Channels:Rules:0:Pattern=kept", "--Channels:Rules:0:PersistAll=1.00:00:00");

    private static async Task<HubClient> StartRoomAsync(RunningServer server, Readiness readiness)
    {
        var owner = await server.ConnectAsync("owner");
        await owner.ResultAsync("CreateRoom", new { roomId = "one", commandId = "create", name = "A room" });
        await owner.ResultAsync("JoinRoom", new { roomId = "one", commandId = "join" });
        await owner.ResultAsync("SendChat", new { roomId = "one", commandId = "before", text = "kept" });
        Assert.Equal((HttpStatusCode.OK, "ready"), await readiness.ReadyAsync());
        return owner;
    }

    private static object Song(string id) =>
        new { roomId = "one", commandId = id, tracks = new[] { new { url = $"https://example.org/{id}.mp3", title = id, durationMs = 180_000 } } };

    private static bool TryRun(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
