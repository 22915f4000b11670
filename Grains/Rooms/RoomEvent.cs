using System.Text.Json.Serialization;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What happened in a room, at a room time. Each counts one revision. An event is a record in the folder of its feature, which says what it makes of a room; the
/// channels are told by the feature's publications. It is stored under its name here, for as long as journals are read: names and members are never changed, only
/// added.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RoomCreated), "roomCreated")]
[JsonDerivedType(typeof(HostNamed), "hostNamed")]
[JsonDerivedType(typeof(RoleGranted), "roleGranted")]
[JsonDerivedType(typeof(RoleRevoked), "roleRevoked")]
[JsonDerivedType(typeof(OwnershipOffered), "ownershipOffered")]
[JsonDerivedType(typeof(OwnershipOfferEnded), "ownershipOfferEnded")]
[JsonDerivedType(typeof(OwnerChanged), "ownerChanged")]
[JsonDerivedType(typeof(SuccessionSet), "successionSet")]
[JsonDerivedType(typeof(PermissionSet), "permissionSet")]
[JsonDerivedType(typeof(SanctionApplied), "sanctionApplied")]
[JsonDerivedType(typeof(SanctionLifted), "sanctionLifted")]
[JsonDerivedType(typeof(MemberReported), "memberReported")]
[JsonDerivedType(typeof(SettingsChanged), "settingsChanged")]
[JsonDerivedType(typeof(RoomClosed), "roomClosed")]
[JsonDerivedType(typeof(RoomReopened), "roomReopened")]
[JsonDerivedType(typeof(InviteCreated), "inviteCreated")]
[JsonDerivedType(typeof(InviteRevoked), "inviteRevoked")]
[JsonDerivedType(typeof(InviteUsed), "inviteUsed")]
[JsonDerivedType(typeof(EntriesAdded), "entriesAdded")]
[JsonDerivedType(typeof(EntryRemoved), "entryRemoved")]
[JsonDerivedType(typeof(VoteSet), "voteSet")]
[JsonDerivedType(typeof(TrackStarted), "trackStarted")]
[JsonDerivedType(typeof(TrackEnded), "trackEnded")]
[JsonDerivedType(typeof(VectorChanged), "vectorChanged")]
[JsonDerivedType(typeof(SkipVoteSet), "skipVoteSet")]
[JsonDerivedType(typeof(SkipTallied), "skipTallied")]
[JsonDerivedType(typeof(QueueHappened), "queue")]
[JsonDerivedType(typeof(LimitsSet), "limitsSet")]
[JsonDerivedType(typeof(MessageDeleted), "messageDeleted")]
[JsonDerivedType(typeof(NextNamed), "nextNamed")]
[JsonDerivedType(typeof(PlaysKept), "playsKept")]
internal abstract record RoomEvent(long AtMs)
{
    /// <summary>
    /// The room after it, but for the revision, which <see cref="RoomFold"/> counts. Total, and without any other input: the same events make the same room.
    /// </summary>
    public abstract Room ApplyTo(Room room);

    /// <summary>What those who keep order read of it later; null: nothing.</summary>
    /// <param name="before">The room that it happened to.</param>
    public virtual LogLine? ToLog(Room before) => null;
}
