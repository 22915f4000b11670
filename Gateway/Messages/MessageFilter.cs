using System.Collections.Immutable;
using System.Text.Json;
using WhatsSound.Gateway.Requests;
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
    private readonly ImmutableArray<(string Name, string Value)> _headers;
    private readonly int _hash;

    /// <param name="events">The events; none: all.</param>
    /// <param name="headers">The values that headers must have; none: any.</param>
    public MessageFilter(IEnumerable<string> events, IEnumerable<KeyValuePair<string, string>> headers)
    {
        _events = [.. events.Order(StringComparer.Ordinal)];
        _headers = [.. headers.Select(static header => (header.Key, header.Value)).OrderBy(static header => header.Key, StringComparer.Ordinal)];
        _hash = HashOf(_events, _headers);
    }

    public ImmutableArray<string> Events => _events;

    public ImmutableArray<(string Name, string Value)> Headers => _headers;

    /// <summary>Whether a publication passes.</summary>
    /// <param name="publication">The publication.</param>
    /// <param name="headersOf">Its headers; asked only where they count.</param>
    public bool Matches(Publication publication, Func<Publication, IReadOnlyDictionary<string, string>> headersOf)
    {
        if (!_events.IsEmpty && (publication.Event is null || !_events.Contains(publication.Event, StringComparer.Ordinal)))
            return false;
        if (_headers.IsEmpty)
            return true;
        if (publication.Headers.Length == 0)
            return false;
        var headers = headersOf(publication);
        foreach (var (name, wanted) in _headers)
        {
            if (!headers.TryGetValue(name, out var value) || !string.Equals(value, wanted, StringComparison.Ordinal))
                return false;
        }

        return true;
    }

    /// <summary>A publication's headers, read: what is no text is none.</summary>
    public static IReadOnlyDictionary<string, string> HeadersOf(Publication publication)
    {
        using var document = JsonDocument.Parse(publication.Headers.Utf8);
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && JsonText.TryReadName(property, out var name) && JsonText.TryRead(property.Value, out var value))
                headers[name] = value;
        }

        return headers;
    }

    public bool Equals(MessageFilter? other) =>
        other is not null && _hash == other._hash && _events.SequenceEqual(other._events, StringComparer.Ordinal) && _headers.SequenceEqual(other._headers);

    public override bool Equals(object? obj) => Equals(obj as MessageFilter);

    public override int GetHashCode() => _hash;

    // Name and value each: clients choose both, and under a feed's lock no two filters are to be compared that only look alike to a table.
    private static int HashOf(ImmutableArray<string> events, ImmutableArray<(string Name, string Value)> headers)
    {
        var hash = new HashCode();
        foreach (var name in events)
            hash.Add(name, StringComparer.Ordinal);
        foreach (var (name, value) in headers)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value, StringComparer.Ordinal);
        }

        return hash.ToHashCode();
    }
}
