namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Looks at what somebody is about to say, before it is kept. A deployment adds its own: <c>services.AddSingleton&lt;IChatFilter, MyFilter&gt;()</c> on each silo; all are asked in the order in which they were added, each
/// what the one before has left. It is called in the turn of the room's chat, from several rooms at once: it must not wait, and be done in well under a millisecond. One that throws keeps the message from being said.
/// </summary>
public interface IChatFilter
{
    /// <summary>What is to become of the text.</summary>
    ChatVerdict Judge(ChatDraft draft);
}
