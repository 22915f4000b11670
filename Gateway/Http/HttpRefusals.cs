using System.Collections.Frozen;
using System.Globalization;

namespace WhatsSound.Gateway.Http;

/// <summary>How a refusal is answered over HTTP: its own JSON, a status by its code, and when to try again as <c>Retry-After</c>. The one map from codes to statuses.</summary>
internal static class HttpRefusals
{
    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<int, string[]>
    {
        [StatusCodes.Status400BadRequest] =
        [
            RefusalCode.BadRequest, RefusalCode.CannotTargetSelf, RefusalCode.AddressNotAllowed, RefusalCode.TrackTooLong, RefusalCode.InvalidPosition, RefusalCode.MessageTooLong, RefusalCode.MessageEmpty,
            RefusalCode.Filtered,
        ],
        [StatusCodes.Status401Unauthorized] =
            [RefusalCode.Unauthenticated, RefusalCode.TokenInvalid, RefusalCode.TokenExpired, RefusalCode.TokenRevoked, RefusalCode.KeyInvalid, RefusalCode.SignatureInvalid, RefusalCode.SignatureExpired, RefusalCode.Replayed],
        [StatusCodes.Status403Forbidden] =
        [
            RefusalCode.Forbidden, RefusalCode.TlsRequired, RefusalCode.PresenceDisabled, RefusalCode.NotMember, RefusalCode.RoomLocked, RefusalCode.PasswordRequired, RefusalCode.PasswordWrong,
            RefusalCode.InviteInvalid, RefusalCode.InviteExpired, RefusalCode.InviteUsedUp, RefusalCode.ChatLocked, RefusalCode.Banned, RefusalCode.Kicked, RefusalCode.Muted, RefusalCode.TimedOut,
            RefusalCode.TargetRankTooHigh, RefusalCode.QueueLocked, RefusalCode.VotingDisabled, RefusalCode.SelfVote, RefusalCode.MessageTooOld,
            RefusalCode.HookRefused,
        ],
        [StatusCodes.Status404NotFound] =
            [RefusalCode.UnknownMethod, RefusalCode.SessionNotFound, RefusalCode.RoomNotFound, RefusalCode.EntryNotFound, RefusalCode.MessageNotFound],
        [StatusCodes.Status409Conflict] =
        [
            RefusalCode.Conflict, RefusalCode.NotSubscribed, RefusalCode.SubscriptionLimit, RefusalCode.ControlLimit, RefusalCode.RoomNameTaken, RefusalCode.RoomFull, RefusalCode.RoomLimit, RefusalCode.NothingOffered,
            RefusalCode.QueueFull, RefusalCode.UserQuota, RefusalCode.DuplicateTrack, RefusalCode.RecentlyPlayed, RefusalCode.OrderFixed, RefusalCode.UndoGone, RefusalCode.StaleEntry,
            RefusalCode.SkipTooEarly, RefusalCode.NothingPlaying,
        ],
        [StatusCodes.Status410Gone] = [RefusalCode.RoomClosed],
        [StatusCodes.Status413PayloadTooLarge] = [RefusalCode.PayloadTooLarge],
        [StatusCodes.Status429TooManyRequests] = [RefusalCode.RateLimited, RefusalCode.SlowMode, RefusalCode.ConnectionLimit],
        [StatusCodes.Status500InternalServerError] = [RefusalCode.Internal],
        [StatusCodes.Status503ServiceUnavailable] = [RefusalCode.NotReady, RefusalCode.SlowConsumer, RefusalCode.HookUnavailable],
        [StatusCodes.Status504GatewayTimeout] = [RefusalCode.Timeout],
    }.SelectMany(static group => group.Value.Select(code => (code, status: group.Key))).ToFrozenDictionary(static one => one.code, static one => one.status, StringComparer.Ordinal);

    /// <summary>Whether the code has a status of its own.</summary>
    public static bool Knows(string code) => Statuses.ContainsKey(code);

    /// <summary>The codes that are answered with a status.</summary>
    public static IEnumerable<string> CodesOf(int status) => Statuses.Where(one => one.Value == status).Select(static one => one.Key).Order(StringComparer.Ordinal);

    /// <summary>403 for what is not known.</summary>
    public static int StatusOf(string code) => Statuses.GetValueOrDefault(code, StatusCodes.Status403Forbidden);

    /// <summary>The same as the answer of an endpoint.</summary>
    public static IResult Of(Refusal refusal) => new Written(refusal);

    /// <summary>Writes it.</summary>
    /// <param name="response">Where it goes, of which nothing is out yet.</param>
    /// <param name="refusal">Why.</param>
    /// <param name="status">Where the protocol has another for it; null: that of its code.</param>
    public static Task WriteAsync(HttpResponse response, Refusal refusal, int? status = null)
    {
        if (refusal.RetryAfterMs is { } ms)
            response.Headers.RetryAfter = Math.Max(1, (ms + 999) / 1000).ToString(CultureInfo.InvariantCulture);
        if (StatusOf(refusal.Code) == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        response.StatusCode = status ?? StatusOf(refusal.Code);
        return response.WriteAsJsonAsync(refusal, WireJson.Default.Refusal, contentType: null, response.HttpContext.RequestAborted);
    }

    private sealed class Written(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext.Response, refusal);
    }
}
