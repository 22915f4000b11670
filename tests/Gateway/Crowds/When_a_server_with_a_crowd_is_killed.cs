using System.Diagnostics;
using Microsoft.Data.Sqlite;
using WhatsSound.Tests.Gateway.Crash;

namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>
/// kill -9 of the only process, on SQLite, under full rooms, and a new start. Everybody comes back but one of each room: these are shown for a grace, and no longer.
/// </summary>
public sealed class When_a_server_with_a_crowd_is_killed : IAsyncLifetime
{
    private static readonly TimeSpan Grace = new WhatsSound.Channels.ChannelRule { Pattern = "*" }.PresenceGrace;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-crowd-");
    private readonly Crowd _crowd = new(rooms: CrowdSize.Of(2, 10), membersPerRoom: CrowdSize.Of(8, 50));
    private ServerProcess _server = null!;

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.FullName);

    [Fact]
    public async Task Should_show_everybody_to_everybody_and_tell_only_of_who_left()
    {
        await _crowd.OpenAsync([_server]);
        await Eventually.BecomesTrueAsync(AreKept);
        await _server.KillAsync();
        _server = await ServerProcess.StartAsync(_folder.FullName);
        _crowd.TakeSnapshots();
        foreach (var member in _crowd.All)
            member.Forget();

        // The last of each room does not come back, where there is time for a grace.
        var gone = CrowdSize.IsFull ? _crowd.Rooms.Select(static room => room[^1]).ToList() : [];
        var begun = Stopwatch.GetTimestamp();
        await Crowd.ConnectAsync(_crowd.All.Except(gone), _server);
        var back = Stopwatch.GetElapsedTime(begun);
        var (taken, lacking) = _crowd.TakeSnapshots();
        Output.WriteLine($"{taken} back in {back.TotalSeconds:F1} s; {lacking} first snapshots lack somebody.");
        Assert.Equal((_crowd.All.Count() - gone.Count, 0), (taken, lacking));
        Assert.Empty(_crowd.FalselyTold());

        // At once: what they had on the dead process keeps nobody here.
        var latest = await _crowd.LeaveOneEachAsync(gone);
        Output.WriteLine($"Who left was told of within {latest.TotalMilliseconds:F0} ms.");
        Assert.True(latest < Crowd.Lateness, $"{latest}");
        if (!CrowdSize.IsFull)
            return;

        foreach (var member in _crowd.All)
            member.Forget();
        await AssertGoneAsync(begun, back);
    }

    public async ValueTask DisposeAsync()
    {
        await _crowd.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Who did not come back is told as left, once, a grace after the room's channel began, which it did while the others came back.</summary>
    private async Task AssertGoneAsync(long begun, TimeSpan back)
    {
        var others = _crowd.Rooms.SelectMany(static room => room.Skip(1).SkipLast(1).Select(member => (member, gone: room[^1].UserId))).ToList();
        await Eventually.BecomesTrueAsync(() => others.TrueForAll(static one => one.member.Heard.Count > 0) || Stopwatch.GetElapsedTime(begun) > 2 * Grace);
        foreach (var (member, goneId) in others)
            Assert.Equal([(goneId, false)], member.Heard.Select(static told => (told.UserId, told.IsJoin)));
        var told = others.Select(one => Stopwatch.GetElapsedTime(begun, one.member.Heard[0].AtTicks)).ToList();
        Output.WriteLine($"Who did not come back was told as left {told.Min().TotalSeconds:F2} to {told.Max().TotalSeconds:F2} s after the first came back (a grace is {Grace.TotalSeconds} s, all were back after {back.TotalSeconds:F1} s).");
        Assert.InRange(told.Min(), Grace, Grace + back + Crowd.Lateness);
        Assert.InRange(told.Max(), Grace, Grace + back + Crowd.Lateness);
    }

    private bool AreKept()
    {
        var file = _folder.GetFiles("*.db", SearchOption.AllDirectories).Single().FullName;
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = new SqliteCommand("SELECT CAST(PayloadBinary AS TEXT) FROM OrleansStorage WHERE GrainTypeString LIKE '%channel-members%'", connection);
        using var reader = command.ExecuteReader();
        var kept = "";
        while (reader.Read())
            kept += reader.GetString(0);
        return _crowd.All.All(member => kept.Contains($"\"{member.UserId}\"", StringComparison.Ordinal));
    }
}
