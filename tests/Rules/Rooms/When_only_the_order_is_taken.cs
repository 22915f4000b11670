using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>A client that has the songs takes <c>queueOrder</c> for what brings no other; one of before takes the whole each time.</summary>
public class When_only_the_order_is_taken
{
    [Fact]
    public void Should_be_told_of_a_vote_by_the_order_alone()
    {
        var play = Queued(50);

        var told = Publications(play, () => play.Do((room, moment) => RoomRules.Vote(room, "u1", "e20", 1, moment))).Where(static one => one.Own is null).ToList();

        Assert.Equal([(QueueChanged.EventName, QueueChanged.WholeKey), (QueueOrderChanged.EventName, QueueOrderChanged.EventName)], told.Select(static one => (one.Event, one.Key)));
        Assert.InRange(told[1].Data.Length, 1, 4_000);
    }

    [Fact]
    public void Should_be_told_of_a_new_song_by_the_whole()
    {
        var play = Queued(3);

        var told = Publications(play, () => play.Enqueue("u1", RoomScript.Song(99)));

        Assert.Equal([(QueueChanged.EventName, QueueChanged.Key)], told.Select(static one => (one.Event, one.Key)));
    }

    [Fact]
    public void Should_be_told_by_the_whole_of_a_vote_that_brings_a_song_into_the_window()
    {
        var play = Queued(60);
        var beyond = play.Room.Queue.Order.Songs().Last();

        var told = Publications(play, () =>
        {
            Assert.Null(play.Do((room, moment) => RoomRules.Act(room, "u0", new PinEntry { EntryId = beyond }, moment)).Refusal);
        });

        Assert.Equal([(QueueChanged.EventName, QueueChanged.Key)], told.Select(static one => (one.Event, one.Key)));
    }

    [Fact]
    public void Should_be_told_by_the_whole_of_a_vote_that_brings_a_song_in_from_where_the_window_was_cut()
    {
        var play = new RoomScript();
        for (var user = 0; user < 6; user++)
            Assert.Null(play.Enqueue($"u{user}", [.. Enumerable.Range(0, 9).Select(song => RoomScript.Song(song) with { Url = $"https://e.example/{user}/{song}/{new string('u', 1_500)}" })]).Refusal);
        var shown = QueueViews.Of(play.Room, "", null).Window;
        Assert.InRange(shown.Length, 10, 40);
        var cutOff = play.Room.Queue.Order.Songs().ElementAt(shown.Length);

        var told = Publications(play, () =>
        {
            Assert.Null(play.Do((room, moment) => RoomRules.Act(room, "u0", new PinEntry { EntryId = cutOff }, moment)).Refusal);
        });

        Assert.Equal(QueueChanged.Key, Assert.Single(told).Key);
    }

    [Fact]
    public void Should_see_the_same_queue_whatever_happens_and_however_much_is_left_out() =>
        Property.Holds(script =>
        {
            var (whole, order) = (new Follower(static _ => true), new Follower(static key => key != QueueChanged.WholeKey));
            var waiting = new Conflation(TimeSpan.FromMilliseconds(500));
            var offset = 0L;
            var seen = 0;
            RoomScript.Played(script, (play, before, after) =>
            {
                foreach (var entry in RoomPublications.Of(before, after, [.. play.Events.Skip(seen)]).Where(static entry => entry.Channel == RoomId.QueueOf("room")))
                    waiting.Add(new Publication { Offset = ++offset, Id = entry.Id, TimeMs = 0, Event = entry.Event, Key = entry.Key, Data = entry.Data, PublisherKind = PublisherKind.Room }, 0);
                seen = play.Events.Count;
                if ((script.Length + offset) % 3 == 0)
                    return;
                var frame = waiting.Take(0);
                whole.Take(frame);
                order.Take(frame);
                if (whole.Shown is null)
                    return;
                Assert.Equal(Text(whole.Shown), Text(order.Shown!));
                Assert.Equal(Text(QueueViews.Of(after, whole.Shown.Reason, whole.Shown.EntryId)), Text(whole.Shown));
            });
        });

