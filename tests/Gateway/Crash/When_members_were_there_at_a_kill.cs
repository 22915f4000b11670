using System.Text.Json;
using Microsoft.Data.Sqlite;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crash;

/// <summary>kill -9 of the only process while four are in a room, and a new start: they come back one after another, and for each other they were never away.</summary>
public sealed class When_members_were_there_at_a_kill : IAsyncLifetime
{
    private const string RoomId = "crowd";

    // The test asks as fast as it is answered.
    private static readonly string[] Arguments = ["--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-crash-");
    private readonly Member[] _members = [.. Enumerable.Range(1, 4).Select(number => new Member(RoomId, $"user{number}"))];
    private readonly Member _newcomer = new(RoomId, "newcomer");
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_folder.FullName, Arguments);
        await using (var owner = await HubClient.ConnectAsync(_server.Address, await _server.TokenAsync("user1")))
            await owner.ResultAsync("CreateRoom", new { roomId = RoomId, commandId = "create", name = "Crowd" });
        foreach (var member in _members)
            await member.JoinAsync(_server);
        await Eventually.BecomesTrueAsync(() => _members.All(member => KeptMembers().Contains(member.UserId, StringComparison.Ordinal)));
        await _server.KillAsync();
        _server = await ServerProcess.StartAsync(_folder.FullName, Arguments);
    }

    [Fact]
    public async Task Should_show_all_to_the_first_and_tell_nobody_as_joined_but_who_is_new()
    {
        var first = await _members[0].JoinAsync(_server);
        Assert.Equal(_members.Select(member => member.UserId), UserIds(first.GetProperty("presence").GetProperty("members")));

        foreach (var member in _members[1..])
            await member.JoinAsync(_server);
        await _newcomer.JoinAsync(_server);

        // The newcomer is told of after all who came before.
        var since = first.GetProperty("positions").GetProperty($"room:{RoomId}");
        List<string> joined = [];
        while (!joined.Contains("newcomer"))
            joined = await JoinedAsync(since);
        Assert.Equal(["newcomer"], joined);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members.Append(_newcomer))
            await member.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static IEnumerable<string> UserIds(JsonElement members) =>
        members.EnumerateArray().Select(member => member.GetProperty("userId").GetString()!).Order(StringComparer.Ordinal);

    private async Task<List<string>> JoinedAsync(JsonElement since)
    {
        var recovery = await _members[0].ResultAsync("Subscribe", new { channel = $"room:{RoomId}", since });
        Assert.Equal("recovered", recovery.GetProperty("verdict").GetString());
        return [.. recovery.GetProperty("publications").EnumerateArray()
            .Where(publication => publication.GetProperty("event").GetString() == "presence")
            .SelectMany(publication => UserIds(publication.GetProperty("data").GetProperty("joined")))];
    }

    private string KeptMembers()
    {
        var file = _folder.GetFiles("*.db", SearchOption.AllDirectories).Single().FullName;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("SELECT CAST(PayloadBinary AS TEXT) FROM OrleansStorage WHERE GrainTypeString LIKE '%channel-members%'", connection);
        return command.ExecuteScalar() as string ?? "";
    }
}
