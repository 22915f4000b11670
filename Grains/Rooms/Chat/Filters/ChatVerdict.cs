namespace WhatsSound.Grains.Rooms;

/// <summary>What becomes of a text: it passes, is refused, or is said in other words.</summary>
public sealed record ChatVerdict
{
    private ChatVerdict()
    {
    }

    /// <summary>It may be said.</summary>
    public static ChatVerdict Pass { get; } = new();

    /// <summary>Whether it may not be said.</summary>
    public bool IsRefused { get; private init; }

    /// <summary>Why not, for a program: up to 64 characters; null: nobody needs to know.</summary>
    public string? Reason { get; private init; }

    /// <summary>What is said instead; null: the text as it is.</summary>
    public string? Replacement { get; private init; }

    /// <summary>It may not be said: FILTERED, with the reason as its detail.</summary>
    public static ChatVerdict Refuse(string? reason = null) => new() { IsRefused = true, Reason = reason };

    /// <summary>This is said instead. It has to be within the limits of a text.</summary>
    public static ChatVerdict Replace(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return new() { Replacement = text };
    }
}
