using System.Globalization;
using System.Net;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Where a process listens, by what Linux tells of it.</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    public static IReadOnlyList<IPEndPoint> Of(int processId)
    {
        var own = Directory.GetFiles($"/proc/{processId}/fd")
            .Select(file => new FileInfo(file).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target[8..^1])
            .ToHashSet(StringComparer.Ordinal);
        return [.. new[] { "tcp", "tcp6" }.SelectMany(table => File.ReadLines($"/proc/{processId}/net/{table}").Skip(1))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields[3] == Listening && own.Contains(fields[9]))
            .Select(fields => EndPointOf(fields[1]))];
    }

    private static IPEndPoint EndPointOf(string hex)
    {
        var (address, port) = (hex.Split(':')[0], int.Parse(hex.Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        // Words of 32 bits in the order of the machine.
        var bytes = Enumerable.Range(0, address.Length / 8)
            .SelectMany(word => BitConverter.GetBytes(uint.Parse(address.AsSpan(word * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        return new IPEndPoint(new IPAddress([.. bytes]), port);
    }
}
