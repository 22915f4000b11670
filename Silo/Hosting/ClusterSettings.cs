using System.Net;

namespace WhatsSound.Silo.Hosting;

/// <summary>How silos find each other; section <c>Cluster</c> of the configuration, validated at start. One process on SQLite needs none of it.</summary>
public sealed class ClusterSettings
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cluster";

    /// <summary>Silos with the same id and the same database form one cluster.</summary>
    public string ClusterId { get; set; } = "whatssound";

    /// <summary>Part of the key of every stored row: it must never change.</summary>
    public string ServiceId { get; set; } = "whatssound";

    /// <summary>Where silos reach this silo; 0 takes a free port, for a process without others.</summary>
    public int SiloPort { get; set; }

    /// <summary>Where gateways in other processes reach this silo; 0: they do not.</summary>
    public int GatewayPort { get; set; }

    /// <summary>The address that other silos are told; empty: the first of this machine.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Why these settings cannot be used; null if they can.</summary>
    internal string? Problem() => this switch
    {
        { ClusterId: "" } => "Cluster:ClusterId must not be empty.",
        { ServiceId: "" } => "Cluster:ServiceId must not be empty.",
        { SiloPort: < 0 or > IPEndPoint.MaxPort } => $"Cluster:SiloPort is {SiloPort}; it must be 0 to {IPEndPoint.MaxPort}.",
        { GatewayPort: < 0 or > IPEndPoint.MaxPort } => $"Cluster:GatewayPort is {GatewayPort}; it must be 0 to {IPEndPoint.MaxPort}.",
        _ when AdvertisedAddress.Length > 0 && !IPAddress.TryParse(AdvertisedAddress, out _) =>
            $"Cluster:AdvertisedAddress is '{AdvertisedAddress}'; it must be an IP address, or empty.",
        _ => null,
    };

    internal IPAddress? Advertised => AdvertisedAddress.Length == 0 ? null : IPAddress.Parse(AdvertisedAddress);
}
