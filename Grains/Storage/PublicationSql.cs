namespace WhatsSound.Grains.Storage;

/// <summary>The statements of the message log that are the same on every database.</summary>
internal static class PublicationSql
{
    /// <summary>
    /// Moves the channel's head to the offset; affects no row if the head is there already or beyond: then the offset is another writer's.
    /// The head is asked, not the publications, because they may be replaced or swept.
    /// </summary>
    public const string TakeOffset =
        """
        INSERT INTO PublicationLogHead (Channel, Epoch, HeadOffset) VALUES (@p1, @p2, @p3)
        ON CONFLICT (Channel) DO UPDATE SET Epoch = excluded.Epoch, HeadOffset = excluded.HeadOffset
        WHERE PublicationLogHead.Epoch <> excluded.Epoch OR PublicationLogHead.HeadOffset < excluded.HeadOffset
        """;

    public const string Insert =
        """
        INSERT INTO PublicationLog
            (Channel, Epoch, ChannelOffset, PublicationId, TimeMs, Publisher, EventName, Data, ConflationKey, OnlyLast, KeepUntilMs,
             PublisherKind, Connection, DataKind, Headers, Extras)
        VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16)
        ON CONFLICT DO NOTHING
        """;

    public const string Find = "SELECT Epoch, HeadOffset FROM PublicationLogHead WHERE Channel = @channel";

    public const string ReadAfter = Columns + "WHERE Channel = @channel AND Epoch = @epoch AND ChannelOffset > @afterOffset ORDER BY ChannelOffset LIMIT @countMax";

    public const string ReadLast = Columns + "WHERE Channel = @channel AND Epoch = @epoch ORDER BY ChannelOffset DESC LIMIT @countMax";

    public const string SweepStep =
        """
        DELETE FROM PublicationLog WHERE (Channel, Epoch, ChannelOffset) IN
            (SELECT Channel, Epoch, ChannelOffset FROM PublicationLog WHERE KeepUntilMs <= @nowMs ORDER BY KeepUntilMs LIMIT @stepMax)
        """;

    private const string Columns =
        "SELECT ChannelOffset, PublicationId, TimeMs, Publisher, EventName, Data, ConflationKey, PublisherKind, Connection, DataKind, Headers, Extras FROM PublicationLog ";
}
