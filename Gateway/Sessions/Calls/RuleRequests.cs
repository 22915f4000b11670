using System.Text;
using WhatsSound.Channels;
using WhatsSound.Gateway.Identity;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>What a channel is.</summary>
internal static class RuleRequests
{
    public static TypedRequest<string, RuleOfChannel> Get { get; } = new(
        "GetRule",
        CallKind.Command,
        static reader => reader.Channel("channel"),
        static (call, channel) => call.Services.Access.RefuseUse(call.Asker, channel, Capability.Subscribe),
        static (call, channel) => Task.FromResult<Answer<RuleOfChannel>>(new RuleOfChannel(channel, new Payload(Encoding.UTF8.GetBytes(RuleDocument.Write(call.Services.Access.RuleOf(channel)))))),
        GatewayJson.Default.RuleOfChannel) { IsForAnonymous = true, IsForServer = true };

    public static IReadOnlyList<SessionRequest> All { get; } = [Get];
}
