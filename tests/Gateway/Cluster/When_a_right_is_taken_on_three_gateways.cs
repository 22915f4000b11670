using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using WhatsSound.Control;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>What was a right and is none any more: nothing reaches who had it later than 2 s after that was answered, on any gateway, and nobody else notices anything.</summary>
public sealed class When_a_right_is_taken_on_three_gateways(ThreeGateways gateways) : IClassFixture<ThreeGateways>
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_reach_a_user_no_more_who_is_revoked()
    {
        var (eve, channel) = (gateways.TokenOf("eve"), "news:user");

        await AssertTakenAsync(channel, eve, () => RevokeAsync(RevocationKind.User, "eve"), "TOKEN_REVOKED");

        await AssertRefusedAsync(eve);
        // To the second: a token of the same one counts as issued before.
        await Eventually.BecomesTrueAsync(async () => await CodeOfAsync(gateways.TokenOf("eve")) is null);
    }

    [Fact]
    public async Task Should_reach_one_token_no_more_and_the_other_of_the_same_user_as_before()
    {
        var (taken, kept, channel) = (gateways.TokenOf("mallory"), gateways.TokenOf("mallory"), "news:token");
        var others = await gateways.ListenAsync(kept, channel);

        await AssertTakenAsync(channel, taken, () => RevokeAsync(RevocationKind.Token, new JsonWebTokenHandler().ReadJsonWebToken(taken).Id), "TOKEN_REVOKED");

        await AssertRefusedAsync(taken);
        Assert.Null(await CodeOfAsync(kept));
        await AssertNoticedNothingAsync(others, channel);
    }

    [Fact]
    public async Task Should_detach_from_the_channels_that_it_is_about_and_from_no_other()
    {
        var (trudy, channel, other) = (gateways.TokenOf("trudy"), "secret:channel", "news:channel");
        await using var speaker = await SteadySpeaker.BeginAsync(gateways.Addresses[1], gateways.TokenOf("speaker"), channel, other);
        var (hers, others) = (await gateways.ListenAsync(trudy, channel, other), await gateways.ListenAsync(gateways.TokenOf("bob"), channel, other));
        await HearAsync([.. hers, .. others], channel);

        var answeredMs = await AnsweredAsync(() => RevokeAsync(RevocationKind.User, "trudy", "secret:*"));
        await HearUntilAsync([.. hers, .. others], other, answeredMs + Ms(Promise) + 500);
        await speaker.StopAsync();

        Assert.All(hers, one => Assert.Equal([(channel, "TOKEN_REVOKED")], one.Detached));
        Assert.All(hers, one => Assert.DoesNotContain(one.TimesOf(channel), time => time > answeredMs + Ms(Promise)));
        Assert.All(hers, static one => Assert.Null(one.ClosedFor));
        Assert.Equal("TOKEN_REVOKED", CodeIn(await hers[0].CallAsync("Subscribe", new { channel })));
        Assert.Equal("TOKEN_REVOKED", CodeIn(await hers[0].CallAsync("Publish", new { channel, id = "p", @event = "time", data = 1 })));
        await AssertNoticedNothingAsync([.. others], channel, other);
        await EndAsync(hers);
    }

    [Fact]
    public async Task Should_detach_whom_a_narrower_rule_leaves_out()
    {
        const string channel = "open:rule";
        await using var speaker = await SteadySpeaker.BeginAsync(gateways.Addresses[2], gateways.TokenOf("speaker"), channel);
        var (strangers, others) = (await gateways.ListenAsync(token: null, channel), await gateways.ListenAsync(gateways.TokenOf("bob"), channel));
        await HearAsync([.. strangers, .. others], channel);
        using var rule = JsonDocument.Parse("""{"identified":true}""");

        var answeredMs = await AnsweredAsync(async () => Assert.Null((await gateways.Control.SetRuleAsync("open:*", rule.RootElement, Patience)).Refusal));
        await HearUntilAsync(others, channel, answeredMs + Ms(Promise) + 500);
        await speaker.StopAsync();

        Assert.All(strangers, one => Assert.Equal([(channel, "UNAUTHENTICATED")], one.Detached));
        Assert.All(strangers, one => Assert.DoesNotContain(one.TimesOf(channel), time => time > answeredMs + Ms(Promise)));
        Assert.Equal("UNAUTHENTICATED", CodeIn(await strangers[1].CallAsync("Subscribe", new { channel })));
        await AssertNoticedNothingAsync(others, channel);
        await EndAsync(strangers);
        Assert.Null((await gateways.Control.RemoveRuleAsync("open:*", Patience)).Refusal);
    }

    [Fact]
    public async Task Should_detach_by_a_narrower_token_at_once()
    {
        var (channel, other) = ("secret:narrow", "news:narrow");
        await using var speaker = await SteadySpeaker.BeginAsync(gateways.Addresses[0], gateways.TokenOf("speaker"), channel, other);
        var (hers, others) = (await gateways.ListenAsync(gateways.TokenOf("oscar"), channel, other), await gateways.ListenAsync(gateways.TokenOf("bob"), channel, other));
        await HearAsync([.. hers, .. others], channel);
        var narrow = gateways.TokenOf("oscar", new Dictionary<string, string[]> { ["news:*"] = ["subscribe"] });

        var answeredMs = await AnsweredAsync(() => Task.WhenAll(hers.Select(one => one.CallAsync("Authenticate", new { token = narrow }))));
        await HearUntilAsync([.. hers, .. others], other, answeredMs + Ms(Promise));
        await speaker.StopAsync();

        Assert.All(hers, one => Assert.Equal([(channel, "FORBIDDEN")], one.Detached));
        Assert.All(hers, one => Assert.DoesNotContain(one.TimesOf(channel), time => time > answeredMs));
        await AssertNoticedNothingAsync(others, channel, other);
        await EndAsync(hers);
    }

    /// <summary>Somebody who listens on every gateway hears nothing any more that was said later than the promise after it was answered, and is sent away; somebody else hears everything.</summary>
    private async Task AssertTakenAsync(string channel, string token, Func<Task> takeAsync, string code)
    {
        await using var speaker = await SteadySpeaker.BeginAsync(gateways.Addresses[1], gateways.TokenOf("speaker"), channel);
        var (theirs, others) = (await gateways.ListenAsync(token, channel), await gateways.ListenAsync(gateways.TokenOf("bob"), channel));
        await HearAsync([.. theirs, .. others], channel);

        var answeredMs = await AnsweredAsync(takeAsync);
        await HearUntilAsync(others, channel, answeredMs + Ms(Promise) + 500);
        await speaker.StopAsync();

        foreach (var one in theirs)
        {
            await one.Ended;
            await one.DisposeAsync();
            Assert.Equal(code, one.ClosedFor);
            Assert.DoesNotContain(one.TimesOf(channel), time => time > answeredMs + Ms(Promise));
        }

        await AssertNoticedNothingAsync(others, channel);
    }

    private async Task AssertRefusedAsync(string token)
    {
        foreach (var address in gateways.Addresses)
        {
            await using var client = await HubClient.ConnectAsync(address, token);
            Assert.Equal("TOKEN_REVOKED", await client.CodeAsync("Subscribe", new { channel = "news:again" }));
            Assert.Equal("TOKEN_REVOKED", await client.CodeAsync("Resume", new { }));
            Assert.Equal("TOKEN_REVOKED", await client.CodeAsync("Authenticate", new { token }));
        }
    }

    /// <summary>Every offset from the first that came, nothing that says that something has ended, and a connection that lives.</summary>
    private static async Task AssertNoticedNothingAsync(Listening[] listeners, params string[] channels)
    {
        foreach (var one in listeners)
        {
            foreach (var offsets in channels.Select(one.OffsetsOf))
                Assert.Equal(Enumerable.Range(0, offsets.Count).Select(index => offsets[0] + index), offsets);
            Assert.Empty(one.Detached);
            Assert.Null(one.ClosedFor);
            Assert.False(one.Ended.IsCompleted);
            await one.DisposeAsync();
        }
    }

    private Task RevokeAsync(RevocationKind kind, string value, string? channel = null) => AssertDoneAsync(
        gateways.Control.RevokeAsync(new Revocation { Kind = kind, Value = value, Channel = channel }, Patience));

    private static async Task AssertDoneAsync(Task<Answer<ControlReceipt>> acting) => Assert.Null((await acting).Refusal);

    /// <summary>When it was answered.</summary>
    private static async Task<long> AnsweredAsync(Func<Task> actAsync)
    {
        await actAsync();
        return DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
    }

    private static Task HearAsync(Listening[] listeners, string channel) => Eventually.BecomesTrueAsync(() => listeners.All(one => one.TimesOf(channel).Count > 3));

    private static Task HearUntilAsync(Listening[] listeners, string channel, long timeMs) =>
        Eventually.BecomesTrueAsync(() => listeners.All(one => one.TimesOf(channel) is { Count: > 0 } times && times[^1] >= timeMs));

    private static async Task EndAsync(Listening[] listeners)
    {
        foreach (var one in listeners)
            await one.DisposeAsync();
    }

    private async Task<string?> CodeOfAsync(string token)
    {
        await using var client = await HubClient.ConnectAsync(gateways.Addresses[0], token);
        return CodeIn(await client.CallAsync("Subscribe", new { channel = "news:other" }));
    }

    private static string? CodeIn(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? null : answer.GetProperty("error").GetProperty("code").GetString();

    private static long Ms(TimeSpan time) => (long)time.TotalMilliseconds;
}
