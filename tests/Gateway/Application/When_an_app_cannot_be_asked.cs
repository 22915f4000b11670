using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Application;
using WhatsSound.Gateway.Identity;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Application;

/// <summary>Each call, with each thing that an app's server may do instead of answering: refused, with a code, and nothing else comes of it.</summary>
public sealed class When_an_app_cannot_be_asked : IAsyncLifetime
{
    private static readonly Caller Ada = new("c1", "ada", "Ada");

    private AppServer _app = null!;

    public static TheoryData<string> Answers => ["500", "404", "redirect", "not json", "a list", "wrong types", "null", "other words", "other letters", "twice", "too deep", "huge", "endless"];

    public static TheoryData<string> Faults => [.. Answers.Select(static row => row.Data), "closed"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Should_refuse_each_call(string fault)
    {
        _app.Answer = (_, context) => FailAsync(context, fault);
        var desk = SilentApplication.Desk(Settings(), TimeProvider.System);

        Assert.Equal(RefusalCode.HookUnavailable, (await desk.ConnectAsync("c1", Grant(), Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel))?.Code);
        Assert.Equal(RefusalCode.HookUnavailable, (await desk.ReviewAsync(Ada, "chat:1", Request(), 100, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.HookUnavailable, (await desk.CallAsync(new(Ada, "price", default), Cancel)).Refusal?.Code);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Should_see_in_any_answer_that_the_app_lives(string answer)
    {
        _app.Answer = (_, context) => FailAsync(context, answer);
        using var http = new HttpApplication(Microsoft.Extensions.Options.Options.Create(Settings()), TimeProvider.System);

        await Assert.ThrowsAsync<ApplicationAnswerException>(async () => await http.OnSubscribeAsync(new(Ada, "chat:1"), Cancel));
    }

    [Fact]
    public async Task Should_go_on_asking_whatever_it_is_that_the_app_answers()
    {
        var settings = Settings();
        settings.FailuresMax = 1;
        var desk = SilentApplication.Desk(settings, TimeProvider.System);
        _app.Answer = (_, context) => FailAsync(context, "500");
        for (var count = 0; count < 3; count++)
            Assert.NotNull(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));

        _app.Answer = static (_, context) => AppServer.SayAsync(context, "{}");

        Assert.Null(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));
    }

    [Fact]
    public async Task Should_go_on_asking_what_it_does_answer()
    {
        var handler = new Handler(static _ => Task.FromResult<Ruling<Accepted>>(Accepted.Value)) { Call = static () => throw new InvalidOperationException("The test wants it so.") };
        var desk = SilentApplication.Desk(new ApplicationOptions { FailuresMax = 1 }, new FakeTimeProvider(), handler);

        for (var count = 0; count < 3; count++)
            Assert.Equal(RefusalCode.HookUnavailable, (await desk.CallAsync(new(Ada, "price", default), Cancel)).Refusal?.Code);

        Assert.Null(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));
    }

    [Fact]
    public async Task Should_not_take_nothing_for_a_yes()
    {
        var desk = SilentApplication.Desk(new ApplicationOptions(), new FakeTimeProvider(), new Handler(static _ => Task.FromResult<Ruling<Accepted>>((Accepted)null!)));

        Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel))?.Code);
    }

    [Fact]
    public async Task Should_leave_most_of_what_may_be_asked_at_once_to_others_than_one()
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new Handler(async _ =>
        {
            await answers.Task;
            return Accepted.Value;
        });
        var desk = SilentApplication.Desk(new ApplicationOptions { AtOnceMax = 8 }, new FakeTimeProvider(), handler);
        var waiting = Enumerable.Range(1, 2).Select(_ => desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel).AsTask()).ToList();

        Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada with { ConnectionId = "c2" }, "chat:1", Cancel))?.Code);
        waiting.Add(desk.RefuseSubscribeAsync(Ada with { UserId = "bob" }, "chat:1", Cancel).AsTask());
        answers.SetResult();

        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        Assert.Null(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));
    }

    [Fact]
    public async Task Should_keep_a_yes_for_readers_for_a_short_while_and_no_no()
    {
        var (time, asked, isAllowed) = (new FakeTimeProvider(), 0, false);
        var handler = new Handler(_ => Task.FromResult(++asked > 0 && isAllowed ? Accepted.Value : Ruling.Refuse<Accepted>("No.")));
        var desk = SilentApplication.Desk(new ApplicationOptions(), time, handler);
        for (var count = 1; count <= 2; count++)
        {
            Assert.Equal(RefusalCode.HookRefused, (await desk.RefuseReadAsync(Ada, "chat:1", Cancel))?.Code);
            Assert.Equal(count, asked);
        }

        isAllowed = true;
        Assert.Null(await desk.RefuseReadAsync(Ada, "chat:1", Cancel));
        isAllowed = false;
        time.Advance(KeptRulings.KeptFor - TimeSpan.FromTicks(1));
        Assert.Null(await desk.RefuseReadAsync(Ada, "chat:1", Cancel));
        Assert.NotNull(await desk.RefuseReadAsync(Ada, "chat:2", Cancel));
        Assert.NotNull(await desk.RefuseReadAsync(Ada with { ConnectionId = "c2" }, "chat:1", Cancel));

        time.Advance(TimeSpan.FromTicks(1));
        Assert.NotNull(await desk.RefuseReadAsync(Ada, "chat:1", Cancel));
    }

    [Fact]
    public async Task Should_wait_no_longer_than_it_may()
    {
        var time = new FakeTimeProvider();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _app.Answer = async (_, context) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };
        var answer = SilentApplication.Desk(Settings(), time).RefuseSubscribeAsync(Ada, "chat:1", Cancel).AsTask();
        await asked.Task;

        time.Advance(Settings().Timeout);

        Assert.Equal(RefusalCode.HookUnavailable, (await answer)?.Code);
    }

    [Fact]
    public async Task Should_ask_no_more_than_so_many_at_once()
    {
        var answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var handler = new Handler(async _ =>
        {
            await answers.Task;
            return Accepted.Value;
        });
        var desk = SilentApplication.Desk(new ApplicationOptions { AtOnceMax = 3 }, new FakeTimeProvider(), handler);
        var waiting = Enumerable.Range(1, 3).Select(user => desk.RefuseSubscribeAsync(Ada with { UserId = $"user{user}" }, "chat:1", Cancel).AsTask()).ToList();

        Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel))?.Code);
        answers.SetResult();

        Assert.All(await Task.WhenAll(waiting), Assert.Null);
        Assert.Null(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));
    }

    [Fact]
    public async Task Should_leave_it_alone_for_a_while_after_failures_in_a_row_and_then_ask_one()
    {
        var time = new FakeTimeProvider();
        var options = new ApplicationOptions { FailuresMax = 2 };
        var (asked, isUp) = (0, false);
        var handler = new Handler(_ => ++asked > 0 && isUp ? Task.FromResult<Ruling<Accepted>>(Accepted.Value) : throw new InvalidOperationException("The test wants it so."));
        var desk = SilentApplication.Desk(options, time, handler);
        for (var count = 0; count < 5; count++)
            Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel))?.Code);
        Assert.Equal(2, asked);

        time.Advance(options.RestFor);
        Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel))?.Code);
        Assert.Equal(RefusalCode.HookUnavailable, (await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel))?.Code);
        Assert.Equal(3, asked);

        isUp = true;
        time.Advance(options.RestFor);
        Assert.Null(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));
        Assert.Null(await desk.RefuseSubscribeAsync(Ada, "chat:1", Cancel));
    }

    [Fact]
    public async Task Should_not_hold_it_against_the_app_that_somebody_stops_waiting()
    {
        var asked = 0;
        var handler = new Handler(async token =>
        {
            asked++;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
            return Accepted.Value;
        });
        var desk = SilentApplication.Desk(new ApplicationOptions { FailuresMax = 1 }, new FakeTimeProvider(), handler);
        for (var count = 1; count <= 3; count++)
        {
            Assert.NotNull(await desk.RefuseSubscribeAsync(Ada, "chat:1", new CancellationToken(canceled: true)));
            Assert.Equal(count, asked);
        }
    }

    public async ValueTask InitializeAsync() => _app = await AppServer.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private ApplicationOptions Settings()
    {
        var options = new ApplicationOptions { Url = _app.Address.AbsoluteUri, AnswerBytesMax = 64 * 1024, Timeout = TimeSpan.FromSeconds(6) };
        options.Secrets.Add(HookReceiver.Secret);
        foreach (var call in Enum.GetValues<ApplicationCall>())
            options.Calls.Add(call);
        return options;
    }

    private async Task FailAsync(HttpContext context, string fault)
    {
        switch (fault)
        {
            case "500" or "404":
                await AppServer.SayAsync(context, "{}", int.Parse(fault, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "redirect":
                context.Response.Redirect($"{_app.Address}elsewhere", permanent: false, preserveMethod: true);
                break;
            case "endless":
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.Body.WriteAsync(new byte[16 * 1024], context.RequestAborted);
                break;
            case "closed":
                context.Abort();
                break;
            default:
                await AppServer.SayAsync(context, fault switch
                {
                    "not json" => "{\"refused\":",
                    "a list" => "[]",
                    "wrong types" => "{\"refused\":1}",
                    "null" => "null",
                    "other words" => "{\"allowed\":false}",
                    "other letters" => "{\"Refused\":\"No.\"}",
                    "twice" => "{\"refused\":\"No.\",\"refused\":null}",
                    "too deep" => $"{{\"data\":{new string('[', 40)}{new string(']', 40)}}}",
                    _ => $"{{\"data\":\"{new string('x', 64 * 1024)}\"}}",
                });
                break;
        }
    }

    private static SessionIdentity Grant() => new() { UserId = "ada", ExpiresAt = DateTimeOffset.MaxValue };

    private static WhatsSound.Channels.PublishRequest Request() => new() { Id = "1", Data = new Payload("1"u8.ToArray()) };

    private sealed class Handler(Func<CancellationToken, Task<Ruling<Accepted>>> subscribe) : IApplication
    {
        public Func<Ruling<Payload>> Call { get; init; } = static () => Ruling.Refuse<Payload>("There is nothing by this name.");

        public ValueTask<Ruling<Payload>> OnCallAsync(CallQuestion question, CancellationToken cancellationToken) => new(Call());

        public async ValueTask<Ruling<Accepted>> OnSubscribeAsync(SubscribeQuestion question, CancellationToken cancellationToken) => await subscribe(cancellationToken);
    }
}
