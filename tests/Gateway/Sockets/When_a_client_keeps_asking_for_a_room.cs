using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_keeps_asking_for_a_room(RunningServer server)
{
    private const int Calls = 40;

    [Fact]
    public async Task Should_take_a_few_at_once_and_say_when_the_next()
    {
        await using var client = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(client);

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(i =>
            client.CallAsync(i % 2 == 0 ? "JoinRoom" : "GetSnapshot", new { roomId, commandId = $"{i}" })));

        Assert.All(answers[..20], answer => Assert.Equal("", HubAnswers.CodeOf(answer)));
        var refused = answers.Where(answer => HubAnswers.CodeOf(answer) == "RATE_LIMITED").ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.InRange(RetryAfterMsOf(answer), 1, 500));
    }

    [Fact]
    public async Task Should_not_count_other_requests()
    {
        await using var client = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(client);
        await client.ResultAsync("JoinRoom", new { roomId, commandId = "join" });

        var answers = await Task.WhenAll(Enumerable.Range(0, Calls).Select(_ => client.CallAsync("GetPresence", new { channel = $"room:{roomId}" })));

        Assert.All(answers, answer => Assert.Equal("", HubAnswers.CodeOf(answer)));
    }

    private static long RetryAfterMsOf(JsonElement answer) => answer.GetProperty("error").GetProperty("retryAfterMs").GetInt64();
}
