using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Gateway.Http.Api;
using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Http.Api;

public sealed class When_one_of_a_batch_may_come_again : IDisposable
{
    private readonly FakeGateway _gateway = new();

    [Fact]
    public async Task Should_refuse_what_is_behind_it_in_its_channel_and_nothing_else()
    {
        _gateway.Cluster.Channel("news").Refuses = static request => request.Id == "2" ? Refusals.Retry(RefusalCode.NotReady, "Not now.", TimeSpan.FromSeconds(3)) : null;

        var answers = await PublishAsync("""{"publications":[{"channel":"news","id":"1","data":1},{"channel":"news","id":"2","data":1},{"channel":"sport","id":"1","data":1},{"channel":"news","id":"3","data":1},{"channel":":bad"},{"channel":"news","id":"4","data":1}]}""");

        Assert.Equal(["", "NOT_READY", "", "NOT_READY", "BAD_REQUEST", "NOT_READY"], answers.Select(CodeOf));
        Assert.All(answers.Where(static answer => CodeOf(answer) == "NOT_READY"), static answer => Assert.Equal(3_000, answer.GetProperty("error").GetProperty("retryAfterMs").GetInt64()));
        Assert.Equal(["1", "2"], _gateway.Cluster.Channel("news").Requests.Select(static request => request.Id));
    }

    [Fact]
    public async Task Should_publish_what_is_behind_one_that_may_not()
    {
        _gateway.Cluster.Channel("news").Refuses = static request => request.Id == "1" ? Refusals.Final(RefusalCode.Conflict, "Another one has the id.") : null;

        var answers = await PublishAsync("""{"publications":[{"channel":"news","id":"1","data":1},{"channel":"news","id":"2","data":1}]}""");

        Assert.Equal(["CONFLICT", ""], answers.Select(CodeOf));
    }

    public void Dispose() => _gateway.Dispose();

    private static string CodeOf(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString()! : "";

    private async Task<List<JsonElement>> PublishAsync(string body)
    {
        using var asker = new HttpAsker(new DefaultHttpContext(), new SessionIdentity { UserId = "ada", ExpiresAt = DateTimeOffset.MaxValue }, isAnonymous: false, _gateway.Time);
        using var fields = JsonDocument.Parse(body);
        var reply = await new PublicationBatch(new CallFailures(NullLogger<CallFailures>.Instance)).Publish.RunAsync(new Call(asker, _gateway.CallServices), fields.RootElement);
        Assert.Null(reply.Refusal);
        var written = new ArrayBufferWriter<byte>();
        reply.WriteResultTo(written);
        using var result = JsonDocument.Parse(written.WrittenMemory);
        return [.. result.RootElement.Clone().GetProperty("answers").EnumerateArray()];
    }
}
