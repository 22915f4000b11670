using System.Collections.Immutable;
using System.Text.Json;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>
/// Which publications a subscriber wants: those of the named events, whose headers have all of these values. Two filters that ask for the same are equal, so that a
/// frame is filtered once for all who ask for it.
/// </summary>
internal sealed class MessageFilter : IEquatable<MessageFilter>
{
    public const int EventsMax = 16;
    public const int HeadersMax = 8;

    private readonly ImmutableArray<string> _events;
    private readonly ImmutableArray<KeyValuePair<string, string>> _headers;

    /// <param name="events">The events; none: all.</param>
    /// <param name="headers">The values that headers must have; none: any.</param>
    public MessageFilter(IEnumerable<string> events, IEnumerable<KeyValuePair<string, string>> headers)
    {
        _events = [.. events.Order(StringComparer.Ordinal)];
        _headers = [.. headers.OrderBy(static header => header.Key, StringComparer.Ordinal)];
    }

    public bool Matches(Publication publication)
    {
        if (!_events.IsEmpty && (publication.Event is null || !_events.Contains(publication.Event, StringComparer.Ordinal)))
            return false;
        if (_headers.IsEmpty)
            return true;
        if (publication.Headers.Length == 0)
            return false;
        using var headers = JsonDocument.Parse(publication.Headers.Utf8);
        return _headers.All(header =>
            headers.RootElement.TryGetProperty(header.Key, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.ValueEquals(header.Value));
    }

    public bool Equals(MessageFilter? other) =>
        other is not null && _events.SequenceEqual(other._events, StringComparer.Ordinal) && _headers.SequenceEqual(other._headers);

    public override bool Equals(object? obj) => Equals(obj as MessageFilter);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var name in _events)
            hash.Add(name, StringComparer.Ordinal);
        foreach (var header in _headers)
            hash.Add(header);
        return hash.ToHashCode();
    }
}
