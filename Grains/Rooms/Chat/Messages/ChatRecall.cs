using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What a chat knows of what was said lately: how much by whom, how it was answered, and what the room is still to note. It follows from the message log: a chat that comes back, or does not know what became of a
/// publication, reads it again, so that a crash makes nobody faster, and gives no command a second effect.
/// </summary>
internal sealed class ChatRecall(RoomOptions options)
{
    /// <summary>How much is read: a room in which more than a thousand messages came in five minutes has forgotten who was slow by then.</summary>
    public const int CountMax = 1000;

    public ChatPace Pace { get; } = new(options);

    public RecentAnswers Answers { get; } = new(options);

    /// <summary>What others' messages were taken back, as far as is known from the log.</summary>
    public IReadOnlyList<ChatDeletion> Deletions => _deletions;

    private readonly List<ChatDeletion> _deletions = [];

    /// <param name="publication">One of the chat's, in order.</param>
    /// <param name="revision">The room's.</param>
    /// <param name="position">Where it is.</param>
    public void Take(Publication publication, long revision, Position position)
    {
        if (publication is not { Publisher: { } userId, PublisherKind: null or PublisherKind.User })
            return;
        // A change from before its message was taken back says so too, and is not what took it back.
        var deleted = publication.Event == RoomEvents.ChatChanged && publication.Content.Read(WireJson.Default.ChatChange) is { Message.IsDeleted: true } change ? change : null;
        var isOfAnother = deleted is { AuthorId: var authorId } && authorId != userId;
        if (deleted is null || isOfAnother)
            Pace.Count(userId, publication.Event == RoomEvents.Chat, publication.TimeMs);
        if (isOfAnother)
            _deletions.Add(new ChatDeletion { Offset = deleted!.Offset, UserId = deleted.AuthorId, By = userId, AtMs = publication.TimeMs });
        Answers.Add(new KeptReceipt
        {
            UserId = userId,
            CommandId = publication.Id,
            AtMs = publication.TimeMs,
            Receipt = new RoomReceipt { Revision = revision, Position = position with { Offset = publication.Offset }, TimeMs = publication.TimeMs },
        });
    }
}
