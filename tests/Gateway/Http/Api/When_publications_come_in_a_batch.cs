using System.Globalization;
using System.Net;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Http.Api;

public sealed class When_publications_come_in_a_batch(ApiServer api) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Should_answer_each_in_the_order_in_which_they_stand()
    {
        var (news, sport) = (api.Server.NewName("news"), api.Server.NewName("sport"));

        var answers = await PublishAsync("ada", Of(news, "1"), Of(sport, "1"), Of(news, "2"), Of(sport, "2"));

        Assert.All(answers, static answer => Assert.True(answer.GetProperty("ok").GetBoolean()));
        Assert.Equal([1, 1, 2, 2], answers.Select(static answer => answer.GetProperty("result").GetProperty("position").GetProperty("offset").GetInt64()));
    }

    [Fact]
    public async Task Should_keep_the_order_of_each_channel()
    {
        var channels = Enumerable.Range(0, 100).Select(_ => api.Server.NewName("ordered")).ToList();
        // Those of all channels together are as many as one may publish in a second under one rule.
        var few = channels.Take(5).ToList();

        var answers = await PublishAsync("bob", [.. Enumerable.Range(0, 10).SelectMany(number => few.Select(channel => Of(channel, number.ToString(CultureInfo.InvariantCulture))))]);

        Assert.All(answers, static answer => Assert.True(answer.GetProperty("ok").GetBoolean()));
        foreach (var channel in few)
        {
            var page = (await api.GetAsync($"/v1/channels/{channel}/history?direction=forward", api.Server.TokenOf("reader"))).Json;
            Assert.Equal(Enumerable.Range(0, 10), page.GetProperty("publications").EnumerateArray().Select(static one => int.Parse(one.GetProperty("id").GetString()!, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task Should_not_let_a_bad_one_keep_another_from_being_published()
    {
        var channel = api.Server.NewName("news");
        object[] publications =
        [
            Of(channel, "1"), new { channel, id = "2" }, new { channel, id = "", data = 1 }, new { channel = ":bad", id = "4", data = 1 }, 5, Of("room:jazz:chat", "6"),
            new { channel, id = "7", data = new string('x', 70_000) }, Of(channel, "8"),
        ];

        var answers = await PublishAsync("cleo", publications);

        Assert.Equal(["", "BAD_REQUEST", "BAD_REQUEST", "BAD_REQUEST", "BAD_REQUEST", "FORBIDDEN", "PAYLOAD_TOO_LARGE", ""], answers.Select(CodeOf));
        Assert.Equal(
            [null, "publications[1].data", "publications[2].id", "publications[3].channel", "publications[4]"],
            answers.Take(5).Select(static answer => answer.TryGetProperty("error", out var error) ? error.GetProperty("detail").GetString() : null));
        Assert.Equal(2, answers[^1].GetProperty("result").GetProperty("position").GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task Should_have_one_effect_however_often_it_comes()
    {
        var channel = api.Server.NewName("news");

        var first = await PublishAsync("dora", Of(channel, "1"), Of(channel, "2"), Of(channel, "1"));
        var again = await PublishAsync("dora", Of(channel, "1"), Of(channel, "2"), Of(channel, "1"));

        Assert.Equal([1, 2, 1], first.Select(OffsetOf));
        Assert.Equal(first.Select(static answer => answer.GetRawText()), again.Select(static answer => answer.GetRawText()));
    }

    [Fact]
    public async Task Should_take_what_one_may_publish_in_a_second_and_say_when_the_rest_may_come()
    {
        var channel = api.Server.NewName("news");

        var answers = await PublishAsync(api.Server.NewName("eager"), [.. Enumerable.Range(0, 1_000).Select(number => Of(channel, number.ToString(CultureInfo.InvariantCulture)))]);

        Assert.Equal(1_000, answers.Count);
        Assert.All(answers.Take(50), static answer => Assert.True(answer.GetProperty("ok").GetBoolean()));
        Assert.True(answers[^1].GetProperty("ok").GetBoolean() || answers[^1].GetProperty("error") is var error && error.GetProperty("code").GetString() == "RATE_LIMITED" && error.GetProperty("retryAfterMs").GetInt64() > 0, $"{answers[^1]}");
        Assert.Contains(answers, static answer => CodeOf(answer) == "RATE_LIMITED");
        Assert.All(answers.SkipWhile(static answer => CodeOf(answer) == ""), static answer => Assert.Equal("RATE_LIMITED", CodeOf(answer)));
    }

    [Fact]
    public async Task Should_be_refused_as_a_whole_where_there_are_too_many()
    {
        var many = await api.PostAsync("/v1/publications", api.Server.TokenOf("ada"), new { publications = Enumerable.Range(0, 1_001).Select(static number => Of("too:many", $"{number}")) });
        var wide = await api.PostAsync("/v1/publications", api.Server.TokenOf("ada"), new { publications = Enumerable.Range(0, 101).Select(static number => Of($"too:wide:{number}", "1")) });
        var none = await api.PostAsync("/v1/publications", api.Server.TokenOf("ada"), new { publications = Array.Empty<object>() });

        Assert.All([many, wide, none], static answer => Assert.Equal((HttpStatusCode.BadRequest, "BAD_REQUEST", "publications"), (answer.Status, answer.Code, answer.Detail)));
        Assert.Equal(0, JsonDocument.Parse(await api.HeadAsync("too:many")).RootElement.GetProperty("offset").GetInt64());
        Assert.Equal(0, JsonDocument.Parse(await api.HeadAsync("too:wide:0")).RootElement.GetProperty("offset").GetInt64());
    }

    private static object Of(string channel, string id) => new { channel, id, @event = "said", data = new { id } };

    private static long OffsetOf(JsonElement answer) => answer.GetProperty("result").GetProperty("position").GetProperty("offset").GetInt64();

    private static string CodeOf(JsonElement answer) => answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetString()! : "";

    private async Task<List<JsonElement>> PublishAsync(string userId, params object[] publications)
    {
        var answer = await api.PostAsync("/v1/publications", api.Server.TokenOf(userId), new { publications });
        Assert.Equal("", answer.Code);
        return [.. answer.Json.GetProperty("answers").EnumerateArray()];
    }
}
