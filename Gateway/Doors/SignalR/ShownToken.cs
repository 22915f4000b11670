using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Who a connection is by the token that it came with, or why that token does not count; neither where it came without.</summary>
internal sealed record ShownToken(SessionIdentity? Identity, Refusal? Refusal)
{
    public static ShownToken None { get; } = new(null, null);
}
