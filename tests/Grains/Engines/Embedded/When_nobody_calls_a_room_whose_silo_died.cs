using WhatsSound.Playback;
using WhatsSound.Rooms;
using WhatsSound.Tests.Grains.Channels;
using WhatsSound.Tests.Grains.Rooms;
using WhatsSound.Tests.Grains.Streams;

namespace WhatsSound.Tests.Grains;

/// <summary>On this engine reminders live on the test's clock; on the other one they take a real minute.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_nobody_calls_a_room_whose_silo_died(TestCluster cluster)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    [Fact]
    public async Task Should_be_woken_by_its_reminder_and_play_on()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 30), ListeningRoom.Song(2));
        var endsAtMs = (await room.ReadAsync()).Playback.AnchorTimeMs + 30_000;
        await room.AdvanceAsync(TimeSpan.FromSeconds(6));
        await cluster.KillSiloOfAsync(room.Grain);

        var playback = new Channel(cluster, RoomId.PlaybackOf(room.Id));
        var gateway = await playback.AttachAsync();
        await TestCluster.RetryAsync(() => AdvanceUntilToldAsync(playback, gateway));

        var vector = Assert.Single(gateway.Publications).Data.Read(WireJson.Default.PlaybackVector)!;
        Assert.Equal((PlaybackStatus.Playing, entries[1], endsAtMs + 500), (vector.Status, vector.EntryId, vector.AnchorTimeMs));
    }

    /// <summary>A step of the clock; it counts as a failure, which is tried again, until the playback channel has told something.</summary>
    private async Task<int> AdvanceUntilToldAsync(Channel playback, TestGateway gateway)
    {
        await cluster.AdvanceAsync(Step, Step, () => playback.RenewAsync(gateway));
        return gateway.Publications.IsEmpty ? throw new TimeoutException("Nothing was told yet.") : gateway.Publications.Length;
    }
}
