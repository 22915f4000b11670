namespace WhatsSound.Gateway.Sessions;

/// <summary>A clock probe: the client's time echoed, room time when it was received, room time when it was answered; microseconds.</summary>
internal sealed record TimeResult(long T1Us, long T2Us, long T3Us);
