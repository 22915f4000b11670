using WhatsSound.Channels;
using WhatsSound.Gateway.Application;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>What the app alone knows.</summary>
internal static class ApplicationRequests
{
    public static TypedRequest<CallArguments, CallResult> Call { get; } = new(
        "Call",
        CallKind.Command,
        static reader => new CallArguments(reader.Text("name", 1, PublicationLimits.NameCharsMax), reader.Data("data", "encoding")),
        refuse: null,
        static (call, arguments) => call.Services.Acts.CallAsync(call.Asker, arguments.Name, arguments.Data),
        GatewayJson.Default.CallResult);

    public static IReadOnlyList<SessionRequest> All { get; } = [Call];

    internal sealed record CallArguments(string Name, Payload Data);
}
