namespace WhatsSound.Gateway.Delivery;

/// <summary>How a frame relates to what a feed has.</summary>
internal enum FrameFit
{
    /// <summary>It continues it.</summary>
    Continues,

    /// <summary>All of it is known.</summary>
    Known,

    /// <summary>Something between is missing, or the numbering is another.</summary>
    Gap,
}
