using System.Text.Json;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Tests.Gateway.Requests;

/// <summary>The refusal names it, and says what it must be, with the bound that holds.</summary>
public sealed class When_a_field_is_wrong
{
    public static TheoryData<string, string, string> Texts => new()
    {
        { "{}", "a", "`a` is missing." },
        { """{"a":1}""", "a", "`a` must be a string." },
        { """{"a":""}""", "a", "`a` must have 1 to 64 characters." },
        { $$"""{"a":"{{new string('x', 65)}}"}""", "a", "`a` must have 1 to 64 characters." },
        { """{"a":"\ud800"}""", "a", "`a` must be Unicode text, without half a surrogate pair." },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Should_say_what_a_text_must_be(string json, string detail, string message) => AssertRefused(json, static reader => reader.Text("a", 1, 64), detail, message);

    [Fact]
    public void Should_say_how_long_a_text_may_be_that_need_not_be_there() =>
        AssertRefused($$"""{"a":"{{new string('x', 65)}}"}""", static reader => reader.OptionalText("a", 64), "a", "`a` must have at most 64 characters.");

    [Theory]
    [InlineData("""{"a":1.5}""", "`a` must be a whole number.")]
    [InlineData("""{"a":5001}""", "`a` must be 1 to 5,000.")]
    public void Should_say_what_a_number_must_be(string json, string message) => AssertRefused(json, static reader => reader.Integer("a", 1, 5000), "a", message);

    [Fact]
    public void Should_say_no_bound_that_is_none() => AssertRefused("""{"a":0}""", static reader => reader.OptionalInteger("a", 1, long.MaxValue), "a", "`a` must be at least 1.");

    [Theory]
    [InlineData("""{"a":{}}""", "`a` must be a list of at most 2 strings.")]
    [InlineData("""{"a":["b",1]}""", "`a` must have nothing but strings.")]
    [InlineData("""{"a":["b",""]}""", "`a` must have strings, each of which must have 1 to 3 characters.")]
    public void Should_say_what_a_list_must_be(string json, string message) => AssertRefused(json, static reader => reader.OptionalTextList("a", 2, 3), "a", message);

    [Theory]
    [InlineData("""{"since":{"epoch":"e","offset":-1}}""", "since.offset", "`since.offset` must be at least 0.")]
    [InlineData("""{"since":1}""", "since", "`since` must be a position: an object with `epoch` and `offset`.")]
    public void Should_name_a_field_within_another(string json, string detail, string message) => AssertRefused(json, static reader => reader.OptionalPosition("since"), detail, message);

    [Theory]
    [InlineData("Enqueue", """{"roomId":"jazz","commandId":"1","tracks":[{"url":"https://a.example/1","title":"","durationMs":1000}]}""", "tracks[0].title", "`tracks[0].title` must have 1 to 200 characters.")]
    [InlineData("Enqueue", """{"roomId":"jazz","commandId":"1","tracks":[{"url":"https://a.example/1","title":"A","durationMs":999}]}""", "tracks[0].durationMs", "`tracks[0].durationMs` must be 1,000 to 86,400,000 milliseconds, of which a room takes as much as the server's settings say.")]
    [InlineData("Enqueue", """{"roomId":"jazz","commandId":"1","tracks":[]}""", "tracks", "`tracks` must have 1 to 200 items.")]
    [InlineData("CreateRoom", """{"roomId":"jazz","commandId":"1","name":""}""", "name", "`name` must have 1 to 64 characters.")]
    [InlineData("CreateRoom", """{"roomId":"Jazz","commandId":"1","name":"Jazz"}""", "roomId", "`roomId` must be a room id: 3 to 64 of a-z, 0-9 and -, starting and ending with a letter or digit.")]
    [InlineData("UpdateSettings", """{"roomId":"jazz","commandId":"1","slowModeSeconds":301}""", "slowModeSeconds", "`slowModeSeconds` must be 0 to 300.")]
    [InlineData("SetQueueMode", """{"roomId":"jazz","commandId":"1","mode":"odd"}""", "mode", "`mode` must be 'fair', 'dj', 'fifo' or 'votes'.")]
    [InlineData("Subscribe", """{"channel":":a"}""", "channel", "`channel` must be a channel name: 1 to 255 bytes of UTF-8, not white space alone, without control characters, and not starting with ':' or '['.")]
    [InlineData("Subscribe", """{"channel":"a","rewindMs":1,"rewindCount":1}""", "rewindMs", "`rewindMs` must be absent where there is `since` or `rewindCount`.")]
    [InlineData("GetHistory", """{"channel":"a","direction":"sideways"}""", "direction", "`direction` must be 'backward' or 'forward'.")]
    [InlineData("Publish", """{"channel":"a","id":"1","data":1,"encoding":"utf8"}""", "data", "`data` must be a string, since there is `encoding`.")]
    public async Task Should_say_the_bound_that_holds_for_a_request(string method, string json, string detail, string message)
    {
        Assert.True(RequestCatalogue.TryFind(method, out var request));
        using var body = JsonDocument.Parse(json);

        // What is read comes before anything is asked of the session.
        var reply = await request.RunAsync(null!, body.RootElement);

        Assert.Equal((RefusalCode.BadRequest, detail, message), (reply.Refusal?.Code, reply.Refusal?.Detail, reply.Refusal?.Message));
    }

    private static void AssertRefused<T>(string json, Func<RequestReader, T> read, string detail, string message)
    {
        using var body = JsonDocument.Parse(json);
        var reader = new RequestReader(body.RootElement);

        read(reader);

        Assert.Equal((RefusalCode.BadRequest, detail, message), (reader.Refusal?.Code, reader.Refusal?.Detail, reader.Refusal?.Message));
    }
}
