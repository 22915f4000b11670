namespace WhatsSound.Grains.Storage;

/// <summary>The statements of the outbox, the same on every database but where their names say so.</summary>
internal static class OutboxSql
{
    public const string Insert =
        """
        INSERT INTO Outbox (Lane, Source, AtMs, Content) VALUES (@p1, @p2, @p3, @p4)
        ON CONFLICT (Lane, Source) DO NOTHING
        """;

    /// <summary>An append that comes to light late, of an activation that is no more, does not take the mark back.</summary>
    public const string SetMark =
        """
        INSERT INTO OutboxChannel (Channel, Epoch, HeadOffset, IsOccupied, AtMs) VALUES (@p1, @p2, @p3, @p4, @p5)
        ON CONFLICT (Channel) DO UPDATE SET Epoch = excluded.Epoch, HeadOffset = excluded.HeadOffset, IsOccupied = excluded.IsOccupied, AtMs = excluded.AtMs
        WHERE OutboxChannel.AtMs <= excluded.AtMs
        """;

    public const string FindMark = "SELECT Channel, Epoch, HeadOffset, IsOccupied, AtMs FROM OutboxChannel WHERE Channel = @channel";

    public const string Read = "SELECT EntryNumber, Source, AtMs, Content FROM Outbox WHERE Lane = @lane ORDER BY EntryNumber LIMIT @countMax";

    /// <summary>Dapper writes the numbers out.</summary>
    public const string SqliteRemove = "DELETE FROM Outbox WHERE Lane = @lane AND EntryNumber IN @numbers";

    /// <summary>PostgreSQL takes the numbers as one parameter.</summary>
    public const string PostgresRemove = "DELETE FROM Outbox WHERE Lane = @lane AND EntryNumber = ANY(@numbers)";

    public const string DropStep =
        """
        DELETE FROM Outbox WHERE EntryNumber IN (SELECT EntryNumber FROM Outbox WHERE Lane = @lane AND AtMs < @beforeMs ORDER BY EntryNumber LIMIT @stepMax)
        """;

    public const string TrimStep =
        """
        DELETE FROM Outbox WHERE EntryNumber IN (
            SELECT EntryNumber FROM Outbox
            WHERE Lane = @lane AND EntryNumber <= (SELECT EntryNumber FROM Outbox WHERE Lane = @lane ORDER BY EntryNumber DESC LIMIT 1 OFFSET @countMax)
            ORDER BY EntryNumber LIMIT @stepMax)
        """;

    public const string ListLanes = "SELECT Lane, COUNT(*) AS RowsCount FROM Outbox GROUP BY Lane ORDER BY Lane";

    public const string ListOccupied = "SELECT Channel FROM OutboxChannel WHERE IsOccupied = 1 AND Channel > @afterChannel ORDER BY Channel LIMIT @countMax";

    public const string SweepStep = "DELETE FROM Outbox WHERE EntryNumber IN (SELECT EntryNumber FROM Outbox WHERE AtMs < @beforeMs ORDER BY AtMs LIMIT @stepMax)";

    public const string ForgetStep =
        "DELETE FROM OutboxChannel WHERE Channel IN (SELECT Channel FROM OutboxChannel WHERE IsOccupied = 0 AND AtMs < @beforeMs ORDER BY AtMs LIMIT @stepMax)";
}
