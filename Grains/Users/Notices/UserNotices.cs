using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Users;

/// <summary>A silo's lane of notices: a few at a time, each for a bounded time, and twice at most.</summary>
internal sealed class UserNotices : BackgroundService, IUserNotices
{
    /// <summary>A hundred messages that mention as many as they may.</summary>
    private const int WaitingMax = 1000;

    private const int AtOnceMax = 8;

    private const int TriesMax = 2;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private readonly UserNotifier _notifier;
    private readonly UserInstruments _instruments;
    private readonly Channel<(string UserId, UserNotice Notice)> _waiting;

    public UserNotices(IGrainFactory grains, TimeProvider time, UserInstruments instruments, ILogger<UserNotices> logger)
    {
        _notifier = new UserNotifier(grains, time, Limit, logger);
        _instruments = instruments;
        _waiting = Channel.CreateBounded<(string UserId, UserNotice Notice)>(
            new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest }, _ => instruments.NoticeMissed());
    }

    public void Post(string userId, UserNotice notice) => _waiting.Writer.TryWrite((userId, notice));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = stoppingToken }, DeliverAsync);

    private async ValueTask DeliverAsync((string UserId, UserNotice Notice) waiting, CancellationToken cancellationToken)
    {
        if (!await _notifier.TellAsync(waiting.UserId, waiting.Notice, TriesMax, cancellationToken))
            _instruments.NoticeMissed();
    }
}
