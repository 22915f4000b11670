using System.Diagnostics;

namespace WhatsSound.Grains.Storage;

/// <summary>Something on its way into the outbox. Its task ends when the database has it, or has refused it.</summary>
internal sealed class PendingOutboxAppend(OutboxAppend append) : PendingWrite
{
    public OutboxAppend Append => append;

    public override int RowsCount => append.Entries.Length + 1;

    protected override Exception Conflict() => new UnreachableException("The outbox knows no conflict.");
}
