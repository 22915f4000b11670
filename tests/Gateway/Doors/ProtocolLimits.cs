using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Queue;
using WhatsSound.Grains.Rooms;
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
        ("refusals in a row", Text(Session.RefusalsInRowMax)),
        ("seconds that a long poll takes at most", Text((int)Door.PollTimeout.TotalSeconds)),
        ("requests a second", Text(Session.CommandsPerSecondMax)),
        ("requests at once", Text(Session.CommandBurstMax)),
        ("`ReportHostPosition` a second", Text(Session.ReportsPerSecondMax)),
        ("`JoinRoom` and `GetSnapshot` at once", Text(Session.SnapshotBurstMax)),
        ("`JoinRoom` and `GetSnapshot` a second", Text(Session.SnapshotsPerSecondMax)),
        ("publications a second, per channel rule", Text(Rule.PublicationsPerSecondMax)),
        ("bytes of `data`", Text(Rule.PublicationBytesMax)),
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
        ("bytes of `info`", Text(PresenceRequests.InfoBytesMax)),
        ("tracks of an `Enqueue`", Text(QueueRequests.TracksMax)),
        ("members of a room", Text(Room.MembersMax)),
        ("connections of a user in a channel's presence", Text(PresenceRules.ConnectionsPerMemberMax)),
        ("songs in a queue", Text(Room.QueueMax)),
        ("songs of one user in a queue", Text(Room.EntriesPerUserMax)),
        ("minutes of a song", Text((int)Room.TrackDurationMax.TotalMinutes)),
        ("characters of a song's `url`", Text(TrackRules.UrlLengthMax)),
        ("characters of a song's `title` and `artist`", Text(TrackRules.NameLengthMax)),
        ("characters of a room's `name`", Text(RoomRules.NameLengthMax)),
        ("characters of a room's `description`", Text(RoomRules.DescriptionLengthMax)),
        ("characters (graphemes) of a chat `text`", Text(ChatRules.GraphemesMax)),
        ("bytes of a chat `text`", Text(ChatRules.BytesMax)),
        ("chat messages at once", Text(Room.ChatBurstMax)),
        ("chat messages a second", Text((int)Room.ChatPerSecond)),
        ("bytes of a snapshot", Text(RoomSnapshot.BytesMax)),
        ("seconds between the server's pings", Text((int)Door.KeepAliveInterval.TotalSeconds)),
        ("seconds of silence after which a client is gone", Text((int)Door.ClientTimeout.TotalSeconds)),
        ("seconds for which who died with a gateway, or hangs with it, still counts as present", Text((int)Rule.PresenceLease.TotalSeconds)),
    ];

    private static string Text(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
