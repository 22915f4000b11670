using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>What a subscriber may rely on.</summary>
[GenerateSerializer, Alias("ws.DeliveryClass")]
public enum DeliveryClass
{
    /// <summary>Every offset, in order, without gap or duplicate.</summary>
    [JsonStringEnumMemberName("ordered")]
    Ordered = 0,

    /// <summary>The newest per key; offsets may skip, and the newest is always delivered.</summary>
    [JsonStringEnumMemberName("conflated")]
    Conflated = 1,
}
