namespace WhatsSound.Gateway.Identity;

/// <summary>What a token may allow on the channels of a pattern.</summary>
[Flags]
internal enum Capability
{
    None = 0,
    Subscribe = 1,
    Publish = 2,
    Presence = 4,
}
