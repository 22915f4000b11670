using System.Text;
using System.Text.Json;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Doors;

public sealed class When_a_frame_is_encoded
{
    private readonly FrameMessage _message = new(Sample.Frame(1, 2) with
    {
        Publications = [Sample.At(2) with { Data = new("""{"n": 1.0}"""u8.ToArray()) }],
    });

    [Fact]
    public void Should_be_done_once_for_any_number_of_sockets() => Assert.Same(HubEncoding.Encoded(_message), HubEncoding.Encoded(_message));

    [Fact]
    public void Should_be_done_once_by_many_threads()
    {
        var encodings = new object[8];
        Parallel.For(0, encodings.Length, i => encodings[i] = HubEncoding.Encoded(_message));

        Assert.All(encodings, encoding => Assert.Same(encodings[0], encoding));
    }

    [Fact]
    public void Should_have_the_payload_as_the_bytes_it_is()
    {
        var text = Encoding.UTF8.GetString(HubEncoding.Encoded(_message).Bytes.Span);

        Assert.Contains("\"data\":{\"n\": 1.0}", text, StringComparison.Ordinal);
        Assert.EndsWith("\u001e", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\r\n  \"a\" : [ 1 ,\t2 ],\r\"b c\": \"x \\\" \\\\ y\"\n}", """{"a":[1,2],"b c":"x \" \\ y"}""")]
    [InlineData("\r\n[\r\n]", "[]")]
    [InlineData("{\"n\": 1.0}", """{"n": 1.0}""")]
    public void Should_have_no_line_end_that_a_transport_of_lines_would_take_for_its_own(string data, string sent)
    {
        var message = new FrameMessage(Sample.Frame(1, 2) with { Publications = [Sample.At(2) with { Data = new(Encoding.UTF8.GetBytes(data)) }] });

        var text = Encoding.UTF8.GetString(HubEncoding.Encoded(message).Bytes.Span);

        Assert.Contains($"\"data\":{sent},", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
        Assert.DoesNotContain('\n', text);
    }

    [Fact]
    public void Should_have_the_form_that_the_protocol_gives()
    {
        using var record = JsonDocument.Parse(HubEncoding.Encoded(_message).Bytes[..^1]);

        Assert.Equal(
            """{"type":1,"target":"frame","arguments":[{"channel":"news","epoch":"e1","previousOffset":1,"headOffset":2,"class":"ordered","publications":[{"offset":2,"id":"id-2","timeMs":1002,"publisher":"ada","event":"said","data":{"n": 1.0},"key":null}]}]}""",
            record.RootElement.GetRawText());
    }

    [Fact]
    public void Should_go_out_together_as_several_records()
    {
        var together = HubEncoding.Together([_message, _message]).Bytes;
        var one = HubEncoding.Encoded(_message).Bytes;

        Assert.Equal([.. one.ToArray(), .. one.ToArray()], together.ToArray());
    }
}
