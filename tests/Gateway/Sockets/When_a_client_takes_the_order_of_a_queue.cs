using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_takes_the_order_of_a_queue(RunningServer server)
{
    private HubClient _ada = null!;
    private string _roomId = "";
    private string _second = "";
    private List<JsonElement> _toldBeforeTheVote = [];

    [Fact]
    public async Task Should_get_the_songs_once_and_a_vote_without_them()
    {
        await using var ada = await OpenAsync();
        await using var bob = await JoinAsync(new { roomId = _roomId, commandId = "join", queueOrder = true });
        await VoteAsync(bob);

        var told = await OfTheQueueAsync(bob, 4);

        Assert.Equal(["queue", "queueOrder"], told.Select(EventOf));
        Assert.Equal(2, told[1].GetProperty("data").GetProperty("window")[0].GetProperty("score").GetInt32());
        Assert.False(told[1].GetProperty("data").GetProperty("window")[0].TryGetProperty("track", out _));
    }

    [Fact]
    public async Task Should_go_on_so_after_a_snapshot_and_another_join()
    {
        await using var ada = await OpenAsync();
        await using var bob = await JoinAsync(new { roomId = _roomId, commandId = "join", queueOrder = true });
        await bob.ResultAsync("GetSnapshot", new { roomId = _roomId });
        await VoteAsync(bob);
        Assert.Equal(["queue", "queueOrder"], (await OfTheQueueAsync(bob, 4)).Select(EventOf));

        await bob.ResultAsync("JoinRoom", new { roomId = _roomId, commandId = "again" });
        await bob.ResultAsync("Vote", new { roomId = _roomId, commandId = "down", entryId = _second, value = -1 });

        Assert.Equal(["queue"], (await OfTheQueueAsync(bob, 6)).Select(EventOf));
    }

    [Fact]
    public async Task Should_recover_without_the_songs_that_it_has()
    {
        await using var ada = await OpenAsync();
        await using var bob = await JoinAsync(new { roomId = _roomId, commandId = "join", queueOrder = true });
        _second = (await ada.ResultAsync("Enqueue", Songs("a", "b"))).GetProperty("entryIds")[1].GetString()!;
        var since = (await bob.ResultAsync("GetSnapshot", new { roomId = _roomId })).GetProperty("positions");
        await using var carl = await JoinAsync(new { roomId = _roomId, commandId = "carl" });
        await carl.ResultAsync("Vote", new { roomId = _roomId, commandId = "vote", entryId = _second, value = 1 });
        await carl.PublicationsAsync(Channel, 2);

        var recovered = await bob.ResultAsync("JoinRoom", new { roomId = _roomId, commandId = "back", queueOrder = true, since });

        Assert.Equal("recovered", recovered.GetProperty("verdict").GetString());
        var missed = recovered.GetProperty("recoveries").EnumerateArray().Single(one => one.GetProperty("channel").GetString() == Channel).GetProperty("publications").EnumerateArray();
        Assert.Equal(["queueOrder"], missed.Select(EventOf));
    }

    [Fact]
    public async Task Should_get_the_whole_unless_it_asks()
    {
        await using var ada = await OpenAsync();
        await using var bob = await JoinAsync(new { roomId = _roomId, commandId = "join" });
        await VoteAsync(bob);

        var told = await OfTheQueueAsync(bob, 3);

        Assert.All(told, static one => Assert.Equal("queue", EventOf(one)));
        Assert.Equal("voted", told[^1].GetProperty("data").GetProperty("reason").GetString());
        Assert.Equal("b", told[^1].GetProperty("data").GetProperty("window")[0].GetProperty("track").GetProperty("title").GetString());
    }

    private string Channel => $"room:{_roomId}:queue";

    private async Task<HubClient> OpenAsync()
    {
        _ada = await server.ConnectAsync();
        _roomId = await server.CreateRoomAsync(_ada);
        await _ada.ResultAsync("JoinRoom", new { roomId = _roomId, commandId = "join" });
        return _ada;
    }

    private async Task<HubClient> JoinAsync(object request)
    {
        var client = await server.ConnectAsync();
        await client.ResultAsync("JoinRoom", request);
        return client;
    }

    /// <summary>Two songs, of which the first plays, and a vote on the other: four publications, the second of which is the voter's own.</summary>
    private async Task VoteAsync(HubClient voter)
    {
        _second = (await _ada.ResultAsync("Enqueue", Songs("a", "b"))).GetProperty("entryIds")[1].GetString()!;
        // What comes together with what it replaces is told once.
        _toldBeforeTheVote = await voter.PublicationsAsync(Channel, 1);
        await voter.ResultAsync("Vote", new { roomId = _roomId, commandId = "vote", entryId = _second, value = 1 });
    }

    /// <summary>What all get that is published up to a number, and was not looked at yet.</summary>
    private async Task<List<JsonElement>> OfTheQueueAsync(HubClient client, long offset)
    {
        var told = _toldBeforeTheVote.Concat(await client.PublicationsAsync(Channel, offset)).Where(static publication => EventOf(publication) != "myVotes").ToList();
        _toldBeforeTheVote = [];
        return told;
    }

    private object Songs(params string[] titles) => new
    {
        roomId = _roomId, commandId = string.Concat(titles), tracks = titles.Select(static title => new { url = $"/tracks/{title}.wav", title, durationMs = 60_000 }),
    };

    private static string? EventOf(JsonElement publication) => publication.GetProperty("event").GetString();
}
