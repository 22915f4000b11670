using System.Text.Json;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The events that clients get; docs/protocol.md describes each.</summary>
internal static class HubEvents
{
    public const string Frame = "frame";
    public const string Lost = "lost";
    public const string Detached = "detached";
    public const string Occupancy = "occupancy";
    public const string Closing = "closing";

    public static string NameOf(OutgoingMessage message) => message switch
    {
        FrameMessage => Frame,
        LostMessage => Lost,
        DetachedMessage => Detached,
        OccupancyMessage => Occupancy,
        ClosingMessage => Closing,
        _ => throw new NotSupportedException($"The SignalR door has no event for {message.GetType().Name}."),
    };

    /// <summary>The event's only argument.</summary>
    public static void WriteContent(Utf8JsonWriter writer, OutgoingMessage message)
    {
        switch (message)
        {
            case FrameMessage { Frame: var frame }:
                JsonSerializer.Serialize(writer, frame, WireJson.Default.ChannelFrame);
                break;
            case LostMessage { Lost: var lost }:
                JsonSerializer.Serialize(writer, lost, GatewayJson.Default.ChannelLost);
                break;
            case DetachedMessage { Detached: var detached }:
                JsonSerializer.Serialize(writer, detached, GatewayJson.Default.ChannelDetached);
                break;
            case OccupancyMessage { Occupancy: var occupancy }:
                JsonSerializer.Serialize(writer, occupancy, GatewayJson.Default.ChannelOccupancy);
                break;
            case ClosingMessage { Closing: var closing }:
                JsonSerializer.Serialize(writer, closing, GatewayJson.Default.SessionClosing);
                break;
        }
    }
}
