using System.Text.Json;

namespace WhatsSound.Client;

/// <summary>How large a request is.</summary>
internal static class RequestBytes
{
    /// <summary>Its bytes, without what SignalR puts around it.</summary>
    /// <exception cref="RefusedException">The server would refuse it, or end the connection for it.</exception>
    public static int Of(object request, int bytesMax)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), ClientJson.Default).Length;
        return bytes <= bytesMax ? bytes : throw Refusals.TooLarge(bytesMax);
    }
}
