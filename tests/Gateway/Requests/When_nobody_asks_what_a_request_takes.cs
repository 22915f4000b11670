using System.Text.Json;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Tests.Gateway.Requests;

/// <summary>Each field of each request is read so.</summary>
public sealed class When_nobody_asks_what_a_request_takes
{
    private const int Times = 1_000;

    [Fact]
    public void Should_read_numbers_and_flags_and_what_is_missing_without_allocating()
    {
        using var body = JsonDocument.Parse("""{"number":1,"flag":true}""");
        var reader = new RequestReader(body.RootElement);
        Read(reader);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < Times; time++)
            Read(reader);

        // Less than an object for each: the runtime has some of its own.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Times);
        Assert.Null(reader.Refusal);
    }

    private static void Read(RequestReader reader)
    {
        reader.Integer("number", 0, 10);
        reader.Flag("flag");
        reader.OptionalText("text", 10);
        reader.OptionalInteger("other", 0, 10);
        reader.OptionalTextList("list", 10, 10);
    }
}
