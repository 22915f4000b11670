using System.Collections.Immutable;
using System.Text.Json;
using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_a_snapshot_is_large
{
    private readonly RoomScript _play = new(new RoomOptions { EntriesPerUserMax = 500, TracksPerCommandMax = 500 });

    [Fact]
    public void Should_hold_everything_when_it_fits()
    {
        var snapshot = Snapshot(textLength: 100, members: 100, urlLength: 50);

        Assert.Equal(50, snapshot.Chat.Length);
        Assert.Equal(50, snapshot.Queue.Window.Length);
        Assert.True(snapshot.Presence.IsComplete);
    }

    [Fact]
    public void Should_leave_out_the_oldest_chat_first()
    {
        var snapshot = Snapshot(textLength: 2000, members: 1, urlLength: 50);

        AssertFits(snapshot);
        Assert.InRange(snapshot.Chat.Length, 10, 49);
        Assert.Equal(50, snapshot.Chat[^1].Offset);
        Assert.True(snapshot.ChatHasMore);
        Assert.Equal(50, snapshot.Queue.Window.Length);
    }

    [Fact]
    public void INV_C2_should_have_the_newest_messages_whatever_songs_a_few_have_added_and_played()
    {
        var snapshot = Snapshot(textLength: 300, members: 30, urlLength: 1900, played: 10);

        AssertFits(snapshot);
        Assert.Equal(50, snapshot.Chat.Length);
        Assert.InRange(snapshot.History.Length, 1, 3);
        Assert.InRange(snapshot.Queue.Window.Length, 5, 49);
        Assert.True(snapshot.Presence.IsComplete);
        Assert.True(JsonSerializer.SerializeToUtf8Bytes(snapshot, WireJson.Default.RoomSnapshot).Length > RoomSnapshot.BytesMax - 4_096);
    }

    [Fact]
    public void Should_leave_out_history_first()
    {
        var snapshot = Snapshot(textLength: 100, members: 1, urlLength: 1000, played: 10);

        AssertFits(snapshot);
        Assert.InRange(snapshot.History.Length, 3, 9);
        Assert.Equal("played0", snapshot.History[0].EntryId);
        Assert.Equal(50, snapshot.Chat.Length);
        Assert.InRange(snapshot.Queue.Window.Length, 40, 50);
    }

    [Fact]
    public void Should_shorten_the_queue_and_its_votes_with_it_before_the_chat()
    {
        var snapshot = Snapshot(textLength: 2000, members: 30, urlLength: 1900);

        AssertFits(snapshot);
        Assert.InRange(snapshot.Chat.Length, 15, 49);
        Assert.Equal(50, snapshot.Chat[^1].Offset);
        Assert.InRange(snapshot.Queue.Window.Length, 5, 9);
        Assert.Equal(snapshot.Queue.Window.Append(snapshot.Queue.Current!).Select(entry => entry.EntryId).Order(StringComparer.Ordinal), snapshot.MyVotes.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Should_leave_a_sample_of_members_in_the_end()
    {
        var snapshot = Snapshot(textLength: 2000, members: 100, urlLength: 1900, infoLength: 1000);

        AssertFits(snapshot);
        Assert.Equal(10, snapshot.Presence.Members.Length);
        Assert.Equal(100, snapshot.Presence.Total);
        Assert.False(snapshot.Presence.IsComplete);
        Assert.InRange(snapshot.Chat.Length, 5, 49);
    }

    private static void AssertFits(RoomSnapshot snapshot) =>
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(snapshot, WireJson.Default.RoomSnapshot).Length, 1, RoomSnapshot.BytesMax);

    private RoomSnapshot Snapshot(int textLength, int members, int urlLength, int infoLength = 10, int played = 0)
    {
        _play.Enqueue("u0", [.. Enumerable.Range(0, 60).Select(number => LongSong(number, urlLength))]);
        var chat = new Recovery
        {
            Position = new Position("epoch", 50),
            Verdict = Verdict.Recovered,
            Publications = [.. Enumerable.Range(1, 50).Select(number => Message(number, textLength))],
        };
        var presence = new PresenceView
        {
            Total = members,
            Members = [.. Enumerable.Range(0, members).Select(number => Member(number, infoLength))],
            IsComplete = true,
            ActiveLastMinute = 0,
            Position = new Position("epoch", 1),
            Version = 1,
        };
        var room = _play.Room with { History = [.. Enumerable.Range(0, played).Select(number => Played(number, urlLength))] };
        return RoomSnapshots.Build(room, _play.Moment, "u0", presence, ChatTail.Of(chat, "u0"), ImmutableDictionary<string, Position>.Empty);
    }

    private static HistoryItem Played(int number, int urlLength) =>
        new() { EntryId = $"played{number}", Track = LongSong(number, urlLength), AddedBy = "u0", StartedAtMs = 0, EndedAtMs = 60_000, EndReason = "completed" };

    private static Track LongSong(int number, int urlLength) =>
        new() { Url = $"/tracks/{number}/".PadRight(urlLength, 'x'), Title = "A song", DurationMs = 60_000 };

    private static Publication Message(int offset, int textLength) => new()
    {
        Offset = offset,
        Id = $"id{offset}",
        TimeMs = offset,
        Event = RoomEvents.Chat,
        Data = Payload.Of(new ChatMessage { Text = new string('a', textLength) }, WireJson.Default.ChatMessage),
    };

    private static PresenceMember Member(int number, int infoLength) => new()
    {
        UserId = $"user{number}",
        JoinedAtMs = number,
        Info = new Payload(JsonSerializer.SerializeToUtf8Bytes(new string('i', infoLength))),
    };
}
