namespace WhatsSound.Queue;

/// <summary>What a room's queue takes, as those who manage it have set it.</summary>
[GenerateSerializer, Immutable, Alias("ws.QueueLimits")]
public sealed record QueueLimits
{
    /// <summary>How many songs of one user; null: as many as the deployment allows.</summary>
    [Id(0)] public int? SongsPerUserMax { get; init; }

    /// <summary>How many minutes the songs of one user may last together; 0: as long as they like.</summary>
    [Id(1)] public int MinutesPerUserMax { get; init; }

    /// <summary>For how many minutes a song is not played again; 0: it may be at once.</summary>
    [Id(2)] public int NoRepeatMinutes { get; init; }

    /// <summary>Whether members cannot vote, on songs or to skip.</summary>
    [Id(4)] public bool IsVotingOff { get; init; }

    /// <summary>Whether a song goes once its score is as far below zero as a skip needs votes.</summary>
    [Id(5)] public bool RemovesVotedDown { get; init; }
}
