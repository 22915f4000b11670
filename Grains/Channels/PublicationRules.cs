using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Users;

namespace WhatsSound.Grains.Channels;

/// <summary>Which publish requests a channel takes.</summary>
internal static class PublicationRules
{
    /// <summary>The most characters of an id, an event and a key.</summary>
    public const int NameLengthMax = 64;

    /// <summary>Null, or why the request is refused.</summary>
    public static Refusal? Check(PublishRequest? request, ChannelRule rule)
    {
        if (request is null)
            return Refusals.BadRequest("request", "There is no request.");
        if (!IsName(request.Id))
            return Refusals.BadRequest("id", "The id must have 1 to 64 characters, none of them a control character.");
        if (!IsName(request.Event))
            return Refusals.BadRequest("event", "The event must have 1 to 64 characters, none of them a control character.");
        if (request.Key is not null && !IsName(request.Key))
            return Refusals.BadRequest("key", "The key, if given, must have 1 to 64 characters, none of them a control character.");
        if (request.Publisher is not null && !UserId.IsValid(request.Publisher))
            return Refusals.BadRequest("publisher", "The publisher, if given, must be a user id.");
        if (rule.Presence && request.Event == PresenceChanged.EventName)
            return Refusals.BadRequest("event", $"Only the channel itself publishes '{PresenceChanged.EventName}'.");
        return request.Data.Length > rule.PublicationBytesMax
            ? Refusals.Final(
                RefusalCode.PayloadTooLarge,
                $"The data has {request.Data.Length} bytes; the channel takes {rule.PublicationBytesMax}.",
                rule.PublicationBytesMax.ToString(CultureInfo.InvariantCulture))
            : null;
    }

    /// <summary>Without control characters: PostgreSQL takes no U+0000 in a text, and refuses with it all that is appended in the same statement.</summary>
    private static bool IsName(string? text)
    {
        if (text is not { Length: >= 1 and <= NameLengthMax })
            return false;
        foreach (var character in text)
        {
            if (char.IsControl(character))
                return false;
        }

        return true;
    }
}
