using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>The invariants of queue and votes, over everything that can be asked of a queue.</summary>
public class When_anything_happens_to_a_queue
{
    private static readonly StateSerializer Serializer = new();

    [Fact]
    public void INV_Q1_Should_know_where_every_song_is() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);

        var (there, ended) = (new HashSet<string>(), new HashSet<string>());
        var queue = play.Start;
        foreach (var happened in play.Events)
        {
            var before = queue;
            queue = QueueFold.Apply(queue, happened);
            foreach (var added in happened is SongsAdded songs ? songs.Songs.Select(song => song.EntryId) : happened is FallbackStarted fallback ? [fallback.EntryId] : [])
                Assert.True(there.Add(added));
            if (happened is SongEnded over)
                Assert.True(ended.Add(over.EntryId));
            var gone = before.Songs.Keys.Except(queue.Songs.Keys).ToList();
            Assert.True(gone.Count == 0 || happened is SongRemoved or SongsCleared or SongStarted or OperationUndone);
            var come = queue.Songs.Keys.Except(before.Songs.Keys).ToList();
            Assert.True(come.Count == 0 || happened is SongsAdded or OperationUndone);
            Assert.Empty(queue.Songs.Keys.Intersect(ended));
        }

        var current = queue.Current is { } playing ? [playing.Song.EntryId] : Array.Empty<string>();
        Assert.Empty(queue.Songs.Keys.Intersect(current));
        Assert.Subset(there, queue.Songs.Keys.Concat(current).Concat(ended).ToHashSet());
        Assert.Equal(queue.Songs.Count, play.Order.Distinct().Count());
        Assert.Equal(queue.Songs.Count, queue.Order.Contributors.ByUser.Values.Sum(one => one.Count));
        Assert.Equal(queue.Songs.Values.Where(song => song.IsPinned).Select(song => song.EntryId).Order(), queue.Pinned.Values.Order());
    }, tries: 200);

    [Fact]
    public void INV_Q2_Should_have_the_order_of_the_places_after_a_replay_and_after_a_snapshot() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);

        var places = play.Queue.Songs.Values.OrderBy(play.Queue.Order.PlaceOf).Select(song => song.EntryId);
        var replayed = play.Events.Select(Stored).Aggregate(play.Start, QueueFold.Apply);
        var restored = Stored(play.Queue, play.NowMs);

        Assert.Equal(places, play.Order);
        Assert.Equal(play.Order, replayed.Order.Songs());
        Assert.Equal(play.Order, restored.Order.Songs());
        Assert.Equal(Written(play.Queue, play.NowMs), Written(restored, play.NowMs));
    }, tries: 200);

    [Fact]
    public void INV_Q2_Should_go_on_from_a_snapshot_as_if_there_had_been_none() => Property.Holds(script =>
    {
        var half = script.Length / 2;
        var (live, kept) = (SongScript.Played(script[..half]), SongScript.Played(script[..half]));
        kept.Restore(Stored(kept.Queue, kept.NowMs));

        new SongScript(live).Run(script[half..]);
        new SongScript(kept).Run(script[half..]);

        Assert.Equal(Written(live.Queue, live.NowMs), Written(kept.Queue, kept.NowMs));
        Assert.Equal(live.Order, kept.Order);
    }, tries: 150);

    [Fact]
    public void INV_Q3_Should_have_one_vote_of_a_user_and_show_their_sum() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);

        foreach (var song in play.Queue.Songs.Values)
        {
            Assert.All(song.Votes.Values, vote => Assert.Contains(vote, new[] { -1, 1 }));
            Assert.DoesNotContain(song.AddedBy, song.Votes.Keys);
            Assert.Equal(song.Votes.Values.Sum() + 1, song.ToView().Score);
            play.Vote("late", song.EntryId);
            Assert.Empty(play.Vote("late", song.EntryId).Events);
            Assert.Equal(song.Score + 1, play.Queue.Songs[song.EntryId].Score);
        }
    }, tries: 200);

    [Fact]
    public void INV_Q3_Should_know_on_what_everybody_has_a_vote() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);
        var restored = Stored(play.Queue, play.NowMs);

        var songs = play.Queue.Songs.Values.ToList();
        foreach (var userId in songs.SelectMany(song => song.Votes.Keys.Append(song.AddedBy)).Append("nobody").Distinct(StringComparer.Ordinal))
        {
            var voted = songs.Where(song => song.VoteOf(userId) != 0).Select(song => song.EntryId).Order(StringComparer.Ordinal).ToList();
            Assert.Equal(voted, play.Queue.Voted.Of(userId).Order(StringComparer.Ordinal));
            Assert.Equal(voted, restored.Voted.Of(userId).Order(StringComparer.Ordinal));
        }
    }, tries: 200);

    [Fact]
    public void INV_Q4_Should_never_move_a_song_back_for_a_better_vote() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);

        foreach (var song in play.Queue.Songs.Values)
        {
            foreach (var (from, to) in new[] { (-1, 0), (0, 1), (-1, 1) })
            {
                var low = QueueFold.Apply(play.Queue, new VoteChanged(song.EntryId, "late", from, play.NowMs));
                var high = QueueFold.Apply(low, new VoteChanged(song.EntryId, "late", to, play.NowMs));
                Assert.True(high.Order.CountBefore(high.Songs[song.EntryId]) <= low.Order.CountBefore(low.Songs[song.EntryId]));
            }
        }
    }, tries: 60, lengthMax: 150);

    [Fact]
    public void INV_Q5_Should_keep_every_limit() => Property.Holds(script =>
    {
        var settings = QueueSettings.Default with
        {
            SongsMax = 12,
            NoRepeat = TimeSpan.FromMinutes(2),
            Quota = new UserQuota { SongsMax = 4, DurationMax = TimeSpan.FromMinutes(9) },
        };
        var play = new SongPlay(settings: settings);
        var songs = new SongScript(play, names: 12);
        var startedAtMs = new Dictionary<string, long>();
        for (var i = 0; i + 2 < script.Length; i += 3)
        {
            var (undoes, known) = (script[i] % 32 is 27 or 28, play.Events.Count);
            var (sizes, decision) = (Sizes(play), songs.Step(script[i], script[i + 1], script[i + 2]));
            Assert.True(play.Queue.Songs.Count <= 12);
            Assert.True(undoes || play.Queue.Order.Contributors.ByUser.Values.All(one => one.Count <= Math.Max(4, sizes.GetValueOrDefault(one.UserId))));
            Assert.True(undoes || play.Queue.Order.Contributors.ByUser.Values.All(one => one.DurationMs <= 540_000 || one.Count <= sizes.GetValueOrDefault(one.UserId)));
            Assert.Equal(decision.Results.Count(result => result.EntryId is not null), decision.Events.OfType<SongsAdded>().Sum(added => added.Songs.Length));
            Assert.All(decision.Results, result => Assert.True(result.EntryId is null != (result.Refusal is null)));
            foreach (var started in play.Events.Skip(known).OfType<SongStarted>())
            {
                var address = TrackAddress.Of(play.Queue.Current!.Song.Track.Url);
                Assert.True(!startedAtMs.TryGetValue(address, out var lastMs) || started.AtMs - lastMs >= 120_000);
            }

            if (play.Events.Count > known && play.Queue.Current is not null && play.Events[^1] is SongStarted or FallbackStarted)
                startedAtMs[TrackAddress.Of(play.Queue.Current.Song.Track.Url)] = play.Queue.Current.StartedAtMs;
        }
    }, tries: 200);

    [Fact]
    public void INV_Q6_Should_end_a_song_exactly_when_enough_of_those_who_have_a_say_want_it() => Property.Holds(script =>
    {
        var play = new SongPlay();
        play.Add("u");
        play.Add("u");
        play.Next();
        var members = new Dictionary<string, (long JoinedAtMs, bool HasSay)>();
        for (var i = 0; i + 1 < script.Length; i += 2)
        {
            var user = $"m{script[i + 1] % 9}";
            play.NowMs += script[i + 1] * 20;
            switch (script[i] % 5)
            {
                case 0:
                    members[user] = (members.TryGetValue(user, out var was) ? was.JoinedAtMs : play.NowMs, script[i + 1] % 4 != 0);
                    play.Electorate = members[user].HasSay ? play.Electorate.With(user, members[user].JoinedAtMs, 0, long.MaxValue, play.NowMs) : play.Electorate.Without(user).At(play.NowMs);
                    break;
                case 1:
                    members.Remove(user);
                    play.Electorate = play.Electorate.Without(user);
                    break;
                case 2 when script[i + 1] % 7 == 0:
                    play.Next();
                    Assert.Empty(play.Queue.Current?.Ballots.Skip ?? []);
                    break;
                default:
                    play.Do(user, new CastBallot(play.Queue.Current?.Song.EntryId ?? "none", BallotKind.Skip, script[i] % 5 != 4));
                    break;
            }

            play.Electorate = play.Electorate.At(play.NowMs);
            var eligible = members.Where(member => member.Value.HasSay && play.NowMs - member.Value.JoinedAtMs >= 10_000).Select(member => member.Key).ToList();
            var need = eligible.Count <= 1 ? 1 : Math.Max(2, Math.Min((eligible.Count + 1) / 2, (int)Math.Ceiling(3 * Math.Sqrt(eligible.Count))));
            var isDue = play.Queue.Current is { } current && play.NowMs - current.StartedAtMs >= 5_000 && current.Ballots.Skip.Count(eligible.Contains) >= need;
            Assert.Equal(isDue ? BallotKind.Skip : null, VotingRules.Outcome(play.Queue, play.Moment));
            Assert.True(play.Settings.Skip.Need(play.Electorate.Eligible.Count) >= 1);
        }
    }, tries: 200);

    [Fact]
    public void INV_Q7_Should_change_nothing_for_a_song_that_is_not_current_any_more() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);
        play.Add("u");
        play.Next();
        var before = play.Queue;

        QueueCommand[] stale = [new EndSong("old", "completed"), new CastBallot("old", BallotKind.Skip, true), new CastBallot("old", BallotKind.Ended, true), new StartSong("old")];
        foreach (var command in stale)
        {
            var decision = play.Do("u", command);
            Assert.Equal((RefusalCode.StaleEntry, play.Queue.Current!.Song.EntryId), (decision.Refusal!.Code, decision.Refusal.Detail));
            Assert.Empty(decision.Events);
        }

        Assert.Same(before, play.Queue);
    }, tries: 50);

    private static Dictionary<string, int> Sizes(SongPlay play) => play.Queue.Order.Contributors.ByUser.ToDictionary(one => one.Key, one => one.Value.Count);

    private static QueueEvent Stored(QueueEvent happened) => Serializer.Deserialize<QueueEvent>(Serializer.Serialize(happened))!;

    private static SongQueue Stored(SongQueue queue, long nowMs) =>
        Serializer.Deserialize<SongQueueSnapshot>(Serializer.Serialize(SongQueueSnapshot.Of(queue, nowMs)))!.Upgrade().ToQueue();

    private static string Written(SongQueue queue, long nowMs) => Rooms.CanonicalJson.Of(SongQueueSnapshot.Of(queue, nowMs));
}
