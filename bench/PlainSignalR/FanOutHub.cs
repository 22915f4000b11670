using Microsoft.AspNetCore.SignalR;

namespace WhatsSound.Bench.PlainSignalR;

/// <summary>
/// What a team writes that takes SignalR as it comes: one group, one group send, default options. The yardstick for what grains, positions,
/// history and recovery may cost.
/// </summary>
internal sealed class FanOutHub : Hub
{
    private const string Listeners = "listeners";

    public Task Join() => Groups.AddToGroupAsync(Context.ConnectionId, Listeners);

    public Task Publish(string message) => Clients.Group(Listeners).SendAsync("message", message);
}
