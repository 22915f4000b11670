using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsSound.Channels;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Golden;

/// <summary>What clients read of the gateway's own: <c>Answers/</c>, and the envelopes that everything goes in.</summary>
public sealed class When_the_gateway_speaks
{
    private static readonly Dictionary<string, Type> Types = CustomAttributeData.GetCustomAttributes(typeof(GatewayJson))
        .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Types.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_write_the_agreed_json(string name) =>
        GoldenFile.Hold($"Answers/{name}.json", GoldenFile.Together(Write(Specimen.Full(Types[name])), Write(Specimen.Minimal(Types[name]))));

    [Fact]
    public void Should_have_no_file_of_a_type_that_is_gone() => Assert.Equal(Types.Keys.Order(StringComparer.Ordinal), GoldenFile.FilesIn("Answers"));

    [Fact]
    public void Should_answer_in_the_agreed_envelope() => GoldenFile.Hold("Replies.json", GoldenFile.Together(
        Written(Reply.Of((Published)Specimen.Full(typeof(Published)), WireJson.Default.Published)),
        Written(Reply.Of((Refusal)Specimen.Full(typeof(Refusal))))));

    [Fact]
    public void Should_tell_in_the_agreed_envelope() => GoldenFile.Hold("Messages.json", GoldenFile.Together(
    [
        .. Encoded(new FrameMessage((ChannelFrame)Specimen.Full(typeof(ChannelFrame)))),
        .. Encoded(new LostMessage((ChannelLost)Specimen.Full(typeof(ChannelLost)))),
        .. Encoded(new DetachedMessage((ChannelDetached)Specimen.Full(typeof(ChannelDetached)))),
        .. Encoded(new OccupancyMessage((ChannelOccupancy)Specimen.Full(typeof(ChannelOccupancy)))),
        .. Encoded(new ClosingMessage((SessionClosing)Specimen.Full(typeof(SessionClosing)))),
    ]));

    private static string Written(Reply reply)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            reply.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), GatewayJson.Default);

    /// <summary>The records of the message.</summary>
    private static string[] Encoded(OutgoingMessage message) =>
        Encoding.UTF8.GetString(message.EncodedIn(JsonHubFormat.Instance).Bytes.Span).Split('\u001e', StringSplitOptions.RemoveEmptyEntries);
}
