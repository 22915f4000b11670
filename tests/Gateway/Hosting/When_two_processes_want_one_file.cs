using WhatsSound.Tests.Gateway.Crash;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Hosting;

public sealed class When_two_processes_want_one_file
{
    [Fact]
    public async Task Should_refuse_the_second_until_the_first_is_gone_and_lose_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-lock-");
        await using (var first = await ServerProcess.StartAsync(folder.FullName))
        {
            await using var owner = await HubClient.ConnectAsync(first.Address, await first.TokenAsync("owner"));
            await owner.ResultAsync("CreateRoom", new { roomId = "one", commandId = "create", name = "A room" });
            await owner.ResultAsync("JoinRoom", new { roomId = "one", commandId = "join" });
            await owner.ResultAsync("SendChat", new { roomId = "one", commandId = "said", text = "kept" });

            var (exitCode, _, error) = await ServerProcess.RunAsync("Silo", folder.FullName, "--environment=Development", "--urls=http://127.0.0.1:0");

            var file = Path.Combine(folder.FullName, "data", "whatssound.db");
            Assert.Equal((1, $"{file} is in use by another process of this program; one file is for one process."), (exitCode, error.TrimEnd()));
            await first.KillAsync();
        }

        // What a killed process leaves behind is no lock.
        await using (var second = await ServerProcess.StartAsync(folder.FullName))
        {
            await using var listener = await HubClient.ConnectAsync(second.Address, await second.TokenAsync("listener"));
            var joined = await listener.ResultAsync("JoinRoom", new { roomId = "one", commandId = "join" });
            var said = joined.GetProperty("snapshot").GetProperty("chat").EnumerateArray().Select(line => line.GetProperty("data").GetProperty("text").GetString());
            Assert.Equal(["kept"], said);
            AssertOwnerOnly(Path.Combine(folder.FullName, "data"));
        }

        folder.Delete(recursive: true);
    }

    private static void AssertOwnerOnly(string data)
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in Directory.GetFiles(data).Append(data))
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        Assert.Contains(Path.Combine(data, "whatssound.db-wal"), Directory.GetFiles(data));
    }
}
