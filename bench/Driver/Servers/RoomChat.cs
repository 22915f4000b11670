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

    public override bool ListenersPublish => true;

    // So that memory is compared between the same numbers of connections everywhere; the product's default is 1,000.
    public override IReadOnlyDictionary<string, string> Environment(string dataFolder) =>
        new Dictionary<string, string>(base.Environment(dataFolder), StringComparer.Ordinal) { ["Rooms__MembersMax"] = "10000" };

    public override Task PrepareAsync(ClientSocket socket, CancellationToken cancellationToken) =>
        HubCalls.CallAsync(socket, "CreateRoom", $$"""{"roomId":"{{Room}}","commandId":"create","name":"Bench"}""", cancellationToken);

    public override Task JoinAsync(ClientSocket socket, int user, CancellationToken cancellationToken) =>
        HubCalls.CallAsync(socket, "JoinRoom", $$"""{"roomId":"{{Room}}","commandId":"join-{{user}}"}""", cancellationToken);

    public override string Publish(string run, int number, string data) =>
        HubCalls.Invocation($"{run}-{number}", "SendChat", $$"""{"roomId":"{{Room}}","commandId":"{{run}}-{{number}}","text":{{data}}}""");
}
