using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Tests.Rules.Queue;

public class When_a_song_is_next
{
    private readonly SongPlay _play = new();

    [Fact]
    public void Should_be_of_whoever_is_next_once_blocked_songs_are_gone()
    {
        var play = new SongPlay();
        play.Add("z", "played");
        play.Next();
        play.Add("a", "played");
        var second = play.Add("a");
        play.Add("b");
        play.Settings = play.Settings with { NoRepeat = TimeSpan.FromMinutes(30) };

        Assert.Equal(second, play.Next());
    }

    [Fact]
    public void Should_play_the_fallback_playlist_round_and_round_while_nothing_is_queued()
    {
        Fallback("x", "y");
        Assert.Equal(["x", "y", "x"], Titles(3));

        _play.Add("u", "mine");
        Assert.Equal(["mine", "y"], Titles(2));
        Assert.Equal(["u"], _play.Queue.Order.Contributors.ByUser.Keys);
    }

    [Fact]
    public void Should_be_silent_without_songs_and_without_a_playlist()
    {
        Fallback("x");
        Fallback();

        Assert.Null(_play.Next());
        Assert.Empty(_play.Do(SongPlay.Host, new StartNext("f")).Events);
    }

    [Fact]
    public void Should_pass_over_what_was_played_in_the_fallback_playlist_unless_all_was()
    {
        _play.Settings = _play.Settings with { NoRepeat = TimeSpan.FromHours(1) };
        Fallback("x", "y");
        _play.Add("u", "y");

        Assert.Equal(["y", "x", "y"], Titles(3));
    }

    [Fact]
    public void Should_drop_a_song_that_was_played_meanwhile_and_charge_nobody()
    {
        string[] songs = [_play.Add("a", "hit"), _play.Add("b", "hit"), _play.Add("b", "other")];
        _play.Settings = _play.Settings with { NoRepeat = TimeSpan.FromHours(1) };

        Assert.Equal(songs[0], _play.Next());
        Assert.Equal(songs[2], _play.Next());

        var dropped = Assert.Single(_play.Events.OfType<SongRemoved>());
        Assert.Equal((songs[1], RemovalReasons.RecentlyPlayed), (dropped.EntryId, dropped.Reason));
        Assert.Equal(100, _play.Queue.Order.Contributors.Of("b").Finish);
    }

    [Fact]
    public void Should_play_a_chosen_song_and_charge_its_contributor()
    {
        string[] songs = [_play.Add("a"), _play.Add("a"), _play.Add("b")];

        Assert.Null(_play.Do(SongPlay.Host, new StartSong(songs[1])).Refusal);

        Assert.Equal([songs[2], songs[0]], _play.Order);
        Assert.Equal(RefusalCode.StaleEntry, _play.Do(SongPlay.Host, new StartSong(songs[0])).Refusal!.Code);
    }

    private void Fallback(params string[] names) => Assert.Null(_play.Do(SongPlay.Host, new SetFallbackTracks([.. names.Select(name => SongPlay.Song(name))])).Refusal);

    private List<string> Titles(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _play.Next() is null ? "silence" : _play.Queue.Current!.Song.Track.Title)];
}
