using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Hosting.Cluster;
using WhatsSound.Settings;

namespace WhatsSound.Silo.Hosting;

/// <summary>How silos find each other; section <c>Cluster</c> of the configuration. One process on SQLite needs none of it.</summary>
public sealed class SiloSettings : ClusterSettings
{
    /// <summary>Where silos reach this silo; 0 takes a free port, for a process without others.</summary>
    [Within(0, IPEndPoint.MaxPort)]
    public int SiloPort { get; set; }

    /// <summary>Where gateways in other processes reach this silo; 0: they do not.</summary>
    [Within(0, IPEndPoint.MaxPort)]
    public int GatewayPort { get; set; }

    /// <summary>
    /// The IP address of this machine that other silos and gateways are told, and the only one that this silo's ports listen on. 127.0.0.1: a cluster on one
    /// machine. Any other needs Cluster:Tls, or Cluster:AllowInsecure.
    /// </summary>
    [NotEmpty]
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var problem in base.Validate(validationContext))
            yield return problem;
        if (!IPAddress.TryParse(AdvertisedAddress, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            yield return new ValidationResult($"{Section}:{nameof(AdvertisedAddress)} is {AdvertisedAddress}; it must be an IP address of this machine that others reach it by.");
        else if (!IPAddress.IsLoopback(address) && !Tls.IsOn && !AllowInsecure)
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(AdvertisedAddress)} is {AdvertisedAddress}, and the ports of a silo let in whoever reaches them: set {Section}:Tls, "
                + $"or, where the network keeps others away, {Section}:{nameof(AllowInsecure)}=true.");
        }
    }

    internal IPAddress Advertised => IPAddress.Parse(AdvertisedAddress);

    internal bool IsOpenToOthers => !IPAddress.IsLoopback(Advertised) && !Tls.IsOn;
}

/// <summary>Generated from the bounds of <see cref="SiloSettings"/>.</summary>
[OptionsValidator]
internal sealed partial class SiloSettingsValidator : IValidateOptions<SiloSettings>;
