namespace WhatsSound.Client;

/// <summary>The answer to <c>JoinRoom</c>.</summary>
internal sealed record RoomJoin(Verdict Verdict, IReadOnlyList<Recovery> Recoveries, RoomSnapshot? Snapshot = null);
