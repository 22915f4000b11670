using System.Collections.Frozen;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>The methods that clients may call; docs/protocol.md describes each.</summary>
internal static class HubMethods
{
    public const string Authenticate = "Authenticate";
    public const string Time = "Time";

    public const string Subscribe = "Subscribe";
    public const string Unsubscribe = "Unsubscribe";
    public const string Publish = "Publish";
    public const string EnterPresence = "EnterPresence";
    public const string LeavePresence = "LeavePresence";
    public const string GetPresence = "GetPresence";

    public const string ListRooms = "ListRooms";
    public const string CreateRoom = "CreateRoom";
    public const string JoinRoom = "JoinRoom";
    public const string LeaveRoom = "LeaveRoom";
    public const string GetSnapshot = "GetSnapshot";
    public const string SendChat = "SendChat";
    public const string Enqueue = "Enqueue";
    public const string RemoveEntry = "RemoveEntry";
    public const string Vote = "Vote";
    public const string VoteSkip = "VoteSkip";
    public const string Play = "Play";
    public const string Pause = "Pause";
    public const string Seek = "Seek";
    public const string Skip = "Skip";
    public const string ReportEnded = "ReportEnded";
    public const string ReportHostPosition = "ReportHostPosition";
    public const string TransferHost = "TransferHost";

    /// <summary>What a call that cannot be made becomes; a client cannot name it, since it is not in <see cref="Known"/>.</summary>
    public const string Refuse = "$refuse";

    /// <summary>The names above, as clients write them.</summary>
    public static FrozenSet<string> Known { get; } = new[]
    {
        Authenticate, Time, Subscribe, Unsubscribe, Publish, EnterPresence, LeavePresence, GetPresence, ListRooms, CreateRoom, JoinRoom, LeaveRoom,
        GetSnapshot, SendChat, Enqueue, RemoveEntry, Vote, VoteSkip, Play, Pause, Seek, Skip, ReportEnded, ReportHostPosition, TransferHost,
    }.ToFrozenSet(StringComparer.Ordinal);
}
