using Microsoft.Extensions.Logging;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a room does once a decision has taken effect, before it is answered: whoever depends on it is told, the chat has settled, and what follows by itself has happened.</summary>
internal sealed class RoomAftermath(
    RoomMembers members, RoomWriter writer, RoomWatch watch, RoomUpkeep upkeep, ChatSettling settling, RoomListings listings, ILogger logger)
{
    public async Task FollowAsync(RoomDecision decision)
    {
        if (decision.Events.Any(static happened => happened is RoomClosed))
            members.SendOut();
        foreach (var sanction in decision.Events.OfType<SanctionApplied>().Where(static sanction => sanction.Kind is SanctionKind.Kick or SanctionKind.Ban))
            members.Kick(sanction.UserId);
        watch.SetAlarm();
        upkeep.SetSoon();
        if (decision.Events.Any(ChatStandings.AreOthersAfter))
            await settling.WaitAsync();
        if (decision.Events.Any(Voters.AreOthersAfter))
        {
            // With others who have a say, the votes that are there may be enough: after a sanction, too.
            members.Recount();
            watch.SetAlarm(await writer.CatchUpAsync());
        }

        if (decision.Events.Any(static happened => happened is HostNamed or RoomCreated))
            await members.NameHostAsync(decision.Room!.HostUserId);
        if (decision.Events.Any(static happened => happened is SettingsChanged or RoomClosed or RoomReopened))
            await listings.ReportAsync(decision.Room!, members.Attendance.Members.Count);
        if (decision.Events.Any(static happened => happened is TrackEnded))
            upkeep.HandOver(decision.Room!);
        upkeep.TellOwners(decision);
        if (decision.Events.Any(static happened => happened is RoomCreated))
            await BeginAsync(decision.Room!);
    }

    private async Task BeginAsync(Room room)
    {
        logger.RoomCreated(room.RoomId);
        await watch.BeginAsync();
        await listings.RegisterAsync(room, members.Attendance.Members.Count);
    }
}
