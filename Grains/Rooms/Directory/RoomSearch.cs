using System.Collections.Immutable;
using WhatsSound.Rooms;
using WhatsSound.Text;

namespace WhatsSound.Grains.Rooms;

/// <summary>What somebody looks for in the public list, made comparable once.</summary>
internal sealed record RoomSearch(ImmutableArray<string> Words, ImmutableArray<string> Tags)
{
    /// <summary>The same for two queries that mean the same rooms.</summary>
    public string Print => $"{string.Join(' ', Words)}\n{string.Join('\n', Tags)}";

    public static RoomSearch Of(RoomQuery query) => new(
        [.. FoldedText.Words(query.Text ?? "").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        query.Tags.IsDefault ? [] : [.. query.Tags.Select(Fold).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>Null: the query can be answered.</summary>
    public static Refusal? Check(RoomQuery? query)
    {
        if (query is null || query.CountMax is < 1 or > RoomQuery.CountBound)
            return Refusals.WrongField("max", $"must be 1 to {RoomQuery.CountBound}");
        if (query.Text is { Length: > RoomQuery.TextLengthMax })
            return Refusals.WrongField("query", $"must have at most {RoomQuery.TextLengthMax} characters");
        if (!query.Tags.IsDefault && (query.Tags.Length > RoomSettings.TagsMax || query.Tags.Any(static tag => tag is not { Length: > 0 and <= RoomSettings.TagLengthMax })))
            return Refusals.WrongField("tags", $"must have at most {RoomSettings.TagsMax} items, each of 1 to {RoomSettings.TagLengthMax} characters");
        return query.After is null || (query.After.Length <= RoomQuery.CursorLengthMax && ListPlace.TryParse(query.After, out _))
            ? null
            : Refusals.WrongField("cursor", "must be the 'next' of a page");
    }

    /// <summary>One text for all ways to write a tag.</summary>
    public static string Fold(string tag) => string.Join(' ', FoldedText.Words(tag));

    public bool Matches(ListedLine line) =>
        Words.All(word => line.Words.Any(known => known.StartsWith(word, StringComparison.Ordinal))) && Tags.All(line.Tags.Contains);
}
