namespace WhatsSound.Client;

/// <summary>The answer to <c>GetChat</c>.</summary>
internal sealed record ChatPageAnswer(IReadOnlyList<Publication> Lines, Position Position, long? Next = null)
{
    public ChatPage ToPage() => new([.. Lines.Select(ChatLine.Of).OfType<ChatLine>()], Next);
}
