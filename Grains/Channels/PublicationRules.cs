using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Grains.Channels;

/// <summary>Which publish requests a channel takes.</summary>
internal static class PublicationRules
{
    /// <summary>Null, or why the request is refused.</summary>
    public static Refusal? Check(PublishRequest? request, ChannelRule rule)
    {
        if (request is null)
            return Refusals.BadRequest("request", "There is no request.");
        if (!IsName(request.Id))
            return Refusals.WrongField("id", $"must have 1 to {PublicationLimits.NameCharsMax} characters, none of them a control character");
        if (request.Event is not null && !IsName(request.Event))
            return Refusals.WrongField("event", $"must, if given, have 1 to {PublicationLimits.NameCharsMax} characters, none of them a control character");
        if (request.Key is not null && !IsName(request.Key))
            return Refusals.WrongField("key", $"must, if given, have 1 to {PublicationLimits.NameCharsMax} characters, none of them a control character");
        if (!IsPublisher(request))
            return Refusals.BadRequest("publisher", "The publisher must be a name of its kind: a user id, a room id, the name of a key or of a session; the system has none.");
        if (request.Headers.Length > PublicationLimits.HeadersBytesMax)
            return TooLarge("headers", request.Headers.Length, PublicationLimits.HeadersBytesMax);
        if (request.Extras.Length > PublicationLimits.ExtrasBytesMax)
            return TooLarge("extras", request.Extras.Length, PublicationLimits.ExtrasBytesMax);
        if (rule.Presence && request.Event == PresenceChanged.EventName)
            return Refusals.WrongField("event", $"must not be '{PresenceChanged.EventName}', which only the channel itself publishes");
        if (request.Amends is { } amends && (amends.Offset < 1 || amends.Data.Length > rule.PublicationBytesMax))
            return Refusals.BadRequest("amends", "What is amended must be an offset, and no larger than a publication.");
        if (request.Own is not null && !UserId.IsValid(request.Own.UserId))
            return Refusals.BadRequest("own", "What is for one user alone must name the user.");
        var bytes = request.Data.Length + request.Headers.Length + request.Extras.Length + (request.Own?.Data.Length ?? 0);
        return bytes > rule.PublicationBytesMax ? TooLarge("data, with headers and extras,", bytes, rule.PublicationBytesMax) : null;
    }

    private static Refusal TooLarge(string what, int bytes, int bytesMax) => Refusals.Final(
        RefusalCode.PayloadTooLarge, $"The {what} must have at most {bytesMax:N0} bytes, and has {bytes:N0}.", bytesMax.ToString(CultureInfo.InvariantCulture));

    private static bool IsPublisher(PublishRequest request) => RequestId.Of(request).Kind switch
    {
        PublisherKind.System => request.Publisher is null,
        PublisherKind.User => UserId.IsValid(request.Publisher),
        PublisherKind.Room => RoomId.IsValid(request.Publisher),
        PublisherKind.Server or PublisherKind.Anonymous => IsName(request.Publisher),
        _ => false,
    };

    /// <summary>Without control characters: PostgreSQL takes no U+0000 in a text, and refuses with it all that is appended in the same statement.</summary>
    private static bool IsName(string? text)
    {
        if (text is not { Length: >= 1 and <= PublicationLimits.NameCharsMax })
            return false;
        foreach (var character in text)
        {
            if (char.IsControl(character))
                return false;
        }

        return true;
    }
}
