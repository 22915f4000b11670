using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using WhatsSound.Gateway.Http;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_a_history_is_taken_out(RunningServer server)
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =1", "'  =1")]
    [InlineData(" plain", "\" plain\"")]
    [InlineData("\u00A0=1", "'\u00A0=1")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\u200B\u2060=1", "'\u200B\u2060=1")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("a;=1", "a;'=1")]
    [InlineData("a; \u200B-1;b;@c", "a;' \u200B-1;b;'@c")]
    [InlineData("a-b;c=d", "a-b;c=d")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Should_write_no_cell_that_a_spreadsheet_would_carry_out(string? text, string cell) => Assert.Equal(cell, CsvText.Cell(text));

    [Fact]
    public async Task Should_give_all_of_it_as_json_and_as_csv_to_whoever_keeps_order()
    {
        var owner = server.NewName("keeper");
        var roomId = await PlayedAsync(owner, 3);

        using var json = await GetAsync(roomId, "json", server.TokenOf(owner));
        using var csv = await GetAsync(roomId, "csv", server.TokenOf(owner));

        Assert.Equal((HttpStatusCode.OK, "application/json"), (json.StatusCode, json.Content.Headers.ContentType?.MediaType));
        using var plays = JsonDocument.Parse(await json.Content.ReadAsStringAsync());
        Assert.Equal([3, 2, 1], plays.RootElement.EnumerateArray().Select(play => play.GetProperty("number").GetInt32()));
        Assert.Equal("=Song 3", plays.RootElement[0].GetProperty("song").GetProperty("track").GetProperty("title").GetString());
        Assert.Equal("text/csv", csv.Content.Headers.ContentType?.MediaType);
        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n");
        Assert.Equal(CsvText.Head.TrimEnd(), lines[0]);
        Assert.Contains(",'=Song 3,", lines[1], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
    }

    [Fact]
    public async Task Should_be_whole_beyond_a_page()
    {
        await using var own = await RunningServer.StartAsync("--Sessions:CommandsPerSecondMax", "100000", "--Sessions:CommandBurstMax", "100000");
        const string Owner = "keeper";
        await using var client = await own.ConnectAsync(Owner);
        var roomId = await own.CreateRoomAsync(client);
        await client.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        for (var number = 1; number <= 130; number++)
            await PlayOneAsync(client, roomId, number);

        using var http = new HttpClient { BaseAddress = own.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", own.TokenOf(Owner)) } };
        using var plays = JsonDocument.Parse(await http.GetStringAsync($"/rooms/{roomId}/plays.json"));

        Assert.Equal(Enumerable.Range(1, 130).Reverse(), plays.RootElement.EnumerateArray().Select(play => play.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Should_be_refused_to_everybody_else()
    {
        var roomId = await PlayedAsync(server.NewName("keeper"), 1);

        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), await RefusalAsync(roomId, "json", token: null));
        Assert.Equal((HttpStatusCode.Unauthorized, "TOKEN_INVALID"), await RefusalAsync(roomId, "json", "nonsense"));
        Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN"), await RefusalAsync(roomId, "csv", server.TokenOf(server.NewName("stranger"))));
        var little = server.TokenOf("somebody", capabilities: new Dictionary<string, string[]> { ["news"] = ["subscribe"] });
        Assert.Equal((HttpStatusCode.Forbidden, "FORBIDDEN"), await RefusalAsync(roomId, "csv", little));
        Assert.Equal((HttpStatusCode.NotFound, "ROOM_NOT_FOUND"), await RefusalAsync("no-such-room", "json", server.TokenOf("somebody")));
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), await RefusalAsync("No_Room", "json", server.TokenOf("somebody")));
        Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST"), await RefusalAsync(roomId, "xml", server.TokenOf("somebody")));
    }

    [Fact]
    public async Task Should_be_asked_for_only_so_often_a_minute()
    {
        var token = server.TokenOf(server.NewName("curious"));
        var codes = new List<string?>();
        for (var number = 0; number < 12; number++)
            codes.Add((await RefusalAsync($"no-such-room-{number}", "json", token)).Code);

        Assert.Equal(Enumerable.Repeat("ROOM_NOT_FOUND", 10), codes.Take(10));
        Assert.Equal("RATE_LIMITED", codes[^1]);
        Assert.Equal((HttpStatusCode.NotFound, "ROOM_NOT_FOUND"), await RefusalAsync("no-such-room", "json", server.TokenOf(server.NewName("another"))));
    }

    private async Task<string> PlayedAsync(string owner, int count)
    {
        await using var client = await server.ConnectAsync(owner);
        var roomId = await server.CreateRoomAsync(client);
        await client.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        for (var number = 1; number <= count; number++)
            await PlayOneAsync(client, roomId, number);
        return roomId;
    }

    private static async Task PlayOneAsync(HubClient client, string roomId, int number)
    {
        var added = await client.ResultAsync("Enqueue", new
        {
            roomId, commandId = $"add-{number}", tracks = new[] { new { url = $"https://songs.example/{number}.mp3", title = $"=Song {number}", durationMs = 60_000 } },
        });
        await client.ResultAsync("Skip", new { roomId, commandId = $"skip-{number}", entryId = added.GetProperty("entryIds")[0].GetString() });
    }

    private async Task<HttpResponseMessage> GetAsync(string roomId, string format, string? token)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/rooms/{roomId}/plays.{format}");
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request);
    }

    private async Task<(HttpStatusCode Status, string? Code)> RefusalAsync(string roomId, string format, string? token)
    {
        using var response = await GetAsync(roomId, format, token);
        using var refusal = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return (response.StatusCode, refusal.RootElement.GetProperty("code").GetString());
    }
}
