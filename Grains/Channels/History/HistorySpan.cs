using WhatsSound.Channels;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Channels;

/// <summary>Between which offsets a page of the history lies, neither of them in it. Nothing above the head is: what is numbered while a page is read belongs to what is live.</summary>
internal readonly record struct HistorySpan(long After, long Before)
{
    /// <summary>Whether no offset is between them.</summary>
    public bool IsEmpty => After >= Before - 1;

    /// <summary>The span of a request.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="headOffset">The channel's head.</param>
    /// <param name="from">Where its first time is; null: it names none.</param>
    /// <param name="to">Where its last time is; null: it names none.</param>
    public static HistorySpan Of(HistoryRequest request, long headOffset, LoggedTime? from, LoggedTime? to)
    {
        var end = headOffset + 1;

        // Where nothing older is kept, what the time began with may be gone, which the page then says.
        var fromAfter = from is { HasOlder: true } ? (from.Offset ?? end) - 1 : 0;
        var toBefore = to?.Offset ?? end;
        return new(
            Math.Max(request.After ?? 0, Math.Min(fromAfter, headOffset)),
            Math.Min(Math.Min(request.Before ?? end, toBefore), end));
    }

    /// <summary>Whether an offset is between them.</summary>
    public bool Includes(long offset) => offset > After && offset < Before;
}
