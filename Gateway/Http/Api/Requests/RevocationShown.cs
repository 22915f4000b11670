using WhatsSound.Control;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>A revocation as it is shown.</summary>
/// <param name="Kind">Whose: <c>everybody</c>, <c>user</c>, <c>token</c> or <c>key</c>.</param>
/// <param name="Value">The user id, the token's id, or the key's name; null for everybody.</param>
/// <param name="Channel">The pattern of the channels that it is about; null: it is about everything.</param>
/// <param name="IssuedBeforeMs">Only tokens that were issued before; null: whenever.</param>
/// <param name="Number">Above those of all before it.</param>
/// <param name="AtMs">When it was made.</param>
/// <param name="UntilMs">Until when it is kept.</param>
internal sealed record RevocationShown(string Kind, string? Value, string? Channel, long? IssuedBeforeMs, long Number, long AtMs, long UntilMs)
{
    public static RevocationShown Of(Revocation one) => new(WordOf(one.Kind), one.Value, one.Channel, one.IssuedBeforeMs, one.Number, one.AtMs, one.UntilMs);

    /// <summary>The kind by its word; null: there is none.</summary>
    public static RevocationKind? KindOf(string word) => Enum.GetValues<RevocationKind>().Cast<RevocationKind?>().FirstOrDefault(kind => WordOf(kind!.Value) == word);

    private static string WordOf(RevocationKind kind) => kind.ToString().ToLowerInvariant();
}
