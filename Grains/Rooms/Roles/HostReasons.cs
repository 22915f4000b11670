namespace WhatsSound.Grains.Rooms;

/// <summary>Why the host changed; the words are part of the protocol.</summary>
internal static class HostReasons
{
    public const string Transfer = "transfer";
    public const string Timeout = "timeout";
    public const string Left = "left";
    public const string Returned = "returned";
}
