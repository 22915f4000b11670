namespace WhatsSound.Grains.Queue.Commands;

/// <summary>Where songs may be; part of the section <c>Rooms</c>. What one member adds, every listener's player fetches: from their own network, and with their own address.</summary>
public sealed class SongAddressOptions
{
    /// <summary>Whether a song may come without TLS. Off: it could be exchanged on its way, and a page that came over TLS does not load it.</summary>
    public bool AllowsHttp { get; set; }

    /// <summary>Whether a song may be in the listeners' own networks: an address that is not public, a name without a dot, or one that only such networks have. Off: a member would reach into everybody's home.</summary>
    public bool AllowsPrivateHosts { get; set; }

    /// <summary>The hosts that songs may be on: <c>cdn.example</c>, <c>*.cdn.example</c> for all below. Any if empty.</summary>
    public IList<string> Hosts { get; } = [];

    /// <summary>What paths of this server's own begin with that are songs; <c>/tracks/</c>, where the page has its own, if empty.</summary>
    public IList<string> OwnPaths { get; } = [];
}
