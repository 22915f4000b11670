using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>"Why is my song third?"</summary>
public class When_a_member_asks_why
{
    [Fact]
    public void Should_name_turns_votes_and_own_songs()
    {
        var play = new SongPlay();
        play.Add("mine");
        play.Next();
        string[] songs = [play.Add("mine"), play.Add("mine"), play.Add("other"), play.Add("third")];
        play.Next();
        play.Next();
        string[] loved = [play.Add("third")];
        for (var i = 0; i < 5; i++)
            play.Vote($"fan{i}", loved[0]);

        var reason = Why(play, songs[1]);

        Assert.Equal((3, 3, QueueMode.Fair, 2), (reason.Place, reason.Total, reason.Mode, reason.Turn));
        Assert.Equal([(loved[0], PlaceCause.Turn), (songs[0], PlaceCause.OwnOrder)], Before(reason).OrderByDescending(before => before.Item2 == PlaceCause.Turn));
        Assert.Equal((1, 8, 1), (reason.Score, reason.BonusPercent, reason.RoundsAhead));
    }

    [Fact]
    public void Should_name_votes_that_move_another_song_before_it()
    {
        var play = new SongPlay();
        string[] songs = [play.Add("a"), play.Add("b")];
        play.Vote("fan", songs[1]);

        Assert.Equal([(songs[1], PlaceCause.Votes)], Before(Why(play, songs[0])));
        Assert.Equal(16, Why(play, songs[1]).BonusPercent);
    }

    [Fact]
    public void Should_name_who_was_earlier_where_nothing_else_decides()
    {
        foreach (var mode in new[] { QueueMode.Fair, QueueMode.Fifo, QueueMode.Votes })
        {
            var play = new SongPlay(mode);
            string[] songs = [play.Add("a"), play.Add("b")];
            Assert.Equal([(songs[0], PlaceCause.Earlier)], Before(Why(play, songs[1])));
        }
    }

    [Fact]
    public void Should_name_pins_moves_and_the_line_of_djs()
    {
        var play = new SongPlay(QueueMode.Dj);
        string[] songs = [play.Add("a"), play.Add("a"), play.Add("b")];
        Assert.Equal([(songs[0], PlaceCause.Turn)], Before(Why(play, songs[2])));

        play.Do(SongPlay.Host, new ChangeMode(QueueMode.Fifo));
        play.Do(SongPlay.Host, new MoveSong(songs[2], songs[1]));
        play.Do(SongPlay.Host, new PinSong(songs[0], true));

        Assert.Equal([(songs[0], PlaceCause.Pinned), (songs[2], PlaceCause.Moved)], Before(Why(play, songs[1])));
        Assert.Equal(("host", 1), (Why(play, songs[0]).PinnedBy, Why(play, songs[0]).Place));
    }

    [Fact]
    public void Should_know_nothing_of_a_song_that_is_not_queued() => Assert.Null(PlaceReasons.Of(new SongPlay().Queue, "none"));

    [Fact]
    public void Should_say_of_every_song_the_place_it_has() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);
        var order = play.Order.ToList();
        for (var place = 0; place < order.Count; place++)
        {
            var reason = Why(play, order[place]);
            Assert.Equal(place + 1, reason.Place);
            Assert.Equal(order.Take(Math.Min(place, PlaceReason.BeforeMax)), reason.Before.Select(before => before.EntryId));
            var adder = play.Queue.Songs[order[place]].AddedBy;
            Assert.Equal(order.Take(place + 1).Count(entryId => play.Queue.Songs[entryId].AddedBy == adder), reason.Turn);
        }
    }, tries: 100);

    private static PlaceReason Why(SongPlay play, string entryId) => PlaceReasons.Of(play.Queue, entryId)!;

    private static List<(string, PlaceCause)> Before(PlaceReason reason) => [.. reason.Before.Select(before => (before.EntryId, before.Cause))];
}
