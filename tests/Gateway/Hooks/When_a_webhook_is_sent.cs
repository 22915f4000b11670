using System.Text;
using Microsoft.AspNetCore.Http;
using WhatsSound.Grains.Hooks;
using WhatsSound.Hooks;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Hooks;

public sealed class When_a_webhook_is_sent : IAsyncLifetime
{
    private static readonly ReadOnlyMemory<byte> Body = """{"events":[{"id":"1","event":"channel.occupied","channel":"chat:1","timeMs":1}]}"""u8.ToArray();

    private readonly HttpHookSender _sender = new(TimeProvider.System);
    private HookReceiver _receiver = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(HookReceiver.Secret)]
    [InlineData(HookReceiver.Secret, "the secret that takes its place, long enough")]
    [InlineData("the secret that was there before, long enough", HookReceiver.Secret)]
    public async Task Should_be_taken_by_who_knows_one_of_its_secrets(params string[] secrets)
    {
        Assert.Null(await _sender.SendAsync(Endpoint(secrets), Body, Cancel));

        Assert.Equal("1", Assert.Single(_receiver.Events).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Should_not_be_taken_by_who_has_another_secret()
    {
        Assert.Equal("it answers 401", await _sender.SendAsync(Endpoint("another secret, which is long enough too"), Body, Cancel));

        Assert.Equal(1, _receiver.Forged);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(304)]
    public async Task Should_be_sent_again_whatever_else_is_answered(int status)
    {
        _receiver.Fault = context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        };

        Assert.Equal($"it answers {status}", await _sender.SendAsync(Endpoint(HookReceiver.Secret), Body, Cancel));
    }

    [Fact]
    public async Task Should_follow_no_redirect()
    {
        _receiver.Fault = context =>
        {
            context.Response.Redirect($"{_receiver.Address}elsewhere", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        };

        Assert.Equal("it answers 307", await _sender.SendAsync(Endpoint(HookReceiver.Secret), Body, Cancel));

        Assert.Equal(1, _receiver.Requests);
    }

    /// <summary>Of an answer without an end nothing is waited for: the status says everything.</summary>
    [Fact]
    public async Task Should_be_taken_whatever_its_receiver_says_besides()
    {
        _receiver.Fault = static async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[64 * 1024], context.RequestAborted);
        };

        Assert.Null(await _sender.SendAsync(Endpoint(HookReceiver.Secret), Body, Cancel));
    }

    [Fact]
    public async Task Should_say_why_nobody_could_be_asked()
    {
        await _receiver.DisposeAsync();

        Assert.Equal("ConnectionError", await _sender.SendAsync(Endpoint(HookReceiver.Secret), Body, Cancel));
    }

    [Fact]
    public async Task Should_end_when_it_is_given_up()
    {
        using var giveUp = new CancellationTokenSource();
        _receiver.Fault = async context =>
        {
            await giveUp.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _sender.SendAsync(Endpoint(HookReceiver.Secret), Body, giveUp.Token));
    }

    [Fact]
    public void Should_be_signed_as_the_document_says()
    {
        var header = HookSignature.Of([HookReceiver.Secret], 1_700_000_000_000, Body.Span);

        Assert.True(HookReceiver.IsSigned(header, Body.Span, HookReceiver.Secret));
        Assert.False(HookReceiver.IsSigned(header.Replace("t=17", "t=18", StringComparison.Ordinal), Body.Span, HookReceiver.Secret));
        Assert.False(HookReceiver.IsSigned(header, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Body.Span) + " "), HookReceiver.Secret));
        Assert.False(HookReceiver.IsSigned("", Body.Span, HookReceiver.Secret));
    }

    public async ValueTask InitializeAsync() => _receiver = await HookReceiver.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await _receiver.DisposeAsync();
    }

    private HookEndpoint Endpoint(params string[] secrets)
    {
        var endpoint = new HookEndpoint { Name = "main", Url = _receiver.Address.AbsoluteUri };
        foreach (var secret in secrets)
            endpoint.Secrets.Add(secret);
        return endpoint;
    }
}
