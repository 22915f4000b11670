using System.Buffers;
using System.Text;
using WhatsSound.Gateway.Doors.SignalR;

namespace WhatsSound.Tests.Gateway.Doors;

/// <summary>What a client may send in the MessagePack hub protocol that no proper one does: each is told apart without an exception, and costs no stack.</summary>
public sealed class When_packed_messages_are_odd
{
    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("90")]
    [InlineData("C1")]
    [InlineData("91A131")]
    [InlineData("9101")]
    [InlineData("9501")]
    [InlineData("950180C0A15490 00")]
    [InlineData("95018001A15490")]
    [InlineData("950180C00190")]
    [InlineData("950180C0A15491")]
    [InlineData("DDFFFFFFFF01")]
    [InlineData("9501DFFFFFFFFF")]
    [InlineData("950180C0DBFFFFFFFF")]
    [InlineData("950180C0A154DDFFFFFFFF")]
    [InlineData("950180C0A154C6FFFFFFFF")]
    [InlineData("950180C0A154C9FFFFFFFF05")]
    [InlineData("96FF")]
    public void Should_be_malformed(string record) => Assert.True(EnvelopeOf(Bytes(record)).IsMalformed);

    [Theory]
    [InlineData("9106", 6)]
    [InlineData("9307C0C3", 7)]
    [InlineData("930580A131", 5)]
    [InlineData("930A00D40100", 10)]
    public void Should_be_known_by_their_type(string record, int type)
    {
        var envelope = EnvelopeOf(Bytes(record));

        Assert.False(envelope.IsMalformed);
        Assert.Equal(type, envelope.Type);
    }

    [Theory]
    [InlineData("950180A131A1549180", false)]
    [InlineData("960180A131A154918090", false)]
    [InlineData("960180A131A154918091A131", true)]
    [InlineData("970180A131A1549180 90 91C0", false)]
    public void Should_be_a_call(string record, bool hasStreams)
    {
        var envelope = EnvelopeOf(Bytes(record));

        Assert.False(envelope.IsMalformed);
        Assert.Equal(("1", "T", hasStreams), (envelope.InvocationId, envelope.Target, envelope.HasStreams));
        Assert.Equal("9180", Convert.ToHexString(envelope.Arguments.ToArray()));
    }

    [Fact]
    public void Should_know_the_id_of_a_call_that_breaks_off() => Assert.Equal("1", EnvelopeOf(Bytes("950180A131A15491")).InvocationId);

    [Theory]
    [InlineData(100)]
    [InlineData(2_000_000)]
    public void Should_be_refused_however_deep(int depth)
    {
        byte[] record = [.. Bytes("950180A131A154"), .. Enumerable.Repeat((byte)0x91, depth), 0xc0];
        var envelope = EnvelopeOf(record);

        Assert.False(envelope.IsMalformed);
        Assert.Equal("The arguments are nested too deep.", ProblemOf(envelope.Arguments.ToArray()));
    }

    [Theory]
    [InlineData("D40100", "No argument takes a MessagePack extension, such as a timestamp.")]
    [InlineData("D6FF00000000", "No argument takes a MessagePack extension, such as a timestamp.")]
    [InlineData("810101", "A name in the arguments is no string.")]
    [InlineData("81C001", "A name in the arguments is no string.")]
    [InlineData("81C4016101", "A name in the arguments is no string.")]
    [InlineData("CB7FF8000000000000", "A number in the arguments is not finite.")]
    [InlineData("CA7F800000", "A number in the arguments is not finite.")]
    [InlineData("A1FF", "The text is not UTF-8.")]
    [InlineData("81A1FF01", "The text is not UTF-8.")]
    [InlineData("C1", "The arguments are no MessagePack.")]
    [InlineData("C6FFFFFFFF", "The arguments are no MessagePack.")]
    [InlineData("DBFFFFFFFF", "The arguments are no MessagePack.")]
    [InlineData("92", "The arguments are no MessagePack.")]
    public void Should_be_refused(string value, string problem) => Assert.Equal(problem, ProblemOf(Bytes(value)));

    [Theory]
    [InlineData("93C0C2C3", "[null,false,true]")]
    [InlineData("9401FFCFFFFFFFFFFFFFFFFFD38000000000000000", "[1,-1,18446744073709551615,-9223372036854775808]")]
    [InlineData("92CB3FF8000000000000CA3F000000", "[1.5,0.5]")]
    [InlineData("C4040001FEFF", "\"AAH+/w==\"")]
    [InlineData("82A161A3220A5CA0D90162", "{\"a\":\"\\\"\\n\\\\\",\"\":\"b\"}")]
    public void Should_become_json(string value, string json)
    {
        Assert.True(MessagePackToJson.TryConvert(new ReadOnlySequence<byte>(Bytes(value)), out var converted, out _));
        Assert.Equal(json, Encoding.UTF8.GetString(converted.Span));
    }

    [Theory]
    [InlineData("", 0, 0, null)]
    [InlineData("80", 1, 0, null)]
    [InlineData("0001", 1, 0, 1)]
    [InlineData("026162", 1, 2, 3)]
    [InlineData("0261", 1, 2, null)]
    [InlineData("8001", 2, 128, null)]
    [InlineData("FFFFFFFF07", 5, 2_147_483_647L, null)]
    [InlineData("FFFFFFFF08", 0, long.MaxValue, null)]
    [InlineData("FFFFFFFFFF01", 0, long.MaxValue, null)]
    public void Should_be_as_long_as_they_say(string input, long start, long length, int? end) =>
        Assert.Equal(new HubRecord(start, length, end), LengthFraming.Instance.Find(new ReadOnlySequence<byte>(Bytes(input)), searched: 0));

    private static InvocationEnvelope EnvelopeOf(byte[] record) => MessagePackEnvelope.Read(new ReadOnlySequence<byte>(record));

    private static string ProblemOf(byte[] value)
    {
        Assert.False(MessagePackToJson.TryConvert(new ReadOnlySequence<byte>(value), out _, out var problem));
        return problem;
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
