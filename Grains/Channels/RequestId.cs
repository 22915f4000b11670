using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>What makes two publish requests the same.</summary>
/// <param name="Kind">Whose name the publisher is.</param>
/// <param name="Publisher">Who made the id; null for the system.</param>
/// <param name="Id">The id that the publisher made.</param>
internal readonly record struct RequestId(PublisherKind Kind, string? Publisher, string Id)
{
    /// <summary>Whether it is one of the cluster's own, which may be published again however late.</summary>
    public bool IsOwn => Kind is PublisherKind.System or PublisherKind.Room;

    public static RequestId Of(PublishRequest request) => Of(request.PublisherKind, request.Publisher, request.Id);

    public static RequestId Of(Publication publication) => Of(publication.PublisherKind, publication.Publisher, publication.Id);

    /// <summary>Where the kind is not said, it follows from whether there is a publisher.</summary>
    public static RequestId Of(PublisherKind? kind, string? publisher, string id) =>
        new(kind ?? (publisher is null ? PublisherKind.System : PublisherKind.User), publisher, id);
}
