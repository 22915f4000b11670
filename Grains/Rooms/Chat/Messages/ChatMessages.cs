using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What is said, as everybody gets it.</summary>
internal static class ChatMessages
{
    public static ChatMessage Of(SendChat send, string? displayName) => new()
    {
        Text = send.Text,
        DisplayName = displayName,
        ReplyTo = send.ReplyTo,
        Mentions = OrNull(ChatCommands.Listed(send.Mentions)),
        MentionsEveryone = send.MentionsEveryone,
        Links = OrNull(ChatLinks.Find(send.Text)),
    };

    /// <summary>The same message, said anew.</summary>
    public static ChatMessage Edited(ChatMessage message, EditChat edit, long nowMs) => message with
    {
        Text = edit.Text,
        Mentions = OrNull(ChatCommands.Listed(edit.Mentions)),
        Links = OrNull(ChatLinks.Find(edit.Text)),
        EditedAtMs = nowMs,
    };

    /// <summary>What is left of a message that was taken back: its number, its author and that it was there.</summary>
    public static ChatMessage Deleted(ChatLine line, string byUserId) => new()
    {
        Text = "",
        DisplayName = line.Message.DisplayName,
        IsDeleted = true,
        DeletedByUserId = byUserId == line.AuthorId ? null : byUserId,
    };

    private static ImmutableArray<T>? OrNull<T>(ImmutableArray<T> items) => items.IsEmpty ? null : items;
}
