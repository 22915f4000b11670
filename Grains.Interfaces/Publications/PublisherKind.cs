using System.Text.Json.Serialization;

namespace WhatsSound.Publications;

/// <summary>Whose name a publisher is: each kind has names, and ids of publications, of its own.</summary>
[GenerateSerializer, Alias("ws.PublisherKind")]
public enum PublisherKind
{
    /// <summary>The channel itself; it has no name.</summary>
    [JsonStringEnumMemberName("system")]
    System = 0,

    /// <summary>A user, by the id in their token.</summary>
    [JsonStringEnumMemberName("user")]
    User = 1,

    /// <summary>A room, by its id.</summary>
    [JsonStringEnumMemberName("room")]
    Room = 2,

    /// <summary>A server of the app, by the name of its key.</summary>
    [JsonStringEnumMemberName("server")]
    Server = 3,

    /// <summary>A session without a user, by a name that this connection alone has, and that says nothing else of it.</summary>
    [JsonStringEnumMemberName("anonymous")]
    Anonymous = 4,
}
