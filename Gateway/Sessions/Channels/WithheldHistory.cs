using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a session that may not have a channel's history is told of its gap: there was none, or it is lost, to this session.</summary>
internal static class WithheldHistory
{
    /// <param name="since">The last position that the session has seen.</param>
    /// <param name="here">Where it is attached now, with nothing from before.</param>
    public static Recovery Since(Position since, Recovery here)
    {
        if (since == here.Position)
            return here with { Verdict = Verdict.Recovered };
        var isGap = string.Equals(since.Epoch, here.Position.Epoch, StringComparison.Ordinal) && since.Offset >= 0 && since.Offset < here.Position.Offset;
        return here with { Verdict = Verdict.Lost, LostFrom = isGap ? since.Offset + 1 : null, LostTo = isGap ? here.Position.Offset : null };
    }
}
