using System.Text.Json;

namespace WhatsSound.Gateway.Identity;

/// <summary>
/// What the tokens of Supabase Auth say in words of their own (their documentation: "JWT Claims Reference", read for version 2). It is understood in every token: whoever may sign one may say it.
/// Nothing in <c>user_metadata</c> gives a right, as users write it themselves.
/// </summary>
internal static class SupabaseClaims
{
    private const string Role = "role";

    /// <summary>The key that a project's pages have, for those who have not signed in: it names nobody, and has neither <c>sub</c> nor <c>aud</c>.</summary>
    public static bool IsAnonymousKey(JsonElement claims) => IsText(claims, Role, "anon") && !claims.TryGetProperty("sub"u8, out _);

    /// <summary>The key of a project's own servers, which may do everything there: no user has it, and no page should.</summary>
    public static bool IsServiceKey(JsonElement claims) => IsText(claims, Role, "service_role");

    /// <summary>A user who has not signed up: such a user costs nothing to become.</summary>
    public static bool IsAnonymousUser(JsonElement claims) => claims.TryGetProperty("is_anonymous"u8, out var flag) && flag.ValueKind == JsonValueKind.True;

    /// <summary>What users call themselves; null: nothing.</summary>
    public static JsonElement? NameOf(JsonElement claims)
    {
        if (!claims.TryGetProperty("user_metadata"u8, out var metadata) || metadata.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var claim in (string[])["full_name", "name"])
        {
            if (metadata.TryGetProperty(claim, out var name) && name.ValueKind == JsonValueKind.String)
                return name;
        }

        return null;
    }

    private static bool IsText(JsonElement claims, string claim, string text) =>
        claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
