using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_decision_is_published
{
    private readonly RoomScript _play = new();

    [Fact]
    public void Should_tell_the_queue_and_the_vector_once_each()
    {
        var decision = _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));

        var entries = RoomPublications.Of(decision.Room!, decision.Events);

        Assert.Equal(["room:room:queue queue 3-queue", "room:room:playback playback 3-playback"], entries.Select(entry => $"{entry.Channel} {entry.Event} {entry.Id}"));
        var queue = entries[0].Data.Read(WireJson.Default.QueueChanged)!;
        Assert.Equal(("started", "e1", "e1", 1), (queue.Reason, queue.EntryId, queue.Current?.EntryId, queue.Total));
        Assert.Equal(PlaybackStatus.Playing, entries[1].Data.Read(WireJson.Default.PlaybackVector)!.Status);
    }

    [Fact]
    public void Should_say_nothing_of_a_vote_that_changes_nothing()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));
        _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e2", 1, moment));

        var again = _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e2", 1, moment));

        Assert.Empty(RoomPublications.Of(again.Room!, again.Events));
    }

    [Fact]
    public void Should_name_the_new_host_and_why()
    {
        _play.Join("u1");
        var decision = _play.Do((room, moment) => RoomRules.TransferHost(room, "u0", "u1", moment));

        var entry = Assert.Single(RoomPublications.Of(decision.Room!, decision.Events));

        Assert.Equal("room:room", entry.Channel);
        Assert.Equal(new HostChanged { HostUserId = "u1", Reason = "transfer" }, entry.Data.Read(WireJson.Default.HostChanged));
    }

    [Fact]
    public void Should_cut_a_window_that_is_too_large_for_a_publication()
    {
        foreach (var user in Enumerable.Range(0, 6))
            _play.Enqueue($"u{user}", [.. Enumerable.Range(0, 10).Select(number => new Track { Url = $"/{user}/{number}/".PadRight(2000, 'x'), Title = "A song", DurationMs = 60_000 })]);

        var view = QueueViews.Of(_play.Room, "added", null);

        Assert.InRange(view.Window.Length, 20, 25);
        Assert.Equal(59, view.Total);
    }
}
