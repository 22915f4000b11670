using System.Text.Json.Nodes;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Rules.Golden;

/// <summary>
/// Rows that a program with one mode of queue wrote, a snapshot and the journal after it, and what it made of them: <c>Former/rooms.json</c>. The order is not part of
/// it: the adder's own vote counts in it now. A song that was skipped before it began has ended when it began.
/// </summary>
public sealed class When_a_room_of_the_last_version_is_opened
{
    private static readonly StateSerializer Json = new();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Rooms.Count)];

    private static JsonArray Rooms => JsonNode.Parse(GoldenFile.Read("Former/rooms.json"))!.AsArray();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Should_be_the_same_room_with_every_entry_of_its_journal(int number)
    {
        var stored = Rooms[number]!;
        var room = Json.Deserialize<RoomState>(BinaryData.FromString(stored["snapshot"]!.ToJsonString()))!.Upgrade().Room;
        foreach (var row in stored["journal"]!.AsArray())
        {
            room = RoomEntry.Read(BinaryData.FromString(row!["entry"]!.ToJsonString()).ToMemory()).ApplyTo(room);
            Assert.Equal(row["revision"]!.GetValue<long>(), room!.Revision);
        }

        Assert.Equal(stored["after"]!.ToJsonString(), Facts(room!).ToJsonString());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Should_be_the_same_room_once_it_is_stored_anew(int number)
    {
        var former = Json.Deserialize<RoomState>(BinaryData.FromString(Rooms[number]!["snapshot"]!.ToJsonString()))!.Upgrade();

        var restored = Json.Deserialize<RoomState>(Json.Serialize(former))!.Upgrade();

        Assert.Equal(Facts(former.Room!).ToJsonString(), Facts(restored.Room!).ToJsonString());
    }

    private static JsonObject Facts(Room room) => new()
    {
        ["revision"] = room.Revision,
        ["songs"] = new JsonArray([.. QueuePages.Window(room.Queue, int.MaxValue).Select(song => song.EntryId).Order(StringComparer.Ordinal).Select(entryId => (JsonNode?)entryId)]),
        ["votes"] = new JsonObject(room.Queue.Songs.Values.OrderBy(song => song.Sequence).Select(song => KeyValuePair.Create(
            song.EntryId, (JsonNode?)string.Join(' ', song.Votes.OrderBy(vote => vote.Key, StringComparer.Ordinal).Select(vote => $"{vote.Key}:{vote.Value}"))))),
        ["finish"] = new JsonObject(room.Queue.Order.Contributors.ByUser.Values.Where(one => one.Finish > 0).OrderBy(one => one.UserId, StringComparer.Ordinal)
            .Select(one => KeyValuePair.Create(one.UserId, (JsonNode?)one.Finish))),
        ["virtualTime"] = room.Queue.Order.VirtualTime,
        ["current"] = room.Current?.EntryId,
        ["startedAtMs"] = room.Queue.Current?.StartedAtMs ?? 0,
        ["skipVoters"] = string.Join(' ', (room.Queue.Current?.Ballots.Skip ?? []).Order(StringComparer.Ordinal)),
        ["anchorTimeMs"] = room.Playback.Vector.AnchorTimeMs,
        ["history"] = new JsonArray([.. room.History.Select(item => (JsonNode?)$"{item.EntryId} {item.StartedAtMs} {item.EndedAtMs} {item.EndReason}")]),
    };
}
