using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a user may not do, and until when: it counts as long as the clock says so when it is asked for, and nothing has to run at its end.</summary>
internal sealed record Sanction
{
    public required SanctionKind Kind { get; init; }

    public required string By { get; init; }

    public string? Reason { get; init; }

    public required long FromMs { get; init; }

    /// <summary>Null: until it is lifted.</summary>
    public long? UntilMs { get; init; }

    /// <summary>The room's revision when it was imposed.</summary>
    public long Number { get; init; }

    public bool Counts(long nowMs) => UntilMs is null || UntilMs > nowMs;
}
