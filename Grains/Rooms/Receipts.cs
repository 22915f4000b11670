using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The ring of kept answers, oldest first: bounded by count and by age. A command id is its user's own.</summary>
internal static class Receipts
{
    public static KeptReceipt? Find(ImmutableArray<KeptReceipt> kept, RoomCommand command)
    {
        foreach (var receipt in kept)
        {
            if (receipt.CommandId == command.CommandId && receipt.UserId == command.UserId)
                return receipt;
        }

        return null;
    }

    public static ImmutableArray<KeptReceipt> Add(ImmutableArray<KeptReceipt> kept, KeptReceipt added, RoomOptions options)
    {
        var oldestMs = added.AtMs - (long)options.ReceiptAge.TotalMilliseconds;
        var tooMany = kept.Length + 1 - options.ReceiptsMax;
        return [.. kept.Where((receipt, index) => index >= tooMany && receipt.AtMs >= oldestMs), added];
    }
}
