using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// What one without a user is called as a publisher: made of the connection's id, or of what stands for one, so that no other has it.
/// </summary>
internal static class AnonymousName
{
    private const int Bytes = 16;

    public static string Of(IAsker asker) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asker.Id)).AsSpan(0, Bytes));
}
