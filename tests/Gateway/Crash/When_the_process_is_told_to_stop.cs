using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crash;

public sealed class When_the_process_is_told_to_stop
{
    [Fact]
    public async Task Should_tell_its_clients_first_and_end_well()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        var folder = Directory.CreateTempSubdirectory("whatssound-stop-");
        await using var server = await ServerProcess.StartAsync(folder.FullName);
        await using var client = await HubClient.ConnectAsync(server.Address, await server.TokenAsync("ada"));
        await client.ResultAsync("Subscribe", new { channel = "news" });
        var closing = client.EventAsync("closing");

        var exitCode = await server.StopAsync();

        Assert.Equal("NOT_READY", (await closing).GetProperty("code").GetString());
        Assert.Equal(0, exitCode);
        folder.Delete(recursive: true);
    }
}
