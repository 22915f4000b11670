using WhatsSound.Control;
using WhatsSound.Gateway.Control;
using WhatsSound.Gateway.Requests;
using WhatsSound.Gateway.Sessions.Calls;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>Takes tokens back, and ends what they have opened, for whoever may (<c>admin</c>). What is answered holds on every gateway within 2 s.</summary>
internal sealed class RevocationDesk(ControlActs control)
{
    private const int KindCharsMax = 16;

    public TypedRequest<Revocation, ControlReceipt> Revoke => new(
        "Revoke", CallKind.Command, ReadRevocation, AdminRequests.Refuse, (call, revocation) => control.RevokeAsync(revocation, call.Asker.GivenUp), ApiJson.Default.ControlReceipt) { IsForServer = true };

    public TypedRequest<long, RevocationList> Read => new(
        "GetRevocations",
        CallKind.Command,
        static reader => reader.OptionalInteger("after", 0, long.MaxValue) ?? 0,
        AdminRequests.Refuse,
        async (call, after) => new RevocationList([.. (await control.ReadRevocationsAsync(after, call.Asker.GivenUp)).Select(RevocationShown.Of)]),
        ApiJson.Default.RevocationList) { IsRead = true, IsForServer = true };

    public TypedRequest<long, ControlReceipt> Remove => new(
        "RemoveRevocation",
        CallKind.Command,
        static reader => reader.Integer("number", 1, long.MaxValue),
        AdminRequests.Refuse,
        (call, number) => control.RemoveRevocationAsync(number, call.Asker.GivenUp),
        ApiJson.Default.ControlReceipt) { IsForServer = true };

    /// <summary>Ends all that a user has opened: the tokens of before count no more, or their clients would be back at once.</summary>
    public TypedRequest<string, ControlReceipt> Disconnect => new(
        "DisconnectUser",
        CallKind.Command,
        ReadUserId,
        AdminRequests.Refuse,
        (call, userId) => control.RevokeAsync(new Revocation { Kind = RevocationKind.User, Value = userId }, call.Asker.GivenUp),
        ApiJson.Default.ControlReceipt) { IsForServer = true };

    private static Revocation ReadRevocation(RequestReader reader)
    {
        var kind = RevocationShown.KindOf(reader.Text("kind", 1, KindCharsMax));
        if (kind is null)
            reader.Refuse("kind", "must be 'everybody', 'user', 'token' or 'key'");
        var value = reader.OptionalText("value", Revocation.ValueCharsMax);
        if (value is null != (kind == RevocationKind.Everybody))
            reader.Refuse("value", "must be the user id, the token's id or the key's name, and absent for everybody");
        return new Revocation
        {
            Kind = kind ?? RevocationKind.Everybody,
            Value = value,
            Channel = reader.OptionalChannel("channel"),
            IssuedBeforeMs = reader.OptionalInteger("issuedBeforeMs", 0, long.MaxValue),
        };
    }

    private static string ReadUserId(RequestReader reader)
    {
        var userId = reader.Text("ofUserId", 1, UserId.LengthMax);
        if (!UserId.IsValid(userId))
            reader.Refuse("ofUserId", $"must be {UserId.Form}");
        return userId;
    }
}
