using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

public class When_songs_are_added
{
    [Fact]
    public void Should_answer_for_each_song_of_a_batch()
    {
        var play = Strict(QueueSettings.Default);
        play.Add("other", "here");

        var results = play.Batch(SongPlay.User("u"), SongPlay.Song("new"), SongPlay.Song("here"), SongPlay.Song("new"), SongPlay.Song("")).Results;

        Assert.Equal([null, RefusalCode.DuplicateTrack, RefusalCode.DuplicateTrack, RefusalCode.BadRequest], results.Select(result => result.Refusal?.Code));
        Assert.Equal(["e1", results[0].EntryId, "tracks[3].title"], results.Skip(1).Select(result => result.Refusal!.Detail));
        Assert.Equal(2, play.Queue.Songs.Count);
    }

    [Fact]
    public void Should_take_as_much_of_a_batch_as_the_quota_of_the_role_allows()
    {
        var settings = QueueSettings.Default with
        {
            Quota = new UserQuota { SongsMax = 2 },
            QuotasByRole = ImmutableDictionary<string, UserQuota>.Empty.Add("dj", new UserQuota { SongsMax = 3 }),
        };

        Assert.Equal(2, Accepted(Strict(settings), "listener"));
        Assert.Equal(3, Accepted(Strict(settings), "dj"));
    }

    [Fact]
    public void Should_bound_how_long_a_users_songs_last_together()
    {
        var play = Strict(QueueSettings.Default with { Quota = new UserQuota { DurationMax = TimeSpan.FromMinutes(7) } });

        var results = play.Batch(SongPlay.User("u"), SongPlay.Song("a"), SongPlay.Song("b"), SongPlay.Song("c"), SongPlay.Song("short", 60_000)).Results;

        Assert.Equal([null, null, RefusalCode.UserQuota, null], results.Select(result => result.Refusal?.Code));
    }

    [Fact]
    public void Should_make_a_user_wait_between_additions()
    {
        var play = Strict(QueueSettings.Default with { Quota = new UserQuota { AddInterval = TimeSpan.FromSeconds(30) } });
        play.Add("u", "a");
        play.NowMs += 29_999;

        var refusal = play.Batch(SongPlay.User("u"), SongPlay.Song("b")).Refusal!;
        Assert.Equal((RefusalCode.RateLimited, "songs", 1L), (refusal.Code, refusal.Detail, refusal.RetryAfterMs));
        play.NowMs++;
        Assert.Null(play.Batch(SongPlay.User("u"), SongPlay.Song("b")).Refusal);
    }

    [Fact]
    public void Should_take_no_more_than_the_queue_holds()
    {
        var play = Strict(QueueSettings.Default with { SongsMax = 3 });

        var results = play.Batch(SongPlay.User("u"), [.. Enumerable.Range(0, 5).Select(number => SongPlay.Song($"s{number}"))]).Results;

        Assert.Equal([null, null, null, RefusalCode.QueueFull, RefusalCode.QueueFull], results.Select(result => result.Refusal?.Code));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(201)]
    public void Should_refuse_a_batch_of_no_size(int count)
    {
        var decision = Strict(QueueSettings.Default).Batch(SongPlay.User("u"), [.. Enumerable.Range(0, count).Select(number => SongPlay.Song($"s{number}"))]);

        Assert.Equal(RefusalCode.BadRequest, decision.Refusal!.Code);
    }

    [Fact]
    public void Should_let_only_those_who_manage_add_to_a_locked_queue()
    {
        var play = Strict(QueueSettings.Default with { IsLocked = true });

        Assert.Equal(RefusalCode.QueueLocked, play.Batch(SongPlay.User("u"), SongPlay.Song("a")).Refusal!.Code);
        Assert.Null(play.Batch(SongPlay.Host, SongPlay.Song("a")).Refusal);
    }

    [Fact]
    public void Should_not_take_what_plays_or_was_played_within_the_window()
    {
        var play = Strict(QueueSettings.Default with { NoRepeat = TimeSpan.FromMinutes(10) });
        play.Add("u", "a");
        play.Next();
        Assert.Equal(RefusalCode.DuplicateTrack, Refused(play, "a"));

        play.Next();
        play.NowMs += 599_999;
        Assert.Equal(RefusalCode.RecentlyPlayed, Refused(play, "a"));
        play.NowMs++;

        Assert.Null(Refused(play, "a"));
    }

    [Theory]
    [InlineData("https://example.com/x", "https://EXAMPLE.com/x")]
    [InlineData("https://example.com/x", "HTTPS://example.com:443/x")]
    [InlineData("https://example.com/x", "https://example.com./x")]
    [InlineData("https://example.com:8443/x", "https://example.com.:8443/x")]
    [InlineData("https://[2606:4700::1111]:8443/x", "https://[2606:4700:0::1111]:8443/x")]
    [InlineData("https://example.com/x", "https://example.com/x#t=0")]
    [InlineData("https://example.com/x", "https://example.com/./y/../x")]
    [InlineData("https://example.com/song", "https://example.com/%73ong")]
    [InlineData("/songs/x", "/songs/./%78#t=1")]
    public void Should_know_two_spellings_of_an_address_for_one_song(string one, string other) =>
        Assert.Equal(TrackAddress.Of(one), TrackAddress.Of(other));

    [Theory]
    [InlineData("https://example.com/x", "https://example.com/X")]
    [InlineData("https://example.com/x", "http://example.com/x")]
    [InlineData("https://example.com/x", "https://example.com/x?v=2")]
    [InlineData("https://example.com/a%2Fb", "https://example.com/a/b")]
    [InlineData("https://example.com/x", "/x")]
    public void Should_know_different_addresses_for_different_songs(string one, string other) =>
        Assert.NotEqual(TrackAddress.Of(one), TrackAddress.Of(other));

    private static SongPlay Strict(QueueSettings settings) => new(QueueMode.Fair, settings);

    private static string? Refused(SongPlay play, string name) => play.Batch(SongPlay.User("u"), SongPlay.Song(name)).Results[0].Refusal?.Code;

    private static int Accepted(SongPlay play, string role) =>
        play.Batch(SongPlay.User("u", role: role), [.. Enumerable.Range(0, 5).Select(number => SongPlay.Song($"s{number}"))]).Results.Count(result => result.EntryId is not null);
}
