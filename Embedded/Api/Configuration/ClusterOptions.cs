namespace Orleans.Configuration;

public class ClusterOptions
{
    public const string DefaultClusterId = "default";
    public const string DefaultServiceId = "default";

    public string ClusterId { get; set; } = DefaultClusterId;

    /// <summary>Part of the key of every stored row: it must never change.</summary>
    public string ServiceId { get; set; } = DefaultServiceId;
}
