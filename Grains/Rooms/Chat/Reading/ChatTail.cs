using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The newest messages of a chat, as of a position: all up to it is in them, and everything later follows it. <see cref="HasMore"/> says that there may be older ones.</summary>
internal sealed record ChatTail(Position Position, ImmutableArray<Publication> Lines, bool HasMore)
{
    /// <summary>How many are kept at most, with those that users have for themselves alone.</summary>
    private const int LinesMax = 4 * RoomSnapshots.ChatMax;

    /// <summary>Whether there are as many for everybody as a snapshot has, or as are kept.</summary>
    public bool HasEnough => Lines.Length >= LinesMax || Lines.Count(static line => line.OnlyFor is null) >= RoomSnapshots.ChatMax;

    /// <summary>The messages for a user among what the channel rewound, as many as a snapshot has.</summary>
    public static ChatTail Of(Recovery rewound, string userId) => Of(rewound).For(userId);

    /// <summary>The messages among what the channel rewound, with those that users have for themselves alone.</summary>
    public static ChatTail Of(Recovery rewound) => new(rewound.Position, MessagesOf(rewound.Publications), rewound.Publications is [{ Offset: > 1 }, ..]);

    /// <summary>What of a chat's publications is a message, and no change of one: the log has changed the message already. As a user has them; null: as all do.</summary>
    public static ImmutableArray<Publication> LinesOf(ImmutableArray<Publication> publications, string? forUserId) =>
        [.. MessagesOf(publications).Select(publication => publication.For(forUserId)).OfType<Publication>()];

    /// <summary>As a user has them, as many as a snapshot has.</summary>
    public ChatTail For(string userId)
    {
        var lines = LinesOf(Lines, userId);
        return lines.Length > RoomSnapshots.ChatMax ? this with { Lines = lines[^RoomSnapshots.ChatMax..], HasMore = true } : this with { Lines = lines };
    }

    /// <summary>With what was published before, oldest first.</summary>
    public ChatTail After(ImmutableArray<Publication> older, bool hasMore) => (this with { Lines = [.. MessagesOf(older), .. Lines], HasMore = hasMore }).Bounded();

    /// <summary>With what has been published since: new messages, and others in the place of those that were changed, as the log has them.</summary>
    public ChatTail Follow(Recovery later)
    {
        var lines = Lines.ToBuilder();
        foreach (var publication in later.Publications)
        {
            if (publication.Event == RoomEvents.Chat)
                lines.Add(publication);
            else if (publication.Event == RoomEvents.ChatChanged && publication.Content.Read(WireJson.Default.ChatChange) is { } change)
                Change(lines, publication, change);
        }

        return (this with { Position = later.Position, Lines = lines.ToImmutable() }).Bounded();
    }

    private static void Change(ImmutableArray<Publication>.Builder lines, Publication by, ChatChange change)
    {
        for (var index = 0; index < lines.Count; index++)
        {
            if (lines[index].Offset == change.Offset)
                lines[index] = lines[index].AmendedBy(by, Payload.Of(change.Message, WireJson.Default.ChatMessage));
        }
    }

    private static ImmutableArray<Publication> MessagesOf(ImmutableArray<Publication> publications) => [.. publications.Where(static publication => publication.Event == RoomEvents.Chat)];

    /// <summary>Without the oldest, where there are more for everybody than a snapshot has, or too many in all.</summary>
    private ChatTail Bounded()
    {
        var (from, forAll) = (Lines.Length, 0);
        while (from > 0 && forAll < RoomSnapshots.ChatMax && Lines.Length - from < LinesMax)
            forAll += Lines[--from].OnlyFor is null ? 1 : 0;
        return from == 0 ? this : this with { Lines = Lines[from..], HasMore = true };
    }
}