    [Theory]
    [InlineData(QueueOrderChanged.EventName, true, 1)]
    [InlineData(QueueOrderChanged.EventName, false, 1)]
    [InlineData(QueueChanged.WholeKey, true, 2)]
    [InlineData(QueueChanged.WholeKey, false, 1)]
    public void Should_get_one_whole_window_of_long_songs_in_a_frame(string notKey, bool isVoteLast, int count)
    {
        var play = new RoomScript();
        for (var user = 0; user < 6; user++)
            Assert.Null(play.Enqueue($"u{user}", [.. Enumerable.Range(0, 9).Select(song => RoomScript.Song(song) with { Url = $"https://e.example/{user}/{song}/{new string('u', 1_500)}" })]).Refusal);
        var cutOff = play.Room.Queue.Order.Songs().ElementAt(QueueViews.Of(play.Room, "", null).Window.Length);
        var voted = play.Room.Queue.Order.Songs().ElementAt(1);
        void Pin() => Assert.Null(play.Do((room, moment) => RoomRules.Act(room, "u0", new PinEntry { EntryId = cutOff }, moment)).Refusal);
        void Vote() => Assert.Null(play.Do((room, moment) => RoomRules.Vote(room, room.Queue.Songs[voted].AddedBy == "u5" ? "u4" : "u5", voted, 1, moment)).Refusal);
        var told = isVoteLast ? Publications(play, Pin).Concat(Publications(play, Vote)) : Publications(play, Vote).Concat(Publications(play, Pin));
        var waiting = new Conflation(TimeSpan.FromMilliseconds(500));
        foreach (var (entry, index) in told.Where(static entry => entry.Own is null).Select(static (entry, index) => (entry, index)))
            waiting.Add(new Publication { Offset = index + 1, Id = entry.Id, TimeMs = 0, Event = entry.Event, Key = entry.Key, Data = entry.Data, PublisherKind = PublisherKind.Room }, 0);

        var frame = new FrameMessage(new ChannelFrame { Channel = "room:r:queue", Epoch = "e", PreviousOffset = 0, HeadOffset = 3, Class = DeliveryClass.Conflated, Publications = waiting.Take(0) });
        var wants = new Wants(null, null, PresenceShape.Members, 1, 1, TimeSpan.Zero) { NotKey = notKey };
        var recovery = new Recovery { Position = new Position("e", 3), Verdict = Verdict.Recovered, Publications = frame.Frame.Publications };

        foreach (var got in new[] { wants.Of(frame).Frame.Publications, wants.Of(recovery).Publications })
        {
            Assert.Equal(count, got.Length);
            Assert.InRange(got.Sum(static publication => publication.ContentBytes), 40_000, 56_000);
            Assert.Equal(frame.Frame.Publications.Where(publication => publication.Key != notKey).Select(static publication => publication.Offset).Max(), got[^1].Offset);
        }

        Assert.InRange(frame.Frame.Publications.Where(publication => publication.Key != notKey).Sum(static publication => publication.ContentBytes), notKey == QueueChanged.WholeKey ? 45_000 : 90_000, 110_000);
    }

    private static RoomScript Queued(int songs)
    {
        var play = new RoomScript();
        Assert.Null(play.Do((room, moment) => RoomRules.Act(room, "u0", new SetQueueMode { SongsPerUserMax = 200 }, moment)).Refusal);
        play.Enqueue("u0", [.. Enumerable.Range(0, songs + 1).Select(static song => RoomScript.Song(song))]);
        return play;
    }

    private static List<OutboxEntry> Publications(RoomScript play, Action act)
    {
        var (before, seen) = (play.Room, play.Events.Count);
        act();
        return [.. RoomPublications.Of(before, play.Room, [.. play.Events.Skip(seen)]).Where(static entry => entry.Channel == RoomId.QueueOf("room"))];
    }

    private static string Text(QueueChanged queue) => Payload.Of(queue, WireJson.Default.QueueChanged).ToString()!;

    /// <summary>What a client makes of what it takes.</summary>
    private sealed class Follower(Func<string?, bool> takes)
    {
        public QueueChanged? Shown { get; private set; }

        public void Take(ImmutableArray<Publication> frame)
        {
            foreach (var publication in QueueWindows.Newest([.. frame.Where(publication => takes(publication.Key))]))
            {
                Shown = publication.Event switch
                {
                    QueueChanged.EventName => publication.Data.Read(WireJson.Default.QueueChanged),

                    // Before the first whole, which may come behind it in the same frame.
                    QueueOrderChanged.EventName when Shown is not null => publication.Data.Read(WireJson.Default.QueueOrderChanged)!.From(Shown),
                    _ => Shown,
                };
            }
        }
    }
}
