namespace WhatsSound.Rooms;

/// <summary>A report: the reporter is here, though they do nothing else. Whoever has done nothing for a while has no say about the song that plays.</summary>
[GenerateSerializer, Immutable, Alias("ws.ReportActive")]
public sealed record ReportActive : RoomAction;
