using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Gateway;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>A request of a hundred bytes may be answered with a megabyte: what a user takes out so is bounded, by whatever connections.</summary>
public sealed class When_a_user_reads_much : IAsyncDisposable
{
    private const int AtOnceMax = 16 * 1024 * 1024;
    private const int AnswerMin = 500 * 1024;

    /// <summary>5,000 publications, without their ids, events and times, and what is free.</summary>
    private const int ReadMin = (5_000 * 88) - Allowances.AnswerBytesFree;
    private const int AnswerMax = 1024 * 1024;

    private static readonly ChannelRequests.SubscribeArguments All = new(
        "news", new RecoverRequest { Since = new Position("e1", 0) }, HasEcho: true, [], new Dictionary<string, string>());

    private readonly FakeTimeProvider _time = new();
    private readonly FakeCluster _cluster = new();
    private readonly ServiceProvider _services;
    private readonly Dictionary<Session, RecordingSocket> _sockets = [];

    public When_a_user_reads_much()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Identity:SigningKey"] = "a key for tests that is long enough to sign with" })
            .Build();
        _services = new ServiceCollection()
            .AddLogging().AddMetrics().AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = Environments.Production }).AddSingleton<TimeProvider>(_time).AddSingleton<IClusterClient>(_cluster).AddWhatsSoundGateway(configuration)
            .BuildServiceProvider();
        _cluster.Channel("news").Add(5_000);
    }

    [Fact]
    public async Task Should_be_refused_the_next_and_told_when()
    {
        var sessions = Enumerable.Range(0, 3).Select(_ => Connect("ada")).ToList();
        long taken = 0;
        Refusal? refusal = null;
        for (var i = 0; i < 60 && refusal is null; i++)
            (refusal, taken) = await ReadAsync(sessions[i % 3], taken);

        Assert.Equal((RefusalCode.RateLimited, true), (refusal?.Code, refusal?.Retryable));
        Assert.InRange(taken, AtOnceMax, AtOnceMax + AnswerMax);
        Assert.InRange(refusal!.RetryAfterMs!.Value, 1, 1_000);
        Assert.Equal(RefusalCode.RateLimited, (await ReadAsync(Connect("ada"), 0)).Refusal?.Code);
        Assert.Null((await ReadAsync(Connect("bob"), 0)).Refusal);

        _time.Advance(TimeSpan.FromMilliseconds(refusal.RetryAfterMs.Value + 1));

        Assert.Null((await ReadAsync(sessions[0], 0)).Refusal);
        Assert.Equal(RefusalCode.RateLimited, (await ReadAsync(sessions[0], 0)).Refusal?.Code);
    }

    [Fact]
    public async Task Should_pay_for_what_was_read_though_nothing_passes_the_filter()
    {
        var session = Connect("ada");
        var refused = await CountUntilRefusedAsync(session, calls => calls.RunAsync(session, "some", ChannelRequests.Subscribe, All with { Events = ["never"] }));

        Assert.InRange(refused, AtOnceMax / AnswerMax, (AtOnceMax / ReadMin) + 1);
    }

    [Fact]
    public async Task Should_pay_for_what_was_read_and_thrown_away()
    {
        // The chat recovers, the queue does not, and then the room has moved on.
        _cluster.Channel(RoomId.ChatOf("den")).Add(5_000);
        _cluster.Room("den").Positions = RoomId.ChannelsOf("den").ToImmutableDictionary(static name => name, static _ => new Position("gone", 1));
        var session = Connect("ada");
        var since = string.Join(',', RoomId.ChannelsOf("den").Select(name => $$"""
            "{{name}}":{"epoch":"{{(name == RoomId.QueueOf("den") ? "gone" : "e1")}}","offset":0}
            """));
        using var body = JsonDocument.Parse($$"""{"roomId":"den","commandId":"1","since":{ {{since}} } }""");
        Assert.True(RequestCatalogue.TryFind("JoinRoom", out var join));

        var refused = await CountUntilRefusedAsync(session, calls => calls.RunAsync(session, "join", join, body.RootElement));

        Assert.InRange(refused, 1, (AtOnceMax / ReadMin) + 1);
    }

    [Fact]
    public async Task Should_go_on_with_all_else()
    {
        var session = Connect("ada");
        for (var i = 0; i < 60; i++)
            await ReadAsync(session, 0);
        _time.Advance(TimeSpan.FromMilliseconds(50));

        var time = await AnswerAsync(session, calls => calls.RunAsync(session, "time", ConnectionRequests.Time, 1L));

        Assert.Null(time.Reply.Refusal);
    }

    [Fact]
    public void Should_not_count_what_is_small()
    {
        var few = new SessionLimits { AnswerBytesPerSecondMax = 64 * 1024, AnswerBytesBurstMax = 64 * 1024 };
        var allowances = new Allowances(Options.Create(few), _time);
        var session = Connect("ada");

        for (var i = 0; i < 100; i++)
            allowances.HasRead(session, Allowances.AnswerBytesFree);
        Assert.Null(allowances.RefuseRead(session));

        for (var i = 0; i < 100; i++)
            allowances.HasRead(session, 2 * Allowances.AnswerBytesFree);
        Assert.Equal(RefusalCode.RateLimited, allowances.RefuseRead(session)?.Code);
    }

    [Fact]
    public void Should_not_be_refused_for_longer_than_a_minute()
    {
        var allowances = new Allowances(Options.Create(new SessionLimits()), _time);
        var session = Connect("ada");
        for (var i = 0; i < 1_000; i++)
            allowances.HasRead(session, AnswerMax);

        Assert.InRange(allowances.RefuseRead(session)!.RetryAfterMs!.Value, 1, 60_001);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private Session Connect(string userId)
    {
        var socket = new RecordingSocket();
        var session = new Session($"c{_sockets.Count}", "test", isTls: false, socket, _services.GetRequiredService<OutboxPolicy>())
        {
            Identity = new SessionIdentity { UserId = userId, ExpiresAt = DateTimeOffset.MaxValue },
            IsConnectedToUser = true,
        };
        _sockets.Add(session, socket);
        return session;
    }

    private async Task<(Refusal? Refusal, long Taken)> ReadAsync(Session session, long taken)
    {
        var answer = await AnswerAsync(session, calls => calls.RunAsync(session, "all", ChannelRequests.Subscribe, All));
        if (answer.Reply.Refusal is null)
            Assert.InRange(answer.BytesEstimate, AnswerMin, AnswerMax);
        return (answer.Reply.Refusal, taken + answer.BytesEstimate);
    }

    /// <summary>How many of these requests are carried out, or refused for another reason, before one is for what was read.</summary>
    private async Task<int> CountUntilRefusedAsync(Session session, Func<SessionCalls, Task> ask)
    {
        var count = 0;
        while (count < 60 && (await AnswerAsync(session, ask)).Reply.Refusal is not { Code: RefusalCode.RateLimited, Message: "Too much was read." })
            count++;
        return count;
    }

    private async Task<AnswerMessage> AnswerAsync(Session session, Func<SessionCalls, Task> ask)
    {
        await ask(_services.GetRequiredService<SessionCalls>());
        return _sockets[session].Messages.OfType<AnswerMessage>().Last();
    }
}
