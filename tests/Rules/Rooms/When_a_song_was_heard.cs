using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_song_was_heard
{
    private readonly RoomScript _play = new();

    [Fact]
    public void Should_know_how_many_heard_it_at_most_and_on_average_while_it_played()
    {
        var audience = new SongAudience();
        audience.Observe("e1", isPlaying: true, count: 2, nowMs: 1_000);
        audience.Observe("e1", isPlaying: true, count: 8, nowMs: 4_000);
        audience.Observe("e1", isPlaying: false, count: 8, nowMs: 5_000);
        audience.Observe("e1", isPlaying: true, count: 1, nowMs: 100_000);

        // Two for three seconds, eight for one, and one for four; nothing while it was paused.
        Assert.Equal((8, 2.3), audience.FiguresOf("e1", count: 1, nowMs: 104_000));
        Assert.Equal((3, 3.0), audience.FiguresOf("e2", count: 3, nowMs: 104_000));
        audience.Observe("e2", isPlaying: true, count: 1, nowMs: 105_000);
        Assert.Equal((1, 1.0), audience.FiguresOf("e2", count: 1, nowMs: 106_000));
    }

    [Fact]
    public void Should_number_each_play_and_keep_it_until_it_is_kept_elsewhere()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));
        Skip();
        Skip();
        Assert.Equal([(1, "Song 1"), (2, "Song 2")], _play.Room.Unkept.Select(play => (play.Number, play.Song.Track.Title)));

        _play.Do((room, moment) =>
        {
            var draft = new RoomDraft(room);
            draft.Add(new PlaysKept(1, moment.NowMs));
            return draft.ToDecision();
        });

        Assert.Equal((2L, 2L), (Assert.Single(_play.Room.Unkept).Number, _play.Room.PlaysCount));
    }

    [Fact]
    public void Should_begin_with_what_a_room_remembers_of_before()
    {
        HistoryItem[] history = [Item("new"), Item("old")];
        var room = _play.Room with { History = [.. history] };

        var counted = room.Complete();

        Assert.Equal([(1L, "old"), (2L, "new")], counted.Unkept.Select(play => (play.Number, play.Song.EntryId)));
        Assert.Same(counted, counted.Complete());
    }

    private static HistoryItem Item(string entryId) => new()
    {
        EntryId = entryId, Track = RoomScript.Song(1), AddedBy = "u0", StartedAtMs = 1, EndedAtMs = 2, EndReason = "completed",
    };

    private void Skip() => Assert.Null(_play.Do((room, moment) => RoomRules.Skip(room, "u0", room.Current!.EntryId, moment)).Refusal);
}
