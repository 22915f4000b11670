using System.Security.Cryptography;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// A room's password, as PBKDF2 with a salt of the room's own. 100,000 rounds are 30 ms of the room's turn, so tries are limited and a right one is remembered; more would let anybody stop the room with
/// wrong ones.
/// </summary>
internal sealed record RoomPassword(string Salt, string Hash, int Rounds)
{
    private const int RoundsNow = 100_000;

    private const int HashBytes = 32;

    public static RoomPassword Of(string password, string salt) => new(salt, Derive(password, salt, RoundsNow), RoundsNow);

    public bool Is(string password) =>
        CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(Derive(password, Salt, Rounds)), Convert.FromBase64String(Hash));

    private static string Derive(string password, string salt, int rounds) =>
        Convert.ToBase64String(Rfc2898DeriveBytes.Pbkdf2(password, System.Text.Encoding.UTF8.GetBytes(salt), rounds, HashAlgorithmName.SHA256, HashBytes));
}
