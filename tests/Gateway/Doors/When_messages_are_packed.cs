using System.Buffers;
using System.Text;
using MessagePack;
using WhatsSound.Channels;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Doors;

/// <summary>What leaves in the MessagePack hub protocol. The file has each record as bytes, and as the JSON that MessagePack's own library makes of it.</summary>
public sealed class When_messages_are_packed
{
    [Fact]
    public void Should_be_the_agreed_bytes() => GoldenFile.Hold("Packed.json", GoldenFile.Together(
    [
        .. Viewed(new FrameMessage((ChannelFrame)Specimen.Full(typeof(ChannelFrame)))),
        .. Viewed(FrameOf(Payload.OfBytes(new byte[] { 0, 1, 254, 255 }))),
        .. Viewed(new LostMessage((ChannelLost)Specimen.Full(typeof(ChannelLost)))),
        .. Viewed(new DetachedMessage((ChannelDetached)Specimen.Full(typeof(ChannelDetached)))),
        .. Viewed(new ClosingMessage((SessionClosing)Specimen.Full(typeof(SessionClosing)))),
        .. Viewed(new AnswerMessage("7", Reply.Of((Published)Specimen.Full(typeof(Published)), WireJson.Default.Published), MessagePackHubFormat.Instance)),
        .. Viewed(new AnswerMessage("8", Reply.Of((Refusal)Specimen.Full(typeof(Refusal))), MessagePackHubFormat.Instance)),
    ]));

    [Fact]
    public void Should_have_the_bytes_of_a_publication_as_bytes() =>
        Assert.Equal("C40400 01FEFF".Replace(" ", "", StringComparison.Ordinal), DataOf(Payload.OfBytes(new byte[] { 0, 1, 254, 255 })));

    [Theory]
    [InlineData("0", "00")]
    [InlineData("-1", "FF")]
    [InlineData("300", "CD012C")]
    [InlineData("9223372036854775807", "CF7FFFFFFFFFFFFFFF")]
    [InlineData("18446744073709551615", "CFFFFFFFFFFFFFFFFF")]
    [InlineData("1.5", "CB3FF8000000000000")]
    [InlineData("1.0", "CB3FF0000000000000")]
    [InlineData("true", "C3")]
    [InlineData("null", "C0")]
    [InlineData("""{"a":[1,{}]}""", "81A1619201 80")]
    [InlineData("\"a\\n\\u00e9\\\\\"", "A5610AC3A95C")]
    // Half of a surrogate pair is JSON; whoever sends it must not end the delivery of others.
    [InlineData("\"\\ud800\"", "A3EFBFBD")]
    // What people publish is theirs, whatever it looks like.
    [InlineData("""{"data":"AAE=","encoding":"base64"}""", "82A464617461A441 41453DA8656E636F64696E67A6626173653634")]
    // Kept from a time when it was taken: what a client's reader would stop at is left out, whichever way it is written.
    [InlineData("""{"a":1,"b":2,"a":3}""", "82A16103A16202")]
    [InlineData("""{"a":1,"\u0061":2}""", "81A16102")]
    [InlineData("""{"__proto__":1}""", "80")]
    [InlineData("""[{"a":{"\u005f_proto__":1,"b":2}}]""", "9181A16181A16202")]
    [InlineData("""{"\ud800":1,"\udc00":2}""", "81A3EFBFBD02")]
    public void Should_keep_what_data_says(string json, string packed) =>
        Assert.Equal(packed.Replace(" ", "", StringComparison.Ordinal), DataOf(new Payload(Encoding.UTF8.GetBytes(json))));

    [Fact]
    public void Should_keep_headers_as_the_texts_that_they_are()
    {
        var headers = new Payload("""{"data":"AAE=","encoding":"base64"}"""u8.ToArray());
        var message = new FrameMessage(Sample.Frame(1, 2) with { Publications = [Sample.At(2) with { Headers = headers }] });

        Assert.Contains("82A464617461A44141453DA8656E636F64696E67A6626173653634", Convert.ToHexString(RecordsOf(message).Single().ToArray()), StringComparison.Ordinal);
    }

    private static FrameMessage FrameOf(Payload data) => new(Sample.Frame(1, 2) with { Publications = [Sample.At(2) with { Data = data }] });

    /// <summary>The data of the only publication, in hexadecimal.</summary>
    private static string DataOf(Payload data)
    {
        var record = RecordsOf(FrameOf(data)).Single();
        var reader = new MessagePackReader(record);
        while (!(reader.NextMessagePackType == MessagePackType.String && IsData(reader.ReadString())))
            Step(ref reader);
        var start = reader.Position;
        reader.Skip();
        return Convert.ToHexString(record.Slice(start, reader.Position).ToArray());
    }

    private static bool IsData(string? name) => string.Equals(name, "data", StringComparison.Ordinal);

    /// <summary>Into a list or a map, past anything else; a string was read already.</summary>
    private static void Step(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Array:
                reader.ReadArrayHeader();
                break;
            case MessagePackType.Map:
                reader.ReadMapHeader();
                break;
            case MessagePackType.String:
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private static IEnumerable<string> Viewed(OutgoingMessage message) => RecordsOf(message).Select(record =>
        $$"""{"packed":"{{Convert.ToHexString(record.ToArray())}}","means":{{MessagePackSerializer.ConvertToJson(record)}}}""");

    private static List<ReadOnlySequence<byte>> RecordsOf(OutgoingMessage message)
    {
        List<ReadOnlySequence<byte>> records = [];
        var rest = new ReadOnlySequence<byte>(message.EncodedIn(MessagePackHubFormat.Instance).Bytes);
        while (!rest.IsEmpty)
        {
            var record = LengthFraming.Instance.Find(rest, searched: 0);
            records.Add(rest.Slice(record.Start, record.Length));
            rest = rest.Slice(record.End!.Value);
        }

        return records;
    }
}
