namespace WhatsSound.Grains.Users;

/// <summary>
/// Tells users something in their notifications without making the caller wait: for what is nice to know. In memory, and bounded; what cannot be delivered in time, or is too much, is left out. What must not be lost
/// goes through an outbox. Safe from any thread.
/// </summary>
internal interface IUserNotices
{
    /// <summary>Takes a notice; does not wait, and does not fail.</summary>
    void Post(string userId, UserNotice notice);
}
