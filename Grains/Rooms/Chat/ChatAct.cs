namespace WhatsSound.Grains.Rooms;

/// <summary>What somebody wants to do in the chat.</summary>
[GenerateSerializer, Alias("ws.ChatAct")]
internal enum ChatAct
{
    /// <summary>The chat asks for itself whether there is such a room.</summary>
    Recall = 0,

    /// <summary>Read what was said.</summary>
    Read = 1,

    /// <summary>Say something, or say it anew.</summary>
    Say = 2,

    /// <summary>Take something back.</summary>
    Delete = 3,

    /// <summary>React to something.</summary>
    React = 4,
}
