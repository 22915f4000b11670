namespace WhatsSound.Client;

/// <summary>What somebody said; who it was is the publisher.</summary>
/// <param name="Text">What they said; empty where it was taken back.</param>
/// <param name="DisplayName">What their token called them then.</param>
/// <param name="ReplyTo">The number of the message that it replies to.</param>
/// <param name="Mentions">Whom it mentions, by user id.</param>
/// <param name="MentionsEveryone">Whether it is meant for everybody.</param>
/// <param name="Links">Which parts of the text are links; nothing else is to be shown as one.</param>
/// <param name="EditedAtMs">When it was said anew, Unix milliseconds of the server's clock.</param>
/// <param name="IsDeleted">Whether it was taken back.</param>
/// <param name="DeletedByUserId">Who took it back, where it was not the author.</param>
public sealed record ChatMessage(
    string Text,
    string? DisplayName = null,
    long? ReplyTo = null,
    IReadOnlyList<string>? Mentions = null,
    bool? MentionsEveryone = null,
    IReadOnlyList<LinkSpan>? Links = null,
    long? EditedAtMs = null,
    bool? IsDeleted = null,
    string? DeletedByUserId = null);
