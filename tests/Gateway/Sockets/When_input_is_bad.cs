using System.Text.Json;
using WhatsSound.Gateway.Sessions.Calls;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Every method with every kind of bad input: a code, a connection that lives, and nothing changed.</summary>
public sealed class When_input_is_bad(RunningServer server)
{
    /// <summary>A proper request of each method; the room and channel in it do not exist, so that only its form is judged before the target is.</summary>
    internal static readonly Dictionary<string, string> Proper = new()
    {
        ["Authenticate"] = """{"token":"x"}""",
        ["Time"] = """{"t1Us":1}""",
        ["Subscribe"] = """{"channel":"no:where"}""",
        ["Unsubscribe"] = """{"channel":"no:where"}""",
        ["Publish"] = """{"channel":"no:where","id":"1","data":1}""",
        ["EnterPresence"] = """{"channel":"no:where"}""",
        ["LeavePresence"] = """{"channel":"no:where"}""",
        ["GetPresence"] = """{"channel":"no:where"}""",
        ["ListRooms"] = """{"max":1}""",
        ["GetMyRooms"] = "{}",
        ["GetFollows"] = "{}",
        ["GetFallback"] = """{"roomId":"no-such-room"}""",
        ["GetPlays"] = """{"roomId":"no-such-room"}""",
        ["GetStatistics"] = """{"roomId":"no-such-room"}""",
        ["Follow"] = """{"ofUserId":"somebody"}""",
        ["Unfollow"] = """{"ofUserId":"somebody"}""",
        ["CreateRoom"] = """{"roomId":"room-of-bad-input","commandId":"1","name":"n"}""",
        ["JoinRoom"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["LeaveRoom"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["GetSnapshot"] = """{"roomId":"no-such-room"}""",
        ["SendChat"] = """{"roomId":"no-such-room","commandId":"1","text":"t"}""",
        ["EditChat"] = """{"roomId":"no-such-room","commandId":"1","offset":1,"text":"t"}""",
        ["DeleteChat"] = """{"roomId":"no-such-room","commandId":"1","offset":1}""",
        ["MarkRead"] = """{"roomId":"no-such-room","offset":1}""",
        ["React"] = """{"roomId":"no-such-room","emoji":"\u2764"}""",
        ["SetTyping"] = """{"roomId":"no-such-room","isTyping":true}""",
        ["GetChat"] = """{"roomId":"no-such-room"}""",
        ["Enqueue"] = """{"roomId":"no-such-room","commandId":"1","tracks":[{"url":"/tracks/a","title":"a","durationMs":60000}]}""",
        ["RemoveEntry"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e"}""",
        ["Vote"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e","value":1}""",
        ["VoteSkip"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e","isOn":true}""",
        ["Play"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["Pause"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["Seek"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e","positionMs":0}""",
        ["Skip"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e"}""",
        ["ReportEnded"] = """{"roomId":"no-such-room","entryId":"e"}""",
        ["ReportHostPosition"] = """{"roomId":"no-such-room","entryId":"e","positionMs":0}""",
        ["MoveEntry"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e"}""",
        ["PinEntry"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e"}""",
        ["UnpinEntry"] = """{"roomId":"no-such-room","commandId":"1","entryId":"e"}""",
        ["ClearQueue"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["ShuffleQueue"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["Undo"] = """{"roomId":"no-such-room","commandId":"1","operation":1}""",
        ["SetFallback"] = """{"roomId":"no-such-room","commandId":"1","tracks":[{"url":"/tracks/a","title":"a","durationMs":60000}]}""",
        ["SetQueueMode"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["GetQueuePage"] = """{"roomId":"no-such-room"}""",
        ["GetPlaceReason"] = """{"roomId":"no-such-room","entryId":"e"}""",
        ["SetRate"] = """{"roomId":"no-such-room","commandId":"1","ratePermille":1000}""",
        ["ReportUnplayable"] = """{"roomId":"no-such-room","entryId":"e"}""",
        ["PlayEntry"] = """{"roomId":"no-such-room","entryId":"e","commandId":"c"}""",
        ["ReportReady"] = """{"roomId":"no-such-room","entryId":"e"}""",
        ["ReportActive"] = """{"roomId":"no-such-room"}""",
        ["ReportLatency"] = """{"roomId":"no-such-room","oneWayMs":50}""",
        ["DeclineOwnership"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["AcceptOwnership"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["GrantRole"] = """{"roomId":"no-such-room","commandId":"1","toUserId":"bob","role":"dj"}""",
        ["RevokeRole"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob"}""",
        ["SetSuccession"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["SetPermission"] = """{"roomId":"no-such-room","commandId":"1","permission":"chat"}""",
        ["Mute"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob"}""",
        ["ShadowMute"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob"}""",
        ["Timeout"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob","forMs":1000}""",
        ["QueueBan"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob"}""",
        ["Kick"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob"}""",
        ["Ban"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob"}""",
        ["Lift"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob","kind":"mute"}""",
        ["Report"] = """{"roomId":"no-such-room","commandId":"1","ofUserId":"bob","reason":"r"}""",
        ["ListSanctions"] = """{"roomId":"no-such-room"}""",
        ["ListReports"] = """{"roomId":"no-such-room"}""",
        ["ReadLog"] = """{"roomId":"no-such-room"}""",
        ["ListInvites"] = """{"roomId":"no-such-room"}""",
        ["UpdateSettings"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["CreateInvite"] = """{"roomId":"no-such-room","commandId":"1","forMs":1000,"usesMax":1}""",
        ["RevokeInvite"] = """{"roomId":"no-such-room","commandId":"1","inviteId":"i"}""",
        ["CloseRoom"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["ReopenRoom"] = """{"roomId":"no-such-room","commandId":"1"}""",
        ["GetHistory"] = """{"channel":"no:where","max":10}""",
        ["GetOccupancy"] = """{"channel":"no:where"}""",
        ["GetRule"] = """{"channel":"no:where"}""",
        ["Resume"] = """{}""",
        ["TransferHost"] = """{"roomId":"no-such-room","commandId":"1","toUserId":"bob"}""",
    };

    private static readonly string[] Optional = ["max"];

    /// <summary>The methods that need no valid token, and what their proper request is answered. Authenticate's shows a token that is none.</summary>
    private static readonly Dictionary<string, string> ForEverybody = new() { ["Authenticate"] = "TOKEN_INVALID", ["Time"] = "", ["ListRooms"] = "" };

    private static readonly IEnumerable<string> Names = RequestCatalogue.All.Select(request => request.Name);

    public static TheoryData<string> Methods => [.. Names.Order()];

    public static TheoryData<string> MethodsForEverybody => [.. ForEverybody.Keys];

    public static TheoryData<string> MethodsForUsers => [.. Names.Except(ForEverybody.Keys).Order()];

    public static TheoryData<string> MethodsOfARoom =>
        [.. Names.Where(method => Proper[method].Contains("no-such-room", StringComparison.Ordinal)).Order()];

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Should_refuse_arguments_that_are_not_one_object(string method)
    {
        await using var client = await server.ConnectRawAsync();
        foreach (var arguments in (string[])["[]", "[null]", "[1]", "[\"x\"]", "[[]]", "[{},{}]", "{}", "null", "1", $"[{new string('[', 100)}{new string(']', 100)}]"])
            Assert.Equal("BAD_REQUEST", HubAnswers.CodeOf(await client.CallRawAsync(method, arguments)));
        await AssertLivesAsync(client);
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(32, "")]
    [InlineData(33, "BAD_REQUEST")]
    [InlineData(60, "BAD_REQUEST")]
    public async Task Should_refuse_data_that_would_not_be_readable_where_it_arrives(int depth, string code)
    {
        var channel = server.NewName("deep");
        await using var listener = await server.ConnectAsync();
        await using var client = await server.ConnectRawAsync();
        await listener.ResultAsync("Subscribe", new { channel });
        var nested = $"{new string('[', depth)}{new string(']', depth)}";

        var answer = await client.CallRawAsync("Publish", $$"""[{"channel":"{{channel}}","id":"1","event":"said","data":{{nested}}}]""");
        await client.ResultAsync("Publish", new { channel, id = "2", @event = "said", data = "after" });

        Assert.Equal(code, HubAnswers.CodeOf(answer));
        var read = (await listener.FrameAsync(channel)).GetProperty("publications")[0].GetProperty("data");
        Assert.Equal(code.Length == 0 ? nested : "\"after\"", read.GetRawText());
    }

    [Theory]
    [InlineData(32, "")]
    [InlineData(33, "BAD_REQUEST")]
    public async Task Should_refuse_an_info_that_would_not_be_readable_where_it_arrives(int depth, string code)
    {
        await using var owner = await server.ConnectAsync();
        var roomId = await server.CreateRoomAsync(owner);
        await owner.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        await using var client = await server.ConnectRawAsync();
        var nested = string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

        var answer = await client.CallRawAsync("JoinRoom", $$"""[{"roomId":"{{roomId}}","commandId":"join","info":{{nested}}}]""");

        Assert.Equal(code, HubAnswers.CodeOf(answer));
        var snapshot = await owner.ResultAsync("GetSnapshot", new { roomId });
        Assert.Equal(code.Length == 0 ? 2 : 1, snapshot.GetProperty("presence").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("Publish", """{"channel":"no:where","id":"1","data":null}""", "data", "`data` must not be null.")]
    [InlineData("Publish", """{"channel":"no:where","id":"1"}""", "data", "`data` is missing.")]
    [InlineData("Vote", """{"roomId":"no-such-room","commandId":"1","entryId":"e","value":null}""", "value", "`value` must not be null.")]
    [InlineData("SetTyping", """{"roomId":"no-such-room","isTyping":null}""", "isTyping", "`isTyping` must not be null.")]
    [InlineData("Subscribe", """{"channel":null}""", "channel", "`channel` must not be null.")]
    public async Task Should_tell_null_from_nothing(string method, string body, string field, string message)
    {
        await using var client = await server.ConnectRawAsync();

        var error = (await client.CallRawAsync(method, $"[{body}]")).GetProperty("error");

        Assert.Equal((field, message), (error.GetProperty("detail").GetString(), error.GetProperty("message").GetString()));
    }

    [Theory]
    [InlineData("rewindCount", "\"since\":{\"epoch\":\"e\",\"offset\":1},\"rewindCount\":5")]
    [InlineData("rewindMs", "\"since\":{\"epoch\":\"e\",\"offset\":1},\"rewindMs\":5")]
    [InlineData("rewindMs", "\"rewindCount\":5,\"rewindMs\":5")]
    public async Task Should_refuse_a_subscription_that_begins_at_two_places(string field, string places)
    {
        await using var client = await server.ConnectRawAsync();

        var error = (await client.CallRawAsync("Subscribe", $$"""[{"channel":"{{server.NewName("news")}}",{{places}}}]""")).GetProperty("error");

        Assert.Equal(("BAD_REQUEST", field), (error.GetProperty("code").GetString(), error.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData("before", "0")]
    [InlineData("before", "\"5\"")]
    [InlineData("after", "-1")]
    [InlineData("after", "1.5")]
    [InlineData("fromMs", "-1")]
    [InlineData("fromMs", "99999999999999999999")]
    [InlineData("toMs", "true")]
    [InlineData("max", "0")]
    [InlineData("max", "1001")]
    [InlineData("direction", "\"sideways\"")]
    [InlineData("direction", "1")]
    [InlineData("untilAttach", "1")]
    [InlineData("events", "\"said\"")]
    [InlineData("events", "[1]")]
    [InlineData("events", "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"13\",\"14\",\"15\",\"16\",\"17\"]")]
    public async Task Should_refuse_a_page_of_history_that_there_cannot_be(string field, string value)
    {
        await using var client = await server.ConnectRawAsync();

        var error = (await client.CallRawAsync("GetHistory", $$"""[{"channel":"{{server.NewName("news")}}","{{field}}":{{value}}}]""")).GetProperty("error");

        Assert.Equal(("BAD_REQUEST", field), (error.GetProperty("code").GetString(), error.GetProperty("detail").GetString()));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\u3000\u00a0")]
    public async Task Should_refuse_a_channel_name_of_white_space(string channel)
    {
        await using var client = await server.ConnectAsync();

        foreach (var method in (string[])["Subscribe", "GetPresence"])
            Assert.Equal("BAD_REQUEST", await client.CodeAsync(method, new { channel }));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Should_refuse_each_field_that_is_missing_or_null_or_wrong_and_name_it(string method)
    {
        await using var client = await server.ConnectRawAsync();
        var proper = Fields(Proper[method]);
        foreach (var field in proper.Keys)
        {
            // An empty list is a fallback, of nothing.
            foreach (var wrong in WrongValuesOf(field).Where(wrong => (method, wrong) is not ("SetFallback", "[]")))
            {
                var request = new Dictionary<string, JsonElement>(proper);
                request.Remove(field);
                if (wrong is not null)
                    request[field] = JsonDocument.Parse(wrong).RootElement;
                var answer = await client.CallRawAsync(method, $"[{JsonSerializer.Serialize(request)}]");
                Assert.True(HubAnswers.CodeOf(answer) == "BAD_REQUEST", $"{method} {field}={wrong}: {answer}");
                Assert.StartsWith(field, answer.GetProperty("error").GetProperty("detail").GetString(), StringComparison.Ordinal);
            }
        }

        await AssertLivesAsync(client);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Should_refuse_a_megabyte(string method)
    {
        await using var client = await server.ConnectRawAsync();

        var answer = await client.CallRawAsync(method, $$"""[{"x":"{{new string('x', 1_000_000)}}"}]""");

        Assert.Equal("PAYLOAD_TOO_LARGE", HubAnswers.CodeOf(answer));
        await AssertLivesAsync(client);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Should_refuse_a_name_that_is_not_text(string method)
    {
        await using var client = await server.ConnectRawAsync();
        await using var nobody = await RawHubClient.ConnectAsync(server.Address);

        foreach (var arguments in (string[])["""[{"\ud800\ud800":1}]""", """[{"a":[{"\udc00":1}]}]""", $"[{With(method, "\"\\ud800\":1")}]"])
        {
            Assert.Equal("BAD_REQUEST", HubAnswers.CodeOf(await client.CallRawAsync(method, arguments)));
            Assert.Equal("BAD_REQUEST", HubAnswers.CodeOf(await nobody.CallRawAsync(method, arguments)));
        }

        await AssertLivesAsync(client);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Should_refuse_a_forged_user_id(string method)
    {
        await using var client = await server.ConnectRawAsync();

        foreach (var userId in (string[])["\"somebody else\"", "null", "1", "\"\"", "\"\\ud800\"", "\"\\udc00\\ud800\""])
        {
            var request = With(method, $"\"userId\":{userId}");
            Assert.Equal("FORBIDDEN", HubAnswers.CodeOf(await client.CallRawAsync(method, $"[{request}]")));
        }

        await AssertLivesAsync(client);
    }

    [Theory]
    [MemberData(nameof(MethodsForUsers))]
    public async Task Should_refuse_whoever_has_no_valid_token(string method)
    {
        await using var expired = await RawHubClient.ConnectAsync(server.Address, server.TokenOf("ada", TimeSpan.FromHours(-1)));
        await using var nobody = await RawHubClient.ConnectAsync(server.Address);

        var expiredCode = HubAnswers.CodeOf(await expired.CallRawAsync(method, $"[{Proper[method]}]"));
        var nobodyCode = HubAnswers.CodeOf(await nobody.CallRawAsync(method, $"[{Proper[method]}]"));

        Assert.Equal(("TOKEN_EXPIRED", "UNAUTHENTICATED"), (expiredCode, nobodyCode));
        await AssertLivesAsync(expired);
        await AssertLivesAsync(nobody);
    }

    [Theory]
    [MemberData(nameof(MethodsForEverybody))]
    public async Task Should_answer_whoever_has_no_valid_token_what_is_for_everybody(string method)
    {
        await using var expired = await RawHubClient.ConnectAsync(server.Address, server.TokenOf("ada", TimeSpan.FromHours(-1)));
        await using var nobody = await RawHubClient.ConnectAsync(server.Address);

        var expiredCode = HubAnswers.CodeOf(await expired.CallRawAsync(method, $"[{Proper[method]}]"));
        var nobodyCode = HubAnswers.CodeOf(await nobody.CallRawAsync(method, $"[{Proper[method]}]"));

        Assert.Equal((ForEverybody[method], ForEverybody[method]), (expiredCode, nobodyCode));
        await AssertLivesAsync(expired);
        await AssertLivesAsync(nobody);
    }

    [Theory]
    [MemberData(nameof(MethodsOfARoom))]
    public async Task Should_refuse_a_room_that_is_not_there(string method)
    {
        await using var client = await server.ConnectRawAsync();

        Assert.Equal("ROOM_NOT_FOUND", HubAnswers.CodeOf(await client.CallRawAsync(method, $"[{Proper[method]}]")));
        await AssertLivesAsync(client);
    }

    [Theory]
    [InlineData("NoSuchMethod")]
    [InlineData("sendchat")]
    [InlineData("$refuse")]
    [InlineData("ToString")]
    [InlineData("OnConnectedAsync")]
    [InlineData("")]
    public async Task Should_refuse_a_method_that_is_not_there(string method)
    {
        await using var client = await server.ConnectRawAsync();

        Assert.Equal("UNKNOWN_METHOD", HubAnswers.CodeOf(await client.CallRawAsync(method, "[{}]")));
        await AssertLivesAsync(client);
    }

    [Theory]
    [InlineData("Time")]
    [InlineData("$refuse")]
    [InlineData("NoSuchMethod")]
    public async Task Should_refuse_a_call_for_a_stream(string method)
    {
        await using var client = await server.ConnectRawAsync();

        var answer = await client.CallRecordAsync($$"""{"type":4,"invocationId":"$ID$","target":"{{method}}","arguments":[{"t1Us":1}]}""");

        Assert.Equal("UNKNOWN_METHOD", HubAnswers.CodeOf(answer));
        await AssertLivesAsync(client);
    }

    [Fact]
    public async Task Should_carry_out_a_call_that_asks_for_no_answer()
    {
        await using var client = await server.ConnectRawAsync();
        var channel = server.NewName("news");
        await client.ResultAsync("Subscribe", new { channel });

        await client.SendRawAsync("""{"type":1,"target":"NoSuchMethod","arguments":[{}]}""");
        await client.SendRawAsync($$"""{"type":1,"target":"Publish","arguments":[{"channel":"{{channel}}","id":"1","event":"said","data":1}]}""");

        Assert.Single(await client.PublicationsAsync(channel, upTo: 1));
        await AssertLivesAsync(client);
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"$ID$","target":"Time"}""")]
    [InlineData("""{"type":1,"invocationId":"$ID$","target":"Time","arguments":[{"t1Us":1}],"streamIds":["1"]}""")]
    [InlineData("""{"type":1,"invocationId":"$ID$","target":"Time","arguments":[{"t1Us":}]}""")]
    [InlineData("""{"type":1,"invocationId":"$ID$","target":7,"arguments":[{"t1Us":1}]}""")]
    [InlineData("""{"type":1,"invocationId":"$ID$","target":"SendChat","arguments":[{"roomId":"abc","commandId":"1","text":"\ud800"}]}""")]
    public async Task Should_refuse_a_record_that_cannot_be_a_call(string record)
    {
        await using var client = await server.ConnectRawAsync();

        Assert.Equal("BAD_REQUEST", HubAnswers.CodeOf(await client.CallRecordAsync(record)));
        await AssertLivesAsync(client);
    }

    [Fact]
    public async Task Should_take_the_fields_of_a_record_in_any_order()
    {
        await using var client = await server.ConnectRawAsync();

        var answer = await client.CallRecordAsync("""{"arguments":[{"t1Us":5}],"target":"Time","invocationId":"$ID$","headers":{"a":"b"},"type":1}""");

        Assert.Equal(5, answer.GetProperty("result").GetProperty("t1Us").GetInt64());
    }

    [Fact]
    public async Task Should_end_the_connection_over_what_is_beyond_reading()
    {
        await using var client = await server.ConnectRawAsync();

        await client.SendRawAsync($$"""{"type":1,"invocationId":"1","target":"Time","arguments":[{"x":"{{new string('x', 3_000_000)}}"}]}""");

        await client.Ended;
    }

    [Fact]
    public async Task Should_not_have_changed_anything()
    {
        await using var ada = await server.ConnectRawAsync();
        var roomId = await server.CreateRoomAsync(ada);
        await ada.ResultAsync("JoinRoom", new { roomId, commandId = "join" });
        var before = await ada.ResultAsync("GetSnapshot", new { roomId });

        await ada.CodeAsync("Enqueue", new { roomId, commandId = "1", tracks = new object[] { new { url = "/tracks/a", title = "a", durationMs = 60000 }, new { url = 1 } } });
        await ada.CodeAsync("SendChat", new { roomId, commandId = "2", text = 5 });
        await ada.CodeAsync("SendChat", new { roomId, commandId = "3", text = "hi", userId = "bob" });
        await ada.CodeAsync("Seek", new { roomId, commandId = "4", entryId = "none", positionMs = "x" });

        var after = await ada.ResultAsync("GetSnapshot", new { roomId });
        Assert.Equal(before.GetProperty("revision").GetInt64(), after.GetProperty("revision").GetInt64());
        Assert.Equal(before.GetProperty("positions").GetProperty($"room:{roomId}:chat").GetRawText(), after.GetProperty("positions").GetProperty($"room:{roomId}:chat").GetRawText());
        Assert.Equal(0, after.GetProperty("queue").GetProperty("total").GetInt32());
    }

    /// <summary>The method's proper request with one member more.</summary>
    private static string With(string method, string member) => $"{Proper[method][..^1]}{(Proper[method] == "{}" ? "" : ",")}{member}}}";

    private static Dictionary<string, JsonElement> Fields(string request) =>
        JsonDocument.Parse(request).RootElement.EnumerateObject().ToDictionary(property => property.Name, property => property.Value);

    /// <summary>Null: the field is left out.</summary>
    private static IEnumerable<string?> WrongValuesOf(string field)
    {
        if (field == "data")
            return [null, "null"];
        IEnumerable<string?> always = ["{}", "[]", "1.5", field is "isOn" or "isTyping" ? "1" : "true"];
        if (!Optional.Contains(field))
            always = always.Concat([null, "null"]);
        return field switch
        {
            "t1Us" or "max" or "value" or "positionMs" => always.Concat(["\"1\"", "99999999999999999999"]),
            "isOn" or "isTyping" => always.Concat(["\"true\""]),
            "tracks" => always.Concat(["[1]", "[{}]", $"[{string.Join(',', Enumerable.Repeat("{}", 21))}]"]),
            "text" or "token" => always,
            _ => always.Concat(["\"\"", $"\"{new string('x', 3000)}\""]),
        };
    }

    private static async Task AssertLivesAsync(RawHubClient client) =>
        Assert.Equal(7, (await client.ResultAsync("Time", new { t1Us = 7 })).GetProperty("t1Us").GetInt64());
}
