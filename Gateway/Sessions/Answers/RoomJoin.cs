using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions;

/// <summary>What a session gets when it joins a room: either the room, or what it missed of it.</summary>
internal sealed record RoomJoin(Verdict Verdict, RoomSnapshot? Snapshot, ImmutableArray<ChannelRecovery> Recoveries);
