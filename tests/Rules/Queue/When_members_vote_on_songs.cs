using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Queue;

public class When_members_vote_on_songs
{
    private readonly SongPlay _play = new();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(10, 5)]
    [InlineData(36, 18)]
    [InlineData(100, 30)]
    [InlineData(161, 39)]
    [InlineData(1000, 95)]
    public void Should_need_less_than_half_of_a_large_room(int eligible, int need) => Assert.Equal(need, SkipThreshold.Default.Need(eligible));

    [Fact]
    public void Should_need_what_the_reference_says_of_any_number()
    {
        for (var eligible = 2; eligible <= 50_000; eligible++)
        {
            var need = Math.Max(2, Math.Min((eligible + 1) / 2, (int)Math.Ceiling(3 * Math.Sqrt(eligible))));
            Assert.Equal(need, SkipThreshold.Default.Need(eligible));
        }
    }

    [Theory]
    [InlineData(800, 2, 10, 8)]
    [InlineData(10, 3, 100, 3)]
    [InlineData(1000, 5, 3, 3)]
    [InlineData(0, 0, 50, 1)]
    public void Should_take_a_rooms_own_ratio_and_least(int ratioPermille, int least, int eligible, int need) =>
        Assert.Equal(need, new SkipThreshold(ratioPermille, least).Need(eligible));

    [Fact]
    public void Should_replace_a_vote_and_say_nothing_of_one_that_is_so_already()
    {
        var song = _play.Add("u");

        Assert.Single(_play.Vote("fan", song).Events);
        Assert.Empty(_play.Vote("fan", song).Events);
        Assert.Single(_play.Vote("fan", song, -1).Events);
        Assert.Equal(0, _play.Queue.Songs[song].Score);
        Assert.Single(_play.Vote("fan", song, 0).Events);
        Assert.Equal(1, _play.Queue.Songs[song].Score);
        Assert.Equal(RefusalCode.SelfVote, _play.Vote("u", song).Refusal!.Code);
        Assert.Equal(RefusalCode.EntryNotFound, _play.Vote("fan", "none").Refusal!.Code);
        Assert.Equal(RefusalCode.BadRequest, _play.Vote("fan", song, 2).Refusal!.Code);
    }

    [Fact]
    public void Should_go_on_voting_on_the_song_that_plays()
    {
        var song = _play.Add("u");
        _play.Vote("fan", song);
        _play.Next();

        _play.Vote("critic", song, -1);
        _play.Vote("other", song, -1);

        Assert.Equal(0, _play.Queue.Current!.Song.Score);
        Assert.Equal(RefusalCode.SelfVote, _play.Vote("u", song).Refusal!.Code);
    }

    [Fact]
    public void Should_take_all_votes_of_who_may_not_vote_any_more()
    {
        string[] songs = [_play.Add("u"), _play.Add("u")];
        _play.Next();
        foreach (var song in songs)
            _play.Vote("troll", song, -1);
        _play.Do("troll", new CastBallot(songs[0], BallotKind.Ended, true));

        _play.Do(SongPlay.Host, new WithdrawVotes("troll"));

        Assert.Equal([1, 1], songs.Select(song => _play.Queue.Find(song)!.Score));
        Assert.Empty(_play.Queue.Current!.Ballots.Ended);
    }

    [Fact]
    public void Should_remove_what_is_voted_down_where_the_room_wants_it()
    {
        _play.Settings = _play.Settings with { RemovesVotedDown = true };
        var song = _play.Add("u");
        _play.Vote("a", song, -1);
        _play.Vote("b", song, -1);
        Assert.Contains(song, _play.Queue.Songs.Keys);

        _play.Vote("c", song, -1);

        Assert.DoesNotContain(song, _play.Queue.Songs.Keys);
    }

    [Fact]
    public void Should_skip_once_enough_have_voted_and_again_ask_when_members_leave_or_fall_silent()
    {
        Play(members: 6);
        Ballot("m0", BallotKind.Skip);
        Ballot("m1", BallotKind.Skip);
        Assert.Equal(new SkipTally { Have = 2, Need = 3 }, Tally());
        Assert.Null(Outcome());

        var left = _play.Electorate.Without("m4").Without("m5");
        var silent = _play.Electorate.Active("m4", _play.NowMs, _play.NowMs).Active("m5", _play.NowMs, _play.NowMs);

        Assert.Equal(BallotKind.Skip, VotingRules.Outcome(_play.Queue, _play.Moment with { Electorate = left }));
        Assert.Equal(BallotKind.Skip, VotingRules.Outcome(_play.Queue, _play.Moment with { Electorate = silent }));
    }

    [Fact]
    public void Should_not_count_who_has_left_who_is_away_and_who_has_just_come()
    {
        Play(members: 4);
        _play.Electorate = _play.Electorate.Active("m3", _play.NowMs, _play.NowMs).Without("m2").With("new", _play.NowMs, 0, long.MaxValue, _play.NowMs);
        foreach (var user in new[] { "m3", "m2", "new" })
            Ballot(user, BallotKind.Skip);
        Assert.Equal(new SkipTally { Have = 0, Need = 2 }, Tally());
        Ballot("m0", BallotKind.Skip);
        Assert.Null(Outcome());

        Assert.Equal(_play.NowMs + Electorate.EligibleAfterMs, _play.Electorate.DueAtMs);
        _play.NowMs += Electorate.EligibleAfterMs;
        _play.Electorate = _play.Electorate.At(_play.NowMs);

        Assert.Equal(BallotKind.Skip, Outcome());
    }

    [Fact]
    public void Should_refuse_a_skip_of_another_song_or_in_its_first_seconds()
    {
        Play(members: 2);
        Assert.Equal(RefusalCode.StaleEntry, _play.Do("m0", new CastBallot("other", BallotKind.Skip, true)).Refusal!.Code);
        _play.Next();

        var refusal = _play.Do("m0", new CastBallot(_play.Queue.Current!.Song.EntryId, BallotKind.Skip, true)).Refusal!;

        Assert.Equal((RefusalCode.SkipTooEarly, 5000L), (refusal.Code, refusal.RetryAfterMs));
    }

    [Fact]
    public void Should_end_a_song_that_most_players_say_is_over_or_cannot_play()
    {
        Play(members: 6);
        Ballot("m0", BallotKind.Unplayable);
        Ballot("m1", BallotKind.Unplayable);
        Ballot("m1", BallotKind.Ended);
        Assert.Null(Outcome());
        Ballot("m2", BallotKind.Ended);
        Assert.Equal(BallotKind.Ended, Outcome());
        Ballot("m1", BallotKind.Ended, isOn: false);

        Assert.Equal(BallotKind.Unplayable, Outcome());
    }

    private void Play(int members)
    {
        _play.Add("u");
        _play.Add("u");
        for (var i = 0; i < members; i++)
            _play.Electorate = _play.Electorate.With($"m{i}", 0, 0, long.MaxValue, _play.NowMs);
        _play.Next();
        _play.NowMs += BallotRules.GuardMs;
    }

    private void Ballot(string userId, BallotKind kind, bool isOn = true) =>
        Assert.Null(_play.Do(userId, new CastBallot(_play.Queue.Current!.Song.EntryId, kind, isOn)).Refusal);

    private BallotKind? Outcome() => VotingRules.Outcome(_play.Queue, _play.Moment);

    private SkipTally Tally() => BallotRules.Tally(_play.Queue.Current!.Ballots, _play.Electorate, SkipThreshold.Default);
}
