using WhatsSound.Channels;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Where a session wants to start in a channel.</summary>
/// <param name="From">As for <see cref="IChannelGrain.RecoverAsync"/>.</param>
/// <param name="IsCatchUpDelivered">
/// What came after the position goes to the session as a frame; otherwise it is in the answer. A snapshot's follower wants the first, since its answer is the snapshot.
/// </param>
/// <param name="Wants">Which publications it gets; null: all.</param>
/// <param name="FollowsOccupancy">Whether it is told how many are in the channel.</param>
internal readonly record struct AttachRequest(RecoverRequest From, bool IsCatchUpDelivered = false, Wants? Wants = null, bool FollowsOccupancy = false);
