using System.Net.WebSockets;

namespace WhatsSound.Gateway.Transport;

/// <summary>How a WebSocket is closed: the status that clients act on, and a reason for people.</summary>
internal readonly record struct CloseWord(WebSocketCloseStatus Status, string? Reason = null);
