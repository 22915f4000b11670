using System.Net;
using System.Net.Sockets;

namespace WhatsSound.Gateway.Identity;

/// <summary>What an address counts as where requests are counted by address.</summary>
internal static class AddressKey
{
    /// <summary>Bytes of an IPv6 address that a subscriber does not choose: whoever has one address has its /64 (RFC 6177).</summary>
    private const int NetworkBytes = 8;

    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes)),
        _ => address.ToString(),
    };
}
