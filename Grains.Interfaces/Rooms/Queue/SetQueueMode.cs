using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>Says how the queue is ordered and what it takes; what is left out stays as it is. Refusals: FORBIDDEN.</summary>
[GenerateSerializer, Immutable, Alias("ws.SetQueueMode")]
public sealed record SetQueueMode : RoomAction
{
    /// <summary>The most songs of a user that a room may be set to take.</summary>
    public const int SongsPerUserBound = 200;

    /// <summary>The most minutes of either kind: a day.</summary>
    public const int MinutesBound = 24 * 60;

    /// <summary>How it is ordered.</summary>
    [Id(0)] public QueueMode? Mode { get; init; }

    /// <summary>How many songs of one user it takes, 1 to 200; 0: as many as the deployment says.</summary>
    [Id(1)] public int? SongsPerUserMax { get; init; }

    /// <summary>How many minutes the songs of one user may last together, up to 1,440; 0: as long as they like.</summary>
    [Id(2)] public int? MinutesPerUserMax { get; init; }

    /// <summary>For how many minutes a song is not played again, up to 1,440; 0: it may be at once.</summary>
    [Id(3)] public int? NoRepeatMinutes { get; init; }

    /// <summary>Whether members cannot vote, on songs or to skip.</summary>
    [Id(5)] public bool? IsVotingOff { get; init; }

    /// <summary>Whether a song goes once its score is as far below zero as a skip needs votes.</summary>
    [Id(6)] public bool? RemovesVotedDown { get; init; }
}
