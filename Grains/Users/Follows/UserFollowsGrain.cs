using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// Owns whom a user follows, up to <see cref="UserOptions.FollowsMax"/>. Who is followed knows it first: what a crash leaves between the two is a follower who is not shown, and whom following or unfollowing again sets right.
/// </summary>
[GrainType("userfollows")]
internal sealed class UserFollowsGrain(
    [PersistentState("user-follows", "grains")] IPersistentState<UserFollowsState> stored,
    IOptions<UserOptions> options,
    IRoomClock clock,
    TimeProvider time,
    ILogger<UserFollowsGrain> logger) : Grain, IUserFollowsGrain
{
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(2);

    private string _userId = "";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _userId = this.GetPrimaryKeyString()[UserId.KeyOf("").Length..];
        stored.State = stored.State.Upgrade();
        return Task.CompletedTask;
    }

    public async Task<Answer<Done>> FollowAsync(string userId)
    {
        if (!UserId.IsValid(userId))
            return Refusals.WrongField("ofUserId", $"must be {UserId.Form}");
        if (userId == _userId)
            return Refusals.Final(RefusalCode.CannotTargetSelf, "Nobody follows themselves.", userId);
        if (!stored.State.Has(userId) && stored.State.Users.Length >= options.Value.FollowsMax)
            return Refusals.Limit(RefusalCode.UserQuota, $"A user may follow {options.Value.FollowsMax} others.", options.Value.FollowsMax);
        if (await AskAsync(userId, followers => followers.AddAsync(_userId)) is { } refusal)
            return refusal;
        await SaveAsync(stored.State.With(userId, clock.NowMs));
        return Done.Value;
    }

    public async Task<Answer<Done>> UnfollowAsync(string userId)
    {
        if (!UserId.IsValid(userId))
            return Refusals.WrongField("ofUserId", $"must be {UserId.Form}");
        var refusal = await AskAsync(userId, async followers =>
        {
            await followers.RemoveAsync(_userId);
            return Done.Value;
        });
        if (refusal is not null)
            return refusal;
        await SaveAsync(stored.State.Without(userId));
        return Done.Value;
    }

    public Task<UserFollows> ReadAsync() => Task.FromResult(new UserFollows { Users = stored.State.Users, UsersMax = options.Value.FollowsMax });

    private async Task<Refusal?> AskAsync(string userId, Func<IUserFollowersGrain, Task<Answer<Done>>> ask)
    {
        try
        {
            return (await ask(GrainFactory.GetGrain<IUserFollowersGrain>(UserId.KeyOf(userId))).WaitAsync(AskTimeout, time)).Refusal;
        }
        catch (Exception exception)
        {
            logger.FollowedUnreachable(exception);
            return Refusals.Retry(RefusalCode.NotReady, "This cannot be done right now.", TimeSpan.FromSeconds(1));
        }
    }

    private Task<bool> SaveAsync(UserFollowsState next) => stored.ReplaceAsync(next, DeactivateOnIdle);
}
