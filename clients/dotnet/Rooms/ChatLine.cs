namespace WhatsSound.Client;

/// <summary>A message of a room's chat.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Id">Of the command that sent it.</param>
/// <param name="TimeMs">Unix milliseconds of the server's clock.</param>
/// <param name="UserId">Who said it.</param>
/// <param name="DisplayName">What their token called them then.</param>
/// <param name="Text">What they said; empty where it was taken back.</param>
public sealed record ChatLine(long Offset, string Id, long TimeMs, string? UserId, string? DisplayName, string Text)
{
    /// <summary>The number of the message that it replies to.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>Whom it mentions, by user id.</summary>
    public IReadOnlyList<string> Mentions { get; init; } = [];

    /// <summary>Whether it is meant for everybody.</summary>
    public bool MentionsEveryone { get; init; }

    /// <summary>Which parts of the text are links; nothing else is to be shown as one.</summary>
    public IReadOnlyList<LinkSpan> Links { get; init; } = [];

    /// <summary>When it was said anew, Unix milliseconds of the server's clock.</summary>
    public long? EditedAtMs { get; init; }

    /// <summary>Whether it was taken back.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Who took it back, where it was not the author.</summary>
    public string? DeletedByUserId { get; init; }

    /// <summary>The line of a publication; null where it is none.</summary>
    internal static ChatLine? Of(Publication publication) => publication.Read(ClientJson.Default.ChatMessage) is { } message
        ? new ChatLine(publication.Offset, publication.Id, publication.TimeMs, publication.Publisher, message.DisplayName, message.Text).With(message)
        : null;

    /// <summary>The line as it is from now on.</summary>
    internal ChatLine With(ChatMessage message) => this with
    {
        Text = message.Text,
        DisplayName = message.DisplayName,
        ReplyTo = message.ReplyTo,
        Mentions = message.Mentions ?? [],
        MentionsEveryone = message.MentionsEveryone == true,
        Links = message.Links ?? [],
        EditedAtMs = message.EditedAtMs,
        IsDeleted = message.IsDeleted == true,
        DeletedByUserId = message.DeletedByUserId,
    };
}
