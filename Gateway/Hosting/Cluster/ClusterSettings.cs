using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting.Cluster;

/// <summary>The cluster that a process belongs to; section <c>Cluster</c> of the configuration. One process on SQLite needs none of it.</summary>
public class ClusterSettings : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Cluster";

    /// <summary>Silos with the same id and the same database form one cluster.</summary>
    [NotEmpty]
    public string ClusterId { get; set; } = "whatssound";

    /// <summary>Part of the key of every stored row: it must never change.</summary>
    [NotEmpty]
    public string ServiceId { get; set; } = "whatssound";

    /// <summary>
    /// Whether the ports of silos may be open beyond this machine without TLS. Whoever reaches such a port is anybody they like in the cluster: only where the
    /// network itself keeps others away.
    /// </summary>
    public bool AllowInsecure { get; set; }

    /// <summary>Mutual TLS between the processes of the cluster.</summary>
    public ClusterTlsSettings Tls { get; set; } = new();

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Tls.Problems().Select(static problem => new ValidationResult(problem));
}

/// <summary>Generated from the bounds of <see cref="ClusterSettings"/>.</summary>
[OptionsValidator]
internal sealed partial class ClusterSettingsValidator : IValidateOptions<ClusterSettings>;
