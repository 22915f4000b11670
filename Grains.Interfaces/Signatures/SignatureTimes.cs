namespace WhatsSound.Signatures;

/// <summary>Between which times a signed request may have been made, seen from the server's clock.</summary>
public static class SignatureTimes
{
    /// <summary>How old it may be: its server's clock may be off, and its network slow.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromMinutes(10);

    /// <summary>How far the clock that it was made by may be ahead.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(1);
}
