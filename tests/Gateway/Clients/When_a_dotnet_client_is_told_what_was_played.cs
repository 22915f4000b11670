using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>Songs that came and went while the client was away are in its history, each once; of a server of before, what its queue shows.</summary>
public sealed class When_a_dotnet_client_is_told_what_was_played
{
    private static readonly RoomState Playing = new()
    {
        RoomId = "den",
        Settings = JsonSerializer.Deserialize("""{"name":"Den","isListed":true}""", ClientJson.Default.RoomSettings)!,
        OwnerUserId = "ann",
        Playback = new PlaybackVector(1, 1, PlaybackStatus.Idle, 0, 0, 1000, 0),
        Queue = new RoomQueue(1, [], 0, Entry("a")),
        MyVotes = new Dictionary<string, int>(StringComparer.Ordinal),
        History = [],
        Chat = [],
        Members = [],
        Skip = new SkipTally(0, 1),
    };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_have_each_once_whichever_channel_comes_first(bool isQueueFirst)
    {
        var queue = Publication("queue", JsonSerializer.Serialize(new RoomQueue(2, [], 0, Entry("d")), ClientJson.Default.RoomQueue));
        var played = new[] { "a", "b", "c" }.Select(static id => Publication("played", $$"""{"entryId":"{{id}}","track":{"url":"/{{id}}","title":"{{id}}","durationMs":1},"addedBy":"ann","endedAtMs":9,"endReason":"completed"}"""));

        var room = (isQueueFirst ? played.Prepend(queue) : played.Append(queue)).Aggregate(Playing, RoomFold.Apply);

        Assert.Equal([("c", 9L), ("b", 9), ("a", 9)], room.History.Select(static song => (song.EntryId, song.EndedAtMs)));
    }

    [Fact]
    public void Should_make_it_of_the_queue_where_the_server_does_not_say_it()
    {
        var queue = Publication("queue", JsonSerializer.Serialize(new RoomQueue(2, [], 0, Entry("d")), ClientJson.Default.RoomQueue));

        Assert.Equal(("a", 7L), Assert.Single(RoomFold.Apply(Playing, queue).History.Select(static song => (song.EntryId, song.EndedAtMs))));
    }

    private static QueueEntry Entry(string id) => new(id, new Track($"/{id}", id, 1), "ann");

    private static Publication Publication(string name, string data) =>
        JsonSerializer.Deserialize($$"""{"offset":1,"id":"p","timeMs":7,"publisher":null,"event":"{{name}}","key":null,"data":{{data}}}""", ClientJson.Default.Publication)!;
}
