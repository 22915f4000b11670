using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// What a session without a user is called as a publisher: made of its connection's id, so that no other has it.
/// </summary>
internal static class AnonymousName
{
    private const int Bytes = 16;

    public static string Of(Session session) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session.Id)).AsSpan(0, Bytes));
}
