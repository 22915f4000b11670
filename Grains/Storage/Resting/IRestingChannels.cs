using WhatsSound.Publications;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// Where the numbering of a channel stood when it went to rest: deactivated in good order, with nothing of its numbering elsewhere. A position is taken once, by
/// the next activation, so that a crash never brings a stale numbering back. Safe for use by any number of channels at once.
/// </summary>
public interface IRestingChannels
{
    /// <summary>
    /// The position at which the channel rests, which rests no longer; or (<paramref name="newEpoch"/>, 0). In both cases nothing but the epoch answered
    /// can be put to rest from now on. If it throws, nobody knows, and nothing may be numbered; <see cref="StorageUnavailableException"/> where the database
    /// failed.
    /// </summary>
    Task<RestedPosition> TakeAsync(string channel, string newEpoch, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// The position at which the channel rests, and goes on resting; or the epoch that may be put to rest, at offset 0, and not resting (<see cref="RestedPosition.IsResumed"/>); null: neither is known.
    /// <see cref="StorageUnavailableException"/> where the database failed.
    /// </summary>
    Task<RestedPosition?> ReadAsync(string channel, CancellationToken cancellationToken);

    /// <summary>Puts the channel to rest; without effect if another activation has taken the channel over meanwhile.</summary>
    Task RestAsync(string channel, Position head, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets the channels that nobody has come back to; answers how many.</summary>
    Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
