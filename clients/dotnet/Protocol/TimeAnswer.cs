namespace WhatsSound.Client;

/// <summary>The answer to <c>Time</c>, in microseconds.</summary>
internal sealed record TimeAnswer(long T1Us, long T2Us, long T3Us);
