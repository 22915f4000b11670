using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Gateway.Hosting;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>Much was allocated, and then nothing: what is not used is given back to the machine.</summary>
public sealed class When_a_busy_time_is_over : IDisposable
{
    private readonly Memory _memory = new() { CommittedBytes = 2 * MemoryReturn.CommittedBytesMin };
    private readonly MemoryReturn _return;

    public When_a_busy_time_is_over() => _return = new(_memory, new FakeTimeProvider(), NullLogger<MemoryReturn>.Instance);

    [Fact]
    public async Task Should_give_back_once_when_it_is_quiet()
    {
        await LookAfterAsync(MemoryReturn.BusyBytes, MemoryReturn.BusyBytes);
        Assert.Equal(0, _memory.Returns);
        await LookAfterAsync(MemoryReturn.QuietBytes - 1);
        Assert.Equal(1, _memory.Returns);
        await LookAfterAsync(0, 0, 0);
        Assert.Equal(1, _memory.Returns);
    }

    [Fact]
    public async Task Should_do_so_after_the_next_busy_time_again()
    {
        await LookAfterAsync(MemoryReturn.BusyBytes, 0, MemoryReturn.BusyBytes, 0);
        Assert.Equal(2, _memory.Returns);
    }

    [Fact]
    public async Task Should_not_stop_a_process_in_which_something_happens()
    {
        await LookAfterAsync(MemoryReturn.BusyBytes, MemoryReturn.QuietBytes, MemoryReturn.QuietBytes, MemoryReturn.QuietBytes);
        Assert.Equal(0, _memory.Returns);
    }

    [Fact]
    public async Task Should_not_take_a_long_quiet_time_for_a_busy_one()
    {
        const int HourLooks = 240;
        await LookAfterAsync(MemoryReturn.BusyBytes, 0);

        // 0.9 MiB a second.
        await LookAfterAsync([.. Enumerable.Repeat(MemoryReturn.QuietBytes * 9 / 10, HourLooks)]);

        Assert.Equal(1, _memory.Returns);
    }

    [Theory]
    [InlineData(MemoryReturn.CommittedBytesMin)]
    [InlineData(MemoryReturn.CommittedBytesMax)]
    public async Task Should_leave_little_and_very_much_alone(long committed)
    {
        _memory.CommittedBytes = committed;
        await LookAfterAsync(MemoryReturn.BusyBytes, 0, 0);
        Assert.Equal(0, _memory.Returns);
    }

    public void Dispose() => _return.Dispose();

    private async Task LookAfterAsync(params long[] allocated)
    {
        foreach (var bytes in allocated)
        {
            _memory.AllocatedBytes += bytes;
            await _return.LookAsync(TestContext.Current.CancellationToken);
        }
    }

    private sealed class Memory : IMemoryView
    {
        public long AllocatedBytes { get; set; }

        public long CommittedBytes { get; set; }

        public int Returns { get; private set; }

        public void GiveBack() => Returns++;
    }
}
