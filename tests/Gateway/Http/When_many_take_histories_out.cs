using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Http;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_many_take_histories_out : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ExportGate _gate;

    public When_many_take_histories_out() => _gate = new ExportGate(_time);

    public void Dispose() => _gate.Dispose();

    [Fact]
    public void Should_let_others_in_however_many_come_from_one_address()
    {
        for (var number = 0; number < ExportGate.AtOnceMax; number++)
            _gate.Enter(User($"slow-{number}"), "one");

        Assert.Null(_gate.Enter(User("anna"), "other"));
    }

    [Fact]
    public void Should_let_in_one_of_a_user_and_so_many_of_an_address_and_in_all()
    {
        Assert.Null(_gate.Enter(User("anna"), "home"));
        Assert.Equal((RefusalCode.RateLimited, "One history at a time: another of yours is still on its way."), Of(_gate.Enter(User("anna"), "office")));
        var answers = Enumerable.Range(0, 2 * ExportGate.AtOnceMax).Select(number => _gate.Enter(User($"user-{number}"), $"address-{number / 16}")).ToList();

        Assert.Equal(ExportGate.AtOnceMax - 1, answers.Count(static refusal => refusal is null));
        Assert.Equal((RefusalCode.RateLimited, "Too many histories are being taken out from this address."), Of(answers[ExportGate.OfAddressMax]));
        Assert.Equal((RefusalCode.RateLimited, "The gateway is sending as many histories as it can."), Of(_gate.Enter(User("bob"), "home")));
        _gate.Leave(User("anna"));
        Assert.Null(_gate.Enter(User("bob"), "home"));

        static (string?, string?) Of(Refusal? refusal) => (refusal?.Code, refusal?.Message);
    }

    [Fact]
    public async Task Should_be_read_though_many_clients_are_slow()
    {
        var sending = new TaskCompletionSource();
        var slow = Enumerable.Range(0, ExportGate.AtOnceMax - 1).Select(_ => ReadAndSendAsync(sending.Task)).ToList();

        Assert.Equal("page", await _gate.ReadAsync(() => Task.FromResult("page"), TimeSpan.FromSeconds(10), CancellationToken.None));
        sending.SetResult();
        await Task.WhenAll(slow);
    }

    [Fact]
    public async Task Should_say_so_when_too_many_read_the_database()
    {
        var hanging = new TaskCompletionSource<string>();
        var reads = Enumerable.Range(0, 8).Select(_ => _gate.ReadAsync(() => hanging.Task, TimeSpan.FromMinutes(1), CancellationToken.None)).ToList();
        var late = _gate.ReadAsync(() => Task.FromResult("page"), TimeSpan.FromSeconds(10), CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(10));
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        hanging.SetResult("page");
        await Task.WhenAll(reads);
    }

    [Fact]
    public async Task Should_read_no_more_at_once_though_nobody_waits_for_the_reads_any_more()
    {
        var hanging = new TaskCompletionSource<string>();
        var reads = Enumerable.Range(0, 8).Select(_ => _gate.ReadAsync(() => hanging.Task, TimeSpan.FromSeconds(10), CancellationToken.None)).ToList();
        _time.Advance(TimeSpan.FromSeconds(10));
        foreach (var read in reads)
            await Assert.ThrowsAsync<TimeoutException>(() => read);

        var isRead = false;
        var late = _gate.ReadAsync(
            () =>
            {
                isRead = true;
                return Task.FromResult("page");
            },
            TimeSpan.FromSeconds(10),
            CancellationToken.None);
        Assert.False(isRead);
        hanging.SetResult("page");
        Assert.Equal("page", await late);
    }

    private async Task ReadAndSendAsync(Task sending)
    {
        await _gate.ReadAsync(() => Task.FromResult("page"), TimeSpan.FromSeconds(10), CancellationToken.None);
        await sending;
    }

    private static SessionIdentity User(string userId) => new() { UserId = userId, ExpiresAt = DateTimeOffset.MaxValue };
}
