using System.Net;

namespace WhatsSound.Silo.Hosting;

/// <summary>How silos find each other; section <c>Cluster</c> of the configuration. One process on SQLite needs none of it.</summary>
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

    internal IPAddress? Advertised => AdvertisedAddress.Length == 0 ? null : IPAddress.Parse(AdvertisedAddress);
}
