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
             PublisherKind, Connection, DataKind, Headers, Extras, Connections, OwnUserId, OwnData)
        VALUES (@p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11, @p12, @p13, @p14, @p15, @p16, @p17, @p18, @p19)
        ON CONFLICT DO NOTHING
        """;

    public const string Find = "SELECT Epoch, HeadOffset FROM PublicationLogHead WHERE Channel = @channel";

    public const string ReadAfter = Columns + "WHERE Channel = @channel AND Epoch = @epoch AND ChannelOffset > @afterOffset ORDER BY ChannelOffset LIMIT @countMax";

    public const string ReadLast = Columns + "WHERE Channel = @channel AND Epoch = @epoch ORDER BY ChannelOffset DESC LIMIT @countMax";

    public const string ReadBefore =
        Columns + "WHERE Channel = @channel AND Epoch = @epoch AND ChannelOffset < @beforeOffset ORDER BY ChannelOffset DESC LIMIT @countMax";

    public const string FirstTime = "SELECT ChannelOffset, TimeMs FROM PublicationLog WHERE Channel = @channel AND Epoch = @epoch ORDER BY ChannelOffset LIMIT 1";

    /// <summary>The last of those after an offset and up to another.</summary>
    public const string LastTime =
        """
        SELECT ChannelOffset, TimeMs FROM PublicationLog WHERE Channel = @channel AND Epoch = @epoch AND ChannelOffset > @after AND ChannelOffset <= @upTo
        ORDER BY ChannelOffset DESC LIMIT 1
        """;

    /// <summary>An earlier publication gets other data; what kind of data it is may change with it.</summary>
    public const string Amend = "UPDATE PublicationLog " + AmendedBy4To6 + " WHERE Channel = @p1 AND Epoch = @p2 AND ChannelOffset = @p3 AND " + IsAmendedBy6;

    /// <summary>Those that amended the same before get the data of the one that does now: what they said is not so any more.</summary>
    public const string AmendKey =
        "UPDATE PublicationLog " + AmendedBy4To6 + " WHERE Channel = @p1 AND Epoch = @p2 AND ConflationKey = @p7 AND ChannelOffset > @p3 AND " + IsSupersededBy6;

    public const string SweepStep =
        """
        DELETE FROM PublicationLog WHERE (Channel, Epoch, ChannelOffset) IN
            (SELECT Channel, Epoch, ChannelOffset FROM PublicationLog WHERE KeepUntilMs <= @nowMs ORDER BY KeepUntilMs LIMIT @stepMax)
        """;

    /// <summary>
    /// As <c>Publication.SupersededBy</c>: by data and its kind, said to all where <c>@p6</c> is null, or else to that user. What is for one user alone has its data elsewhere, which is always JSON, and none for all.
    /// </summary>
    public const string AmendedBy4To6 =
        """
        SET Data = CASE WHEN @p6 IS NULL AND (OwnUserId IS NULL OR length(Data) > 0) THEN @p4 ELSE Data END,
            DataKind = CASE WHEN @p6 IS NULL AND (OwnUserId IS NULL OR length(Data) > 0) THEN @p5 ELSE DataKind END,
            OwnUserId = CASE WHEN @p6 IS NOT NULL THEN @p6 WHEN length(Data) > 0 THEN NULL ELSE OwnUserId END,
            OwnData = CASE WHEN @p6 IS NOT NULL OR (OwnUserId IS NOT NULL AND length(Data) = 0) THEN @p4 ELSE NULL END
        """;

    /// <summary>As <c>Publication.AmendedBy</c>: what is said to all changes nothing of what one user alone has, and what is said to one user nothing of what another has.</summary>
    public const string IsAmendedBy6 = "(OwnUserId IS NULL OR OwnUserId = @p6 OR (@p6 IS NULL AND length(Data) > 0))";

    /// <summary>As <c>Publication.SupersededBy</c>.</summary>
    public const string IsSupersededBy6 = "(OwnUserId IS NULL OR OwnUserId = @p6 OR @p6 IS NULL)";

    private const string Columns =
        "SELECT ChannelOffset, PublicationId, TimeMs, Publisher, EventName, Data, ConflationKey, PublisherKind, Connection, DataKind, Headers, Extras, Connections, OwnUserId, OwnData FROM PublicationLog ";
}
