namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The events that clients get; docs/protocol.md describes each.</summary>
internal static class HubEvents
{
    public const string Frame = "frame";
    public const string Lost = "lost";
    public const string Detached = "detached";
    public const string Closing = "closing";
}
