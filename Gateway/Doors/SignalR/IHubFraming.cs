using System.Buffers;

namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>How a hub protocol tells where a record ends.</summary>
internal interface IHubFraming
{
    /// <summary>The first record.</summary>
    /// <param name="input">What came of it, and maybe of more.</param>
    /// <param name="searched">That many bytes were looked at before, and no end was in them.</param>
    HubRecord Find(in ReadOnlySequence<byte> input, long searched);
}
