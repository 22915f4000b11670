namespace WhatsSound.Client;

/// <summary>The request of <c>Follow</c> and <c>Unfollow</c>.</summary>
internal sealed record FollowRequest(string OfUserId);
