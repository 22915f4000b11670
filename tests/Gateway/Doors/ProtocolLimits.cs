using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Users;
using WhatsSound.Presence;
using WhatsSound.Queue;
using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Gateway.Doors;

/// <summary>The limits that a client can meet, as the code has them; docs/protocol.md has the same table.</summary>
internal static class ProtocolLimits
{
    private static readonly SessionLimits Session = new();
    private static readonly HubDoorOptions Door = new();
    private static readonly GuestOptions Guests = new();
    private static readonly RoomOptions Room = new();
    private static readonly UserOptions Users = new();
    private static readonly ChannelRule Rule = new() { Pattern = "*" };

    public static IEnumerable<(string Name, string Value)> All =>
    [
        ("bytes of a request", Text(Door.RequestBytesMax)),
        ("bytes of a message, beyond which the connection closes", Text(Door.ReadBytesMax)),
        ("bytes of a message before a token was shown", Text(Door.RequestBytesMax)),
        ("seconds in which to show a token", Text((int)Session.AuthenticateWithin.TotalSeconds)),
        ("seconds for which a connection is delivered to after its token has run out, at least", Text((int)Session.ExpiredGrace.TotalSeconds)),
        ("connections of a gateway", Text(Session.ConnectionsMax)),
        ("connections from an address", Text(Session.ConnectionsPerAddressMax)),
        ("connections of a gateway that have shown none", Text(Session.StrangersMax)),
        ("connections from an address that have shown none", Text(Session.StrangersPerAddressMax)),
        ("connections of a gateway that stay without a user", Text(Session.AnonymousMax)),
        ("connections from an address that stay without a user", Text(Session.AnonymousPerAddressMax)),
        ("connections of a user", Text(new UserOptions().ConnectionsMax)),
        ("refusals in a row", Text(Session.RefusalsInRowMax)),
        ("seconds that a long poll takes at most", Text((int)Door.PollTimeout.TotalSeconds)),
        ("requests of a user a second", Text(Session.CommandsPerSecondMax)),
        ("requests of a user at once", Text(Session.CommandBurstMax)),
        ("bytes of a user's answers a second, beyond the first 4,096 of each", Text(Session.AnswerBytesPerSecondMax)),
        ("bytes of a user's answers at once, beyond the first 4,096 of each", Text(Session.AnswerBytesBurstMax)),
        ("channels and rooms a minute that a user is the first to use", Text(Session.NewChannelsPerMinuteMax)),
        ("channels and rooms at once that a user is the first to use", Text(Session.NewChannelBurstMax)),
        ("channels and rooms in use that a user was the first to use", Text(Session.LiveChannelsMax)),
        ("bytes of history of a channel that nobody listens to, without persistence", Text(HistoryKeeping.UnheardBytesMax)),
        ("users as whom the guests from an address count together", Text(Session.GuestsAsUsersMax)),
        ("rooms an hour that the guests from an address create, on one gateway", Text(Session.GuestRoomsPerHourMax)),
        ("requests a second of a connection that has shown no token, and may not stay", Text(Session.StrangerConnectionPerSecondMax)),
        ("requests at once of a connection that has shown no token, and may not stay", Text(Session.StrangerConnectionBurstMax)),
        ("requests from an address a second, of connections that have shown no token", Text(Session.StrangerCommandsPerSecondMax)),
        ("requests from an address at once, of connections that have shown no token", Text(Session.StrangerCommandBurstMax)),
        ("parts of what an address may do of which a connection that stays without a user may do one", Text(Session.AnonymousPartsOfAddress)),
        ("new connections from an address a second", Text(Session.ConnectsPerSecondMax)),
        ("new connections from an address at once", Text(Session.ConnectBurstMax)),
        ("`ReportHostPosition` of a user a second", Text(Session.ReportsPerSecondMax)),
        ("`JoinRoom` and `GetSnapshot` of a user at once", Text(Session.SnapshotBurstMax)),
        ("`JoinRoom` and `GetSnapshot` of a user a second", Text(Session.SnapshotsPerSecondMax)),
        ("publications of a user a second, per channel rule", Text(Rule.PublicationsPerSecondMax)),
        ("bytes of `data`", Text(Rule.PublicationBytesMax)),
        ("publications of a page of history", Text(PublicationLimits.HistoryCountMax)),
        ("bytes of content of a page of history with more than one publication", Text(PublicationLimits.HistoryBytesMax)),
        ("seconds for which a session without a connection is kept", Text((int)Session.ParkedFor.TotalSeconds)),
        ("sessions of a user without a connection", Text(Users.ParkedSessionsMax)),
        ("bytes of a session without a connection", Text(Users.ParkedBytesMax)),
        ("sessions that a gateway leaves without a connection in that time", Text(Session.ParkedSessionsMax)),
        ("bytes of publications in the answer to a `Resume`", Text(Session.ResumeBytesMax)),
        ("channels per connection", Text(Session.ChannelsMax)),
        ("rooms per connection", Text(Session.RoomsMax)),
        ("messages that wait for a slow connection", Text(Session.OutboxMessagesMax)),
        ("bytes that wait for a slow connection", Text(Session.OutboxBytesMax)),
        ("answers that wait for a slow connection, beyond which no request is carried out", Text(Session.OutboxAnswersMax)),
        ("bytes of answers that wait for a slow connection, beyond which no request is carried out", Text(Session.OutboxAnswerBytesMax)),
        ("bytes of a channel name", Text(ChannelName.BytesMax)),
        ("characters of `id` and `commandId`", Text(RequestReader.IdCharsMax)),
        ("characters of a user id", Text(UserId.LengthMax)),
        ("characters of a display name", Text(TokenVerifier.DisplayNameCharsMax)),
        ("new guests from an address at once", Text(Guests.NewBurstMax)),
        ("new guests from an address a minute", Text(Guests.NewPerMinuteMax)),
        ("renewals of guests from an address at once", Text(Guests.RenewalBurstMax)),
        ("renewals of guests from an address a minute", Text(Guests.RenewalsPerMinuteMax)),
        ("bytes of `info`", Text(PresenceEntry.InfoBytesMax)),
        ("open rooms of an owner", Text(Users.RoomsOwnedMax)),
        ("rooms that a user creates an hour", Text(Users.RoomsPerHourMax)),
        ("others whom a user follows", Text(Users.FollowsMax)),
        ("followers of a user", Text(Users.FollowersMax)),
        ("plays of a room that are kept", Text(new RoomPlayOptions().PlaysMax)),
        ("tracks of an `Enqueue`", Text(Enqueue.TracksMax)),
        ("members of a room", Text(Room.MembersMax)),
        ("connections of a user in a channel's presence", Text(PresenceRules.ConnectionsPerMemberMax)),
        ("members of a room with a role", Text(Room.RolesMax)),
        ("sanctions in a room at a time", Text(Room.SanctionsMax)),
        ("sanctions and `Lift` of a user in a room a minute", Text(Room.SanctionsPerMinuteMax)),
        ("what a user does in a room a minute that its log has", Text(Room.LogLinesPerMinuteMax)),
        ("invites of a room at a time", Text(Room.InvitesMax)),
        ("minutes that a temporary room waits for somebody", Text((int)Room.EmptyTime.TotalMinutes)),
        ("days that any other room waits for somebody", Text((int)Room.ArchiveTime.TotalDays)),
        ("songs in a queue", Text(Room.QueueMax)),
        ("songs of one user in a queue", Text(Room.EntriesPerUserMax)),
        ("minutes of a song", Text((int)Room.TrackDurationMax.TotalMinutes)),
        ("characters of a song's `url`", Text(Track.UrlLengthMax)),
        ("characters of a song's `title` and `artist`", Text(Track.NameLengthMax)),
        ("characters of a room's `name`", Text(RoomSettings.NameGraphemesMax)),
        ("characters of a room's `description`", Text(RoomSettings.DescriptionLengthMax)),
        ("characters (graphemes) of a chat `text`", Text(ChatRules.GraphemesMax)),
        ("bytes of a chat `text`", Text(ChatRules.BytesMax)),
        ("chat messages at once", Text(Room.ChatBurstMax)),
        ("chat messages a second", Text((int)Room.ChatPerSecond)),
        ("users whom a chat message mentions", Text(SendChat.MentionsMax)),
        ("minutes in which a chat message can be changed by its author", Text((int)ChatCommands.ChangeTime.TotalMinutes)),
        ("chat messages of a page", Text(ChatPageRequest.CountBound)),
        ("`MarkRead` of a user in a room at once", Text(ReadMarks.BurstMax)),
        ("`MarkRead` of a user in a room a second", Text(ReadMarks.PerSecondMax)),
        ("kinds of reactions to one thing", Text(ReactionTally.KindsMax)),
        ("reactions of a user a second", Text(ReactionTally.PerSecondMax)),
        ("messages with reactions", Text(ReactionTally.MessagesMax)),
        ("bytes of a reaction's `emoji`", Text(React.EmojiBytesMax)),
        ("members of a room that shows who writes", Text(TypingList.MembersMax)),
        ("seconds that a `SetTyping` lasts", Text((int)(TypingList.LastsMs / 1000))),
        ("chat messages of a snapshot", Text(RoomSnapshots.ChatMax)),
        ("seconds between two chat messages in a slow room", Text(RoomSettings.SlowModeSecondsMax)),
        ("bytes of a snapshot", Text(RoomSnapshot.BytesMax)),
        ("seconds between the server's pings", Text((int)Door.KeepAliveInterval.TotalSeconds)),
        ("seconds of silence after which a client is gone", Text((int)Door.ClientTimeout.TotalSeconds)),
        ("seconds for which who died with a gateway, or hangs with it, still counts as present", Text((int)Rule.PresenceLease.TotalSeconds)),
    ];

    private static string Text(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
