using System.Globalization;
using System.Text;

namespace WhatsSound.Gateway.Identity.ApiKeys;

/// <summary>What a key signs of a request. Each part is on a line of its own and none has a line's end in it, so no two requests have the same text.</summary>
internal static class SignedText
{
    /// <summary>Another form would have another first line: no signature of the one counts for the other.</summary>
    private const string Form = "whatssound-1";

    public static byte[] Of(Credential.Signed signed) => Encoding.UTF8.GetBytes(string.Join(
        '\n',
        Form,
        signed.KeyName,
        signed.TimeMs.ToString(CultureInfo.InvariantCulture),
        signed.Nonce,
        signed.Method,
        signed.Target,
        Convert.ToHexStringLower(signed.BodyHash.Span)));
}
