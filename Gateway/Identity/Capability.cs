namespace WhatsSound.Gateway.Identity;

/// <summary>What a token may allow on the channels of a pattern.</summary>
[Flags]
internal enum Capability
{
    None = 0,
    Subscribe = 1,
    Publish = 2,
    Presence = 4,

    /// <summary>What is about all of the app, and not a channel: tokens, revocations, rules. It is on the pattern <c>*</c>, and nobody has it who is not given it.</summary>
    Admin = 8,
}
