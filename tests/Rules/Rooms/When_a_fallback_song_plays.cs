using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>A song of the fallback playlist is nobody's own: u1, who may set the playlist and not skip, has set it. u0 is host.</summary>
public class When_a_fallback_song_plays
{
    private readonly RoomScript _play = new();

    public When_a_fallback_song_plays()
    {
        _play.Join("u1");
        Done("u0", new GrantRole { ToUserId = "u1", Role = RoomRole.Moderator });
        Done("u0", new SetPermission { Permission = "skipSongs", Role = RoomRole.CoHost });
        Done("u1", new SetFallback { Tracks = [RoomScript.Song(20, 60_000), RoomScript.Song(21, 60_000)] });
        Assert.True(_play.Room.Current!.IsFallback);
    }

    private string Current => _play.Room.Current!.EntryId;

    [Fact]
    public void Should_not_be_skipped_by_who_chose_it_without_the_permission()
    {
        Assert.Equal(RefusalCode.Forbidden, Act("u1", new Skip { EntryId = Current }).Refusal?.Code);

        Done("u0", new Skip { EntryId = Current });
    }

    [Fact]
    public void Should_be_told_apart_from_a_song_that_somebody_added()
    {
        Assert.True(QueueViews.Of(_play.Room, "snapshot", null).Current!.IsFallback);

        _play.Enqueue("u1", RoomScript.Song(1));
        _play.Pass(61_000);

        Assert.True(_play.Room.History[0].IsFallback);
        Assert.False(QueueViews.Of(_play.Room, "snapshot", null).Current!.IsFallback);
    }

    [Fact]
    public void Should_be_nobodys_in_the_statistics()
    {
        _play.Enqueue("u1", RoomScript.Song(1, 60_000));
        _play.Pass(185_000);
        var totals = new PlayTotals();
        foreach (var play in _play.Room.Unkept)
            totals.Add(play);

        // Of a version that did not mark it.
        totals.Add(new RoomPlay { Number = 1, Song = _play.Room.Unkept[0].Song with { IsFallback = false } });

        Assert.Equal((4, "u1", 1), (totals.ToView().Plays, Assert.Single(totals.ToView().Djs).UserId, totals.ToView().Djs[0].Plays));
    }

    [Fact]
    public void Should_be_named_with_the_vector_as_what_comes_next_where_nothing_is_queued()
    {
        var next = PlaybackPublications.VectorOf(_play.Room).Next!;
        Assert.Equal(RoomScript.Song(21).Url, next.Url);

        _play.Pass(61_000);

        Assert.Equal((next.EntryId, RoomScript.Song(21).Url), (Current, _play.Room.Current!.Track.Url));
    }

    [Fact]
    public void Should_be_named_as_what_comes_next_though_it_is_not_the_first_that_is_not_to_be_repeated()
    {
        Done("u0", new SetQueueMode { NoRepeatMinutes = 10 });
        Done("u1", new SetFallback { Tracks = [RoomScript.Song(20, 60_000), RoomScript.Song(22, 60_000)] });

        Assert.Equal(RoomScript.Song(22).Url, PlaybackPublications.VectorOf(_play.Room).Next?.Url);
    }

    [Fact]
    public void Should_not_be_named_where_a_song_is_queued_or_there_is_no_playlist()
    {
        _play.Enqueue("u0", RoomScript.Song(1));
        Assert.Equal("e1", PlaybackPublications.VectorOf(_play.Room).Next?.EntryId);

        Done("u0", new ClearQueue());
        Done("u0", new SetFallback { Tracks = [] });
        Assert.Null(PlaybackPublications.VectorOf(_play.Room).Next);
    }

    private void Done(string userId, RoomAction action) => Assert.Null(Act(userId, action).Refusal);

    private RoomDecision Act(string userId, RoomAction action) => _play.Do((room, moment) => RoomRules.Act(room, userId, action, moment));
}
