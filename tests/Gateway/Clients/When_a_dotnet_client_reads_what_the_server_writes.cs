using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhatsSound.Client;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>The client shares no type with the server: it is held to the same golden files.</summary>
public sealed class When_a_dotnet_client_reads_what_the_server_writes
{
    private static readonly Dictionary<string, JsonTypeInfo> Files = new(StringComparer.Ordinal)
    {
        ["../Golden/Answers/AuthenticateResult.json"] = ClientJson.Default.Identity,
        ["../Golden/Answers/ChannelDetached.json"] = ClientJson.Default.DetachedMessage,
        ["../Golden/Answers/ChannelHistory.json"] = ClientJson.Default.HistoryPage,
        ["../Golden/Answers/ChannelLost.json"] = ClientJson.Default.LostMessage,
        ["../Golden/Answers/ChannelRecovery.json"] = ClientJson.Default.Recovery,
        ["../Golden/Answers/RoomJoin.json"] = ClientJson.Default.RoomJoin,
        ["../Golden/Answers/SessionClosing.json"] = ClientJson.Default.ClosingMessage,
        ["../Golden/Answers/TimeResult.json"] = ClientJson.Default.TimeAnswer,
        ["../../Rules/Golden/Wire/ChatMessage.json"] = ClientJson.Default.ChatMessage,
        ["../../Rules/Golden/Wire/ChatChange.json"] = ClientJson.Default.ChatChange,
        ["../../Rules/Golden/Wire/ChatPage.json"] = ClientJson.Default.ChatPageAnswer,
        ["../../Rules/Golden/Wire/FallbackPage.json"] = ClientJson.Default.FallbackPage,
        ["../../Rules/Golden/Wire/FallbackView.json"] = ClientJson.Default.RoomFallback,
        ["../../Rules/Golden/Wire/HistoryItem.json"] = ClientJson.Default.PlayedSong,
        ["../../Rules/Golden/Wire/HostChanged.json"] = ClientJson.Default.HostChanged,
        ["../../Rules/Golden/Wire/HostPosition.json"] = ClientJson.Default.HostPosition,
        ["../../Rules/Golden/Wire/OwnVotes.json"] = ClientJson.Default.OwnVotes,
        ["../../Rules/Golden/Wire/PlaybackVector.json"] = ClientJson.Default.PlaybackVector,
        ["../../Rules/Golden/Wire/PresenceChanged.json"] = ClientJson.Default.PresenceChanged,
        ["../../Rules/Golden/Wire/PresenceView.json"] = ClientJson.Default.PresenceView,
        ["../../Rules/Golden/Wire/Publication.json"] = ClientJson.Default.Publication,
        ["../../Rules/Golden/Wire/Published.json"] = ClientJson.Default.Published,
        ["../../Rules/Golden/Wire/QueueChanged.json"] = ClientJson.Default.RoomQueue,
        ["../../Rules/Golden/Wire/Refusal.json"] = ClientJson.Default.Refusal,
        ["../../Rules/Golden/Wire/RoomListingPage.json"] = ClientJson.Default.RoomListingPage,
        ["../../Rules/Golden/Wire/RoomReceipt.json"] = ClientJson.Default.RoomReceipt,
        ["../../Rules/Golden/Wire/RoomRoles.json"] = ClientJson.Default.RoomRoles,
        ["../../Rules/Golden/Wire/RoomSettings.json"] = ClientJson.Default.RoomSettings,
        ["../../Rules/Golden/Wire/RoomSnapshot.json"] = ClientJson.Default.RoomSnapshot,
        ["../../Rules/Golden/Wire/SkipTally.json"] = ClientJson.Default.SkipTally,
    };

    public static TheoryData<string> Names => [.. Files.Keys];

    /// <summary>What is read is what was written, but for members that the client has no use for.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Should_have_read_all_of_it(string file)
    {
        foreach (var row in GoldenFile.Apart(GoldenFile.Read(file)))
        {
            var written = JsonElement.Parse(row);
            var read = JsonSerializer.SerializeToElement(written.Deserialize(Files[file]), Files[file]);
            Assert.Empty(Differences("", read, written));
        }
    }

    private static IEnumerable<string> Differences(string path, JsonElement read, JsonElement written)
    {
        // A flag that is off may be left out.
        if (read.ValueKind == JsonValueKind.False && written.ValueKind == JsonValueKind.Undefined)
            return [];
        if (read.ValueKind == JsonValueKind.Object && written.ValueKind == JsonValueKind.Object)
            return read.EnumerateObject().SelectMany(member => Differences($"{path}.{member.Name}", member.Value, written.TryGetProperty(member.Name, out var other) ? other : default));
        if (read.ValueKind == JsonValueKind.Array && written.ValueKind == JsonValueKind.Array && read.GetArrayLength() == written.GetArrayLength())
            return read.EnumerateArray().Zip(written.EnumerateArray()).SelectMany((pair, i) => Differences($"{path}[{i}]", pair.First, pair.Second));
        var isSame = read.ValueKind == JsonValueKind.String
            ? string.Equals(read.GetString(), written.ToString(), StringComparison.OrdinalIgnoreCase)
            : JsonElement.DeepEquals(read, written);
        return isSame ? [] : [$"{path}: {read} instead of {written}"];
    }
}
