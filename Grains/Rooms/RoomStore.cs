using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using WhatsSound.Playback;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What is saved of a room, and the answers that were given: whatever counts is written before it is acknowledged. A write that another activation overtook ends
/// this one; a write whose outcome is unknown is taken as not done, and the next tells.
/// </summary>
internal sealed class RoomStore(IPersistentState<RoomState> stored, RoomOptions options, IRoomClock clock, ILogger logger, Action overtaken)
{
    /// <summary>As it was saved last, as far as is known.</summary>
    public RoomState State => stored.State;

    /// <summary>Brings what was read to today's schema.</summary>
    public void Upgrade() => stored.State = stored.State.Upgrade();

    /// <summary>The answer that the command's id got already.</summary>
    public KeptReceipt? FindAnswer(RoomCommand command) => Receipts.Find(stored.State.Receipts, command);

    /// <summary>The state with an answer, to be saved with what led to it.</summary>
    public RoomState With(KeptReceipt? receipt) =>
        receipt is null ? stored.State : stored.State with { Receipts = Receipts.Add(stored.State.Receipts, receipt, options) };

    /// <summary>Remembers an answer before it is saved: what it answers cannot be decided again.</summary>
    public void Answered(KeptReceipt receipt) => stored.State = With(receipt);

    /// <summary>Null: it is saved. NOT_READY: it is not, and will not be. TIMEOUT: nobody knows; the next write, or the next activation, will.</summary>
    public async Task<Refusal?> SaveAsync(RoomState next, ImmutableArray<RosterMember> members)
    {
        var before = stored.State;
        stored.State = next with { SavedAtMs = clock.NowMs, Members = members };
        try
        {
            await stored.WriteStateAsync();
            return null;
        }
        catch (InconsistentStateException exception)
        {
            // Another activation, or a write of ours whose answer was lost, was faster: what it saved is the room now.
            logger.SavedByAnother(next.Room?.RoomId ?? "", exception);
            stored.State = before;
            overtaken();
            return RoomRefusals.NotReady();
        }
        catch (StorageUnavailableException exception) when (exception.HasChangedNothing)
        {
            logger.SaveRefused(next.Room?.RoomId ?? "", exception);
            stored.State = before;
            return RoomRefusals.NotReady();
        }
        catch (Exception exception)
        {
            // Whatever broke on the way to the storage, the write may have taken place. This activation goes on from what it knows; if there is more, its next
            // write is refused as inconsistent, and the activation after it has that and its receipt.
            logger.SaveFailed(next.Room?.RoomId ?? "", exception);
            stored.State = before;
            return RoomRefusals.OutcomeUnknown();
        }
    }
}
