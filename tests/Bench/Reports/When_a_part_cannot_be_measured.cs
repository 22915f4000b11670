using System.Net.Sockets;
using WhatsSound.Bench.Reports;

namespace WhatsSound.Tests.Bench.Reports;

public class When_a_part_cannot_be_measured
{
    private readonly Failures _failures = new();

    [Fact]
    public async Task Should_say_which_and_go_on()
    {
        var isMeasured = await _failures.TryAsync("stall", () => throw new SocketException((int)SocketError.ConnectionReset), CancellationToken.None);
        var isNextMeasured = await _failures.TryAsync("memory", () => Task.CompletedTask, CancellationToken.None);

        Assert.False(isMeasured);
        Assert.True(isNextMeasured);
        Assert.StartsWith("stall: ", Assert.Single(_failures.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_pass_on_that_the_run_is_stopped()
    {
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _failures.TryAsync("stall", () => Task.FromCanceled(stopped.Token), stopped.Token));
    }

    [Fact]
    public async Task Should_not_hide_a_bug_of_the_driver()
    {
        await Assert.ThrowsAsync<NotSupportedException>(
            () => _failures.TryAsync("stall", () => throw new NotSupportedException(), CancellationToken.None));
    }
}
