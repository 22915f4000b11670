using System.Text.Json;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>A call of a client, on its way through SignalR's dispatcher, which is not told its id: SignalR would answer it by a way of its own.</summary>
/// <param name="Session">Whose it is.</param>
/// <param name="InvocationId">By what the client knows it; null: it wants no answer.</param>
/// <param name="Body">What it asks for; undefined, where the call cannot be made.</param>
internal sealed record HubRequest(Session Session, string? InvocationId, JsonElement Body = default);
