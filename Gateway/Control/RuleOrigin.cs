using System.Text.Json.Serialization;

namespace WhatsSound.Gateway.Control;

/// <summary>Who has said a rule.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleOrigin>))]
internal enum RuleOrigin
{
    /// <summary>It comes with the product.</summary>
    [JsonStringEnumMemberName("product")]
    Product,

    /// <summary>The deployment's configuration.</summary>
    [JsonStringEnumMemberName("configuration")]
    Configuration,

    /// <summary>It was set for the cluster while it runs.</summary>
    [JsonStringEnumMemberName("cluster")]
    Cluster,
}
