using System.Text.Json;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>One request of a session while a method carries it out.</summary>
internal sealed class HubCall(Session session, JsonElement body, IClusterClient cluster)
{
    private Refusal? _forbidden;
    private string _roomId = "";

    public Session Session { get; } = session;

    public RequestReader Request { get; } = new(body);

    /// <summary>For a method that passes <c>AdmitAsync</c> with an identity.</summary>
    public string UserId => Session.Identity!.UserId;

    /// <summary>Reads <c>roomId</c>.</summary>
    public string RoomId()
    {
        var id = Request.Text("roomId", 1, Rooms.RoomId.LengthMax);
        if (!Rooms.RoomId.IsValid(id))
            Request.Refuse("roomId", "The field is no room id.");
        return _roomId = id;
    }

    /// <summary>Reads <c>roomId</c>, and answers the room's grain, for a command: the token must allow to publish there.</summary>
    public IRoomGrain Room()
    {
        var key = Rooms.RoomId.KeyOf(RoomId());
        if (Request.Refusal is null && !Session.Identity!.Allows(Capability.Publish, key))
            _forbidden = Refusals.Final(RefusalCode.Forbidden, "The token does not allow commands in the room.", "publish");
        return cluster.GetGrain<IRoomGrain>(key);
    }

    /// <summary>Reads <c>commandId</c>, and adds who asks.</summary>
    public RoomCommand Command() =>
        new() { CommandId = Request.Id("commandId"), UserId = UserId, DisplayName = Session.Identity!.DisplayName };

    /// <summary>Carries the request out, unless what was read is wrong.</summary>
    public async Task<Answer<T>> Then<T>(Func<Task<Answer<T>>> carryOut)
        where T : class =>
        (Request.Refusal ?? _forbidden) is { } refusal ? refusal : SessionRooms.Reconsider(Session, _roomId, await carryOut());
}
