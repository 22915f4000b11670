using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>The request of <c>EnterPresence</c>.</summary>
internal sealed record EnterPresenceRequest(string Channel, JsonElement? Info);
