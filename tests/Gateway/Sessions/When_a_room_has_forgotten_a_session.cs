using WhatsSound.Gateway.Identity;
using System.Text.Json;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>
/// A room that comes back without its memory may not know yet who is in it. The gateway does, for its own connections: whoever it holds in the room is told to ask again, and not
/// that they are out.
/// </summary>
public sealed class When_a_room_has_forgotten_a_session : IDisposable
{
    private readonly FakeGateway _gateway = new();
    private readonly Session _session;

    public When_a_room_has_forgotten_a_session() => _session = _gateway.Connect().Session;

    [Fact]
    public async Task Should_tell_who_has_joined_to_ask_again()
    {
        await JoinAsync("den");

        var refusal = await AskAsync("den", NotMember("ada"));

        Assert.Equal((RefusalCode.NotReady, true), (refusal.Code, refusal.Retryable));
        Assert.NotNull(refusal.RetryAfterMs);
    }

    [Fact]
    public async Task Should_tell_who_has_not_joined_that_they_are_no_member()
    {
        await JoinAsync("attic");

        Assert.Equal(RefusalCode.NotMember, (await AskAsync("den", NotMember("ada"))).Code);
    }

    [Fact]
    public async Task Should_tell_who_has_left_that_they_are_no_member()
    {
        await JoinAsync("den");
        await _gateway.Rooms.LeaveAsync(_session, "den", Command());

        Assert.Equal(RefusalCode.NotMember, (await AskAsync("den", NotMember("ada"))).Code);
    }

    [Fact]
    public async Task Should_hand_on_that_somebody_else_is_no_member_and_every_other_refusal()
    {
        await JoinAsync("den");

        Assert.Equal(RefusalCode.NotMember, (await AskAsync("den", NotMember("bob"))).Code);
        Assert.Equal(RefusalCode.QueueFull, (await AskAsync("den", Refusals.Limit(RefusalCode.QueueFull, "Full.", 500))).Code);
    }

    public void Dispose() => _gateway.Dispose();

    private static RoomCommand Command() => new() { CommandId = "c1", UserId = "ada", Action = new JoinRoom() };

    private static Refusal NotMember(string userId) => Refusals.Final(RefusalCode.NotMember, "The user is not in the room.", userId);

    private async Task JoinAsync(string roomId) => Assert.Null((await _gateway.Rooms.JoinAsync(_session, roomId, Command(), default, since: null)).Refusal);

    /// <summary>A command, which the room refuses; answers what the session is told.</summary>
    private async Task<Refusal> AskAsync(string roomId, Refusal refusal)
    {
        var request = RoomCommands.Of<IRoomGrain>("Anything", Capability.Publish, static _ => new Play(), (_, _) => Task.FromResult<Answer<RoomReceipt>>(refusal));
        var body = JsonSerializer.SerializeToElement(new { roomId, commandId = "c2" });
        return (await request.RunAsync(new Call(_session, _gateway.CallServices), body)).Refusal!;
    }
}
