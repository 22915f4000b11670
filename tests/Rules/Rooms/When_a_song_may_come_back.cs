using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>What was removed may be undone: who voted on it is told of that vote as long as it may, and then not again.</summary>
public class When_a_song_may_come_back
{
    private readonly RoomScript _play = new();

    public When_a_song_may_come_back()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2), RoomScript.Song(3));
        _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e2", -1, moment));
    }

    [Fact]
    public void Should_be_among_the_own_votes_of_who_voted_on_it()
    {
        _play.Do((room, moment) => RoomRules.Act(room, "u0", new ClearQueue(), moment));

        Assert.Equal(-1, Assert.Contains("e2", QueuePublications.OwnVotesOf(_play.Room, "u1").MyVotes));
    }

    [Fact]
    public void Should_be_among_those_of_a_snapshot_as_all_that_are_not_shown()
    {
        _play.Do((room, moment) => RoomRules.RemoveEntry(room, "u0", "e2", moment));

        Assert.Equal(-1, Assert.Contains("e2", SnapshotOf("u1").MyVotes));
    }

    [Fact]
    public void Should_need_no_telling_when_it_is_back()
    {
        var removed = _play.Do((room, moment) => RoomRules.RemoveEntry(room, "u0", "e2", moment));
        var before = QueuePublications.OwnVotesOf(_play.Room, "u1");

        _play.Do((room, moment) => RoomRules.Act(room, "u0", new Undo { Operation = removed.Operation!.Value }, moment));

        Assert.Equal(before.MyVotes, QueuePublications.OwnVotesOf(_play.Room, "u1").MyVotes);
        Assert.Equal(-1, _play.Room.Queue.Songs["e2"].VoteOf("u1"));
    }

    [Fact]
    public void Should_go_first_of_a_snapshot_that_is_too_large()
    {
        _play.Do((room, moment) => RoomRules.Act(room, "u0", new ClearQueue(), moment));
        var snapshot = SnapshotOf("u1");
        var large = snapshot with { MyVotes = snapshot.MyVotes.AddRange(Enumerable.Range(0, 4000).Select(static number => KeyValuePair.Create($"gone-before-{number}", 1))) };

        Assert.Empty(RoomSnapshots.Fit(large).MyVotes);
    }

    private RoomSnapshot SnapshotOf(string userId)
    {
        var nobody = new PresenceView { Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = new Position("epoch", 1), Version = 1 };
        var silence = ChatTail.Of(new Recovery { Position = new Position("epoch", 0), Verdict = Verdict.Recovered, Publications = [] }, userId);
        return RoomSnapshots.Build(_play.Room, _play.Moment, userId, nobody, silence, ImmutableDictionary<string, Position>.Empty);
    }
}
