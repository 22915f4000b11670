using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WhatsSound.Queue;

namespace WhatsSound.Grains;

/// <summary>
/// What a command asks for, or what something is about, in 11 characters: the same for a repetition, another for anything else. Not part of it is who asks, under which name, and from which
/// connection. Stored with receipts, so it stays as it is.
/// </summary>
internal static class CommandPrint
{
    private const int PrintBytes = 8;

    public static string Of(string kind, params ReadOnlySpan<string?> arguments)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, kind);
        foreach (var argument in arguments)
            Append(hash, argument);
        return Convert.ToBase64String(hash.GetHashAndReset().AsSpan(0, PrintBytes)).TrimEnd('=');
    }

    public static string Of(string kind, string? argument, long number) => Of(kind, argument, number.ToString(CultureInfo.InvariantCulture));

    public static string Of(string kind, ImmutableArray<Track> tracks) => Of(
        kind,
        [.. (tracks.IsDefault ? [] : tracks).SelectMany(static track => (string?[])[track.Url, track.Title, track.Artist, track.DurationMs.ToString(CultureInfo.InvariantCulture)])]);

    /// <summary>Each with its length before it, so that no two lists are the same bytes.</summary>
    private static void Append(IncrementalHash hash, string? argument)
    {
        var bytes = argument is null ? [] : Encoding.UTF8.GetBytes(argument);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, argument is null ? -1 : bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
