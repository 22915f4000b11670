namespace WhatsSound.Tests.Grains;

/// <summary>What goes wrong with a message log.</summary>
public enum LogFault
{
    None = 0,

    /// <summary>An append fails, and nothing is kept.</summary>
    BeforeAppend,

    /// <summary>An append fails, though the publication is kept.</summary>
    AfterAppend,

    /// <summary>Every read and append fails.</summary>
    Everything,
}
