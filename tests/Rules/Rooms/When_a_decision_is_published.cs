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

        var entries = RoomPublications.Of(before: null, decision.Room!, decision.Events).Where(entry => entry.UserId is null && entry.FollowersOf is null).ToList();

        Assert.Equal(["room:room:queue queue 4-queue", "room:room:playback playback 4-playback"], entries.Select(entry => $"{entry.Channel} {entry.Event} {entry.Id}"));
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

        Assert.Empty(RoomPublications.Of(before: null, again.Room!, again.Events));
    }

    [Fact]
    public void Should_tell_who_voted_alone_of_the_own_votes_before_all_of_the_queue()
    {
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2), RoomScript.Song(3));
        _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e1", -1, moment));
        _play.Do((room, moment) => RoomRules.Vote(room, "u2", "e2", 1, moment));

        var decision = _play.Do((room, moment) => RoomRules.Vote(room, "u1", "e3", 1, moment));
        var entries = RoomPublications.Of(before: null, decision.Room!, decision.Events);

        Assert.Equal([("myVotes", "u1"), ("queue", null)], entries.Select(static entry => (entry.Event, entry.Own?.UserId)));
        var request = entries[0].ToRequest("room");
        Assert.Equal((0, "u1"), (request.Data.Length, request.Own?.UserId));
        var own = request.Own!.Data.Read(WireJson.Default.OwnVotes)!;
        Assert.Equal([("e1", -1), ("e3", 1)], own.MyVotes.OrderBy(static vote => vote.Key, StringComparer.Ordinal).Select(static vote => (vote.Key, vote.Value)));
        Assert.False(own.MySkipVote);
    }

    [Fact]
    public void Should_tell_who_voted_to_skip_that_they_did()
    {
        _play.Join("u1");
        _play.Join("u2");
        _play.Join("u3");
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));
        _play.Pass(30_000);

        var decision = _play.Do((room, moment) => RoomRules.VoteSkip(room, "u1", "e1", true, moment));
        var own = Assert.Single(RoomPublications.Of(before: null, decision.Room!, decision.Events), static entry => entry.Own is not null);

        Assert.Equal("u1", own.Own!.UserId);
        Assert.True(own.Own.Data.Read(WireJson.Default.OwnVotes)!.MySkipVote);
    }

    [Fact]
    public void Should_have_no_more_own_votes_than_its_bound()
    {
        foreach (var user in Enumerable.Range(0, 25))
            _play.Enqueue($"u{user}", [.. Enumerable.Range(0, 10).Select(number => RoomScript.Song((user * 10) + number))]);
        foreach (var entryId in _play.Room.Queue.Songs.Keys)
            _play.Do((room, moment) => RoomRules.Vote(room, "voter", entryId, 1, moment));

        Assert.Equal(OwnVotes.VotesMax, QueuePublications.OwnVotesOf(_play.Room, "voter").MyVotes.Count);
    }

    [Fact]
    public void Should_name_the_new_host_and_why()
    {
        _play.Join("u1");
        var decision = _play.Do((room, moment) => RoomRules.TransferHost(room, "u0", "u1", moment));

        var entry = Assert.Single(RoomPublications.Of(before: null, decision.Room!, decision.Events));

        Assert.Equal("room:room", entry.Channel);
        Assert.Equal(new HostChanged { HostUserId = "u1", Reason = "transfer" }, entry.Data.Read(WireJson.Default.HostChanged));
    }

    [Fact]
    public void Should_cut_a_window_that_is_too_large_for_a_publication()
    {
        foreach (var user in Enumerable.Range(0, 6))
            _play.Enqueue($"u{user}", [.. Enumerable.Range(0, 10).Select(number => new Track { Url = $"/tracks/{user}/{number}/".PadRight(2000, 'x'), Title = "A song", DurationMs = 60_000 })]);

        var view = QueueViews.Of(_play.Room, "added", null);

        Assert.InRange(view.Window.Length, 20, 25);
        Assert.Equal(59, view.Total);
    }
}
