using Microsoft.AspNetCore.SignalR;
using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Methods of channels.</summary>
internal sealed partial class RoomHub
{
    internal const int InfoBytesMax = 1024;

    [HubMethodName(HubMethods.Subscribe)]
    public Task SubscribeAsync(HubRequest request) =>
        CallAsync(request, GatewayJson.Default.ChannelRecovery, call =>
        {
            var channel = call.Request.Channel("channel");
            var from = new RecoverRequest
            {
                Since = call.Request.OptionalPosition("since"),
                RewindCount = (int?)call.Request.OptionalInteger("rewindCount", 1, 100),
                RewindMs = call.Request.OptionalInteger("rewindMs", 1, 120_000),
            };
            return call.Then(() => SubscribeAsync(call.Session, channel, from));
        });

    [HubMethodName(HubMethods.Unsubscribe)]
    public Task UnsubscribeAsync(HubRequest request) =>
        CallAsync(request, GatewayJson.Default.Done, call =>
        {
            var channel = call.Request.Channel("channel");
            return call.Then(() => channels.UnsubscribeAsync(call.Session, channel));
        });

    [HubMethodName(HubMethods.Publish)]
    public Task PublishAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.Published, call =>
        {
            var channel = call.Request.Channel("channel");
            var publication = new PublishRequest
            {
                Id = call.Request.Id("id"),
                Event = call.Request.Text("event", 1, 64),
                Data = call.Request.Json("data"),
                Key = call.Request.OptionalText("key", 64),
            };
            return call.Then(() => channels.PublishAsync(call.Session, channel, publication));
        });

    [HubMethodName(HubMethods.EnterPresence)]
    public Task EnterPresenceAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.PresenceView, call =>
        {
            var channel = call.Request.Channel("channel");
            var info = call.Request.OptionalJson("info", InfoBytesMax);
            return call.Then(() => channels.EnterAsync(call.Session, channel, info));
        });

    [HubMethodName(HubMethods.LeavePresence)]
    public Task LeavePresenceAsync(HubRequest request) =>
        CallAsync(request, GatewayJson.Default.Done, call =>
        {
            var channel = call.Request.Channel("channel");
            return call.Then(() => channels.LeaveAsync(call.Session, channel));
        });

    [HubMethodName(HubMethods.GetPresence)]
    public Task GetPresenceAsync(HubRequest request) =>
        CallAsync(request, WireJson.Default.PresenceView, call =>
        {
            var channel = call.Request.Channel("channel");
            return call.Then(() => channels.ReadPresenceAsync(call.Session, channel));
        });

    private async Task<Answer<ChannelRecovery>> SubscribeAsync(Session session, string channel, RecoverRequest from)
    {
        var answer = await channels.SubscribeAsync(session, channel, new AttachRequest(from));
        return answer.IsRefused ? answer.Refusal : ChannelRecovery.Of(channel, answer.Value);
    }
}
