using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What members do with the player.</summary>
internal static class PlaybackActions
{
    public static IReadOnlyList<ActionRule> All { get; } =
    [
        ActionRule.Of<Play>(static _ => CommandPrint.Of("play"), RoomPermission.ControlPlayback, static (turn, _) => PlaybackCommandRules.Play(turn)),

        ActionRule.Of<PlayEntry>(
            static action => CommandPrint.Of("playEntry", action.EntryId),
            RoomPermission.ControlPlayback,
            static (turn, action) => PlaybackCommandRules.PlayEntry(turn, action.EntryId),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<Pause>(static _ => CommandPrint.Of("pause"), RoomPermission.ControlPlayback, static (turn, _) => PlaybackCommandRules.Pause(turn)),

        ActionRule.Of<Seek>(
            static action => CommandPrint.Of("seek", action.EntryId, action.PositionMs),
            RoomPermission.ControlPlayback,
            static (turn, action) => PlaybackCommandRules.Seek(turn, action.EntryId, action.PositionMs),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<SetRate>(
            static action => CommandPrint.Of("setRate", null, action.RatePermille),
            RoomPermission.ControlPlayback,
            static (turn, action) => PlaybackCommandRules.SetRate(turn, action.RatePermille),
            static action => action.RatePermille is < SetRate.RateMin or > SetRate.RateMax
                ? Refusals.WrongField("ratePermille", $"must be {SetRate.RateMin:N0} to {SetRate.RateMax:N0}")
                : null),

        ActionRule.Of<Skip>(
            static action => CommandPrint.Of("skip", action.EntryId),
            permission: null,
            static (turn, action) => PlaybackCommandRules.Skip(turn, action.EntryId),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<VoteSkip>(
            static action => CommandPrint.Of("voteSkip", action.EntryId, action.IsOn ? 1 : 0),
            RoomPermission.VoteSkip,
            static (turn, action) => QueueTurns.Decide(turn, new CastBallot(action.EntryId, BallotKind.Skip, action.IsOn)),
            static action => CommandRules.CheckEntryId(action.EntryId)),

        ActionRule.Of<ReportEnded>(
            static action => CommandPrint.Of("reportEnded", action.EntryId),
            permission: null,
            static (turn, action) => PlaybackCommandRules.ReportEnded(turn, action.EntryId),
            static action => CommandRules.CheckEntryId(action.EntryId)) with { IsReport = true },

        ActionRule.Of<ReportUnplayable>(
            static action => CommandPrint.Of("reportUnplayable", action.EntryId),
            permission: null,
            static (turn, action) => QueueTurns.Decide(turn, new CastBallot(action.EntryId, BallotKind.Unplayable, IsOn: true)),
            static action => CommandRules.CheckEntryId(action.EntryId)) with { IsReport = true },

        ActionRule.Of<ReportLatency>(
            static action => CommandPrint.Of("reportLatency", null, action.OneWayMs),
            permission: null,
            static (turn, _) => turn.Nothing(),
            static action => action.OneWayMs is < 0 or > ReportLatency.OneWayMsMax
                ? Refusals.WrongField("oneWayMs", $"must be 0 to {ReportLatency.OneWayMsMax:N0}")
                : null) with { IsReport = true },

        ActionRule.Of<ReportReady>(
            static action => CommandPrint.Of("reportReady", action.EntryId),
            permission: null,
            static (turn, _) => turn.Nothing(),
            static action => CommandRules.CheckEntryId(action.EntryId)) with { IsReport = true },

        ActionRule.Of<ReportActive>(
            static _ => CommandPrint.Of("reportActive"),
            permission: null,
            static (turn, _) => turn.Nothing()) with { IsReport = true },

        ActionRule.Of<ReportHostPosition>(
            static action => CommandPrint.Of("reportHostPosition", action.EntryId, action.PositionMs),
            permission: null,
            static (turn, action) => PlaybackCommandRules.ReportHostPosition(turn, action.EntryId, action.PositionMs),
            static action => CommandRules.CheckEntryId(action.EntryId)) with { IsReport = true },
    ];
}
