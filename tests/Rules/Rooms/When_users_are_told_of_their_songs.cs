using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_users_are_told_of_their_songs
{
    private readonly RoomScript _play = new();

    public When_users_are_told_of_their_songs()
    {
        foreach (var user in new[] { "ann", "bob", "cat" })
            _play.Join(user);
    }

    [Fact]
    public void Should_tell_whose_plays_and_whose_comes_next()
    {
        Assert.Equal(["ann songPlaying Song 1", "followers of ann"], Told(_play.Enqueue("ann", RoomScript.Song(1))));
        Assert.Equal(["bob songNext Song 2"], Told(_play.Enqueue("bob", RoomScript.Song(2))));
        Assert.Empty(Told(_play.Enqueue("cat", RoomScript.Song(3))));

        Assert.Equal(["cat songNext Song 3", "bob songPlaying Song 2", "followers of bob"], Told(Skip()));
    }

    [Fact]
    public void Should_tell_of_a_song_once_however_often_the_order_goes_back_and_forth()
    {
        _play.Enqueue("ann", RoomScript.Song(1));
        var bobs = _play.Enqueue("bob", RoomScript.Song(2)).EntryIds[0];
        var cats = _play.Enqueue("cat", RoomScript.Song(3)).EntryIds[0];
        var told = new List<string>();
        for (var time = 0; time < 3; time++)
        {
            told.AddRange(Told(Vote("ann", cats, 1)));
            Assert.Equal(cats, _play.Room.Queue.Next?.EntryId);
            told.AddRange(Told(Vote("ann", cats, 0)));
            told.AddRange(Told(Vote("ann", bobs, 1)));
            Assert.Equal(bobs, _play.Room.Queue.Next?.EntryId);
            told.AddRange(Told(Vote("ann", bobs, 0)));
        }

        Assert.Equal(["cat songNext Song 3"], told);
    }

    [Fact]
    public void Should_forget_what_it_told_of_songs_that_are_queued_no_more()
    {
        for (var number = 1; number <= 20; number++)
        {
            _play.Enqueue(number % 2 == 0 ? "ann" : "bob", RoomScript.Song(number));
            if (number > 2)
                Skip();
        }

        Assert.InRange(_play.Room.NextNamed.Length, 1, 2);
    }

    [Fact]
    public void Should_tell_no_follower_of_a_room_that_is_not_for_everybody_to_find()
    {
        Assert.Null(_play.Do((room, moment) => RoomRules.Act(room, "u0", new UpdateSettings { Visibility = RoomVisibility.Unlisted }, moment)).Refusal);

        Assert.Equal(["ann songPlaying Song 1"], Told(_play.Enqueue("ann", RoomScript.Song(1))));
    }

    [Fact]
    public void Should_tell_nobody_of_the_rooms_own_fallback_songs()
    {
        var decision = _play.Do((room, moment) => RoomRules.Act(room, "u0", new SetFallback { Tracks = [RoomScript.Song(9)] }, moment));

        Assert.NotNull(decision.Room!.Current);
        Assert.Empty(Told(decision));
    }

    /// <summary>Ids are of what it is about, and not of when: a crash that has it told again has it told once.</summary>
    [Fact]
    public void Should_tell_it_again_under_the_same_id()
    {
        var decision = _play.Enqueue("ann", RoomScript.Song(1));

        var first = RoomPublications.Of(before: null, decision.Room!, decision.Events).Where(entry => entry.UserId is not null);
        var again = RoomPublications.Of(before: null, decision.Room!, decision.Events).Where(entry => entry.UserId is not null);

        Assert.Equal(first.Select(entry => entry.ToRequest("room").Id), again.Select(entry => entry.ToRequest("room").Id));
    }

    private RoomDecision Skip() => _play.Do((room, moment) => RoomRules.Skip(room, "u0", room.Current!.EntryId, moment));

    private RoomDecision Vote(string userId, string entryId, int value) => _play.Do((room, moment) => RoomRules.Vote(room, userId, entryId, value, moment));

    private static IEnumerable<string> Told(RoomDecision decision) => RoomPublications.Of(before: null, decision.Room!, decision.Events)
        .Where(entry => entry.UserId is not null || entry.FollowersOf is not null)
        .Select(entry => entry.FollowersOf is { } userId ? $"followers of {userId}" : $"{entry.UserId} {entry.Event} {entry.Data.Read(WireJson.Default.SongNotice)!.Title}");
}
