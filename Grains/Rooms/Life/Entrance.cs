using System.Security.Cryptography;
using System.Text;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Who comes into the room: what its rules say, and the password, which is compared slowly. Tries are limited, right or wrong, as nobody knows which before they are compared; the right one is remembered, and so is for a while
/// who gave it, so that a connection that comes back needs none. In memory and bounded.
/// </summary>
internal sealed class Entrance(RoomOptions options)
{
    private const int KnownMax = 10_000;
    private const long AdmittedMs = 10 * 60_000;

    private readonly PasswordTries _tries = new(KnownMax);
    private readonly Dictionary<string, long> _admitted = new(StringComparer.Ordinal);
    private RoomPassword? _password;
    private byte[]? _right;

    /// <summary>The invite that the user comes by, if any, or why they do not come in.</summary>
    public (string? InviteId, Refusal? Refusal) Ask(Room room, string userId, JoinRoom join, bool isPresent, long nowMs)
    {
        if ((SanctionRules.RefuseEntry(room, userId, nowMs) ?? ClosingRules.RefuseClosed(room)) is { } isOut)
            return (null, isOut);
        var isMember = isPresent || RoleLadder.RankOf(room, userId) > 0;
        if (!isMember && room.Settings.IsJoinLocked)
            return (null, Refusals.Final(RefusalCode.RoomLocked, "Nobody comes in for now."));
        var isLetIn = isMember || room.Admitted.Contains(userId, StringComparer.Ordinal);

        // Also of who is let in without: it may give them a role, or let them in for good whom only a join that was not saved has brought here.
        if (join.Invite is { } text)
        {
            var (inviteId, refusal) = InviteRules.Read(room, userId, text, nowMs, options);
            if (refusal is null)
                return (InviteRules.GivesNothing(room, userId, inviteId!) ? null : inviteId, null);
            return (null, isLetIn ? null : refusal);
        }

        if (isLetIn)
            return (null, null);
        if (room.Settings.IsInviteOnly)
            return (null, InviteRules.Invalid("It takes an invite to come in."));
        return (null, room.Password is { } password ? AskPassword(password, userId, join, nowMs) : null);
    }

    private Refusal? AskPassword(RoomPassword password, string userId, JoinRoom join, long nowMs)
    {
        if (_password != password)
        {
            (_password, _right) = (password, null);
            _admitted.Clear();
        }

        if (_admitted.TryGetValue(userId, out var untilMs) && untilMs > nowMs)
            return null;
        if (string.IsNullOrEmpty(join.Password))
            return Refusals.Final(RefusalCode.PasswordRequired, "It takes a password to come in.", "password");
        if (_tries.Take(userId, join.From, isSlow: _right is null, nowMs) is { } tooMany)
            return tooMany;
        if (!IsRight(password, join.Password))
            return Refusals.Final(RefusalCode.PasswordWrong, "The password is another one.", "password");
        if (_admitted.Count >= KnownMax)
            _admitted.Clear();
        _admitted[userId] = nowMs + AdmittedMs;
        return null;
    }

    /// <summary>Once the right one is known, no other needs to be compared slowly.</summary>
    private bool IsRight(RoomPassword password, string text)
    {
        var given = HMACSHA256.HashData(Encoding.UTF8.GetBytes(password.Hash), Encoding.UTF8.GetBytes(text));
        if (_right is not null)
            return CryptographicOperations.FixedTimeEquals(_right, given);
        if (!password.Is(text))
            return false;
        _right = given;
        return true;
    }
}
