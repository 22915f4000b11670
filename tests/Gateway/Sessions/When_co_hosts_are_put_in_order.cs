using System.Text.Json;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Rooms;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Sessions;

public sealed class When_co_hosts_are_put_in_order : IDisposable
{
    private readonly FakeGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    /// <summary>A deployment may give 200 members a role: all of them can be co-hosts.</summary>
    [Theory]
    [InlineData(200, null)]
    [InlineData(201, RefusalCode.BadRequest)]
    public async Task Should_take_as_many_as_can_have_a_role(int count, string? code)
    {
        Assert.True(RequestCatalogue.TryFind("SetSuccession", out var request));
        var body = JsonSerializer.SerializeToElement(new { roomId = "jazz", commandId = "1", userIds = Enumerable.Range(0, count).Select(static number => $"user-{number}") });

        var reply = await request.RunAsync(new Call(_gateway.Connect().Session, _gateway.CallServices), body);

        Assert.Equal(code, reply.Refusal?.Code);
        Assert.Equal(code is null ? [count] : [], _gateway.Cluster.Room("jazz").Acted.Select(static command => ((SetSuccession)command.Action).UserIds.Length));
    }
}
