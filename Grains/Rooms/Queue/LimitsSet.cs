using System.Globalization;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Rooms;

/// <summary>What the queue takes was set; by whom is not known of before that was in it.</summary>
internal sealed record LimitsSet(QueueLimits Limits, long AtMs, string? By = null) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { QueueLimits = Limits };

    public override LogLine? ToLog(Room before) =>
        By is null ? null : new(AtMs, "setQueueLimits", By, Detail: string.Join(", ", ChangesFrom(before.QueueLimits ?? new QueueLimits())));

    private IEnumerable<string> ChangesFrom(QueueLimits before)
    {
        if (Limits.SongsPerUserMax != before.SongsPerUserMax)
            yield return Limits.SongsPerUserMax is { } songs ? string.Create(CultureInfo.InvariantCulture, $"songsPerUserMax {songs}") : "songsPerUserMax none";
        if (Limits.MinutesPerUserMax != before.MinutesPerUserMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"minutesPerUserMax {Limits.MinutesPerUserMax}");
        if (Limits.NoRepeatMinutes != before.NoRepeatMinutes)
            yield return string.Create(CultureInfo.InvariantCulture, $"noRepeatMinutes {Limits.NoRepeatMinutes}");
        if (Limits.IsVotingOff != before.IsVotingOff)
            yield return Limits.IsVotingOff ? "isVotingOff on" : "isVotingOff off";
        if (Limits.RemovesVotedDown != before.RemovesVotedDown)
            yield return Limits.RemovesVotedDown ? "removesVotedDown on" : "removesVotedDown off";
    }
}
