using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace WhatsSound.Rooms;

/// <summary>The content of a <c>chat</c> publication. Its number is the publication's offset, its author the publisher.</summary>
[GenerateSerializer, Immutable, Alias("ws.ChatMessage")]
public sealed record ChatMessage
{
    /// <summary>1 to 500 graphemes, up to 2,000 bytes of UTF-8.</summary>
    [Id(0)] public required string Text { get; init; }

    /// <summary>The author's display name when it was sent.</summary>
    [Id(1)] public string? DisplayName { get; init; }

    /// <summary>The number of the message that it replies to.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReplyTo { get; init; }

    /// <summary>Whom it mentions, by user id.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<string>? Mentions { get; init; }

    /// <summary>Whether it is meant for everybody in the room.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MentionsEveryone { get; init; }

    /// <summary>Which parts of the text are links: those and no others.</summary>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<LinkSpan>? Links { get; init; }

    /// <summary>When it was said anew, Unix milliseconds.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? EditedAtMs { get; init; }

    /// <summary>Whether it was taken back: then the text is empty.</summary>
    [Id(7), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDeleted { get; init; }

    /// <summary>Who took it back, where it was not the author.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DeletedByUserId { get; init; }
}
