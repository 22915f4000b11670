namespace WhatsSound.Silo.Hosting;

/// <summary>The gateway in this process; section <c>Gateway</c> of the configuration.</summary>
internal sealed class GatewaySettings
{
    public const string Section = "Gateway";

    /// <summary>Whether this silo has a gateway. Off where gateways are processes of their own, before a cluster of silos.</summary>
    public bool Enabled { get; set; } = true;
}
