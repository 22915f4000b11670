using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Rules.Golden;

/// <summary>What is stored of a queue: each of its events, and its snapshot, with everything set and with the least; <c>Queue/</c>.</summary>
public sealed class When_a_queue_is_stored
{
    private const string Snapshot = "snapshot";

    private static readonly StateSerializer Serializer = new();

    private static readonly Dictionary<string, Type> Events = typeof(QueueEvent).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToDictionary(kind => (string)kind.TypeDiscriminator!, kind => kind.DerivedType, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Events.Keys.Append(Snapshot).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_write_the_agreed_json(string name)
    {
        var type = Events.GetValueOrDefault(name) ?? typeof(SongQueueSnapshot);
        GoldenFile.Hold($"Queue/{name}.json", GoldenFile.Together(Write(Specimen.Full(type)), Write(Specimen.Minimal(type))));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_read_the_agreed_json(string name)
    {
        var agreed = GoldenFile.Read($"Queue/{name}.json");
        var read = GoldenFile.Apart(agreed).Select(json => name == Snapshot ? (object)Read<SongQueueSnapshot>(json).Upgrade() : Read<QueueEvent>(json));
        Assert.Equal(agreed, GoldenFile.Together([.. read.Select(Write)]));
    }

    [Fact]
    public void Should_have_a_name_for_every_event()
    {
        var kinds = typeof(QueueEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(QueueEvent)));
        Assert.Equal(kinds.OrderBy(kind => kind.Name, StringComparer.Ordinal), Events.Values.OrderBy(kind => kind.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void Should_have_no_file_of_an_event_that_is_gone() =>
        Assert.Equal(Events.Keys.Append(Snapshot).Order(StringComparer.Ordinal), GoldenFile.FilesIn("Queue"));

    [Fact]
    public void Should_refuse_a_snapshot_of_a_schema_that_it_does_not_know()
    {
        var json = JsonNode.Parse(Write(Specimen.Minimal(typeof(SongQueueSnapshot))))!;
        json["schema"] = 2;
        Assert.Throws<NotSupportedException>(() => Read<SongQueueSnapshot>(json.ToJsonString()).Upgrade());
    }

    [Fact]
    public void Should_store_a_vote_in_less_than_two_hundred_bytes()
    {
        QueueEvent vote = new VoteChanged(Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("N"), -1, 1_790_000_000_000);
        Assert.InRange(Write(vote).Length, 1, 200);
    }

    private static string Write(object value) =>
        (value is QueueEvent happened ? Serializer.Serialize(happened) : Serializer.Serialize((SongQueueSnapshot)value)).ToString();

    private static T Read<T>(string json) => Serializer.Deserialize<T>(BinaryData.FromString(json)) ?? throw new JsonException("Nothing was read.");
}
