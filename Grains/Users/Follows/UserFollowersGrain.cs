using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Owns who follows a user, up to <see cref="UserOptions.FollowersMax"/>, and tells them that the user is live: beside its turns, a number at a time, each with a limit, so that a channel that hangs holds up neither the grain nor
/// the others. How far it has come is saved step by step.
/// </summary>
[GrainType("userfollowers")]
internal sealed class UserFollowersGrain : Grain, IUserFollowersGrain
{
    /// <summary>How many are told between two saves.</summary>
    private const int StepMax = 256;

    /// <summary>How many are told at once.</summary>
    private const int AtOnceMax = 32;

    /// <summary>How often somebody is tried who cannot be told; then they have missed it.</summary>
    private const int TriesMax = 3;

    private static readonly TimeSpan TellTimeout = TimeSpan.FromSeconds(2);

    private readonly IPersistentState<UserFollowersState> _stored;
    private readonly UserOptions _options;
    private readonly IRoomClock _clock;
    private readonly UserNotifier _notifier;
    private readonly UserInstruments _instruments;
    private readonly ILogger _logger;
    private readonly RoomTimer _told;
    private (long LiveAtMs, ImmutableArray<string> Users) _step;
    private bool _isTelling;

    public UserFollowersGrain(
        [PersistentState("user-followers", "grains")] IPersistentState<UserFollowersState> stored,
        IOptions<UserOptions> options,
        IRoomClock clock,
        TimeProvider time,
        UserInstruments instruments,
        ILogger<UserFollowersGrain> logger)
    {
        (_stored, _options, _clock, _instruments, _logger) = (stored, options.Value, clock, instruments, logger);
        _notifier = new UserNotifier(GrainFactory, time, TellTimeout, logger);
        _told = new RoomTimer(this, OnToldAsync);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _stored.State = _stored.State.Upgrade();
        Tell();
        return Task.CompletedTask;
    }

    public async Task<Answer<Done>> AddAsync(string userId)
    {
        if (!_stored.State.Has(userId) && _stored.State.Followers.Length >= _options.FollowersMax)
            return Refusals.Limit(RefusalCode.UserQuota, $"A user may have {_options.FollowersMax} followers.", _options.FollowersMax);
        await SaveAsync(_stored.State.With(userId));
        return Done.Value;
    }

    public Task RemoveAsync(string userId) => SaveAsync(_stored.State.Without(userId));

    public async Task AnnounceAsync(LiveNotice notice)
    {
        await SaveAsync(_stored.State.Announce(notice, _clock.NowMs));
        Tell();
    }

    /// <summary>Begins the next step, which goes on between the grain's turns: it changes nothing of the state, and how far it has come is saved in a turn of its own.</summary>
    private void Tell()
    {
        if (_isTelling || _stored.State.Telling is not { } notice)
            return;
        _isTelling = true;
        _step = (_stored.State.LiveAtMs, _stored.State.Next(StepMax));
        _ = TellAllAsync(_step.Users, UserNotice.OfLive(notice, _step.LiveAtMs));
    }

    private async Task OnToldAsync()
    {
        try
        {
            if (_stored.State.LiveAtMs == _step.LiveAtMs)
                await SaveAsync(_stored.State.Told(_step.Users));
            _isTelling = false;
            Tell();
        }
        catch (Exception exception)
        {
            // The next activation tells the step again, under the same ids.
            _logger.FollowersNotTold(exception);
        }
    }

    private async Task TellAllAsync(ImmutableArray<string> users, UserNotice notice)
    {
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnceMax, users.Length)).Select(async _ =>
        {
            while (next < users.Length)
                await TellAsync(users[next++], notice);
        }));
        _told.Set(TimeSpan.Zero);
    }

    private async Task TellAsync(string userId, UserNotice notice)
    {
        if (!await _notifier.TellAsync(userId, notice, TriesMax))
            _instruments.NoticeMissed();
    }

    /// <summary>Anybody may follow any id, and leave it: that is not to fill the database. What comes next is another activation's, which knows that there is no row.</summary>
    private async Task ClearAsync()
    {
        await _stored.ClearStateAsync();
        DeactivateOnIdle();
    }

    private Task<bool> SaveAsync(UserFollowersState next) => _stored.ReplaceAsync(next, DeactivateOnIdle, next.IsNothing(_clock.NowMs) ? ClearAsync : null);
}
