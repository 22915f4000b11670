namespace WhatsSound.Channels;

/// <summary>What a session without a user may do on a channel.</summary>
[Flags]
public enum AnonymousUse
{
    /// <summary>Nothing: the channel is for users.</summary>
    Nothing = 0,

    /// <summary>Get what is published from now on.</summary>
    Subscribe = 1,

    /// <summary>Publish, where clients may.</summary>
    Publish = 2,

    /// <summary>Get what was published before it came, or while it was away.</summary>
    History = 4,
}
