using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

public sealed class When_a_retention_ends
{
    [Fact]
    public async Task Should_sweep_at_each_interval_also_after_a_failure()
    {
        var time = new CountingTime();
        var log = new SweptLog();
        var options = new StorageOptions();
        using var sweeper = new MessageLogSweeper(log, new MemoryRestingChannels(), new MemoryOutbox(), Options.Create(options), time, NullLogger<MessageLogSweeper>.Instance);
        await sweeper.StartAsync(TestContext.Current.CancellationToken);
        await time.UntilTimersAsync(1);

        // The first sweep fails.
        for (var sweep = 0; sweep < 3; sweep++)
        {
            time.Advance(options.SweepInterval);
            Assert.Equal(time.GetUtcNow(), await log.Sweeps.ReadAsync(TestContext.Current.CancellationToken));
        }

        await sweeper.StopAsync(TestContext.Current.CancellationToken);
        Assert.False(sweeper.ExecuteTask!.IsFaulted);
    }

    private sealed class SweptLog : IMessageLog
    {
        private readonly Channel<DateTimeOffset> _sweeps = System.Threading.Channels.Channel.CreateUnbounded<DateTimeOffset>();
        private bool _hasFailed;

        public ChannelReader<DateTimeOffset> Sweeps => _sweeps.Reader;

        public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            _sweeps.Writer.TryWrite(now);
            if (_hasFailed)
                return Task.FromResult(1);
            _hasFailed = true;
            return Task.FromException<int>(new IOException("The test lets the first sweep fail."));
        }

        public Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, Amendment? amends, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<IReadOnlyList<Publication>> ReadAfterAsync(
            string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Publication>> ReadBeforeAsync(
            string channel, string epoch, long beforeOffset, int countMax, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<LoggedTime> FindTimeAsync(string channel, string epoch, long timeMs, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
