namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The SignalR door; section <c>SignalR</c> of the configuration.</summary>
internal sealed class HubDoorOptions
{
    public const string Section = "SignalR";

    /// <summary>Where the door is.</summary>
    public const string Path = "/hub";

    /// <summary>The largest request that is carried out: a publication at its limit, or 20 songs with long addresses.</summary>
    public int RequestBytesMax { get; set; } = 64 * 1024;

    /// <summary>The largest message that is read, to be refused with a code; beyond, the connection closes.</summary>
    public int ReadBytesMax { get; set; } = 2 * 1024 * 1024;

    /// <summary>Nothing sent for this long, and the server pings. SignalR's clients wait twice that by default.</summary>
    public TimeSpan KeepAliveInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Nothing heard for this long, and the client is gone. Two of the pings that clients send by default.</summary>
    public TimeSpan ClientTimeout { get; set; } = TimeSpan.FromSeconds(30);

    public bool IsValid() =>
        RequestBytesMax >= 1024 && ReadBytesMax >= RequestBytesMax && KeepAliveInterval > TimeSpan.Zero && ClientTimeout > KeepAliveInterval;
}
