namespace WhatsSound.Gateway.Hosting;

/// <summary>
/// The sections of all programs of the product: one file of settings may serve silos and gateways, and each checks what it uses of it. A test holds this to
/// what the programs register.
/// </summary>
internal static class KnownSections
{
    public static IReadOnlyList<string> Names { get; } =
    [
        "Api", "Channels", "Chat", "Cluster", "ConnectionStrings", "Control", "Delivery", "Drain", "Gateway", "Identity", "Lanes", "Log", "Plays", "RoomDirectory", "Rooms", "Sessions", "SignalR",
        "Storage", "Telemetry", "Transport", "Users", "Web", "WebPage",
    ];
}
