using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Servers;

/// <summary>
/// The chat of a room: every line is in the database before it is acknowledged, and frames collect up to 10 lines or 100 ms. The listeners are members
/// of the room, and chat in turn.
/// </summary>
internal sealed class RoomChat : WhatsSoundServer
{
    private const string Room = "bench";

    public override string Name => "room";

    public override string Title => "room chat";

    // The product's default for members of a room.
    public override int ListenersMax => 1000;

    public override bool ListenersPublish => true;

    public override Task PrepareAsync(HubSocket hub, CancellationToken cancellationToken) =>
        CallAsync(hub, "CreateRoom", $$"""{"roomId":"{{Room}}","commandId":"create","name":"Bench"}""", cancellationToken);

    public override Task JoinAsync(HubSocket hub, int user, CancellationToken cancellationToken) =>
        CallAsync(hub, "JoinRoom", $$"""{"roomId":"{{Room}}","commandId":"join-{{user}}"}""", cancellationToken);

    public override string Publish(string id, string data) =>
        HubMessages.Invocation(id, "SendChat", $$"""{"roomId":"{{Room}}","commandId":"{{id}}","text":{{data}}}""");
}
